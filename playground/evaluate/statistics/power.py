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
from playground.evaluate.statistics.paired import Cases, Difference, ahead, error_of
from playground.evaluate.statistics.rate import least_spread
from playground.evaluate.statistics.repeats import noise

#: The chance with which an evaluation should name the better model.
WANTED = 0.8
#: More cases than this nobody writes; the answer is then that it can't be told in practice.
MOST_CASES = 10_000
#: Evaluations played for a stated chance: 80 % is then known to 0.8 points.
PLAYED = 2_500
#: The same while the number of cases is sought.
TRIED = 500
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
    if pair.estimate is None or len(pair.each) < 2:
        return Settling(cases=None, chance=None, repeats=None, detectable=None)
    plan = Plan(seen=pair.each, least=(least_spread(a), least_spread(b)), level=WINNER_LEVEL / pairs)
    cases = cases_needed(plan)
    return Settling(
        cases=cases,
        chance=None if cases is None else winner_chance(plan, cases, counted=pair.each),
        repeats=_repeats_needed(pair, a, b, plan),
        detectable=detectable(plan),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What new cases are taken to be like: both models' means at the cases seen, and how a winner is named.

    `least` is as in `rate.interval`, `level` the p that names a winner.
    """

    seen: Sequence[tuple[float, float]]
    least: tuple[float, float] = (1.0, 1.0)
    level: float = WINNER_LEVEL

    @property
    def gap(self) -> float:
        """By how much more often the first model passes."""
        return mean([x - y for x, y in self.seen])

    @property
    def deviation(self) -> float:
        """The standard deviation of a case's difference."""
        return error_of(Counter(self.seen), self.gap) * math.sqrt(len(self.seen))


def detectable(plan: Plan) -> float | None:
    """The true difference for which so many cases, as far apart as these, name a winner 8 times in 10.

    None where even a difference of 1, every case, would not do.
    """
    cases = len(plan.seen)
    factor = t_critical(plan.level, cases - 1) + NORMAL.inv_cdf(WANTED)
    least = factor * plan.deviation / math.sqrt(cases)
    return least if least < 1 else None


def normal_cases(gap: float, deviation: float, level: float = WINNER_LEVEL, wanted: float = WANTED) -> float:
    """So many cases tell a gap of their differences' mean from 0, by the normal distribution."""
    return ((NORMAL.inv_cdf(1 - level / 2) + NORMAL.inv_cdf(wanted)) * deviation / gap) ** 2


def winner_chance(
    plan: Plan, cases: int, *, counted: Sequence[tuple[float, float]] = (), played: int = PLAYED
) -> float:
    """How often a winner is named, and the right one, once there are so many new cases besides those counted.

    New cases are drawn from those seen, and each evaluation played is tested as a true one is; so the chance
    holds if new cases are as these are.
    """
    if not cases and not counted:
        return 0.0
    seen, before = Counter(plan.seen), Counter(counted)
    side = 1 if plan.gap > 0 else -1
    draw = random.Random(SEED)  # noqa: S311 - a simulation, no secret
    named = 0
    for _ in range(played):
        named += ahead(before + _drawn(draw, seen, cases), plan.least, plan.level) == side
    return named / played


def _drawn(draw: random.Random, seen: Cases, cases: int) -> Counter[tuple[float, float]]:
    """So many cases drawn from those seen."""
    if cases < 3 * len(seen):
        return Counter(draw.choices(list(seen), list(seen.values()), k=cases))
    counts: Counter[tuple[float, float]] = Counter()
    left, weight = cases, sum(seen.values())
    for pair, share in seen.items():
        counts[pair] = draw.binomialvariate(left, min(1.0, share / weight)) if left else 0
        left, weight = left - counts[pair], weight - share
    return counts


def cases_needed(plan: Plan) -> int | None:
    """So many new cases besides those seen name the better model 8 times in 10; None above MOST_CASES."""
    if plan.gap == 0 or _normal_chance(plan, MOST_CASES) < WANTED:
        return None
    low, high = 0, MOST_CASES
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if _normal_chance(plan, middle) >= WANTED else (middle, high)

    # The normal distribution says where to look; the test itself, played, decides.
    def enough(cases: int) -> bool:
        return winner_chance(plan, cases, counted=plan.seen, played=TRIED) >= WANTED

    low = high
    while low and enough(low):
        low, high = low // 2, low
    while low == high or not enough(high):
        low, high = high, 2 * high
    while high - low > max(1, high // 20):
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high if high <= MOST_CASES else None


def _normal_chance(plan: Plan, new: int) -> float:
    """About how often the better model is named with so many new cases, by the normal distribution."""
    total = len(plan.seen) + new
    ahead = abs(plan.gap) - NORMAL.inv_cdf(1 - plan.level / 2) * plan.deviation / math.sqrt(total)
    return NORMAL.cdf(ahead * total / (plan.deviation * math.sqrt(max(new, 1))))


def _repeats_needed(pair: Difference, a: Outcomes, b: Outcomes, plan: Plan) -> int | None:
    """So many more repeats of each case would do, where what repeats add to the spread is known."""
    of_a, of_b = noise(a), noise(b)
    if of_a is None or of_b is None or not pair.estimate:
        return None
    cases, from_repeats = len(pair.each), of_a + of_b
    between = max(0.0, squares([x - y for x, y in pair.each]) / (cases - 1) - from_repeats)
    factor = (NORMAL.inv_cdf(1 - plan.level / 2) + NORMAL.inv_cdf(WANTED)) ** 2
    room = cases * pair.estimate**2 / factor - between
    if room <= 0 or from_repeats <= 0:
        return None
    repeats = 1 / a.one_of_repeats
    more = math.ceil(repeats * (from_repeats / room - 1))
    return more if 0 < more <= 10 * repeats else None
