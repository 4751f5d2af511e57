"""The difference of two models on the same cases: what a case asks of both is no part of its uncertainty.

Two methods, and the one that is less sure counts. Student's t over the differences of cases (clustered:
repeats of a case are averaged first), with two cases more in the spread alone, one in favour of each model,
as Bonett and Price (2012) add them to a table of pass and fail: where nearly every case comes out alike,
the interval would else be far too narrow. And Newcombe's square-and-add (1998), which puts the intervals of
the two rates together: it knows that a model may fail wholly at a rare sort of case that is not among
these.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from playground.evaluate.statistics.distributions import NORMAL, t_critical, t_two_sided
from playground.evaluate.statistics.outcomes import Outcomes, filled, judged, mean
from playground.evaluate.statistics.rate import ASSUMED_ALIKE, Z, interval, least_spread

#: The cases added to the spread.
ADDED = 2
#: The means of two models at a case → how many cases have these.
type Cases = Mapping[tuple[float, float], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """By how much more often `a` passes than `b`, from -1 to 1, with its 95 % interval.

    `p`: how often chance alone would give a difference as large, were the models equal. `each` has the
    means of each case that was judged for both, `estimate` is the mean of their differences, None where there
    is no such case.
    Missing answers are counted both ways: the interval and `p` hold whatever they would have been.
    """

    a: str
    b: str
    estimate: float | None
    low: float
    high: float
    p: float
    cases: int
    asked: int
    missing: int
    each: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """The mean of cases' differences with its 95 % interval and p."""

    middle: float
    low: float
    high: float
    p: float


def difference(a: Outcomes, b: Outcomes) -> Difference:
    """Two models compared on the cases of both; a case that one was not asked is missing there."""
    unasked: Sequence[None] = (None,)
    names = list(dict.fromkeys((*a.scores, *b.scores)))
    rows = [(a.scores.get(case, unasked), b.scores.get(case, unasked)) for case in names]
    least = (least_spread(a), least_spread(b))
    missing = sum(row.count(None) for pair in rows for row in pair)
    for_b = _alike((filled(x, 0), filled(y, 1)) for x, y in rows)
    worst = best = compared(Counter(for_b), least)
    each = tuple(for_b)
    if missing:
        best = compared(Counter((filled(x, 1), filled(y, 0)) for x, y in rows), least)
        known = ((judged(x), judged(y)) for x, y in rows)
        each = tuple(_alike((x, y) for x, y in known if x is not None and y is not None))
    return Difference(
        a=a.model,
        b=b.model,
        estimate=mean([x - y for x, y in each]) if each else None,
        low=worst.low,
        high=best.high,
        # Where the two ends are on different sides, some values of the missing answers make the models equal.
        p=max(worst.p, best.p) if worst.middle * best.middle > 0 else 1.0,
        cases=len(names),
        asked=sum(len(x) + len(y) for x, y in rows),
        missing=missing,
        each=each,
    )


def _alike(means: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """These, with one object for all that are equal: few differ of the many thousands that are kept."""
    first: dict[tuple[float, float], tuple[float, float]] = {}
    return [first.setdefault(pair, pair) for pair in means]


def compared(cases: Cases, least: tuple[float, float]) -> Compared:
    """The mean of the cases' differences with interval and p; of a single case nothing is known.

    `least`: what the spread of each model's means cannot be below (`rate.interval`).
    """
    count = sum(cases.values())
    middle = sum((x - y) * alike for (x, y), alike in cases.items()) / count
    if count < 2:
        return Compared(middle=middle, low=-1.0, high=1.0, p=1.0)
    error = error_of(cases, middle)
    half = t_critical(0.05, count - 1) * error
    down, up = square_and_add(cases, least)
    toward_zero = down if middle > 0 else up
    by_rates = 2 * NORMAL.cdf(-Z * abs(middle) / toward_zero) if toward_zero > 0 else 0.0
    return Compared(
        middle=middle,
        low=max(-1.0, middle - max(half, down)),
        high=min(1.0, middle + max(half, up)),
        p=max(t_two_sided(middle / error, count - 1), by_rates),
    )


def ahead(cases: Cases, least: tuple[float, float], level: float) -> int:
    """Which model is ahead with a p of at most `level`: 1 the first, -1 the second, 0 neither.

    What `compared` would say, without the p itself: a stated chance asks it thousands of times.
    """
    count = sum(cases.values())
    middle = sum((x - y) * alike for (x, y), alike in cases.items()) / count
    if count < 2 or abs(middle) < t_critical(level, count - 1) * error_of(cases, middle):
        return 0
    down, up = square_and_add(cases, least)
    if Z * abs(middle) < -NORMAL.inv_cdf(level / 2) * (down if middle > 0 else up):
        return 0
    return 1 if middle > 0 else -1


def error_of(cases: Cases, middle: float) -> float:
    """The standard error of the mean of the differences, `middle`, with the added cases in the spread.

    An added case differs by as much as those that depart from the most frequent difference, drawn towards a
    whole answer the more the fewer they are: with one repeat, or where none departs, by 1.
    """
    count = sum(cases.values())
    spread = sum((x - y - middle) ** 2 * alike for (x, y), alike in cases.items())
    alike: Counter[float] = Counter()
    for (x, y), number in cases.items():
        alike[round(x - y, 9)] += number
    departing = count - max(alike.values())
    size = min(1.0, spread / departing) if departing else 1.0
    return math.sqrt(spread + ADDED * math.pow(size, departing / (departing + ASSUMED_ALIKE))) / count


def square_and_add(cases: Cases, least: tuple[float, float]) -> tuple[float, float]:
    """How far the 95 % interval of a difference reaches down and up, from those of the two rates."""
    count = sum(cases.values())
    of_a, of_b = (_one_sided(cases, side) for side in (0, 1))
    a, b = (sum(m * alike for m, alike in one.items()) / count for one in (of_a, of_b))
    (low_a, high_a), (low_b, high_b) = interval(of_a, least[0]), interval(of_b, least[1])
    spread_a = sum((m - a) ** 2 * alike for m, alike in of_a.items())
    spread_b = sum((m - b) ** 2 * alike for m, alike in of_b.items())
    together = sum((x - a) * (y - b) * alike for (x, y), alike in cases.items())
    scale = math.sqrt(spread_a * spread_b)
    correlation = max(-1.0, min(1.0, together / scale)) if scale > 0 else 0.0

    def reach(of_a: float, of_b: float) -> float:
        return math.sqrt(max(0.0, of_a**2 + of_b**2 - 2 * correlation * of_a * of_b))

    return reach(a - low_a, high_b - b), reach(high_a - a, b - low_b)


def _one_sided(cases: Cases, side: int) -> Counter[float]:
    """The means of one of the two models."""
    means: Counter[float] = Counter()
    for pair, alike in cases.items():
        means[pair[side]] += alike
    return means
