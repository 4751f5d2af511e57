"""The share of answers that pass, with its interval: ten answers to one case are not ten cases.

Wilson's interval at the effective number of cases: as many single answers as would leave the share as
uncertain as these repeats do (Korn and Graubard 1998; Dean and Pagano 2015). With one repeat a case it is
Wilson's.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from playground.evaluate.statistics.distributions import NORMAL
from playground.evaluate.statistics.outcomes import Outcomes, filled, judged, mean

#: 95 % of a normal distribution lie so many standard deviations around its mean.
Z = NORMAL.inv_cdf(0.975)
#: As many cases count as going all one way whatever was seen of how alike repeats are. Of 0 to 3 the least
#: with which intervals cover 93 % for rates of 0.05 to 0.98 with 2 to 10 repeats.
ASSUMED_ALIKE = 2
#: The least that scores between 0 and 1 are taken to differ, of what passing and failing would.
LEAST_SPREAD = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """A share from 0 to 1 with its 95 % interval.

    `estimate` is the mean over cases of what was judged, None where nothing was. Where answers are missing
    the interval goes from what it would be if all of them failed to what it would be if all passed.
    """

    estimate: float | None
    low: float
    high: float
    cases: int
    asked: int
    missing: int


def pass_rate(outcomes: Outcomes) -> Rate:
    """How often the model's answers pass, or their mean score; each case weighs the same."""
    rows = outcomes.scores.values()
    least = least_spread(outcomes)
    return rate_of(
        outcomes,
        known=[known for row in rows if (known := judged(row)) is not None],
        low=interval(Counter(filled(row, 0) for row in rows), least)[0],
        high=interval(Counter(filled(row, 1) for row in rows), least)[1],
    )


def least_spread(outcomes: Outcomes) -> float:
    """What the spread of cases' means cannot be below, as a part of what it could be at most."""
    return outcomes.one_of_repeats if outcomes.pass_or_fail else LEAST_SPREAD


def rate_of(outcomes: Outcomes, *, known: Sequence[float], low: float, high: float) -> Rate:
    """The rate of outcomes, from the values of the cases that are known and its limits."""
    return Rate(
        estimate=mean(known) if known else None,
        low=low,
        high=high,
        cases=len(outcomes.scores),
        asked=outcomes.asked,
        missing=outcomes.missing,
    )


def interval(means: Mapping[float, int], least: float) -> tuple[float, float]:
    """The 95 % interval of a share, from the means of cases (mean → how many cases have it).

    `least`: what the spread of the means cannot be below, as a part of what it could be at most.
    """
    share = sum(m * cases for m, cases in means.items()) / sum(means.values())
    return wilson(share, effective_cases(means, share, least))


def effective_cases(means: Mapping[float, int], share: float, least: float) -> float:
    """As many single answers, each to a case of its own, would leave the share as uncertain as these means.

    The spread of the means is a part of what it would be if each case passed always or never, which is the
    most it can be. That part is known from the cases that are neither always right nor always wrong with the
    rest, so it is drawn towards the whole, the more the fewer they are.
    """
    cases, most = sum(means.values()), share * (1 - share)
    apart = cases - max(means.get(0.0, 0), means.get(1.0, 0))
    if not apart or cases < 2 or most <= 0:
        return cases
    spread = sum((m - share) ** 2 * alike for m, alike in means.items()) / (cases - 1)
    part = min(1.0, max(least, spread / most))
    return cases / math.pow(part, apart / (apart + ASSUMED_ALIKE))


def wilson(share: float, answers: float) -> tuple[float, float]:
    """Wilson's 95 % interval of a share of so many independent answers, which need not be a whole number."""
    middle = (share + Z * Z / (2 * answers)) / (1 + Z * Z / answers)
    spread = share * (1 - share) / answers + (Z / (2 * answers)) ** 2
    half = Z * math.sqrt(spread) / (1 + Z * Z / answers)
    # At 0 and 1 the limit is 0 and 1; rounding must not say otherwise.
    return (0.0 if share <= 0 else middle - half), (1.0 if share >= 1 else middle + half)
