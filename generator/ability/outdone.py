"""Models known mostly by their makers' claims, and who beats them in every test that both have a score of.

A maker chooses what it publishes. So whatever the fit makes of its other claims, such a model is not said to
pass one that beats it wherever they meet; where others have measured both, by what they measured.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from generator.ability.rows import Cell
from playground.ability import Abilities

#: Scores by model and test: the lowest and the highest.
type Ranges = Mapping[str, Mapping[str, tuple[float, float]]]


def with_outdone(abilities: Abilities, cells: Iterable[Cell]) -> Abilities:
    """The abilities with, for each model known mostly by claims, those that it may not be said to pass."""
    cells = tuple(cells)
    ranges, measured = _ranges(cells), _ranges(cell for cell in cells if not cell.claimed)
    models = {
        name: replace(
            one,
            outdone_by=tuple(
                other
                for other in ranges
                if other != name
                and _beats(*_where_they_meet(name, other, measured, ranges))
                and _passes(abilities, name, other)
            ),
        )
        if one.general and 2 * one.measured < one.scores
        else one
        for name, one in abilities.models.items()
    }
    return replace(abilities, models=models)


def _ranges(cells: Iterable[Cell]) -> Ranges:
    shares: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for cell in cells:
        shares[cell.model][cell.benchmark].append(cell.share)
    return {
        model: {test: (min(each), max(each)) for test, each in tests.items()}
        for model, tests in sorted(shares.items())
    }


def _where_they_meet(
    name: str, other: str, measured: Ranges, ranges: Ranges
) -> tuple[Mapping[str, tuple[float, float]], Mapping[str, tuple[float, float]]]:
    """The other's scores and its own: those measured where both have one of a test, else all."""
    by = [measured.get(model, {}) for model in (other, name)]
    return (by[0], by[1]) if by[0].keys() & by[1].keys() else (ranges[other], ranges[name])


def _beats(better: Mapping[str, tuple[float, float]], worse: Mapping[str, tuple[float, float]]) -> bool:
    """Whether the one is above the other in every test that both have, of which there is one at least."""
    both = better.keys() & worse.keys()
    return bool(both) and all(better[test][0] > worse[test][1] for test in both)


def _passes(abilities: Abilities, name: str, other: str) -> bool:
    """Whether it would be said to be better, in general or at a task of either."""
    tasks = {*abilities.of(name).tasks, *abilities.of(other).tasks}
    return any(abilities.surely_better(name, other, task) for task in (None, *tasks))
