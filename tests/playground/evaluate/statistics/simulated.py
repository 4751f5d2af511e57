"""Evaluations whose truth is known: cases of different difficulty, asked several times."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from playground.evaluate.statistics import Outcomes


def case_rates(draw: np.random.Generator, mean: float, alike: float, cases: int) -> np.ndarray:
    """How often each case is answered rightly: beta-distributed, so that repeats correlate by `alike`."""
    if alike == 0:
        return np.full(cases, mean)
    weight = (1 - alike) / alike
    return draw.beta(mean * weight, (1 - mean) * weight, cases)


def answered(draw: np.random.Generator, rates: np.ndarray, repeats: int, model: str = "A") -> Outcomes:
    """A model's answers to cases of these rates."""
    passed = draw.random((len(rates), repeats)) < rates[:, None]
    return Outcomes(model=model, scores={str(i): row for i, row in enumerate(passed.astype(float).tolist())})


def related(draw: np.random.Generator, means: Sequence[float], alike: float, cases: int) -> list[np.ndarray]:
    """The rates of several models on the same cases, of which half the difficulty is the same for all."""
    shared, own = draw.random(cases) < 0.5, [case_rates(draw, mean, alike, cases) for mean in means]
    # Where a case is equally hard for all, models of one mean have one rate there.
    first = own[0]
    return [np.where(shared & (mean == means[0]), first, mine) for mean, mine in zip(means, own, strict=True)]
