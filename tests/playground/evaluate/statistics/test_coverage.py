"""By simulation: 95 % intervals cover 93 to 97 %, over rates, repeats and how alike repeats of a case are.

At one exact rate, pass and fail make any interval's coverage jump with the number of cases, so a rate is
drawn anew for each evaluation, from a narrow band. Where fewer than ten cases of the rarer sort are expected,
no interval covers less than 97 % that does not cover too little a step beside it; there, only the lower bound
is asked.
"""

from __future__ import annotations

import math
from collections import Counter
from decimal import Decimal
from itertools import product

import numpy as np
import pytest

from playground.evaluate.statistics import Outcomes, cost_per_accepted, difference, pass_all
from playground.evaluate.statistics.rate import interval
from tests.playground.evaluate.statistics.simulated import answered, case_rates, related
from tests.rounds import FULL

#: Half the width of the band that a rate is drawn from.
BAND = 0.02
PLAYED = 1_000 if FULL else 200
#: Three standard errors of a coverage seen in so many evaluations.
NOISE = 3 * math.sqrt(0.05 * 0.95 / PLAYED)
MEANS = (0.05, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.95, 0.97)
ALIKE = (0, 0.1, 0.3, 0.5, 0.7, 0.9)
CASES = (10, 20, 30, 50, 100, 200, 500)
GRID = [cell for cell in product(CASES, (1, 2, 3, 5, 10), ALIKE) if cell[1] > 1 or cell[2] == 0]
FEW = [(10, 1, 0), (20, 10, 0.5), (30, 10, 0.9), (50, 3, 0.1)]


def enough(cases: int, mean: float) -> bool:
    """Whether ten cases of the rarer sort are expected."""
    return cases * min(mean, 1 - mean) >= 10


@pytest.mark.parametrize(("cases", "repeats", "alike"), GRID if FULL else FEW)
def test_a_rates_interval_covers_93_to_97_percent(cases: int, repeats: int, alike: float) -> None:
    for mean in MEANS if FULL else (0.5, 0.8, 0.95):
        draw = np.random.default_rng([cases, repeats, round(alike * 10), round(mean * 100)])
        covered = 0
        for _ in range(PLAYED):
            true = draw.uniform(mean - BAND, mean + BAND)
            passed = draw.binomial(repeats, case_rates(draw, true, alike, cases))
            low, high = interval(Counter((passed / repeats).tolist()), 1 / repeats)
            covered += low <= true <= high
        assert covered / PLAYED >= 0.93 - NOISE, mean
        if enough(cases, mean):
            assert covered / PLAYED <= 0.97 + NOISE, mean


@pytest.mark.parametrize("cases", CASES if FULL else (20, 60))
@pytest.mark.parametrize(("repeats", "alike"), [(1, 0.5), (3, 0.3), (10, 0.6)])
def test_a_differences_interval_covers_93_to_97_percent(cases: int, repeats: int, alike: float) -> None:
    for means in ((0.6, 0.5), (0.9, 0.8), (0.95, 0.7)):
        draw = np.random.default_rng([cases, repeats, round(means[0] * 100)])
        covered = 0
        for _ in range(PLAYED):
            a, b = (answered(draw, r, repeats) for r in related(draw, means, alike, cases))
            one = difference(a, b)
            covered += one.low <= means[0] - means[1] <= one.high
        assert covered / PLAYED >= 0.93 - NOISE, means
        if cases >= 50:
            assert covered / PLAYED <= 0.97 + NOISE, means


@pytest.mark.parametrize("cases", CASES if FULL else (30,))
def test_the_interval_of_pass_all_covers_what_is_true_of_all_cases(cases: int) -> None:
    """With rates beta(4, 1), two answers both pass in 4 / 6 of the cases."""
    draw = np.random.default_rng(cases)
    covered = 0
    for _ in range(PLAYED):
        rate = pass_all(answered(draw, draw.beta(4, 1, cases), 4), 2)
        covered += rate.low <= 4 / 6 <= rate.high
    assert 0.93 - NOISE <= covered / PLAYED <= 0.97 + NOISE


@pytest.mark.parametrize("cases", (10, 20, 50, 200) if FULL else (20,))
@pytest.mark.parametrize("apart", [0.1, 0.5, 1.0])
def test_the_cost_of_an_accepted_answer_covers_93_to_97_percent(cases: int, apart: float) -> None:
    """Long answers cost more and pass less often; `apart` is the deviation of the log of a case's cost."""
    for mean in (0.5, 0.8, 0.9):
        draw = np.random.default_rng([cases, round(apart * 10), round(mean * 100)])
        covered = 0
        for _ in range(PLAYED):
            length = draw.normal(size=cases)
            rates = np.where(length > 0, mean - 0.08, mean + 0.08)
            outcomes = answered(draw, rates, 3)
            each = np.exp(apart * length)[:, None] * draw.uniform(0.5, 1.5, (cases, 3)) / 1000
            costs = {str(i): [Decimal(repr(c)) for c in row] for i, row in enumerate(each.tolist())}
            one = cost_per_accepted(Outcomes(model="A", scores=outcomes.scores, costs=costs))
            true = math.exp(apart**2 / 2) / mean / 1000
            assert one.low is not None
            covered += float(one.low) <= true and (one.high is None or true <= float(one.high))
        assert covered / PLAYED >= 0.93 - NOISE, mean
        if enough(cases, mean):
            assert covered / PLAYED <= 0.97 + NOISE, mean
