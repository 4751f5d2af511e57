"""What no fit has seen, beside which the order of abilities is held: indices that others make, and votes.

A maintainer brings indices as files, as not every one may be published again: what is written down is how far
two orders agree. Votes are in the catalog.

An ability is that at high effort, so like is held beside like. Where a model has figures at several efforts,
the one at high effort counts; where it has none at that, the one at the highest effort, and the ability is
moved to it by as much as the fit says that such a score lies off. Else a model that was run without thinking
would count as less able than it is.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from types import MappingProxyType

from generator.ability.design import LEVELS, level
from generator.ability.inputs import Inputs
from generator.ability.judging.agreement import Agreement, agreement
from generator.ability.rows import RISING
from generator.errors import EditError
from playground.ability import Abilities, Ability, Task
from playground.catalog import Evidence, Model, RunEffort

#: What people vote about that is one task, by its category; beside all others the general ability is held.
TASKS: Mapping[str, Task] = {
    "Building websites and apps": Task.CODE,
    "Coding": Task.CODE,
    "Software and IT": Task.CODE,
    "Math": Task.REASONING,
    "Understanding images": Task.VISION,
    "Understanding documents": Task.VISION,
}
#: A model takes part where it has so many scores of its own, an order where it has so many models.
SCORES_WANTED, MODELS_WANTED = 2, 8


@dataclass(frozen=True, slots=True)
class Ranked:
    """A model's figure in an order, and the effort that it was run at; None where nobody names one."""

    score: float
    effort: RunEffort | None = None

    @property
    def _nearness(self) -> tuple[bool, int, float]:
        """How good a figure is to compare by; of several at one effort the best."""
        return self.effort == RunEffort.HIGH, RISING.index(self.effort), self.score

    def nearer_than(self, other: Ranked) -> bool:
        """Whether this figure is the one to compare an ability with, and not the other."""
        return self._nearness > other._nearness


#: By model, the figure of an order that its ability is compared with.
type Index = Mapping[str, Ranked]


def read_index(path: Path, placed: Callable[[str], str | None]) -> Index:
    """A CSV file with the columns `model`, `score` and, where known, `effort`.

    `placed` says which model a name means; one that it does not know is left out. Raises EditError.
    """
    figures: list[tuple[str, Ranked]] = []
    with path.open(newline="", encoding="utf-8-sig", errors="replace") as file:
        rows = csv.DictReader(file)
        if lacking := {"model", "score"} - set(rows.fieldnames or ()):
            raise EditError(f"{path}: has no column {' and '.join(sorted(lacking))}; give it both")
        for number, row in enumerate(rows, 2):
            ranked = _ranked(row, f"{path}: line {number}")
            if model := placed(row["model"]):
                figures.append((model, ranked))
    return _nearest(figures)


def votes_by_category(models: Iterable[Model]) -> Mapping[str, Index]:
    """What people voted of these models, by category; ratings without an interval are left out."""
    figures: dict[str, list[tuple[str, Ranked]]] = defaultdict(list)
    for model in models:
        for score in model.scores:
            if score.evidence == Evidence.VOTED and score.low is not None and score.high is not None:
                figures[score.subset].append((model.id, Ranked(float(score.score), score.effort)))
    return {category: _nearest(each) for category, each in figures.items()}


def _nearest(figures: Iterable[tuple[str, Ranked]]) -> Index:
    """Of each model the figure to compare its ability with."""
    index: dict[str, Ranked] = {}
    for model, ranked in figures:
        if model not in index or ranked.nearer_than(index[model]):
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
    inputs: Inputs,
    abilities: Abilities,
    since: float,
    indices: Mapping[str, Index],
    tasks: Mapping[str, Task] = MappingProxyType({}),
) -> Mapping[str, Agreement]:
    """By index, how the models that came out since a year agree with it in order.

    An index that is about one of `tasks` is held beside the ability at that, and the others beside the
    general one.
    """
    new = inputs.since(since)
    known = {
        name: one
        for name, one in abilities.models.items()
        if one.general and one.scores >= SCORES_WANTED and name in new
    }
    made: dict[str, Agreement] = {}
    for name, index in sorted(indices.items()):
        task = tasks.get(name)
        pairs = [
            (_able(known[model], task) + _moved(abilities, one.effort), one.score)
            for model, one in index.items()
            if model in known
        ]
        if len(pairs) >= MODELS_WANTED:
            made[name] = {**agreement(pairs), **({"task": str(task)} if task else {})}
    return made


def _able(one: Ability, task: Task | None) -> float:
    interval = one.at(task) or one.general
    return interval.middle if interval else 0.0


def _moved(abilities: Abilities, effort: RunEffort | None) -> float:
    """How far a score at an effort is above one at high effort, in abilities, at a usual test."""
    slopes = [one.slope for one in abilities.benchmarks.values()]
    return abilities.efforts.get(LEVELS[level(effort)], 0.0) / median(slopes) if slopes else 0.0
