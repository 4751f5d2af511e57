"""The fit itself: a Gibbs sampler, each step of which draws from a distribution that is known in closed form.

A score of model i in benchmark b of task t, on the logit scale, is

    level_b + slope_b * (general_i + deviation_it + [claimed] * optimism_i) + effort + usual_lb + noise

with noise of Student's t, a model's ability around a line of its family's that rises with time, families
around their lab, and each kind of thing drawn around a common mean, as far apart as the data says. `usual_lb`
is by how much the models of lab l stand above or below in that benchmark, beside their ability: labs train
for some tests, and in some their models refuse. The place and the length of the scale are held by priors
only, so every draw is put on one scale before anything is read from it (`posterior.py`).
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
#: Shape and scale of the variances' inverse gamma distributions: of models, families, labs, tasks, optimism,
#: of what is usual of a lab in a test.
MODEL_PRIOR, FAMILY_PRIOR, LAB_PRIOR = (1.5, 0.3), (1.5, 0.3), (1.5, 0.3)
TASK_PRIOR, CLAIM_PRIOR, USUAL_PRIOR = (2.0, 0.1), (2.0, 0.15), (2.0, 0.05)
#: What ability is expected to be made of, by the columns of `Design.expected`: means, standard deviations.
TREND_MEAN, TREND_SD = np.array([0.0, 1.0, -0.5, 0.2]), np.array([3.0, 2.0, 1.0, 0.5])
#: By how much claims may stand above measurements, as a standard deviation.
CLAIM_SD = 0.5
_NOISES = np.exp(np.linspace(np.log(0.05), np.log(2.0), 36))
#: The noise is drawn once in so many sweeps: it costs as much as all the rest, and changes little.
NOISE_EVERY = 5


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
    usual: Floats
    trend: Floats
    claimed: float = 0.0
    model_variance: float = 0.3
    family_variance: float = 0.4
    lab_variance: float = 0.2
    claim_variance: float = 0.05
    usual_variance: float = 0.05
    task_variance: Floats

    def ability(self, design: Design) -> Floats:
        """The ability that each cell shows."""
        shown: Floats = (
            self.general[design.model]
            + self.deviation[design.model, design.cell_task]
            + np.where(design.claimed, self.optimism[design.model], 0.0)
        )
        return shown

    def expected(self, design: Design) -> Floats:
        """Each cell's score without its noise."""
        at: Ints = design.benchmark
        expected: Floats = self.level[at] + self.slope[at] * self.ability(design) + self.beside(design)
        return expected

    def beside(self, design: Design) -> Floats:
        """What its effort, and what is usual of its lab there, add to each cell's score."""
        beside: Floats = self.effort[design.effort] + self.usual[design.cell_lab, design.benchmark]
        return beside


def draws(design: Design, length: Length, seed: int) -> Iterator[State]:
    """The kept states of all chains; each is the sampler's own and is to be read before the next is asked."""
    for own in np.random.SeedSequence(seed).spawn(length.chains):
        sampler = _Sampler(design, np.random.default_rng(own))
        for sweep in range(length.burn + length.sweeps):
            sampler.sweep(noise=sweep % NOISE_EVERY == 0)
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
            usual=np.zeros((self.labs, b)),
            trend=TREND_MEAN.copy(),
            task_variance=np.full(t, 0.06),
        )
        self.tested = np.zeros((m, t), bool)
        self.tested[design.model, design.cell_task] = True
        # The cells in the order of their benchmarks, and where each of these begins.
        self.order = np.argsort(design.benchmark, kind="stable")
        self.benchmarks, self.starts = np.unique(design.benchmark[self.order], return_index=True)
        # The place of each cell's lab and benchmark among all such pairs, and those pairs that have cells.
        self.at_lab = design.cell_lab * b + design.benchmark
        self.labs_tested = np.unique(self.at_lab)
        self.claims = np.zeros(m, bool)
        self.claims[design.model[design.claimed]] = True

    def sweep(self, *, noise: bool) -> None:
        """Draw everything once, the benchmarks' noise only where it is asked for."""
        self._noise(drawn=noise)
        self._models()
        self._benchmarks()
        self._efforts()
        self._labs()
        self._around()

    def _precision(self) -> Floats:
        """How much each cell weighs."""
        variance = self.state.noise[self.design.benchmark] ** 2 + self.design.variance
        weighed: Floats = self.state.weight / variance
        return weighed

    def _noise(self, *, drawn: bool) -> None:
        """Each benchmark's noise on a grid, with the weights summed out; then the weights."""
        design, state = self.design, self.state
        off = design.z - state.expected(design)
        if drawn:
            variance = _NOISES[None, :] ** 2 + design.variance[:, None]
            likely = -0.5 * np.log(variance) - (NU + 1) / 2 * np.log1p(off[:, None] ** 2 / (NU * variance))
            total = np.zeros((len(state.noise), len(_NOISES)))
            total[self.benchmarks] = np.add.reduceat(likely[self.order], self.starts, axis=0)
            total -= 0.5 * (np.log(_NOISES / USUAL_NOISE) / NOISE_SD) ** 2
            gumbel = self.random.gumbel(size=total.shape)
            state.noise = _NOISES[np.argmax(total + gumbel, axis=1)]
        shown = off**2 / (state.noise[design.benchmark] ** 2 + design.variance)
        state.weight = self.random.gamma((NU + 1) / 2, 1.0, len(off)) / (NU / 2 + shown / 2)

    def _models(self) -> None:
        """Each model's general ability, optimism and deviations, drawn together.

        Deviations meet only in the other two, so these are drawn with the deviations summed out.
        """
        design, state = self.design, self.state
        m, t = len(design.models), len(TASKS)
        slope, precision = state.slope[design.benchmark], self._precision()
        left = design.z - state.level[design.benchmark] - state.beside(design)

        def by_task(values: Floats) -> Floats:
            return _sums(design.model * t + design.cell_task, values, m * t).reshape(m, t)

        all_cells, all_left = by_task(precision * slope**2), by_task(precision * slope * left)
        claims = by_task(np.where(design.claimed, precision * slope**2, 0.0))
        claims_left = by_task(np.where(design.claimed, precision * slope * left, 0.0))
        own = all_cells + 1 / state.task_variance
        # The precision of general ability and optimism, and what stands on the right.
        general = (all_cells - all_cells**2 / own).sum(axis=1) + 1 / state.model_variance
        both = (claims - all_cells * claims / own).sum(axis=1)
        optimism = (claims - claims**2 / own).sum(axis=1) + 1 / state.claim_variance
        expected = design.expected @ state.trend + state.family[design.family]
        at_general = (all_left - all_cells * all_left / own).sum(axis=1) + expected / state.model_variance
        at_optimism = (claims_left - claims * all_left / own).sum(
            axis=1
        ) + state.claimed / state.claim_variance
        spread = optimism - both**2 / general
        middle = (at_optimism - both * at_general / general) / spread
        state.optimism = middle + self.random.standard_normal(m) / np.sqrt(spread)
        middle = (at_general - both * state.optimism) / general
        state.general = middle + self.random.standard_normal(m) / np.sqrt(general)
        rest = all_left - all_cells * state.general[:, None] - claims * state.optimism[:, None]
        state.deviation = rest / own + self.random.standard_normal((m, t)) / np.sqrt(own)

    def _benchmarks(self) -> None:
        """Each benchmark's slope, no less than LEAST_SLOPE, and its level."""
        design, state = self.design, self.state
        b, at, precision = len(state.level), design.benchmark, self._precision()
        x, y = state.ability(design), design.z - state.beside(design)
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
        left = design.z - (state.expected(design) - state.effort[design.effort])
        n = _sums(design.effort, precision, count) + EFFORT_SD**-2
        middle = _sums(design.effort, precision * left, count) / n
        state.effort = middle + self.random.standard_normal(count) / np.sqrt(n)
        state.effort[LEVELS.index("high")] = 0.0

    def _labs(self) -> None:
        """What is usual of each lab in each benchmark."""
        design, state = self.design, self.state
        precision, count = self._precision(), state.usual.size
        left = design.z - (state.expected(design) - state.usual.flat[self.at_lab])
        n = _sums(self.at_lab, precision, count) + 1 / state.usual_variance
        drawn = _sums(self.at_lab, precision * left, count) / n
        drawn += self.random.standard_normal(count) / np.sqrt(n)
        state.usual = drawn.reshape(state.usual.shape)
        state.usual_variance = self._variance(drawn[self.labs_tested], USUAL_PRIOR)

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
