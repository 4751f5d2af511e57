"""Scores made up from known abilities, so that it can be seen whether a fit finds them again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from generator.ability.background import Background
from generator.ability.design import EPOCH, Floats
from generator.ability.inputs import Inputs
from generator.ability.rows import Cell
from playground.ability import Task


@dataclass(frozen=True, kw_only=True)
class Made:
    """Scores, and the abilities that they were made from, by model in the order of names."""

    inputs: Inputs
    general: Floats


def made(
    seed: int, models: int = 60, benchmarks: int = 16, density: float = 0.35, claimed: float = 0.3
) -> Made:
    """Scores of so many models in some of so many benchmarks; a share of them claimed, and so too high."""
    random = np.random.default_rng(seed)
    year = random.uniform(-1.5, 1.2, models)
    family = np.arange(models) // 4
    general = (
        -0.5 + 1.2 * year + random.normal(0, 0.5, models // 4 + 1)[family] + random.normal(0, 0.35, models)
    )
    deviation = random.normal(0, 0.2, (models, 2))
    optimism = random.normal(0.3, 0.2, models)
    level, slope = random.normal(0, 1, benchmarks), np.maximum(random.normal(1, 0.3, benchmarks), 0.3)
    noise = np.exp(random.normal(np.log(0.2), 0.4, benchmarks))
    cells = []
    for m in range(models):
        for b in range(benchmarks):
            if random.random() < density:
                own = random.random() < claimed
                ability = general[m] + deviation[m, b % 2] + own * optimism[m]
                z = level[b] + slope[b] * ability + noise[b] * random.standard_t(4)
                share = random.binomial(500, 1 / (1 + np.exp(-z))) / 500
                cells.append(cell(f"lab/m{m:03}", f"b{b:02}", share, claimed=bool(own), agents=b % 2 == 1))
    names = [f"lab/m{m:03}" for m in range(models)]
    inputs = Inputs(
        cells=tuple(cells),
        models={
            name: Background(line=f"line {m // 4}", released=EPOCH + float(year[m]))
            for m, name in enumerate(names)
        },
    )
    return Made(inputs=inputs, general=general)


def cell(model: str, benchmark: str, share: float, *, claimed: bool = False, agents: bool = False) -> Cell:
    """One score of a benchmark with 500 questions."""
    return Cell(
        model=model,
        benchmark=benchmark,
        task=Task.AGENTS if agents else Task.CODE,
        claimed=claimed,
        effort=None,
        share=share,
        day="2026-01",
        questions=500,
    )
