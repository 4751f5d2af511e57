"""Where two neighbouring candidates change places, when one input or one weight is moved.

The cost of a month is linear in each input alone, in pieces where a price has steps, so the value at which
the order flips is exact where cost alone decides. Where quality weighs it is a threshold with an interval, as
how able the two are is known with one.

How many requests there are flips nothing: every cost grows with them alike. Nor are images, pages, minutes or
characters moved: the tokens that stand for them would have to move with them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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

#: From where to where a threshold lies with 80 % probability; None is an end that it may run beyond.
type Between = tuple[Fraction | None, Fraction | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Flip:
    """Two neighbours of the ranking change places at a value of one input: above it `above` is better.

    `between` is where that value lies with 80 % probability, where quality decides too; None: it is exact.
    """

    input: str
    at: Fraction
    below: str
    above: str
    between: Between | None = None


@dataclass(frozen=True, slots=True)
class Factor:
    """How much dearer one of two may be and still stand first: by the rule, and where that lies with 80 %.

    `low` and `high` are None where it is exact.
    """

    rule: Decimal
    low: Decimal | None = None
    high: Decimal | None = None


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
#: Values of an input, and whether the first of two is better above.
type Points = list[tuple[Fraction, bool]]
#: What a price (by its id) costs in a region at a value of an input; None where that is not one number.
type Known = dict[tuple[int, str, str, Decimal], Fraction | None]
#: The most tokens that a flip is looked for at, and the fewest of which a request can be made.
FARTHEST = 10_000_000
LEAST = {"input_tokens": 1, "output_tokens": 1}


def flips_between(
    one: Candidate,
    other: Candidate,
    work: Workload,
    factor: Factor,
    known: Known | None = None,
    moved: Iterable[str] = INPUTS,
) -> Iterator[Flip]:
    """Every flip between two neighbours by an input of the work that is moved; `known` are costs so far."""
    known = {} if known is None else known
    reach = {name: _reach(name, work, (one, other)) for name in ("input_tokens", "output_tokens")}
    a, b = one.offering.key, other.offering.key
    for name in moved:
        if not _moves(name, one.price, other.price):
            continue
        lines = cost_lines(one.price, other.price, work, name, (one.region, other.region), known)
        now = getattr(work, name)
        points = points_at(lines, Fraction(factor.rule), now)
        if not points:
            continue
        ends = None
        if factor.low is not None and factor.high is not None:
            ends = [points_at(lines, Fraction(f), now) for f in (factor.low, factor.high)]
        for n, (at, first_above) in enumerate(points):
            # What one of the two does not take flips nothing, nor does less than a token.
            if at < LEAST.get(name, 0) or ((most := reach.get(name)) is not None and at >= most):
                continue
            below, above = (b, a) if first_above else (a, b)
            between = _between(n, points, ends) if ends else None
            yield Flip(input=name, at=at, below=below, above=above, between=between)


def _between(n: int, points: Points, ends: Sequence[Points]) -> Between:
    """Where a flip lies that is the nth: where it goes at either end of what the abilities may be.

    One at which a price steps up stays there, whichever of the others are gone.
    """
    at = points[n][0]
    moved = [
        end[n][0]
        if [first for _, first in end] == [first for _, first in points]
        else at
        if points[n] in end
        else None
        for end in ends
    ]
    own = sorted(x for x in moved if x is not None)
    if len(own) == 2:
        return own[0], own[1]
    if not own:
        return None, None
    # At one end of it nothing flips: beyond the rule's value, on the other side than the end that has one.
    return (own[0], None) if own[0] <= at else (None, own[0])


def _moves(name: str, a: Price, b: Price) -> bool:
    """Whether an input can change anything between two lists."""
    if name == "batch":
        return a.has(Mode.BATCH) or b.has(Mode.BATCH)
    meters = METERS.get(name)
    return meters is None or any(rate.meter in meters for price in (a, b) for rate in price.rates)


def weight_flips(
    one: tuple[str, Goods], other: tuple[str, Goods], weights: Mapping[str, int], doubt: float = 0.0
) -> Iterator[Flip]:
    """Where a weight, moved alone, makes two candidates change places.

    `Goods` are what weighs of each: cost, quality and speed, what more of is better as it is and the cost
    turned over; None where it is not known, which leaves that weight out. `doubt` is by how much, as a
    natural logarithm, the ratio of their quality may be higher or lower, with 80 % probability.
    """
    (a, mine), (b, theirs) = one, other
    logs = {n: log(x / y) for n in WEIGHTS if (x := mine.get(n)) and (y := theirs.get(n))}
    # What is known of one of them alone sets the two apart; what is known of neither counts for nothing.
    if any(weights[n] and n not in logs and (mine.get(n) or theirs.get(n)) for n in WEIGHTS):
        return
    if weights["cost"] and "cost" not in logs:
        return
    for name, own in logs.items():
        at = _weight_at(name, logs, weights)
        # The one is better where the sum of weight times logarithm is above nought.
        if at is None or not 0 < at < HEAVIEST:
            continue
        uncertain = doubt and (name == "quality" or weights["quality"]) and "quality" in logs
        yield Flip(
            input=f"weight of {name}",
            at=_rounded(at),
            below=b if own > 0 else a,
            above=a if own > 0 else b,
            between=_weight_between(name, logs, weights, doubt) if uncertain else None,
        )


def _weight_at(name: str, logs: Mapping[str, float], weights: Mapping[str, int]) -> float | None:
    """The weight at which the sum of weight times logarithm is nought, whatever its sign; None for none."""
    rest = sum(weights[n] * log_ratio for n, log_ratio in logs.items() if n != name)
    return -rest / logs[name] if logs[name] else None


def _weight_between(
    name: str, logs: Mapping[str, float], weights: Mapping[str, int], doubt: float
) -> Between:
    """Where such a weight lies; one that is beyond what can be asked is no end."""
    ends = [_weight_at(name, {**logs, "quality": logs["quality"] + off}, weights) for off in (-doubt, doubt)]
    if name == "quality" and abs(logs["quality"]) <= doubt:
        # It may be that they are equally able, which no weight makes tell.
        nearest = min((x for x in ends if x is not None and x > 0), default=None)
        return None if nearest is None else _rounded(nearest), None
    low, high = sorted(x for x in ends if x is not None)
    return _rounded(max(low, 0.0)), _rounded(high) if high < HEAVIEST else None


def _rounded(value: float) -> Fraction:
    return Fraction(value).limit_denominator(10**6)


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
) -> Points:
    """Where one input makes the better of two prices the worse: its value, and whether `a` is better above.

    `a` counts as better while it costs less than `factor` times `b`. Exact where the factor is. Empty where a
    cost is not one number, as then no order is known to flip.
    """
    return points_at(cost_lines(a, b, work, name, regions), Fraction(factor), getattr(work, name))


def cost_lines(
    a: Price, b: Price, work: Workload, name: str, regions: tuple[str, str], known: Known | None = None
) -> Sequence[CostLines]:
    """What two prices cost by one input, in pieces that are lines; empty where a cost is not one number."""
    most = _most(work, name)
    steps = sorted({*a.steps, *b.steps}) if name == "input_tokens" else ()
    bounds = [Fraction(0), *map(Fraction, steps), Fraction(most)]
    costs = _Costs(a, b, work, name, regions, {} if known is None else known)
    pieces = [costs.lines(low, high) for low, high in pairwise(bounds)]
    return [] if None in pieces else [piece for piece in pieces if piece is not None]


def points_at(lines: Sequence[CostLines], factor: Fraction, now: Decimal) -> Points:
    """Where the first of two counts as better no more, or again, if it may cost `factor` times the other."""
    points: Points = []
    before: int | None = None
    for piece in lines:
        # A step's price holds above it, so a piece begins just above the step that it follows.
        low, high = piece.low, piece.high
        start = piece.first[0] - factor * piece.second[0]
        slope = piece.first[1] - factor * piece.second[1]
        at_start, at_end = start + slope * low, start + slope * high
        first = _sign(at_start) or _sign(at_end)
        if before is None and first > 0 and at_start == low == now:
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
class CostLines:
    """What two prices cost between two values of an input: of each its value at nought and its slope."""

    low: Fraction
    high: Fraction
    first: tuple[Fraction, Fraction]
    second: tuple[Fraction, Fraction]


@dataclass(frozen=True, slots=True)
class _Costs:
    """What two prices cost, by one input."""

    a: Price
    b: Price
    work: Workload
    name: str
    regions: tuple[str, str]
    known: Known

    def lines(self, low: Fraction, high: Fraction) -> CostLines | None:
        """Both costs between two bounds; None where one of them is not one number."""
        span = high - low
        # Inside the piece: at a step itself the price below it still holds.
        points = [low + span / 2, low + span * 3 / 4]
        if self.name not in SHARES and span >= 4:
            points = [Fraction(int(p)) for p in points]
        elif self.name not in SHARES:
            points = [low + 1, high] if span > 1 else [high, high]
        values = []
        for point in points:
            costs = self._at(Decimal(point.numerator) / Decimal(point.denominator))
            if costs is None:
                return None
            values.append(costs)
        first, second = (_line(points, (values[0][n], values[1][n])) for n in (0, 1))
        return CostLines(low, high, first, second)

    def _at(self, value: Decimal) -> tuple[Fraction, Fraction] | None:
        costs = []
        for price, region in zip((self.a, self.b), self.regions, strict=True):
            at = (id(price), region, self.name, value)
            if at not in self.known:
                bill = monthly(INPUTS[self.name](self.work, value), price, region=region, lines=False)
                self.known[at] = Fraction(bill.usd) if bill and bill.usd is not None else None
            if (cost := self.known[at]) is None:
                return None
            costs.append(cost)
        return costs[0], costs[1]


def _line(points: Sequence[Fraction], values: tuple[Fraction, Fraction]) -> tuple[Fraction, Fraction]:
    """The line through two points: its value at nought and its slope."""
    if points[0] == points[1]:
        return values[0], Fraction(0)
    slope = (values[1] - values[0]) / (points[1] - points[0])
    return values[0] - slope * points[0], slope


def _sign(value: Fraction) -> int:
    return (value > 0) - (value < 0)
