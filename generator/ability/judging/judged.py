"""How well the fit foretells scores that it has not seen: the figures of the Method page.

Hidden in turn are cells, whole models, all but a few scores of new models, all but five of new benchmarks.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import chain
from types import MappingProxyType
from typing import Any

import numpy as np

from generator.ability.design import TASKS, Design, Floats, design, percent
from generator.ability.fit import SEED
from generator.ability.gibbs import Length
from generator.ability.inputs import Inputs
from generator.ability.judging.agreement import decided
from generator.ability.judging.foretold import benchmark_mean, foretold, last_of_family, nearest_model
from generator.ability.judging.hidden import (
    REPORTED,
    Trial,
    cell_folds,
    model_folds,
    new_benchmarks,
    new_models,
)
from generator.ability.judging.indices import TASKS as VOTED_TASKS
from generator.ability.judging.indices import Index, index_agreement
from generator.ability.judging.measures import COVERS, Foretold, Pairs, cover, pairs
from playground.ability import Abilities
from playground.ability.ability_json import SCHEMA

SIMPLE: Mapping[str, Callable[[Design, Trial], Floats]] = {
    "benchmark mean": benchmark_mean,
    "nearest model": nearest_model,
    "last of the family": last_of_family,
}
#: A trial is one fit of many, so each is shorter than the fit that is committed.
TRIAL_LENGTH = Length(burn=200, sweeps=600, thin=2)
#: A task has a figure of its own where so many of its cells were hidden.
TASK_CELLS = 50
#: What counts as a model of this year.
THIS_YEAR = 2026.0
#: Before any model came out.
EVER = 0.0


def judged(
    inputs: Inputs,
    abilities: Abilities,
    length: Length = TRIAL_LENGTH,
    votes: Mapping[str, Index] = MappingProxyType({}),
    indices: Mapping[str, Index] = MappingProxyType({}),
) -> dict[str, Any]:
    """Every figure by what was hidden; errors in points of 100, shares of 1.

    `votes` by category and `indices` of others by name are the orders beside which that of abilities is held.
    """
    table = design(inputs)

    def results(trials: Iterable[Trial]) -> list[Foretold]:
        return [_foretold(table, trial, length) for trial in trials if trial.test.any()]

    new = inputs.since(THIS_YEAR)

    def hidden_figures(each: Sequence[Foretold]) -> dict[str, Any]:
        return figures(each, new)

    folds = {fold: results([trial]) for fold, trial in cell_folds(table).items()}
    return {
        "schema": SCHEMA,
        "inputs": inputs.digest,
        "cells": len(inputs.cells),
        "models": len(table.models),
        "benchmarks": len(table.benchmarks),
        "hidden": {
            "cells": hidden_figures(list(chain.from_iterable(folds[fold] for fold in REPORTED))),
            "cells, all folds": hidden_figures(list(chain.from_iterable(folds.values()))),
            "whole models": hidden_figures(results(model_folds(table).values())),
            "new models, 0 scores known": hidden_figures(results(new_models(table, 0))),
            "new models, 1 score known": hidden_figures(results(new_models(table, 1))),
            "new models, 3 scores known": hidden_figures(results(new_models(table, 3))),
            "new benchmarks, 5 scores known": hidden_figures(results(new_benchmarks(table))),
        },
        "agreement": index_agreement(inputs, abilities, THIS_YEAR, votes, VOTED_TASKS),
        "agreement, all years": index_agreement(inputs, abilities, EVER, votes, VOTED_TASKS),
        "indices": index_agreement(inputs, abilities, THIS_YEAR, indices),
        "indices, all years": index_agreement(inputs, abilities, EVER, indices),
        "decided": decided(inputs, abilities, THIS_YEAR),
    }


def _foretold(table: Design, trial: Trial, length: Length) -> Foretold:
    cells = table.only(trial.test)
    return Foretold(
        cells=cells,
        scores=percent(cells),
        draws=foretold(table, trial, length, SEED),
        simple={name: rule(table, trial) for name, rule in SIMPLE.items()},
    )


def figures(each: Sequence[Foretold], this_year: Collection[str]) -> dict[str, Any]:
    """The figures of several trials together, of the models `this_year` apart; none where none was hidden."""
    if not each:
        return {"scores": 0}
    off = np.concatenate([np.abs(np.median(one.draws, axis=0) - one.scores) for one in each])
    new = np.concatenate([_of(one.cells, this_year)[one.cells.model] for one in each])
    task = np.concatenate([one.cells.cell_task for one in each])
    within = {percent: np.concatenate([cover(one, percent) for one in each]) for percent in COVERS}
    simple = {
        name: np.concatenate([np.abs(one.simple[name] - one.scores) for one in each]) for name in SIMPLE
    }
    met = [pairs(one) for one in each]
    both_new = [_of(one.cells, this_year)[one.cells.model] for one in each]
    new_pairs = np.concatenate([n[p.first] & n[p.second] for n, p in zip(both_new, met, strict=True)])
    high = np.concatenate(
        [(one.scores[p.first] > 50) & (one.scores[p.second] > 50) for one, p in zip(each, met, strict=True)]
    )
    return {
        "scores": len(off),
        "error": _mean(off),
        "error, models of this year": _mean(off[new]),
        **{f"error, {name}": _mean(errors) for name, errors in simple.items()},
        "cover": {str(percent): _mean(inside, 3) for percent, inside in within.items()},
        "by task": {
            TASKS[t]: {
                "scores": int((task == t).sum()),
                "error": _mean(off[task == t]),
                "cover 80": _mean(within[80][task == t], 3),
            }
            for t in range(len(TASKS))
            if (task == t).sum() >= TASK_CELLS
        },
        "pairs": _pairs(met, np.ones_like(new_pairs)),
        "pairs of models of this year": _pairs(met, new_pairs),
        "pairs of models of this year above 50 points": _pairs(met, new_pairs & high),
    }


def _pairs(met: Sequence[Pairs], chosen: Any) -> dict[str, Any]:
    """How many pairs, the share called, and the share of these called rightly."""
    sure = np.concatenate([p.sure for p in met])[chosen]
    right = np.concatenate([p.right for p in met])[chosen]
    return {"pairs": len(right), "said": _mean(sure, 3), "right": _mean(right[sure], 3)}


def _of(cells: Design, models: Collection[str]) -> Any:
    """Which of the models of these cells are among some."""
    return np.isin(cells.models, list(models))


def _mean(values: Any, digits: int = 2) -> float | None:
    return round(float(np.mean(values)), digits) if len(values) else None
