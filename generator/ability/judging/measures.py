"""How well scores were foretold: error, cover of intervals, and how often what is called better is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generator.ability.design import Design, Floats
from playground.ability import TIER_ODDS

COVERS = (50, 80, 95)


@dataclass(frozen=True, kw_only=True)
class Foretold:
    """Hidden cells with what was foretold of them, by trial: scores in percent, draws (draws, cells)."""

    cells: Design
    scores: Floats
    draws: Floats
    simple: dict[str, Floats]


def cover(one: Foretold, percent: int) -> NDArray[np.bool_]:
    """Which scores lie within the interval that should hold so many percent of them."""
    low, high = np.percentile(one.draws, [50 - percent / 2, 50 + percent / 2], axis=0)
    within: NDArray[np.bool_] = (low <= one.scores) & (one.scores <= high)
    return within


@dataclass(frozen=True, kw_only=True)
class Pairs:
    """Pairs of hidden cells of one benchmark: the odds said that the first is better, and whether it was."""

    odds: Floats
    right: NDArray[np.bool_]
    first: NDArray[np.int64]
    second: NDArray[np.int64]

    @property
    def sure(self) -> NDArray[np.bool_]:
        sure: NDArray[np.bool_] = self.odds > TIER_ODDS
        return sure


def pairs(one: Foretold) -> Pairs:
    """All pairs of different models that scored differently, each turned so that the odds are above half."""
    cells = one.cells
    i, j = np.triu_indices(len(cells.model), 1)
    meet = (cells.benchmark[i] == cells.benchmark[j]) & (cells.model[i] != cells.model[j])
    meet &= (cells.claimed[i] == cells.claimed[j]) & (one.scores[i] != one.scores[j])
    i, j = i[meet], j[meet]
    odds = (one.draws[:, i] > one.draws[:, j]).mean(axis=0)
    first, second = np.where(odds >= 0.5, i, j), np.where(odds >= 0.5, j, i)
    return Pairs(
        odds=np.maximum(odds, 1 - odds),
        right=one.scores[first] > one.scores[second],
        first=first,
        second=second,
    )
