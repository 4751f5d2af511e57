"""How much the catalog holds, and how well its facts stand, by field and by provider."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from playground.catalog import Catalog, Fact, Model, Offering, Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How much a catalog holds: what every page, command and file says of its size."""

    models: int
    offerings: int
    providers: int
    sources: int
    standings: Mapping[Standing, int]

    @property
    def facts(self) -> int:
        return sum(self.standings.values())


def counts(catalog: Catalog) -> Counts:
    """How much the catalog holds. Every field of an offering or a model that anybody speaks of is a fact."""
    return Counts(
        models=len(catalog.models),
        offerings=len(catalog.offerings),
        providers=len(catalog.providers),
        sources=len(catalog.sources),
        standings=Counter(fact.standing for _, _, fact in every_fact(catalog)),
    )


def every_fact(catalog: Catalog) -> Iterator[tuple[Offering | Model, str, Fact]]:
    """Each fact with what it is about and its field: first those of offerings, then those of models."""
    owners: tuple[Model | Offering, ...] = (*catalog.offerings, *catalog.models.values())
    for owner in owners:
        for name, fact in owner.facts.items():
            yield owner, name, fact


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


@lru_cache(maxsize=4096)
def sort_of_field(name: str) -> str:
    """The field without tier, window, region and grade: `price.batch.input>272000` → `price.batch.input`."""
    if name.startswith("price."):
        return re.split(r"[>@/\[]", name)[0]
    return name.partition(".")[0] + (".*" if "." in name else "")


def by_field(catalog: Catalog) -> list[Row]:
    """A row per sort of field, the commonest first; `all` at the top."""
    standings: dict[str, Counter[Standing]] = defaultdict(Counter)
    alike = Counter((name, fact.standing) for _, name, fact in every_fact(catalog))
    for (name, standing), n in alike.items():
        standings["all"][standing] += n
        standings[sort_of_field(name)][standing] += n
    return _rows(standings)


def by_provider(catalog: Catalog) -> list[Row]:
    """A row per provider, the one with most facts first; what is true of a model is no provider's."""
    standings: dict[str, Counter[Standing]] = defaultdict(Counter)
    for owner, _, fact in every_fact(catalog):
        if isinstance(owner, Offering):
            standings[owner.provider][fact.standing] += 1
    return _rows(standings)


def _rows(standings: Mapping[str, Counter[Standing]]) -> list[Row]:
    return [_row(k, c) for k, c in sorted(standings.items(), key=lambda p: (-p[1].total(), p[0]))]
