"""What repeats of a case say: pass@k, pass^k, and how far answers to one case differ."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from playground.evaluate.statistics.outcomes import OutcomeError, Outcomes, mean
from playground.evaluate.statistics.rate import Rate, interval, rate_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """How far a model's answers to one case differ, over the cases with two judged answers or more.

    `cases` says how many these are. `mixed`: the share of them with answers that passed and answers that did
    not. `agreement`: how often two answers to one case both pass or both fail. `run_deviation`: the standard
    deviation that the pass rate of one run through all cases would have, were the same cases run again.
    """

    cases: int
    mixed: float
    agreement: float
    run_deviation: float


def pass_at(outcomes: Outcomes, k: int) -> Rate:
    """pass@k: how often at least one of k answers passes, by the unbiased estimator of Chen et al. (2021)."""
    return _by_counts(outcomes, k, lambda n, c: 1 - math.comb(n - c, k) / math.comb(n, k))


def pass_all(outcomes: Outcomes, k: int) -> Rate:
    """pass^k: how often all of k answers pass, by the unbiased estimator of Yao et al. (2024)."""
    return _by_counts(outcomes, k, lambda n, c: math.comb(c, k) / math.comb(n, k))


def spread(outcomes: Outcomes) -> Spread | None:
    """How far answers to one case differ; None where no case has two judged answers."""
    rows = [passes for row in outcomes.scores.values() if len(passes := _passes(row)) > 1]
    if not rows:
        return None
    within = [_variance(row) for row in rows]
    return Spread(
        cases=len(rows),
        mixed=mean([0 < sum(row) < len(row) for row in rows]),
        agreement=1 - 2 * mean(within),
        run_deviation=math.sqrt(mean(within) / len(outcomes.scores)),
    )


def noise(outcomes: Outcomes) -> float | None:
    """The variance of a case's mean that comes from its repeats alone; None where no case has two."""
    rows = [[s for s in row if s is not None] for row in outcomes.scores.values()]
    known = [_variance(row) / len(row) for row in rows if len(row) > 1]
    return mean(known) if known else None


def _variance(row: Sequence[float]) -> float:
    middle = mean(row)
    return math.fsum((s - middle) ** 2 for s in row) / (len(row) - 1)


def _passes(row: Sequence[float | None]) -> Sequence[int]:
    return [int(s >= 1) for s in row if s is not None]


def _by_counts(outcomes: Outcomes, k: int, estimate: Callable[[int, int], float]) -> Rate:
    """A rate over cases of what `estimate` makes of a case's answers and of how many of them passed."""
    for case, row in outcomes.scores.items():
        if not 1 <= k <= len(row):
            raise OutcomeError(
                f"{outcomes.model}, case {case} has {len(row)} repeats; k is {k}. Ask for k from 1 "
                f"to {len(row)}, or repeat the case more often"
            )
    rows = outcomes.scores.values()
    known = [passes for row in rows if len(passes := _passes(row)) >= k]
    worst = Counter(estimate(len(row), sum(_passes(row))) for row in rows)
    best = Counter(estimate(len(row), sum(_passes(row)) + row.count(None)) for row in rows)
    return rate_of(
        outcomes,
        known=[estimate(len(passes), sum(passes)) for passes in known],
        low=interval(worst, outcomes.one_of_repeats)[0],
        high=interval(best, outcomes.one_of_repeats)[1],
    )
