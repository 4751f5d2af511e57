"""Efforts that a vendor's page names of a family of models, for the offerings of which no source says any.

The rows of families.yml are read for what a request carries; what they say of an effort's name is a fact too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from playground.catalog import Capability, Effort, Fact, Offering, Provider, Standing, Support
from playground.catalog.families.family import Family


def with_family_efforts(offering: Offering, provider: Provider | None) -> Offering:
    """The offering with the efforts that its family takes by name, where no source speaks of them.

    Pages that differ by address say nothing of the model as such; one that does not reason needs no list.
    """
    reasons = offering.can(Capability.REASONING) != Support.NO
    families = list(_families(offering, provider)) if provider and reasons else []
    taken = {frozenset(_named(family)) for family in families}
    if len(taken) != 1:
        return offering
    (efforts,) = taken
    facts = {
        name: _fact(families[0], efforts, effort)
        for effort in Effort
        if (name := f"effort.{effort}") not in offering.facts
    }
    return replace(offering, facts=dict(sorted({**offering.facts, **facts}.items()))) if facts else offering


def _families(offering: Offering, provider: Provider) -> Iterator[Family]:
    """What the provider's addresses say of the ids by which the offering is called there."""
    for name in offering.ids:
        for row in provider.rows(name):
            family = provider.endpoints[row].family(name)
            if family and family.efforts is not None:
                yield family


def _named(family: Family) -> Iterator[Effort]:
    """The efforts that a request names: not a number of tokens, nor thinking turned on or off."""
    for effort, parts in (family.efforts or {}).items():
        if not parts or str(effort) in _values(parts):
            yield effort


def _values(parts: Mapping[str, Any]) -> Iterator[Any]:
    for value in parts.values():
        if isinstance(value, Mapping):
            yield from _values(value)
        else:
            yield value


def _fact(family: Family, efforts: frozenset[Effort], effort: Effort) -> Fact:
    listed = ", ".join(one for one in Effort if one in efforts) or "none by name"
    return Fact(
        value=str(Support.YES if effort in efforts else Support.NO),
        standing=Standing.OVERRIDDEN,
        reason=f"{family.name}: {listed} ({family.read})",
        link=family.page,
    )
