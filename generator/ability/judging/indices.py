"""Indices that others make of their own tests, beside which the order of abilities is held.

A maintainer brings them as files, as not every one may be published again: what is written down is how far
two orders agree.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from pathlib import Path

from generator.ability.inputs import Inputs
from generator.ability.judging.agreement import MODELS_WANTED, SCORES_WANTED, Agreement, agreement
from generator.errors import EditError
from playground.ability import Abilities

#: By model, the best figure that an index has of it.
type Index = Mapping[str, float]


def read_index(path: Path, placed: Callable[[str], str | None]) -> Index:
    """A CSV file with the columns `model` and `score`; `placed` says which model a name means.

    Of several figures of a model, such as at several efforts, the best counts. Raises EditError.
    """
    best: dict[str, float] = {}
    with path.open(newline="", encoding="utf-8-sig", errors="replace") as file:
        rows = csv.DictReader(file)
        if lacking := {"model", "score"} - set(rows.fieldnames or ()):
            raise EditError(f"{path}: has no column {' and '.join(sorted(lacking))}; give it both")
        for number, row in enumerate(rows, 2):
            try:
                score = float(row["score"])
            except (TypeError, ValueError) as error:
                raise EditError(f"{path}: line {number}: score {row['score']!r} is no number") from error
            if model := placed(row["model"]):
                best[model] = max(score, best.get(model, score))
    return best


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
        name: [(able[model], score) for model, score in index.items() if model in able]
        for name, index in indices.items()
    }
    return {name: agreement(each) for name, each in sorted(pairs.items()) if len(each) >= MODELS_WANTED}
