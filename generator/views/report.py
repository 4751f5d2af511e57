"""How well the catalog's facts stand, by field and by provider."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass

from playground.catalog import Catalog, Fact, Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """How many facts of a sort there are, and how many of them stand how."""

    name: str
    facts: int
    agreed: int
    single: int
    disputed: int
    overridden: int
    suspect: int
    doubtful: int


def _row(name: str, counts: Counter[Standing]) -> Row:
    return Row(
        name=name,
        facts=counts.total(),
        agreed=counts[Standing.AGREED],
        single=counts[Standing.SINGLE],
        disputed=counts[Standing.DISPUTED],
        overridden=counts[Standing.OVERRIDDEN],
        suspect=counts[Standing.SUSPECT],
        doubtful=counts[Standing.DOUBTFUL],
    )


def sort_of_field(name: str) -> str:
    """The field without tier, window, region and grade: `price.batch.input>272000` → `price.batch.input`."""
    if name.startswith("price."):
        return re.split(r"[>@/\[]", name)[0]
    return name.partition(".")[0] + (".*" if "." in name else "")


def by_field(catalog: Catalog) -> list[Row]:
    """A row per sort of field, the commonest first; `all` at the top."""
    counts: dict[str, Counter[Standing]] = defaultdict(Counter)
    for offering in catalog.offerings:
        for name, fact in offering.facts.items():
            _count(counts, ("all", sort_of_field(name)), fact)
    return [_row(k, c) for k, c in sorted(counts.items(), key=lambda p: (-p[1].total(), p[0]))]


def by_provider(catalog: Catalog) -> list[Row]:
    """A row per provider, the one with most facts first."""
    counts: dict[str, Counter[Standing]] = defaultdict(Counter)
    for offering in catalog.offerings:
        for fact in offering.facts.values():
            _count(counts, (offering.provider,), fact)
    return [_row(k, c) for k, c in sorted(counts.items(), key=lambda p: (-p[1].total(), p[0]))]


def _count(counts: dict[str, Counter[Standing]], names: tuple[str, ...], fact: Fact) -> None:
    for name in names:
        counts[name][fact.standing] += 1
