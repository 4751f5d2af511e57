"""Draws of the fit → abilities with their intervals, all on one scale.

The fit holds its scale by priors only, so draws drift together. Each is put on one scale before quantiles are
taken: 0 is the mean of the models with several scores, 1 their standard deviation. Without that every
interval would carry the same false width.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from generator.ability.design import LEVELS, TASKS, Design, Floats
from generator.ability.gibbs import State
from playground.ability import Interval, Lean, Task

#: The models that hold the scale have so many cells; all do where there are fewer than ten such models.
WELL_KNOWN, WELL_KNOWN_WANTED = 5, 10
#: A correlation from which on two abilities are said to go together; chance alone makes chains show as much.
TOGETHER = 0.2


@dataclass(frozen=True, kw_only=True)
class Posterior:
    """Draws on one scale: by draw, and then by model, by model and task, by benchmark, by effort.

    `spread` (by draw and task) is how far models' abilities at a task are from their general ones.
    """

    general: Floats
    deviation: Floats
    level: Floats
    slope: Floats
    effort: Floats
    claimed: Floats
    spread: Floats

    def interval(self, model: int) -> Interval:
        """A model's general ability."""
        return _interval(self.general[:, model])

    def at_task(self, model: int, task: int) -> tuple[Interval, Lean]:
        """A model's ability at a task, and whether it is surely better or worse there than in general."""
        deviation = _interval(self.deviation[:, model, task])
        lean = Lean.STRONGER if deviation.low > 0 else Lean.WEAKER if deviation.high < 0 else Lean.NONE
        return _interval(self.general[:, model] + self.deviation[:, model, task]), lean

    def together(self, names: Sequence[str]) -> list[dict[str, float]]:
        """Of each model the later ones with which its ability goes together, as the correlation.

        What is uncertain of a benchmark moves all that it measured. Hardly any two have much in common, and
        what a chain shows of the others is its own noise: they count as apart.
        """
        correlation: Floats = np.atleast_2d(np.corrcoef(self.general.T))
        return [
            {
                names[j]: round(float(correlation[i, j]), 2)
                for j in range(i + 1, len(names))
                if abs(correlation[i, j]) >= TOGETHER
            }
            for i in range(len(names))
        ]

    def efforts(self) -> dict[str, float]:
        """What a score at each effort is above one at high effort, in logits."""
        middle = np.median(self.effort, axis=0)
        return {name: round(float(middle[i]), 2) for i, name in enumerate(LEVELS) if name != "high"}

    def spreads(self) -> dict[Task, float]:
        """By task the standard deviation of what a model is there beside what it is in general."""
        middle = np.median(self.spread, axis=0)
        return {task: round(float(middle[i]), 2) for i, task in enumerate(TASKS)}

    def optimism(self) -> Interval:
        """By how much claims stand above measurements."""
        return _interval(self.claimed)


def posterior(design: Design, states: Iterable[State]) -> Posterior:
    """The draws of all chains on one scale."""
    cells = np.bincount(design.model, minlength=len(design.models))
    well = cells >= WELL_KNOWN
    if well.sum() < WELL_KNOWN_WANTED:
        well = np.ones_like(well)
    tested = np.zeros((len(design.models), len(TASKS)), bool)
    tested[design.model, design.cell_task] = True
    at_task = np.maximum(tested.sum(axis=0), 1)
    rows: list[tuple[Floats, ...]] = []
    for state in states:
        place, length = state.general[well].mean(), state.general[well].std()
        shift = (state.deviation * tested).sum(axis=0) / at_task
        rows.append(
            (
                (state.general - place) / length,
                (state.deviation - shift) / length,
                state.level + state.slope * (place + shift[design.task]),
                state.slope * length,
                state.effort.copy(),
                np.array(state.claimed / length),
                np.sqrt(state.task_variance) / length,
            )
        )
    names = ("general", "deviation", "level", "slope", "effort", "claimed", "spread")
    return Posterior(
        **{name: np.array(each) for name, each in zip(names, zip(*rows, strict=True), strict=True)}
    )


def _interval(values: Floats) -> Interval:
    low, middle, high = (round(float(q), 2) for q in np.quantile(values, [0.1, 0.5, 0.9]))
    return Interval(low=low, middle=middle, high=high)


def own_scores_wanted(task: Task) -> int:
    """How many scores of its own a model needs before it gets an ability at a task.

    Two where tests of one task differ most in what they ask: one score there says little of another.
    """
    return 2 if task in (Task.FACTUALITY, Task.LONG_CONTEXT, Task.KNOWLEDGE) else 1
