"""The fit itself: a Gibbs sampler, each step of which draws from a distribution that is known in closed form.

A score of model i in benchmark b of task t, on the logit scale, is

    level_b + slope_b * (general_i + deviation_it + [claimed] * optimism_i) + effort + noise

with noise of Student's t, a model's ability around a line of its family's that rises with time, families
around their lab, and each kind of thing drawn around a common mean, as far apart as the data says. The place
and the length of the scale are held by priors only, so every draw is put on one scale before anything is read
from it (`posterior.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from generator.ability.design import LEVELS, TASKS, Design, Floats, Ints

#: Degrees of freedom of the noise: a few scores are far off, whatever the reason.
NU = 4.0
#: Priors: standard deviations of a benchmark's slope and level, of an effort, of the noise's logarithm.
SLOPE_SD, LEVEL_SD, EFFORT_SD, NOISE_SD = 0.35, 3.0, 0.4, 0.6
#: The slope that every benchmark has at least, and the noise that one is expected to have.
LEAST_SLOPE, USUAL_NOISE = 0.12, 0.2
#: Shape and scale of the variances' inverse gamma distributions: of models, families, labs, tasks, optimism.
MODEL_PRIOR, FAMILY_PRIOR, LAB_PRIOR = (1.5, 0.3), (1.5, 0.3), (1.5, 0.3)
TASK_PRIOR, CLAIM_PRIOR = (2.0, 0.1), (2.0, 0.15)
#: What ability is expected to be made of, by the columns of `Design.expected`: means, standard deviations.
TREND_MEAN, TREND_SD = np.array([0.0, 1.0, -0.5, 0.2]), np.array([3.0, 2.0, 1.0, 0.5])
#: By how much claims may stand above measurements, as a standard deviation.
CLAIM_SD = 0.5
_NOISES = np.exp(np.linspace(np.log(0.05), np.log(2.0), 36))


@dataclass(frozen=True, kw_only=True)
class Length:
    """How long the sampler runs: sweeps thrown away, sweeps after them, which share of these is kept.

    All of it so many times over, from the start: `chains`.
    """

    burn: int
    sweeps: int
    thin: int
    chains: int = 1


@dataclass(kw_only=True)
class State:
    """One draw of everything: by model, by benchmark, by task, by effort, and what they are drawn around."""

    general: Floats
    deviation: Floats
    optimism: Floats
    level: Floats
    slope: Floats
    noise: Floats
    effort: Floats
    weight: Floats
    family: Floats
    lab: Floats
    trend: Floats
    claimed: float = 0.0
    model_variance: float = 0.3
    family_variance: float = 0.4
    lab_variance: float = 0.2
    claim_variance: float = 0.05
    task_variance: Floats

    def ability(self, design: Design) -> Floats:
        """The ability that each cell shows."""
        shown: Floats = (
            self.general[design.model]
            + self.deviation[design.model, design.cell_task]
            + np.where(design.claimed, self.optimism[design.model], 0.0)
        )
        return shown


def draws(design: Design, length: Length, seed: int) -> Iterator[State]:
    """The kept states of all chains; each is the sampler's own and is to be read before the next is asked."""
    for own in np.random.SeedSequence(seed).spawn(length.chains):
        sampler = _Sampler(design, np.random.default_rng(own))
        for sweep in range(length.burn + length.sweeps):
            sampler.sweep()
            if sweep >= length.burn and (sweep - length.burn) % length.thin == 0:
                yield sampler.state


class _Sampler:
    def __init__(self, design: Design, random: np.random.Generator) -> None:
        self.design, self.random = design, random
        m, b, t = len(design.models), len(design.benchmarks), len(TASKS)
        self.labs = int(design.lab.max()) + 1
        level = _sums(design.benchmark, design.z, b) / np.maximum(
            np.bincount(design.benchmark, minlength=b), 1
        )
        self.state = State(
            general=np.zeros(m),
            deviation=np.zeros((m, t)),
            optimism=np.zeros(m),
            level=level,
            slope=np.ones(b),
            noise=np.full(b, USUAL_NOISE),
            effort=np.zeros(len(LEVELS)),
            weight=np.ones(len(design.z)),
            family=np.zeros(len(design.lab)),
            lab=np.zeros(self.labs),
            trend=TREND_MEAN.copy(),
            task_variance=np.full(t, 0.06),
        )
        self.tested = np.zeros((m, t), bool)
        self.tested[design.model, design.cell_task] = True
        self.claims = np.zeros(m, bool)
        self.claims[design.model[design.claimed]] = True

    def sweep(self) -> None:
        """Draw everything once."""
        self._noise()
        self._models()
        self._benchmarks()
        self._efforts()
        self._around()

    def _precision(self) -> Floats:
        """How much each cell weighs."""
        variance = self.state.noise[self.design.benchmark] ** 2 + self.design.variance
        weighed: Floats = self.state.weight / variance
        return weighed

    def _noise(self) -> None:
        """Each benchmark's noise on a grid, with the weights summed out; then the weights."""
        design, state = self.design, self.state
        off = design.z - self._expected()
        variance = _NOISES[None, :] ** 2 + design.variance[:, None]
        likelihood = -0.5 * np.log(variance) - (NU + 1) / 2 * np.log1p(off[:, None] ** 2 / (NU * variance))
        total = np.zeros((len(state.noise), len(_NOISES)))
        np.add.at(total, design.benchmark, likelihood)
        total -= 0.5 * (np.log(_NOISES / USUAL_NOISE) / NOISE_SD) ** 2
        gumbel = self.random.gumbel(size=total.shape)
        state.noise = _NOISES[np.argmax(total + gumbel, axis=1)]
        shown = off**2 / (state.noise[design.benchmark] ** 2 + design.variance)
        state.weight = self.random.gamma((NU + 1) / 2, 1.0, len(off)) / (NU / 2 + shown / 2)

    def _expected(self) -> Floats:
        design, state = self.design, self.state
        at: Ints = design.benchmark
        expected: Floats = state.level[at] + state.slope[at] * state.ability(design)
        return expected + state.effort[design.effort]

    def _models(self) -> None:
        """Each model's general ability, deviations and optimism, drawn together."""
        design, state = self.design, self.state
        m, t = len(design.models), len(TASKS)
        width = t + 2
        at, precision = design.benchmark, self._precision()
        slope = state.slope[at]
        left = design.z - state.level[at] - state.effort[design.effort]
        columns = (np.zeros_like(at), 1 + design.cell_task, np.full_like(at, t + 1))
        values = (slope, slope, np.where(design.claimed, slope, 0.0))
        matrix, vector = np.zeros(m * width * width), np.zeros(m * width)
        for one, x in zip(columns, values, strict=True):
            vector += _sums(design.model * width + one, precision * x * left, m * width)
            for other, y in zip(columns, values, strict=True):
                place = (design.model * width + one) * width + other
                matrix += _sums(place, precision * x * y, m * width * width)
        prior = np.concatenate([[state.model_variance], state.task_variance, [state.claim_variance]])
        full = matrix.reshape(m, width, width) + np.diag(1 / prior)
        right = vector.reshape(m, width)
        right[:, 0] += (design.expected @ state.trend + state.family[design.family]) / state.model_variance
        right[:, -1] += state.claimed / state.claim_variance
        root = np.linalg.inv(np.linalg.cholesky(full))
        standard = np.einsum("mij,mj->mi", root, right) + self.random.standard_normal((m, width))
        drawn = np.einsum("mji,mj->mi", root, standard)
        state.general, state.deviation, state.optimism = drawn[:, 0], drawn[:, 1:-1], drawn[:, -1]

    def _benchmarks(self) -> None:
        """Each benchmark's slope, no less than LEAST_SLOPE, and its level."""
        design, state = self.design, self.state
        b, at, precision = len(state.level), design.benchmark, self._precision()
        x, y = state.ability(design), design.z - state.effort[design.effort]
        n, xs, xx = (_sums(at, precision * p, b) for p in (np.ones_like(x), x, x * x))
        ys, xy = _sums(at, precision * y, b), _sums(at, precision * x * y, b)
        n, xx = n + LEVEL_SD**-2, xx + SLOPE_SD**-2
        xy = xy + SLOPE_SD**-2
        spread = n / (n * xx - xs**2)
        middle = (xy - xs * ys / n) * spread
        slope = middle + np.sqrt(spread) * self.random.standard_normal(b)
        for _ in range(20):
            low = slope < LEAST_SLOPE
            if not low.any():
                break
            slope[low] = middle[low] + np.sqrt(spread[low]) * self.random.standard_normal(int(low.sum()))
        state.slope = np.maximum(slope, LEAST_SLOPE)
        state.level = (ys - xs * state.slope) / n + self.random.standard_normal(b) / np.sqrt(n)

    def _efforts(self) -> None:
        """What each effort adds; high effort adds nothing."""
        design, state = self.design, self.state
        precision, count = self._precision(), len(LEVELS)
        left = design.z - (self._expected() - state.effort[design.effort])
        n = _sums(design.effort, precision, count) + EFFORT_SD**-2
        middle = _sums(design.effort, precision * left, count) / n
        state.effort = middle + self.random.standard_normal(count) / np.sqrt(n)
        state.effort[LEVELS.index("high")] = 0.0

    def _around(self) -> None:
        """What models, families, labs, tasks and claims are drawn around, and how far from it."""
        design, state, random = self.design, self.state, self.random
        own = state.general - design.expected @ state.trend
        state.family = self._groups(
            design.family, own, state.model_variance, state.lab[design.lab], state.family_variance
        )
        state.lab = self._groups(
            design.lab, state.family, state.family_variance, np.zeros(self.labs), state.lab_variance
        )
        own = state.general - state.family[design.family]
        precision = design.expected.T @ design.expected / state.model_variance + np.diag(TREND_SD**-2)
        right = design.expected.T @ own / state.model_variance + TREND_MEAN * TREND_SD**-2
        root = np.linalg.inv(np.linalg.cholesky(precision))
        state.trend = root.T @ (root @ right + random.standard_normal(len(state.trend)))
        state.model_variance = self._variance(own - design.expected @ state.trend, MODEL_PRIOR)
        state.family_variance = self._variance(state.family - state.lab[design.lab], FAMILY_PRIOR)
        state.lab_variance = self._variance(state.lab, LAB_PRIOR)
        for task in range(len(TASKS)):
            state.task_variance[task] = self._variance(
                state.deviation[self.tested[:, task], task], TASK_PRIOR
            )
        optimism = state.optimism[self.claims]
        weight = len(optimism) / state.claim_variance + CLAIM_SD**-2
        middle_claim = optimism.sum() / state.claim_variance / weight
        state.claimed = float(middle_claim + random.standard_normal() / np.sqrt(weight))
        state.claim_variance = self._variance(optimism - state.claimed, CLAIM_PRIOR)

    def _groups(self, at: Ints, values: Floats, within: float, around: Floats, between: float) -> Floats:
        """The middle of each group of values, `within` the variance in a group, `between` that of groups."""
        n = np.bincount(at, minlength=len(around)) / within + 1 / between
        middle = (_sums(at, values, len(around)) / within + around / between) / n
        drawn: Floats = middle + self.random.standard_normal(len(around)) / np.sqrt(n)
        return drawn

    def _variance(self, off: Floats, prior: tuple[float, float]) -> float:
        shape, scale = prior
        return float((scale + (off**2).sum() / 2) / self.random.gamma(shape + len(off) / 2))


def _sums(at: Ints, values: Floats, length: int) -> Floats:
    """The sums of values by index."""
    return np.bincount(at, weights=values, minlength=length)
