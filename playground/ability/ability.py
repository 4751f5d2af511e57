"""How able one model is: in general, at tasks that it has scores of, and what people prefer.

Abilities are in standard deviations of the models that are known well, from their mean: 0 is the mean.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from statistics import NormalDist

#: How far the 10 % and 90 % points of a normal distribution are from its middle, in standard deviations.
TENTH = NormalDist().inv_cdf(0.9)


class Task(StrEnum):
    """What a benchmark tests."""

    CODE = "code"
    AGENTS = "agents"
    REASONING = "reasoning"
    WRITING = "writing"
    VISION = "vision"
    KNOWLEDGE = "knowledge"
    FACTUALITY = "factuality"
    LONG_CONTEXT = "long context"
    EXTRACTION = "extraction"


class Proof(StrEnum):
    """What kind of evidence there is of a model, the strongest first."""

    MEASURED = "measured"
    CLAIMED = "claimed only"
    FOLLOWS = "by the model before it"
    VOTES = "votes only"
    UNTESTED = "untested"


class Lean(StrEnum):
    """Whether a model is surely better or worse at a task than it is in general."""

    STRONGER = "stronger"
    WEAKER = "weaker"
    NONE = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """Where a figure lies: below `low` with 10 % probability, above `high` with 10 %; median `middle`."""

    low: float
    middle: float
    high: float

    @property
    def deviation(self) -> float:
        """The standard deviation of a normal distribution as wide."""
        return (self.high - self.low) / (2 * TENTH)

    def wider(self, spread: float) -> Interval:
        """The same middle, with another standard deviation beside its own."""
        if not spread:
            return self
        reach = math.hypot(1, spread / self.deviation) if self.deviation else 1.0
        low, high = (self.middle + reach * (end - self.middle) for end in (self.low, self.high))
        return Interval(low=round(low, 2), middle=self.middle, high=round(high, 2))


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskAbility:
    """How able a model is at one task that it has scores of: `scores` in all, `measured` by others."""

    interval: Interval
    scores: int
    measured: int
    newest: str
    lean: Lean = Lean.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Votes:
    """What people prefer in one category: a rating, and how many votes of the model it rests on."""

    interval: Interval
    votes: int
    as_of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ability:
    """What public scores say of one model.

    `general` is None where no test has it. `scores` counts the benchmarks that it has a score of, claimed and
    measured apart, `measured` those by others; `newest` is the newest day (or month) of them. `together`
    are models, later in the order of the fit, whose ability goes with its own, as the correlation.
    `outdone_by` are models that beat it wherever both have a score; known by claims alone, it is not said to
    pass them. `voted` is whether its one figure is a rating by people's votes, `by` the tested model before
    it, where all that is known is known of that one (kinds.py).
    """

    model: str
    general: Interval | None = None
    scores: int = 0
    measured: int = 0
    newest: str = ""
    tasks: Mapping[Task, TaskAbility] = field(default_factory=dict)
    votes: Mapping[str, Votes] = field(default_factory=dict)
    together: Mapping[str, float] = field(default_factory=dict)
    outdone_by: tuple[str, ...] = ()
    voted: bool = False
    by: str = ""

    @property
    def proof(self) -> Proof:
        """What kind of evidence there is of it."""
        if self.by:
            return Proof.FOLLOWS
        if self.general:
            return Proof.MEASURED if self.measured else Proof.CLAIMED
        return Proof.VOTES if self.votes else Proof.UNTESTED

    def at(self, task: Task | None, spread: float = 0.0) -> Interval | None:
        """Its ability at a task, or in general where none is asked for.

        Where it has no scores of its own there, what is known is its general one, and how far models differ
        at the task from what they are in general: `spread`, as a standard deviation.
        """
        if task and task in self.tasks:
            return self.tasks[task].interval
        return self.general.wider(spread) if task and self.general else self.general


@dataclass(frozen=True, slots=True, kw_only=True)
class Benchmark:
    """How the success at a benchmark grows with ability.

    The share solved is `chance + (1 - chance) * logistic(level + slope * ability)`. `best` is the mean of its
    five best scores in percent: above 90 it tells little of the best models. `models` have a score of it.
    """

    task: Task
    level: float
    slope: float
    chance: float
    models: int
    best: float

    @property
    def used_up(self) -> bool:
        return self.best > 90

    def success(self, ability: Interval) -> float:
        """The share that a model of this ability is expected to solve, over its interval; 0 to 1."""
        # The logistic's mean over a normal distribution, by MacKay's approximation (1992).
        spread = math.sqrt(1 + math.pi * (self.slope * ability.deviation) ** 2 / 8)
        logit = (self.level + self.slope * ability.middle) / spread
        return self.chance + (1 - self.chance) / (1 + math.exp(-logit))
