"""A catalog's scores → the abilities of its models. Needs numpy (`pip install model-almanac[fit]`)."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from generator.ability.design import TASKS, Design, design, percent
from generator.ability.gibbs import Length, draws
from generator.ability.inputs import Inputs
from generator.ability.outdone import with_outdone
from generator.ability.posterior import Posterior, own_scores_wanted, posterior
from generator.ability.rows import Cell
from playground.ability import Abilities, Ability, Benchmark, TaskAbility
from playground.ability.ability_json import abilities_from_json, abilities_to_json

#: The same numbers each time.
SEED = 20261127
#: Long enough that another seed moves the odds of a pair by a few percent at most. A chain wanders slowly:
#: four halve what the seed decides, which one of four times the length does not.
LENGTH = Length(burn=300, sweeps=1500, thin=3, chains=4)


def fit(inputs: Inputs, length: Length = LENGTH, seed: int = SEED) -> Abilities:
    """The abilities of the models that have scores; the same for the same inputs and seed."""
    if not inputs.cells:
        return Abilities(inputs=inputs.digest)
    table = design(inputs)
    known = posterior(table, draws(table, length, seed))
    own: dict[str, list[Cell]] = {}
    for cell in inputs.cells:
        own.setdefault(cell.model, []).append(cell)
    together = known.together(table.models)
    tested = {name: _ability(known, i, name, own[name], together[i]) for i, name in enumerate(table.models)}
    abilities = Abilities(
        models=tested,
        benchmarks={name: _benchmark(table, known, i) for i, name in enumerate(table.benchmarks)},
        efforts=known.efforts(),
        claimed=known.optimism(),
        spread=known.spreads(),
        inputs=inputs.digest,
    )
    # As it will be read: what is rounded may tip a pair.
    return with_outdone(abilities_from_json(abilities_to_json(abilities)), inputs.cells)


def _ability(
    known: Posterior, i: int, name: str, cells: list[Cell], together: Mapping[str, float]
) -> Ability:
    tasks = {}
    for at, task in enumerate(TASKS):
        own = [cell for cell in cells if cell.task == task]
        scores, measured, newest = _counts(own)
        if scores >= own_scores_wanted(task):
            interval, lean = known.at_task(i, at)
            tasks[task] = TaskAbility(
                interval=interval, scores=scores, measured=measured, newest=newest, lean=lean
            )
    scores, measured, newest = _counts(cells)
    return Ability(
        model=name,
        general=known.interval(i),
        scores=scores,
        measured=measured,
        newest=newest,
        tasks=tasks,
        together=together,
    )


def _counts(cells: list[Cell]) -> tuple[int, int, str]:
    """How many benchmarks a model has a score of, how many of them by others, and the newest day."""
    measured = {cell.benchmark for cell in cells if not cell.claimed}
    return len({cell.benchmark for cell in cells}), len(measured), max((c.day for c in cells), default="")


def _benchmark(table: Design, known: Posterior, i: int) -> Benchmark:
    cells = table.only(table.benchmark == i)
    best = np.sort(percent(cells))[-5:].mean()
    return Benchmark(
        task=TASKS[int(table.task[i])],
        level=round(float(np.median(known.level[:, i])), 2),
        slope=round(float(np.median(known.slope[:, i])), 2),
        chance=float(table.chance[i]),
        models=len(set(cells.model.tolist())),
        best=round(float(best), 1),
    )
