"""An offering or a fact of the site owner's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from generator.curated.yaml_file import Edited
from generator.errors import EditError
from playground.catalog import Claim, Fact, Key, Offering, Record, Standing
from playground.spelling import did_you_mean

OWN = "own"


def own_offering(
    base: Offering | None,
    key: Key,
    called: str,
    link: str,
    facts: Mapping[str, Fact],
) -> Offering:
    """An offering of the owner's; what it does not say is as in `base`, and says so."""
    taken = {}
    if base is not None:
        whence = f"as {base.key}"
        taken = {
            name: replace(fact, reason=f"{fact.reason}; {whence}" if fact.reason else whence)
            for name, fact in base.facts.items()
        }
    ids = (called,) if called else (base.ids if base else ())
    return Offering(
        provider=key.provider,
        channel=key.channel,
        model=key.model,
        version=key.version,
        variant=key.variant,
        ids=ids,
        records={
            **(base.records if base else {}),
            OWN: Record(id=called or str(key), link=link),
        },
        facts=dict(sorted({**taken, **facts}.items())),
    )


def own_fact(value: Any) -> Fact:
    """A fact that the site's owner states."""
    return Fact(value=value, standing=Standing.SINGLE, claims=(Claim(record=OWN, value=value),))


def known_entry[T](edited: Edited, where: str, name: Any, known: Mapping[str, T], what: str) -> T:
    """The thing of that name. Raises EditError with the names most like it."""
    if isinstance(name, str) and name in known:
        return known[name]
    hint = did_you_mean(str(name), known) if name else ""
    raise EditError(f"{edited.path}: {where} is {name!r}, which is no {what} of the catalog{hint}")
