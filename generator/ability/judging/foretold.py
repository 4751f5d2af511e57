"""What a fit foretells of scores that were hidden from it, and what simple rules would."""

from __future__ import annotations

import numpy as np

from generator.ability.design import Design, Floats, percent, shares
from generator.ability.gibbs import NU, Length, draws
from generator.ability.judging.hidden import Trial


def foretold(design: Design, trial: Trial, length: Length, seed: int) -> Floats:
    """Draws of the hidden scores in percent (draws, hidden cells), with the noise that a score has."""
    hidden = design.only(trial.test)
    random = np.random.default_rng(seed + 1)
    at, count = hidden.benchmark, len(hidden.z)
    scores = []
    for state in draws(design.only(trial.train), length, seed):
        spread = np.sqrt(state.noise[at] ** 2 + hidden.variance)
        z = state.expected(hidden) + spread * random.standard_t(NU, count)
        scores.append(100 * shares(z, hidden.chance[at]))
    return np.array(scores)


def benchmark_mean(design: Design, trial: Trial) -> Floats:
    """The mean of a benchmark's known scores, for each hidden cell; the mean of all where it has none."""
    known, hidden = design.only(trial.train), design.only(trial.test)
    scores = percent(known)
    b = len(design.benchmarks)
    n = np.bincount(known.benchmark, minlength=b)
    means = np.bincount(known.benchmark, weights=scores, minlength=b) / np.maximum(n, 1)
    means[n == 0] = scores.mean()
    foreseen: Floats = means[hidden.benchmark]
    return foreseen


def nearest_model(design: Design, trial: Trial) -> Floats:
    """The score of the model whose known scores are nearest, over two benchmarks at least; else the mean."""
    table = _table(design, trial)
    foreseen = benchmark_mean(design, trial)
    hidden = design.only(trial.test)
    for i, (m, b) in enumerate(zip(hidden.model, hidden.benchmark, strict=True)):
        both = ~np.isnan(table) & ~np.isnan(table[m])
        shared = both.sum(axis=1)
        with_score = (shared >= 2) & ~np.isnan(table[:, b])
        if with_score.any():
            off = np.where(both, np.abs(table - table[m]), 0.0).sum(axis=1)
            # Of two as near the one that shares more.
            distance = np.where(with_score, (off + 5) / np.maximum(shared, 1), np.inf)
            foreseen[i] = table[int(np.argmin(distance)), b]
    return foreseen


def last_of_family(design: Design, trial: Trial) -> Floats:
    """The score of the model before it in its line, or the next after it; else the mean of the benchmark."""
    table = _table(design, trial)
    foreseen = benchmark_mean(design, trial)
    hidden = design.only(trial.test)
    for i, (m, b) in enumerate(zip(hidden.model, hidden.benchmark, strict=True)):
        family = np.flatnonzero((design.family == design.family[m]) & ~np.isnan(table[:, b]))
        family = family[family != m]
        if len(family):
            age = design.dates[m] - design.dates[family]
            foreseen[i] = table[family[int(np.argmin(np.where(age >= 0, age, 10 - age)))], b]
    return foreseen


def _table(design: Design, trial: Trial) -> Floats:
    """The known scores in percent by model and benchmark; not a number where there is none."""
    known = design.only(trial.train)
    scores = percent(known)
    table = np.full((len(design.models), len(design.benchmarks)), np.nan)
    # What is measured stands before what is claimed.
    for i in np.argsort(~known.claimed, kind="stable"):
        table[known.model[i], known.benchmark[i]] = scores[i]
    return table
