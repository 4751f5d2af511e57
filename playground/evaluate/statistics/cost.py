"""What an accepted answer costs: all that was paid, over the answers that passed, with its interval.

The limits of the mean cost and of the pass rate are put together by MOVER (Donner and Zou 2012) on the log,
with their correlation over cases. Where costs hardly differ the interval is that of the pass rate; where both
are near normal it is the delta method's.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from playground.evaluate.statistics.distributions import t_critical
from playground.evaluate.statistics.outcomes import Outcomes, mean, squares
from playground.evaluate.statistics.rate import interval


@dataclass(frozen=True, slots=True, kw_only=True)
class CostPerAccepted:
    """US dollars for each answer that passed, with its 95 % interval.

    `estimate` is None where a cost is unknown or no answer passed; `high` is None where the cost has no upper
    limit. `unknown`: how many judged answers have no known cost. `paid`: the known costs together, None
    where none is known.
    """

    estimate: Decimal | None
    low: Decimal | None
    high: Decimal | None
    accepted: int
    paid: Decimal | None
    unknown: int


def cost_per_accepted(outcomes: Outcomes) -> CostPerAccepted:
    """What each answer that passed costs, failed answers paid for too.

    An answer that is missing is taken to cost what the others of its model do, and counted both ways.
    """
    cells = [
        (score, cost)
        for case, row in outcomes.scores.items()
        for score, cost in _with_costs(outcomes, case, row)
    ]
    judged = [(score >= 1, cost) for score, cost in cells if score is not None]
    accepted = sum(passed for passed, _ in judged)
    known = [cost for _, cost in cells if cost is not None]
    paid = sum(known, Decimal(0))
    unknown = sum(cost is None for _, cost in judged)
    low, high = (None, None) if unknown or not judged else _limits(outcomes)
    return CostPerAccepted(
        estimate=None if unknown or not accepted else paid / accepted,
        low=low,
        high=high if accepted else None,
        accepted=accepted,
        paid=paid if known else None,
        unknown=unknown,
    )


def _with_costs(
    outcomes: Outcomes, case: str, row: Sequence[float | None]
) -> Iterable[tuple[float | None, Decimal | None]]:
    """A case's scores, each with its cost."""
    return zip(row, outcomes.costs.get(case, [None] * len(row)), strict=True)


def _limits(outcomes: Outcomes) -> tuple[Decimal | None, Decimal | None]:
    rows = [
        [(None if s is None else float(s >= 1), c) for s, c in _with_costs(outcomes, case, row)]
        for case, row in outcomes.scores.items()
    ]
    usual = mean([float(c) for row in rows for s, c in row if s is not None and c is not None])
    costs = [mean([usual if c is None else float(c) for _, c in row]) for row in rows]
    if usual <= 0:
        return Decimal(0), Decimal(0)
    least = outcomes.one_of_repeats
    worst, best = ([mean([fill if s is None else s for s, _ in row]) for row in rows] for fill in (0.0, 1.0))
    return (
        _limit(costs, best, interval(Counter(best), least)[1], side=-1),
        _limit(costs, worst, interval(Counter(worst), least)[0], side=1),
    )


def _limit(costs: Sequence[float], rates: Sequence[float], rate_limit: float, side: int) -> Decimal | None:
    """The lower (side -1) or upper (side 1) limit of mean cost over mean rate; None where there is none."""
    cost, rate = mean(costs), mean(rates)
    if len(costs) < 2:
        return Decimal(0) if side < 0 else None
    if rate_limit <= 0:
        return None
    if rate <= 0:
        # Nothing passed: at the most that the pass rate can be, an accepted answer costs at least this.
        return Decimal(repr(cost * math.exp(-cost_half_width(costs)) / rate_limit))
    of_cost, of_rate = cost_half_width(costs), abs(math.log(rate_limit / rate))
    together = 2 * _correlation(costs, rates) * of_cost * of_rate
    half = math.sqrt(max(0.0, of_cost**2 + of_rate**2 - together))
    return Decimal(repr(cost / rate * math.exp(side * half)))


def cost_half_width(costs: Sequence[float]) -> float:
    """Half the width of the 95 % interval of the log of the mean cost, from two cases or more.

    The delta method's, or Cox's for a log-normal mean where that is wider: a few long answers make most of
    a bill, and the first alone then covers 90 %.
    """
    cases, middle = len(costs), mean(costs)
    critical = t_critical(0.05, cases - 1)
    delta = math.sqrt(squares(costs) / (cases - 1) / cases) / middle
    if min(costs) <= 0:
        return critical * delta
    spread = squares([math.log(c) for c in costs]) / (cases - 1)
    return critical * max(delta, math.sqrt(spread / cases + spread**2 / (2 * (cases - 1))))


def _correlation(x: Sequence[float], y: Sequence[float]) -> float:
    of_x, of_y = squares(x), squares(y)
    if of_x <= 0 or of_y <= 0:
        return 0.0
    middle_x, middle_y = mean(x), mean(y)
    together = math.fsum((a - middle_x) * (b - middle_y) for a, b in zip(x, y, strict=True))
    return max(-1.0, min(1.0, together / math.sqrt(of_x * of_y)))
