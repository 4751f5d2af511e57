"""Indices that others make of their own tests, beside which the order of abilities is held.

A maintainer brings them as files, as not every one may be published again: what is written down is how far
two orders agree.

An ability is that at high effort, so like is held beside like. Where an index has a model at several efforts,
the figure at high effort counts; where it has none at that, the one at the highest effort, and the ability is
moved to it by as much as the fit says that such a score lies off. Else a model that was run without thinking
would count as less able than it is.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from generator.ability.design import LEVELS, level
from generator.ability.inputs import Inputs
from generator.ability.judging.agreement import MODELS_WANTED, SCORES_WANTED, Agreement, agreement
from generator.ability.rows import RISING
from generator.errors import EditError
from playground.ability import Abilities
from playground.catalog import RunEffort


@dataclass(frozen=True, slots=True)
class Ranked:
    """A model's figure in an index, and at which effort it was run; None where the index names none."""

    score: float
    effort: RunEffort | None = None

    @property
    def _nearness(self) -> tuple[bool, int, float]:
        """How good a figure is to compare by; of several at one effort the best."""
        return self.effort == RunEffort.HIGH, RISING.index(self.effort), self.score

    def nearer_than(self, other: Ranked) -> bool:
        """Whether this figure is the one to compare an ability with, and not the other."""
        return self._nearness > other._nearness


#: By model, the figure of an index that its ability is compared with.
type Index = Mapping[str, Ranked]


def read_index(path: Path, placed: Callable[[str], str | None]) -> Index:
    """A CSV file with the columns `model`, `score` and, where known, `effort`.

    `placed` says which model a name means; one that it does not know is left out. Raises EditError.
    """
    index: dict[str, Ranked] = {}
    with path.open(newline="", encoding="utf-8-sig", errors="replace") as file:
        rows = csv.DictReader(file)
        if lacking := {"model", "score"} - set(rows.fieldnames or ()):
            raise EditError(f"{path}: has no column {' and '.join(sorted(lacking))}; give it both")
        for number, row in enumerate(rows, 2):
            ranked = _ranked(row, f"{path}: line {number}")
            model = placed(row["model"])
            if model and (model not in index or ranked.nearer_than(index[model])):
                index[model] = ranked
    return index


def _ranked(row: Mapping[str, str | None], where: str) -> Ranked:
    effort = (row.get("effort") or "").strip()
    try:
        score = float(row["score"] or "")
    except ValueError as error:
        raise EditError(f"{where}: score {row['score']!r} is no number") from error
    try:
        return Ranked(score, RunEffort(effort) if effort else None)
    except ValueError as error:
        known = ", ".join(RunEffort)
        raise EditError(f"{where}: effort {effort!r} is none of {known}; leave it empty") from error


def index_agreement(
    inputs: Inputs, abilities: Abilities, since: float, indices: Mapping[str, Index]
) -> Mapping[str, Agreement]:
    """By index, how the models that came out since a year agree with it in order."""
    new = inputs.since(since)
    able = {
        name: one.general.middle
        for name, one in abilities.models.items()
        if one.general and one.scores >= SCORES_WANTED and name in new
    }
    pairs = {
        name: [
            (able[model] + _moved(abilities, one.effort), one.score)
            for model, one in index.items()
            if model in able
        ]
        for name, index in indices.items()
    }
    return {name: agreement(each) for name, each in sorted(pairs.items()) if len(each) >= MODELS_WANTED}


def _moved(abilities: Abilities, effort: RunEffort | None) -> float:
    """How far a score at an effort is above one at high effort, in abilities, at a usual test."""
    slopes = [one.slope for one in abilities.benchmarks.values()]
    return abilities.efforts.get(LEVELS[level(effort)], 0.0) / median(slopes) if slopes else 0.0
