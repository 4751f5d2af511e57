"""How often each source is wrong, by sort of field: what the order in which sources are believed rests on."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import sqrt

from generator.curated.fields import precedence
from generator.curated.truth import EVERY_STEP
from generator.views.truth.sample import Judged, Verdict, same

#: The sorts of fields that sources are compared on: too few facts of one field alone are in the sample.
SORTS: Mapping[str, re.Pattern[str]] = {
    "prices": re.compile(r"price\..+"),
    "limits": re.compile(r".*_tokens|embedding_dimensions"),
    "capabilities": re.compile(r"can\..+|accepts\..+"),
    "efforts": re.compile(r"effort\..+|default_effort"),
    "ends": re.compile(r"retires|retires_earliest|deprecated|replaced_by"),
    "status": re.compile(r"status"),
    "knowledge": re.compile(r"knowledge"),
    "release": re.compile(r"released"),
}
#: Of 95 intervals in a hundred the true rate lies within: the quantile of the normal distribution.
Z = 1.959964


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorRate:
    """How many of a source's claims on a sort of field are wrong, of how many of the sample it speaks of."""

    source: str
    sort: str
    wrong: int
    claims: int

    @property
    def rate(self) -> float:
        return self.wrong / self.claims

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's interval of 95 in a hundred, between 0 and 1."""
        return wilson(self.wrong, self.claims)

    def parts_from(self, other: ErrorRate) -> bool:
        """Whether their intervals have nothing in common, so that one is wrong more often than the other."""
        (low, high), (other_low, other_high) = self.interval, other.interval
        return high < other_low or other_high < low


def wilson(wrong: int, claims: int) -> tuple[float, float]:
    """Wilson's score interval for `wrong` of `claims` (at least one); both ends between 0 and 1."""
    share, spread = wrong / claims, Z * Z / claims
    middle = share + spread / 2
    half = Z * sqrt(share * (1 - share) / claims + spread / claims / 4)
    return max(0.0, (middle - half) / (1 + spread)), min(1.0, (middle + half) / (1 + spread))


def error_rates(judgements: Iterable[Judged]) -> tuple[ErrorRate, ...]:
    """A row for each source and sort of field: what the source claims itself, whatever the catalog chose.

    A source counts once for each fact of the sample, wrong where any of its rows there is, also one that a
    gate held back.
    """
    counts: dict[tuple[str, str], Counter[bool]] = defaultdict(Counter)
    for one in judgements:
        sort = sort_of(one.true.field)
        claimed: dict[str, bool] = {}
        weighed = sort and one.fact and one.verdict != Verdict.CHANGED
        for claim in one.fact.claims if weighed and one.fact else ():
            right = same(one.true.field, claim.value, one.true.value)
            claimed[claim.source] = claimed.get(claim.source, True) and right
        for source, right in claimed.items():
            counts[sort, source][right] += 1
    order = list(SORTS)
    rows = [
        ErrorRate(source=source, sort=sort, wrong=count[False], claims=count.total())
        for (sort, source), count in counts.items()
    ]
    return tuple(sorted(rows, key=lambda row: (order.index(row.sort), row.rate, -row.claims, row.source)))


def sort_of(field: str) -> str:
    """The sort that a field is counted under; empty where it is none of them."""
    return next((name for name, pattern in SORTS.items() if pattern.fullmatch(field)), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Misplaced:
    """Two sources whose order the sample speaks against: `before` is believed first and wrong more often."""

    field: str
    provider: str
    before: ErrorRate
    behind: ErrorRate


def misplaced(rates: Sequence[ErrorRate], judgements: Iterable[Judged]) -> Iterator[Misplaced]:
    """Sources in the wrong order, where their intervals part, at the sample's own fields and providers.

    Each pair comes once for each sort and provider at which it is so ordered, with one field of the sort.
    """
    rows = {(row.sort, row.source): row for row in rates}
    seen: set[tuple[str, str, str, str]] = set()
    for one in judgements:
        field, provider = one.true.field.removesuffix(EVERY_STEP), one.true.target.partition("/")[0]
        order = [rows[at] for s in precedence(field, provider) if (at := (sort_of(field), s)) in rows]
        for before, behind in combinations(order, 2):
            pair = (before.sort, provider, before.source, behind.source)
            if before.rate > behind.rate and before.parts_from(behind) and pair not in seen:
                seen.add(pair)
                yield Misplaced(field=field, provider=provider, before=before, behind=behind)
