"""What would settle it: how many cases more, how many repeats more, and what the cases at hand can tell."""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from playground.evaluate.statistics.distributions import NORMAL, t_critical
from playground.evaluate.statistics.many import WINNER_LEVEL
from playground.evaluate.statistics.outcomes import Outcomes, mean, squares
from playground.evaluate.statistics.paired import Difference, added_error, error_of
from playground.evaluate.statistics.repeats import noise

#: The chance with which an evaluation should name the better model.
WANTED = 0.8
#: More cases than this nobody writes; the answer is then that it can't be told in practice.
MOST_CASES = 10_000
#: Evaluations played for a stated chance: 80 % is then known to 0.6 points.
PLAYED = 4_000
#: The same while the number of cases is sought.
TRIED = 1_000
#: The start of the random numbers, so that the same outcomes give the same answer.
SEED = 2026


@dataclass(frozen=True, slots=True, kw_only=True)
class Settling:
    """What would tell two models apart, if they truly differ as far as was seen.

    `cases`: so many more give a winner with `chance`; both None where more than MOST_CASES would not.
    `repeats`: so many more of each case would do the same, None where repeats alone would not.
    `detectable`: the smallest true difference for which the cases at hand name a winner 8 times in 10.
    """

    cases: int | None
    chance: float | None
    repeats: int | None
    detectable: float | None


def settling(pair: Difference, a: Outcomes, b: Outcomes, pairs: int = 1) -> Settling:
    """What would tell the two models of a pair apart, where a winner is named among so many pairs."""
    level = WINNER_LEVEL / pairs
    if pair.estimate is None or len(pair.each) < 2:
        return Settling(cases=None, chance=None, repeats=None, detectable=None)
    cases = cases_needed(pair.each, level)
    return Settling(
        cases=cases,
        chance=None if cases is None else winner_chance(pair.each, cases, counted=pair.each, level=level),
        repeats=_repeats_needed(pair, a, b, level),
        detectable=detectable(pair.each, level),
    )


def detectable(differences: Sequence[float], level: float = WINNER_LEVEL) -> float | None:
    """The true difference for which so many cases, as far apart as these, name a winner 8 times in 10.

    None where even a difference of 1, every case, would not do.
    """
    least = (t_critical(level, len(differences) - 1) + NORMAL.inv_cdf(WANTED)) * error_of(differences)
    return least if least < 1 else None


def normal_cases(gap: float, deviation: float, level: float = WINNER_LEVEL, wanted: float = WANTED) -> float:
    """So many cases tell a gap of their differences' mean from 0, by the normal distribution."""
    return ((NORMAL.inv_cdf(1 - level / 2) + NORMAL.inv_cdf(wanted)) * deviation / gap) ** 2


def winner_chance(
    differences: Sequence[float],
    cases: int,
    *,
    counted: Sequence[float] = (),
    level: float = WINNER_LEVEL,
    played: int = PLAYED,
) -> float:
    """How often a winner is named, and the right one, once there are so many new cases besides those counted.

    New cases are drawn from `differences`, and each evaluation played is tested as a true one is; so the
    chance holds if new cases differ as these do.
    """
    values = Counter(round(d, 9) for d in differences)
    total = cases + len(counted)
    if total < 2:
        return 0.0
    before = Counter(round(d, 9) for d in counted)
    critical = t_critical(level, total - 1)
    side = math.copysign(1, mean(differences))
    draw = random.Random(SEED)  # noqa: S311 - a simulation, no secret
    named = 0
    for _ in range(played):
        counts = _drawn(draw, values, cases)
        counts.update(before)
        total_sum = math.fsum(v * c for v, c in counts.items())
        distances = max(0.0, math.fsum(v * v * c for v, c in counts.items()) - total_sum**2 / total)
        error = added_error(distances, total - max(counts.values()), total)
        named += side * total_sum / total >= critical * error
    return named / played


def _drawn(draw: random.Random, values: Counter[float], cases: int) -> Counter[float]:
    """How often each value comes among so many draws."""
    if cases < 3 * len(values):
        return Counter(draw.choices(list(values), list(values.values()), k=cases))
    counts: Counter[float] = Counter()
    left, weight = cases, values.total()
    for value, share in values.items():
        counts[value] = draw.binomialvariate(left, min(1.0, share / weight)) if left else 0
        left, weight = left - counts[value], weight - share
    return counts


def cases_needed(differences: Sequence[float], level: float = WINNER_LEVEL) -> int | None:
    """So many new cases besides these name the better model 8 times in 10; None where MOST_CASES don't."""
    gap = abs(mean(differences))
    if gap == 0 or _normal_chance(differences, MOST_CASES, level) < WANTED:
        return None
    low, high = 0, MOST_CASES
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if _normal_chance(differences, middle, level) >= WANTED else (middle, high)

    # The normal distribution says where to look; the test itself, played, decides.
    def enough(cases: int) -> bool:
        return winner_chance(differences, cases, counted=differences, level=level, played=TRIED) >= WANTED

    low = high
    while low and enough(low):
        low, high = low // 2, low
    while low == high or not enough(high):
        low, high = high, 2 * high
    while high - low > max(1, high // 20):
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high if high <= MOST_CASES else None


def _normal_chance(differences: Sequence[float], new: int, level: float) -> float:
    """About how often the better model is named with so many new cases, by the normal distribution."""
    total = len(differences) + new
    deviation = error_of(differences) * math.sqrt(len(differences))
    ahead = abs(mean(differences)) - NORMAL.inv_cdf(1 - level / 2) * deviation / math.sqrt(total)
    return NORMAL.cdf(ahead * total / (deviation * math.sqrt(max(new, 1))))


def _repeats_needed(pair: Difference, a: Outcomes, b: Outcomes, level: float) -> int | None:
    """So many more repeats of each case would do, where what repeats add to the spread is known."""
    of_a, of_b = noise(a), noise(b)
    if of_a is None or of_b is None or not pair.estimate:
        return None
    cases = len(pair.each)
    repeats = mean([len(row) for row in a.scores.values()])
    from_repeats = of_a + of_b
    between = max(0.0, squares(pair.each) / (cases - 1) - from_repeats)
    factor = (NORMAL.inv_cdf(1 - level / 2) + NORMAL.inv_cdf(WANTED)) ** 2
    room = cases * pair.estimate**2 / factor - between
    if room <= 0 or from_repeats <= 0:
        return None
    more = math.ceil(repeats * (from_repeats / room - 1))
    return more if 0 < more <= 10 * repeats else None
