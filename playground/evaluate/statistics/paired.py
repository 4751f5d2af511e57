"""The difference of two models on the same cases: what a case asks of both is no part of its uncertainty.

Student's t over the differences of cases (clustered by case: repeats are averaged first), with two cases more
in the spread alone, one in favour of each model, as Bonett and Price (2012) add them to a table of pass and
fail. Without them, where nearly every case comes out alike, the interval would be far too narrow.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from playground.evaluate.statistics.distributions import t_critical, t_two_sided
from playground.evaluate.statistics.outcomes import Outcomes, filled, judged, mean, squares
from playground.evaluate.statistics.rate import ASSUMED_ALIKE

#: The cases added to the spread.
ADDED = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """By how much more often `a` passes than `b`, from -1 to 1, with its 95 % interval.

    `p`: how often chance alone would give a difference as large, were the models equal. `each` has the
    difference of each case that was judged for both, `estimate` is their mean, None where there is none.
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
    each: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeanDifference:
    """The mean of differences, its standard error with the added cases, and its interval and p."""

    middle: float
    error: float
    low: float
    high: float
    p: float


def difference(a: Outcomes, b: Outcomes) -> Difference:
    """Two models compared on the cases of both; a case that one was not asked is missing there."""
    unasked: Sequence[None] = (None,)
    cases = list(dict.fromkeys((*a.scores, *b.scores)))
    rows = [(a.scores.get(case, unasked), b.scores.get(case, unasked)) for case in cases]
    worst = mean_difference([filled(x, 0) - filled(y, 1) for x, y in rows])
    missing = sum(row.count(None) for pair in rows for row in pair)
    best = mean_difference([filled(x, 1) - filled(y, 0) for x, y in rows]) if missing else worst
    known = [(judged(x), judged(y)) for x, y in rows]
    each = tuple(x - y for x, y in known if x is not None and y is not None)
    return Difference(
        a=a.model,
        b=b.model,
        estimate=mean(each) if each else None,
        low=worst.low,
        high=best.high,
        # Where the two ends are on different sides, some values of the missing answers make the models equal.
        p=max(worst.p, best.p) if worst.middle * best.middle > 0 else 1.0,
        cases=len(cases),
        asked=sum(len(x) + len(y) for x, y in rows),
        missing=missing,
        each=each,
    )


def mean_difference(differences: Sequence[float]) -> MeanDifference:
    """The mean of the cases' differences with interval and p; of a single case nothing is known."""
    cases, middle = len(differences), mean(differences)
    if cases < 2:
        return MeanDifference(middle=middle, error=math.inf, low=-1.0, high=1.0, p=1.0)
    error = error_of(differences)
    half = t_critical(0.05, cases - 1) * error
    return MeanDifference(
        middle=middle,
        error=error,
        low=max(-1.0, middle - half),
        high=min(1.0, middle + half),
        p=t_two_sided(middle / error, cases - 1),
    )


def error_of(differences: Sequence[float]) -> float:
    """The standard error of their mean, with the added cases in the spread."""
    usual = max(Counter(round(d, 9) for d in differences).values())
    return added_error(squares(differences), len(differences) - usual, len(differences))


def added_error(spread: float, departing: int, cases: int) -> float:
    """The standard error of a mean of so many cases, from the sum of their squared distances from it.

    `departing`: how many differ from the most frequent difference. An added case differs by as much as these
    do, drawn towards a whole answer the more the fewer they are: with one repeat, or where none departs, by
    1.
    """
    size = min(1.0, spread / departing) ** (departing / (departing + ASSUMED_ALIKE)) if departing else 1.0
    return math.sqrt(spread + ADDED * size) / cases
