"""Which scores are hidden from the fit, so that it must foretell them.

Everything of a model in a benchmark is hidden at once, claims and measurements of every effort: one of them
would give the others away. What is hidden goes by a checksum of names, so new scores move no others.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from generator.ability.design import EPOCH, Design

#: Choices were made on folds 1 to 3; what is reported are 4 and 5.
FOLDS, REPORTED = (1, 2, 3, 4, 5), (4, 5)
#: A new model is one since this year, with so many cells; a new benchmark one whose models came out since.
NEW_MODEL, NEW_MODEL_CELLS = 2026.17, 6
NEW_BENCHMARK, NEW_BENCHMARK_CELLS, KNOWN_OF_BENCHMARK = 2026.2, 8, 5

type Mask = NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True)
class Trial:
    """One fit of the judgement: the cells that it may read, and those that it must foretell."""

    train: Mask
    test: Mask


def cell_folds(design: Design) -> dict[int, Trial]:
    """Each fifth of the pairs of model and benchmark hidden in turn."""
    names = [
        f"{design.models[m]} {design.benchmarks[b]}"
        for m, b in zip(design.model, design.benchmark, strict=True)
    ]
    return _folds(names)


def model_folds(design: Design) -> dict[int, Trial]:
    """Each fifth of the models hidden in turn, with all their scores."""
    return _folds([design.models[m] for m in design.model])


def _folds(names: list[str]) -> dict[int, Trial]:
    fold = np.array([crc32(name.encode()) % len(FOLDS) + 1 for name in names])
    return {one: Trial(train=fold != one, test=fold == one) for one in FOLDS}


def new_models(design: Design, known: int) -> Iterator[Trial]:
    """Of each new model only `known` cells are read; half of the new models are tried at a time."""
    n = np.array([len(set(design.benchmark[design.model == m])) for m in range(len(design.models))])
    new = (design.dates + EPOCH >= NEW_MODEL) & (n >= NEW_MODEL_CELLS)
    half = np.array([crc32(name.encode()) % 2 for name in design.models])
    order = _order(design)
    for part in (0, 1):
        tried = (new & (half == part))[design.model]
        rank = _rank(design.model, design.benchmark, order)
        # The first few in the order are those that are read; the rest is the same for every `known`.
        yield Trial(train=~tried | (rank < known), test=tried & (rank >= 3))


def new_benchmarks(design: Design) -> Iterator[Trial]:
    """Of each new benchmark only five models' scores are read; a third of them is tried at a time."""
    dates = [np.median(design.dates[design.model[design.benchmark == b]]) for b in range(len(design.task))]
    n = np.array([len(set(design.model[design.benchmark == b])) for b in range(len(design.task))])
    new = (np.array(dates) + EPOCH >= NEW_BENCHMARK) & (n >= NEW_BENCHMARK_CELLS)
    third = np.array([crc32(name.encode()) % 3 for name in design.benchmarks])
    rank = _rank(design.benchmark, design.model, _order(design))
    for part in range(3):
        tried = (new & (third == part))[design.benchmark]
        yield Trial(train=~tried | (rank < KNOWN_OF_BENCHMARK), test=tried & (rank >= KNOWN_OF_BENCHMARK))


def _order(design: Design) -> NDArray[np.int64]:
    """A number for each pair of model and benchmark that depends on their names alone."""
    return np.array(
        [
            crc32(f"{design.benchmarks[b]} {design.models[m]}".encode())
            for m, b in zip(design.model, design.benchmark, strict=True)
        ]
    )


def _rank(group: NDArray[np.int64], other: NDArray[np.int64], order: NDArray[np.int64]) -> NDArray[np.int64]:
    """The place of each cell in its group by `order`; both kinds of one cell have one place."""
    rank = np.zeros(len(group), np.int64)
    for one in np.unique(group):
        mine = np.flatnonzero(group == one)
        place = {int(o): i for i, o in enumerate(sorted(set(order[mine].tolist())))}
        rank[mine] = [place[int(o)] for o in order[mine]]
    return rank
