"""Cells as the arrays that the fit works on, on the scale on which it works."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generator.ability.inputs import Inputs
from playground.ability import Task
from playground.catalog import RunEffort

type Floats = NDArray[np.float64]
type Ints = NDArray[np.int64]

TASKS = tuple(Task)
#: Efforts that are told apart; scores at high effort are what the others are measured from.
LEVELS = ("none", "low", "medium", "high", "max", "unknown")
#: No score counts as nearer to chance or to all than this share, nor than half a question.
EDGE = 0.004
#: What dates are counted from, in years, and where there is none.
EPOCH = 2025.5
#: Models below so many billion parameters are expected to be less able.
SMALL = 25.0


@dataclass(frozen=True, kw_only=True)
class Design:
    """n cells of m models in b benchmarks, as arrays by index.

    `z` (n) are shares on the logit scale, corrected for chance; `variance` (n) how far luck alone may move
    them, of one sitting; `dates` (m) are years from EPOCH; `expected` (m, 4)
    is what is known of models beforehand, as columns that ability is linear in; `family` (m),
    `lab` (by family) and `task` (b) are indices.
    """

    models: tuple[str, ...]
    benchmarks: tuple[str, ...]
    model: Ints
    benchmark: Ints
    effort: Ints
    claimed: NDArray[np.bool_]
    z: Floats
    variance: Floats
    task: Ints
    chance: Floats
    dates: Floats
    expected: Floats
    family: Ints
    lab: Ints

    @property
    def cell_task(self) -> Ints:
        """The task of each cell."""
        tasks: Ints = self.task[self.benchmark]
        return tasks

    @property
    def cell_lab(self) -> Ints:
        """The lab of each cell's model."""
        labs: Ints = self.lab[self.family[self.model]]
        return labs

    def only(self, keep: NDArray[np.bool_]) -> Design:
        """The same models and benchmarks with fewer cells."""
        parts = {name: getattr(self, name)[keep] for name in _BY_CELL}
        rest = {name: getattr(self, name) for name in self.__dataclass_fields__ if name not in parts}
        return Design(**parts, **rest)


_BY_CELL = ("model", "benchmark", "effort", "claimed", "z", "variance")


def design(inputs: Inputs) -> Design:
    """The arrays of these cells."""
    cells = inputs.cells
    models = sorted({cell.model for cell in cells})
    rows = {cell.benchmark: cell for cell in cells}
    benchmarks = sorted(rows)
    at_model = {name: i for i, name in enumerate(models)}
    at_benchmark = {name: i for i, name in enumerate(benchmarks)}
    families = {line: i for i, line in enumerate(sorted({inputs.models[m].line for m in models}))}
    labs = [line.partition("/")[0] for line in families]
    share = np.array([cell.share for cell in cells])
    chance = np.array([cell.chance for cell in cells])
    questions = np.array([cell.questions for cell in cells])
    stderr = np.array([cell.stderr for cell in cells])
    z, variance = logits(share, chance, questions, stderr)
    known = [year - EPOCH for m in models if (year := inputs.models[m].released) is not None]
    usual = float(np.median(known)) if known else 0.0
    dates = np.array([usual if (y := inputs.models[m].released) is None else y - EPOCH for m in models])
    tiers = np.array([float(inputs.models[m].tier) for m in models])
    return Design(
        models=tuple(models),
        benchmarks=tuple(benchmarks),
        model=np.array([at_model[cell.model] for cell in cells]),
        benchmark=np.array([at_benchmark[cell.benchmark] for cell in cells]),
        effort=np.array([level(cell.effort) for cell in cells]),
        claimed=np.array([cell.claimed for cell in cells]),
        z=z,
        variance=variance,
        task=np.array([TASKS.index(rows[name].task) for name in benchmarks]),
        chance=np.array([rows[name].chance for name in benchmarks]),
        dates=dates,
        expected=np.stack([np.ones(len(models)), dates, _smallness(inputs, models), tiers], axis=1),
        family=np.array([families[inputs.models[m].line] for m in models]),
        lab=np.array([sorted(set(labs)).index(lab) for lab in labs]),
    )


def _smallness(inputs: Inputs, models: Sequence[str]) -> Floats:
    """By how many orders of ten a model is smaller than SMALL; 0 where it is not, or nobody tells."""
    sizes = [inputs.models[m].size or SMALL for m in models]
    return np.maximum(np.log10(SMALL / np.array(sizes)), 0.0)


def level(effort: RunEffort | None) -> int:
    """The index in LEVELS of an effort; of one that is on, and nobody says how much, nothing is known."""
    match effort:
        case None | RunEffort.THINKING:
            return LEVELS.index("unknown")
        case RunEffort.MINIMAL:
            return LEVELS.index("none")
        case RunEffort.XHIGH:
            return LEVELS.index("max")
        case _:
            return LEVELS.index(effort)


def logits(share: Floats, chance: Floats, questions: Ints, stderr: Floats) -> tuple[Floats, Floats]:
    """Shares solved → logits above chance with their variance, as published or else of so many questions."""
    edge = np.maximum(0.5 / questions, EDGE)
    y = np.clip(share, chance + edge * (1 - chance), 1 - edge)
    z = np.log((y - chance) / (1 - y))
    slope = (1 - chance) / ((y - chance) * (1 - y))
    return z, np.where(stderr > 0, stderr**2, y * (1 - y) / questions) * slope**2


def shares(z: Floats, chance: Floats | float) -> Floats:
    """Logits above chance → shares solved."""
    solved: Floats = chance + (1 - chance) / (1 + np.exp(-z))
    return solved


def percent(design: Design) -> Floats:
    """The scores of the cells in percent."""
    return 100 * shares(design.z, design.chance[design.benchmark])
