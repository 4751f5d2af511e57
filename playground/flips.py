"""Where two offerings change places: the cost of a month is linear in each input alone, in pieces where a
price has steps, so the value at which the order flips is exact.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from playground.need import SHARES
from playground.prices import Price
from playground.pricing import Workload, monthly

if TYPE_CHECKING:
    from playground.choose import Candidate


@dataclass(frozen=True, slots=True, kw_only=True)
class Flip:
    """Two neighbours of the ranking change places at a value of one input: above it `above` is better."""

    input: str
    at: Fraction
    below: str
    above: str


#: Each input by its name, and how it is changed.
INPUTS: Mapping[str, Callable[[Workload, Decimal], Workload]] = {
    "input_tokens": lambda w, x: replace(w, input_tokens=x),
    "output_tokens": lambda w, x: replace(w, output_tokens=x),
    "cached": lambda w, x: replace(w, cached=x),
    "reasoning": lambda w, x: replace(w, reasoning=x),
    "batch": lambda w, x: replace(w, batch=x),
}
#: The most tokens that a flip is looked for at.
FARTHEST = 10_000_000


def flips_between(one: Candidate, other: Candidate, work: Workload, factor: Decimal) -> Iterator[Flip]:
    """Every flip between two neighbours; `factor` is how much dearer the one may be and still stand first."""
    reach = {
        "input_tokens": min(_known(c, "context_tokens", "max_input_tokens") for c in (one, other)),
        "output_tokens": min(_known(c, "max_output_tokens") for c in (one, other)),
    }
    a, b = one.offering.key, other.offering.key
    for name in INPUTS:
        regions = (one.region, other.region)
        for at, first_above in flip_points(
            one.price, other.price, work, name, factor=factor, regions=regions
        ):
            # What neither takes flips nothing; what nobody says (-1) is no bound.
            if at > reach.get(name, -1) > -1:
                continue
            yield Flip(input=name, at=at, below=b if first_above else a, above=a if first_above else b)


def _known(candidate: Candidate, *fields: str) -> int:
    values = (candidate.offering.value(field) for field in fields)
    return next((v for v in values if isinstance(v, int)), -1)


def flip_points(
    a: Price,
    b: Price,
    work: Workload,
    name: str,
    *,
    factor: Decimal = Decimal(1),
    regions: tuple[str, str] = ("", ""),
) -> list[tuple[Fraction, bool]]:
    """Where one input makes the better of two prices the worse: its value, and whether `a` is better above.

    `a` counts as better while it costs less than `factor` times `b`. Exact where the factor is. Empty where a
    cost is not one number, as then no order is known to flip.
    """
    most = 1 - work.written - work.written_1h if name == "cached" else 1 if name in SHARES else FARTHEST
    steps = sorted({*a.steps, *b.steps}) if name == "input_tokens" else ()
    bounds = [Fraction(0), *map(Fraction, steps), Fraction(most)]
    difference = _Difference(a, b, work, name, Fraction(factor), regions)
    found: list[tuple[Fraction, bool]] = []
    before: int | None = None
    for low, high in pairwise(bounds):
        # A step's price holds above it, so a piece begins just above the step that it follows.
        line = difference.line(low, high)
        if line is None:
            return []
        start, slope = line
        at_start, at_end = start + slope * low, start + slope * high
        first = _sign(at_start) or _sign(at_end)
        if before is not None and first and first != before:
            found.append((low, first < 0))
        if _sign(at_start) * _sign(at_end) < 0:
            found.append((-start / slope, at_end < 0))
        before = _sign(at_end) or first or before
    return found


@dataclass(frozen=True, slots=True)
class _Difference:
    """What `a` costs more than `factor` times `b`, by one input."""

    a: Price
    b: Price
    work: Workload
    name: str
    factor: Fraction
    regions: tuple[str, str]

    def line(self, low: Fraction, high: Fraction) -> tuple[Fraction, Fraction] | None:
        """The difference between two bounds as a line: its value at nought and its slope."""
        span = high - low
        # Inside the piece: at a step itself the price below it still holds.
        points = [low + span / 2, low + span * 3 / 4]
        if self.name not in SHARES and span >= 4:
            points = [Fraction(int(p)) for p in points]
        elif self.name not in SHARES:
            points = [low + 1, high] if span > 1 else [high, high]
        values = []
        for point in points:
            value = self._at(Decimal(point.numerator) / Decimal(point.denominator))
            if value is None:
                return None
            values.append(value)
        if points[0] == points[1]:
            return values[0], Fraction(0)
        slope = (values[1] - values[0]) / (points[1] - points[0])
        return values[0] - slope * points[0], slope

    def _at(self, value: Decimal) -> Fraction | None:
        work = INPUTS[self.name](self.work, value)
        costs = []
        for price, region in zip((self.a, self.b), self.regions, strict=True):
            bill = monthly(work, price, region=region, lines=False)
            if bill is None or bill.usd is None:
                return None
            costs.append(Fraction(bill.usd))
        return costs[0] - self.factor * costs[1]


def _sign(value: Fraction) -> int:
    return (value > 0) - (value < 0)
