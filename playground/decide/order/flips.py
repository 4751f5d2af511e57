"""Where two neighbouring candidates change places, when one input or one weight is moved.

The cost of a month is linear in each input alone, in pieces where a price has steps, so the value at which
the order flips is exact. The weights have a value too, rounded.

How many requests there are flips nothing: every cost grows with them alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import log

from playground.catalog.prices import Meter, Mode, Price
from playground.decide.candidate import Candidate
from playground.need.judges import room
from playground.need.need import HEAVIEST, SHARES, WHOLES
from playground.pricing.cost import monthly
from playground.pricing.workload import Workload


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
    "written": lambda w, x: replace(w, written=x),
    "written_1h": lambda w, x: replace(w, written_1h=x),
    "audio_in": lambda w, x: replace(w, audio_in=x),
    "image_in": lambda w, x: replace(w, image_in=x),
    "reasoning": lambda w, x: replace(w, reasoning=x),
    "audio_out": lambda w, x: replace(w, audio_out=x),
    "image_out": lambda w, x: replace(w, image_out=x),
    "batch": lambda w, x: replace(w, batch=x),
}
#: The meters of which one of two lists must have one for a share to change anything between them.
METERS: Mapping[str, tuple[Meter, ...]] = {
    "cached": (Meter.CACHE_READ,),
    "written": (Meter.CACHE_WRITE, Meter.CACHE_WRITE_5M),
    "written_1h": (Meter.CACHE_WRITE, Meter.CACHE_WRITE_5M, Meter.CACHE_WRITE_1H),
    "audio_in": (Meter.INPUT_AUDIO,),
    "image_in": (Meter.INPUT_IMAGE,),
    "reasoning": (Meter.REASONING,),
    "audio_out": (Meter.OUTPUT_AUDIO,),
    "image_out": (Meter.OUTPUT_IMAGE,),
}
#: What can weigh.
WEIGHTS = ("cost", "quality", "speed")
#: What weighs of a candidate, more of it being better; None where it is not known.
type Goods = Mapping[str, float | None]
#: The most tokens that a flip is looked for at.
FARTHEST = 10_000_000


def flips_between(one: Candidate, other: Candidate, work: Workload, factor: Decimal) -> Iterator[Flip]:
    """Every flip between two neighbours; `factor` is how much dearer the one may be and still stand first."""
    reach = {name: _reach(name, work, (one, other)) for name in ("input_tokens", "output_tokens")}
    a, b = one.offering.key, other.offering.key
    for name in INPUTS:
        if not _moves(name, one.price, other.price):
            continue
        regions = (one.region, other.region)
        for at, first_above in flip_points(
            one.price, other.price, work, name, factor=factor, regions=regions
        ):
            # What one of the two does not take flips nothing.
            if (most := reach.get(name)) is not None and at >= most:
                continue
            yield Flip(input=name, at=at, below=b if first_above else a, above=a if first_above else b)


def _moves(name: str, a: Price, b: Price) -> bool:
    """Whether an input can change anything between two lists."""
    if name == "batch":
        return any(Mode.BATCH in price.modes for price in (a, b))
    meters = METERS.get(name)
    return meters is None or any(rate.meter in meters for price in (a, b) for rate in price.rates)


def weight_flips(
    one: tuple[str, Goods], other: tuple[str, Goods], weights: Mapping[str, int]
) -> Iterator[Flip]:
    """Where a weight, moved alone, makes two candidates change places.

    `Goods` are what weighs of each: cost, quality and speed, what more of is better as it is and the cost
    turned over; None where it is not known, which leaves that weight out.
    """
    (a, mine), (b, theirs) = one, other
    logs = {n: log(x / y) for n in WEIGHTS if (x := mine.get(n)) and (y := theirs.get(n))}
    # What is known of one of them alone sets the two apart; what is known of neither counts for nothing.
    if any(weights[n] and n not in logs and (mine.get(n) or theirs.get(n)) for n in WEIGHTS):
        return
    if weights["cost"] and "cost" not in logs:
        return
    for name, own in logs.items():
        rest = sum(weights[n] * log_ratio for n, log_ratio in logs.items() if n != name)
        # The one is better where the sum of weight times logarithm is above nought.
        if own and 0 < (at := -rest / own) < HEAVIEST:
            yield Flip(
                input=f"weight of {name}",
                at=Fraction(at).limit_denominator(10**6),
                below=b if own > 0 else a,
                above=a if own > 0 else b,
            )


def _reach(name: str, work: Workload, pair: tuple[Candidate, Candidate]) -> Decimal | None:
    """The most of it that both take, as far as it is known; None where nobody says."""
    own, other = (
        ("max_input_tokens", work.output_tokens)
        if name == "input_tokens"
        else ("max_output_tokens", work.input_tokens)
    )
    fits = (room(c.offering.value("context_tokens"), c.offering.value(own), other) for c in pair)
    return min((most for most in fits if most is not None), default=None)


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
    most = _most(work, name)
    steps = sorted({*a.steps, *b.steps}) if name == "input_tokens" else ()
    bounds = [Fraction(0), *map(Fraction, steps), Fraction(most)]
    difference = _Difference(a, b, work, name, Fraction(factor), regions)
    points: list[tuple[Fraction, bool]] = []
    before: int | None = None
    for low, high in pairwise(bounds):
        # A step's price holds above it, so a piece begins just above the step that it follows.
        line = difference.line(low, high)
        if line is None:
            return []
        start, slope = line
        at_start, at_end = start + slope * low, start + slope * high
        first = _sign(at_start) or _sign(at_end)
        if before is None and first > 0 and at_start == low == getattr(work, name):
            # They cost the same now, and any more of it parts them.
            points.append((low, False))
        if before is not None and first and first != before:
            points.append((low, first < 0))
        if _sign(at_start) * _sign(at_end) < 0:
            points.append((-start / slope, at_end < 0))
        before = _sign(at_end) or first or before
    return points


def _most(work: Workload, name: str) -> Decimal | int:
    """How far an input goes: a share up to what the others of the same whole leave of it."""
    if name not in SHARES:
        return FARTHEST
    whole = next((shares for shares in WHOLES if name in shares), ())
    return 1 - sum((getattr(work, other) for other in whole if other != name), Decimal(0))


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
