"""By simulation: who is named a winner among equals, and whether a stated chance of naming one is right."""

from __future__ import annotations

import math
from itertools import product

import numpy as np
import pytest

from playground.evaluate.statistics import Outcomes, all_pairs, winner_chance
from playground.evaluate.statistics.power import cases_needed, detectable
from tests.playground.evaluate.statistics.simulated import answered, related
from tests.rounds import FULL

EQUALS = [
    *product((20, 50, 200), (1, 3, 10), (2, 4), (0.6, 0.9)),
    *product((100, 500), (1, 2, 5), (2, 3), (0.5, 0.95)),
]


@pytest.mark.parametrize(
    ("cases", "repeats", "models", "mean"),
    EQUALS if FULL else [(200, 1, 2, 0.6), (30, 3, 3, 0.9)],
)
def test_of_1000_evaluations_of_equal_models_at_most_50_name_a_winner(
    cases: int, repeats: int, models: int, mean: float
) -> None:
    draw = np.random.default_rng([cases, repeats, models, round(mean * 100)])
    named = 0
    for _ in range(1_000):
        rates = related(draw, [mean] * models, 0.5, cases)
        pairs = all_pairs([answered(draw, r, repeats, f"M{i}") for i, r in enumerate(rates)])
        named += any(pair.winner for pair in pairs)
    assert named <= 50


#: The differences of cases that a stated chance is about: value → share of the cases.
TRUTHS = {
    "pass or fail": {0.0: 0.7, 1.0: 0.2, -1.0: 0.1},
    "nearly always alike": {0.0: 0.94, 1.0: 0.05, -1.0: 0.01},
    "three repeats": {0.0: 0.4, 1 / 3: 0.25, -1 / 3: 0.15, 2 / 3: 0.1, -2 / 3: 0.05, 1.0: 0.05},
}


def played(draw: np.random.Generator, truth: dict[float, float], cases: int) -> list[float]:
    return list(draw.choice(list(truth), cases, p=list(truth.values())))


def models(differences: list[float]) -> list[Outcomes]:
    """Two models whose cases differ so."""
    return [
        Outcomes(model=name, scores={str(i): [max(0.0, sign * d)] for i, d in enumerate(differences)})
        for name, sign in (("A", 1), ("B", -1))
    ]


def named(differences: list[float]) -> bool:
    return all_pairs(models(differences))[0].winner == "A"


@pytest.mark.parametrize("truth", TRUTHS.values(), ids=list(TRUTHS))
@pytest.mark.parametrize("cases", [30, 80, 200, 400] if FULL else [60])
def test_a_stated_chance_of_a_winner_is_right_within_3_points(truth: dict[float, float], cases: int) -> None:
    seen = [value for value, share in truth.items() for _ in range(round(share * 100))]
    draw = np.random.default_rng(cases)
    evaluations = 4_000 if FULL else 1_000
    happened = sum(named(played(draw, truth, cases)) for _ in range(evaluations)) / evaluations
    assert abs(winner_chance(seen, cases) - happened) <= 0.03 + (0 if FULL else 0.02)


@pytest.mark.parametrize("truth", TRUTHS.values(), ids=list(TRUTHS))
def test_with_the_cases_said_to_be_needed_8_in_10_name_the_winner(truth: dict[float, float]) -> None:
    """The cases at hand stay; the new ones are drawn from the truth, which here is what was seen."""
    seen = [value for value, share in truth.items() for _ in range(round(share * 100))]
    counted = seen[::2]
    assert not named(counted)
    more = cases_needed(counted)
    assert more is not None
    stated = winner_chance(counted, more, counted=counted)
    alike = {v: counted.count(v) / len(counted) for v in set(counted)}
    draw = np.random.default_rng(9)
    evaluations = 4_000 if FULL else 500
    happened = sum(named([*counted, *played(draw, alike, more)]) for _ in range(evaluations)) / evaluations
    assert abs(stated - happened) <= 0.03 + (0 if FULL else 0.03)
    assert stated == pytest.approx(0.8, abs=0.05)


def test_a_difference_said_to_be_detectable_is_detected_8_times_in_10() -> None:
    flat = [1.0] * 20 + [-1.0] * 20 + [0.0] * 60
    gap = detectable(flat)
    assert gap is not None
    truth = {1.0: 0.2 + gap / 2, -1.0: 0.2 - gap / 2, 0.0: 0.6}
    draw = np.random.default_rng(4)
    happened = sum(named(played(draw, truth, 100)) for _ in range(1_000)) / 1_000
    assert happened == pytest.approx(0.8, abs=0.04)


def test_models_that_differ_by_nothing_need_no_number_of_cases() -> None:
    assert cases_needed([1.0, -1.0, 0.0, 0.0]) is None
    assert winner_chance([0.0] * 20, 50) == 0
    assert winner_chance([1.0], 1) == 0
    assert winner_chance([1.0, 1.0], 200) == 1
    assert math.isclose(
        winner_chance([0.5, -0.2, 0.1], 30), winner_chance([-0.5, 0.2, -0.1], 30), abs_tol=0.03
    )
