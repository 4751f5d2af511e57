"""Samples of first-party facts, read by people off vendors' own pages: what the catalog is judged by."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from generator.curated.fields import is_known_field
from generator.curated.overrides import no_field, value_field
from generator.curated.yaml_file import address_field, date_field, read_edited, rows_of, text_field
from generator.errors import EditError
from generator.moved import Moved
from playground.catalog import Support, Value
from playground.catalog.regions import Zone

#: What a sample may ask of a place, though no fact of the catalog is called so: whether requests can stay
#: within a zone, and whether an offering can be had in a cloud region.
PLACE = re.compile(rf"within\.(?P<zone>{'|'.join(Zone)})|in\.(?P<region>[a-z0-9-]+)")
#: The end of a field that is all steps of a price.
EVERY_STEP = ">*"
UNMOVED = Moved()
KEYS = {"offering", "model", "field", "value", "page", "read", "quote", "note"}


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueFact:
    """What a vendor's page says of a field of an offering or a model: `value` is None where it has none.

    The field `price.input>*` is all steps of that price, with a value such as `("272000: 4",)`; `within.eu`
    and `in.swedencentral` are yes or no (PLACE).

    `quote` is from the page as it stood on the day `read`; `where` names the entry.
    """

    target: str
    field: str
    value: Value | None
    page: str
    read: date
    quote: str
    where: str


def load_truth(folder: Path, moved: Moved = UNMOVED) -> tuple[TrueFact, ...]:
    """Every sample in the folder's YAML files; a fact of two samples counts once.

    A sample outlives ids: where one has `moved` since, the fact is of what it is called now. Raises EditError
    naming the entry that is wrong.
    """
    paths = sorted(folder.glob("*.yml"))
    if not paths:
        raise EditError(f"{folder}: there is no sample (a .yml file) in it")
    facts: dict[tuple[str, str], TrueFact] = {}
    for path in paths:
        for written in _sample(path):
            fact = replace(
                written,
                target=moved.names.get(written.target, written.target),
                field=moved.field_now(written.target, written.field),
            )
            other = facts.setdefault((fact.target, fact.field), fact)
            if other.value != fact.value:
                raise EditError(
                    f"{fact.where}: {fact.target} {fact.field} is stated already, otherwise, by {other.where}"
                )
    return tuple(facts.values())


def _sample(path: Path) -> list[TrueFact]:
    edited = read_edited(path)
    content = edited.content or []
    if not isinstance(content, list):
        raise EditError(f"{path}: must be a list of facts (`- offering: …`)")
    sample = []
    for where, row in rows_of(path, "", content, KEYS):
        if ("offering" in row) == ("model" in row):
            raise EditError(f"{path}: {where}: name either an offering or a model")
        name = text_field(edited, f"{where}: field", row.get("field"))
        if not PLACE.fullmatch(name) and not is_known_field(name.removesuffix(EVERY_STEP)):
            raise EditError(f"{path}: {where}: {no_field(name)}")
        if "value" not in row:
            raise EditError(f"{path}: {where}: value is missing; write null where the page has none")
        sample.append(
            TrueFact(
                target=text_field(edited, f"{where}: offering", row.get("offering") or row.get("model")),
                field=name,
                value=_value(path, where, name, row["value"]),
                page=address_field(edited, f"{where}: page", row.get("page")),
                read=date_field(edited, f"{where}: read", row.get("read")),
                quote=text_field(edited, f"{where}: quote", row.get("quote")),
                where=f"{path}: {where}",
            )
        )
    return sample


def _value(path: Path, where: str, name: str, value: Any) -> Value | None:
    if value is None:
        return None
    if PLACE.fullmatch(name):
        if value not in (Support.YES, Support.NO):
            raise EditError(f"{path}: {where}: {name} is 'yes' or 'no' (in quotes), not {value!r}")
        return str(value)
    if not name.endswith(EVERY_STEP):
        return value_field(path, where, name, value)
    if not isinstance(value, dict) or not all(isinstance(tokens, int) for tokens in value):
        raise EditError(f"{path}: {where}: {name} is a mapping of tokens to prices, not {value!r}")
    price = name.removesuffix(EVERY_STEP)
    return steps({tokens: value_field(path, where, price, usd) for tokens, usd in value.items()})


def steps(prices: Mapping[int, Value]) -> tuple[str, ...]:
    """The steps of a price as one value: from how many tokens on which price."""
    return tuple(f"{tokens}: {usd}" for tokens, usd in sorted(prices.items()))
