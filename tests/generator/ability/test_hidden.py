"""What is hidden from the fit is hidden whole, and the figures say what was foretold of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from generator.ability.background import Background
from generator.ability.design import Design, design, percent
from generator.ability.gibbs import Length
from generator.ability.inputs import Inputs, inputs_of
from generator.ability.judging.foretold import benchmark_mean, foretold, last_of_family, nearest_model
from generator.ability.judging.hidden import (
    Trial,
    cell_folds,
    model_folds,
    new_benchmarks,
    new_models,
)
from generator.ability.judging.judged import figures
from generator.ability.judging.measures import Foretold, pairs
from tests.catalogs import committed
from tests.generator.ability.made import cell, made
from tests.projects import ROOT


@pytest.fixture(scope="module")
def table() -> Design:
    """The committed scores, among them models that were claimed and measured in one benchmark."""
    inputs = inputs_of(committed(), ROOT / "docs" / "catalog")
    return design(inputs)


def hidden_pairs(table: Design, mask: np.ndarray) -> set[tuple[int, int]]:
    return set(zip(table.model[mask].tolist(), table.benchmark[mask].tolist(), strict=True))


def trials(table: Design) -> list[Trial]:
    return [
        *cell_folds(table).values(),
        *model_folds(table).values(),
        *(trial for known in (0, 1, 3) for trial in new_models(table, known)),
        *new_benchmarks(table),
    ]


def test_nothing_of_a_hidden_cell_is_read(table: Design) -> None:
    both = hidden_pairs(table, table.claimed) & hidden_pairs(table, ~table.claimed)
    assert len(both) >= 3, "some cells are claimed and measured, or this test shows nothing"
    for trial in trials(table):
        assert not hidden_pairs(table, trial.train) & hidden_pairs(table, trial.test)


def test_what_was_hidden_does_not_move_what_is_foretold() -> None:
    inputs = made(1, models=24).inputs
    table = design(inputs)
    trial = cell_folds(table)[1]
    other = replace(table, z=np.where(trial.test, -table.z, table.z))
    length = Length(burn=10, sweeps=20, thin=2)
    np.testing.assert_array_equal(foretold(table, trial, length, 1), foretold(other, trial, length, 1))


def test_every_cell_is_hidden_once_by_folds(table: Design) -> None:
    for folds in (cell_folds(table), model_folds(table)):
        assert (sum(trial.test.astype(int) for trial in folds.values()) == 1).all()


def test_of_a_hidden_model_nothing_is_read(table: Design) -> None:
    for trial in model_folds(table).values():
        assert not set(table.model[trial.train]) & set(table.model[trial.test])


def test_of_a_new_model_as_many_scores_are_read_as_said(table: Design) -> None:
    for known in (0, 1, 3):
        for trial in new_models(table, known):
            for model in set(table.model[trial.test].tolist()):
                read = set(table.benchmark[trial.train & (table.model == model)].tolist())
                assert len(read) == known


def test_the_same_scores_are_foretold_however_many_are_known(table: Design) -> None:
    several = [[trial.test for trial in new_models(table, known)] for known in (0, 1, 3)]
    np.testing.assert_array_equal(several[0], several[1])
    np.testing.assert_array_equal(several[0], several[2])


def test_simple_rules_foretell_what_they_say() -> None:
    cells = [
        *(cell("lab/a", f"b{b}", share) for b, share in enumerate((0.2, 0.3, 0.4))),
        *(cell("lab/b", f"b{b}", share) for b, share in enumerate((0.21, 0.31, 0.5))),
        *(cell("lab/c", f"b{b}", share) for b, share in enumerate((0.8, 0.9, 0.95))),
    ]
    models = {
        "lab/a": Background(line="x", released=2026.5),
        "lab/b": Background(line="y", released=2025.0),
        "lab/c": Background(line="x", released=2026.0),
    }
    table = design(Inputs(cells=tuple(cells), models=models))
    test = np.array([c.model == "lab/a" and c.benchmark == "b2" for c in cells])
    trial = Trial(train=~test, test=test)
    assert benchmark_mean(table, trial) == pytest.approx([72.5])
    assert nearest_model(table, trial) == pytest.approx([50])
    assert last_of_family(table, trial) == pytest.approx([95])


def test_figures_count_errors_cover_and_odds() -> None:
    cells = [cell(f"lab/{name}", "b", share) for name, share in (("x", 0.2), ("y", 0.4), ("z", 0.9))]
    models = {f"lab/{name}": Background(line=name, released=2026.5) for name in "xyz"}
    table = design(Inputs(cells=tuple(cells), models=models))
    draws = np.array([[20.0 + i, 42.0 + i, 30.0 + i] for i in (-2, -1, 0, 1, 2)])
    simple = dict.fromkeys(
        ("benchmark mean", "nearest model", "last of the family"), np.array([50.0, 50.0, 50.0])
    )
    one = Foretold(cells=table, scores=percent(table), draws=draws, simple=simple)
    # Of three pairs all are called surely; that y is better than z is wrong.
    assert sorted(pairs(one).right.tolist()) == [False, True, True]
    made_of = figures([one], ["lab/x", "lab/y"])
    assert made_of["error"] == pytest.approx(20.67)
    assert made_of["error, nearest model"] == pytest.approx(26.67)
    assert made_of["cover"] == {"50": 0.333, "80": 0.333, "95": 0.333}
    assert made_of["pairs"] == {"pairs": 3, "said": 1.0, "right": 0.667}
    assert made_of["error, models of this year"] == pytest.approx(1.0)
    assert made_of["pairs of models of this year"] == {"pairs": 1, "said": 1.0, "right": 1.0}
    assert figures([], []) == {"scores": 0}
