"""A price that differs by the hour: from the cheapest hours to the dearest, as a reader sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from playground.catalog import Fact, Standing
from playground.catalog.prices import parse_price_field
from playground.labels.labels import money

#: What stands behind such a price wherever it is shown.
BY_HOUR = "by the hour"


class Hourly(NamedTuple):
    """US dollars for one unit at the cheapest and at the dearest hours; lists go by the dearest."""

    least: Decimal
    most: Decimal

    @property
    def text(self) -> str:
        """`$0.14 to $0.28`."""
        return f"{money(self.least)} to {money(self.most)}"


def hourly(facts: Mapping[str, Fact], name: str) -> Hourly | None:
    """What a price field is over all hours; None where it is one price, or unknown.

    `facts` are an offering's. What another hour is doubtfully said to cost makes no range.
    """
    base = facts.get(name)
    if base is None or base.value is None or not name.startswith("price.") or "@" in name:
        return None
    others = (
        fact.value
        for other, fact in facts.items()
        if other.startswith("price.")
        and "@" in other
        and fact.value is not None
        and fact.standing != Standing.DOUBTFUL
        and replace(parse_price_field(other), window="").field == name
    )
    usd = [Decimal(str(value)) for value in (base.value, *others)]
    least, most = min(usd), max(usd)
    return None if least == most else Hourly(least, most)


def hourly_fields(facts: Mapping[str, Fact]) -> tuple[str, ...]:
    """The price fields that differ by the hour; their other prices are `field@window`."""
    if not any(name.startswith("price.") and "@" in name for name in facts):
        return ()
    return tuple(name for name in facts if name.startswith("price.") and hourly(facts, name))
