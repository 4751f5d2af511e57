"""The abilities of all models: which is better, with its probability, and which cannot be told apart."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from statistics import NormalDist

from playground.ability.ability import Ability, Benchmark, Interval, Task
from playground.lifecycle.lines import line_of

#: One model is said to be better than another where that is more probable than this.
TIER_ODDS = 0.8


@dataclass(frozen=True, kw_only=True)
class Abilities:
    """What public scores say of each model that has any.

    `inputs` is the sha256 of what they were fitted from; `efforts` say how far from high effort a score at
    another is, in logits; `claimed` by how much claims stand above measurements, in the unit of abilities;
    `spread` how far a model's ability at a task is from its general one, as a standard deviation.
    """

    models: Mapping[str, Ability] = field(default_factory=dict)
    benchmarks: Mapping[str, Benchmark] = field(default_factory=dict)
    efforts: Mapping[str, float] = field(default_factory=dict)
    claimed: Interval | None = None
    spread: Mapping[Task, float] = field(default_factory=dict)
    inputs: str = ""

    def of(self, model: str) -> Ability:
        """A model's ability; untested where no score names it."""
        return self.models.get(model) or Ability(model=model)

    def at(self, task: Task | None) -> Mapping[str, Interval]:
        """How able each tested model is at a task, or in general."""
        if task not in self._by_task:
            spread = self.spread.get(task, 0.0) if task else 0.0
            able = {name: one.at(task, spread) for name, one in self.models.items()}
            self._by_task[task] = {name: interval for name, interval in able.items() if interval}
        return self._by_task[task]

    @cached_property
    def _by_task(self) -> dict[Task | None, Mapping[str, Interval]]:
        return {}

    def better(self, a: str, b: str, task: Task | None = None) -> float | None:
        """The probability that `a` is better than `b`, at a task or in general; None where one is untested.

        What is uncertain of a benchmark moves both of two that go together.
        """
        if (apart := self.apart(a, b, task)) is None:
            return None
        if a == b:
            return 0.5
        odds = NormalDist().cdf(apart[0] / apart[1])
        x, y = self.of(a), self.of(b)
        if b in x.outdone_by:
            return min(odds, TIER_ODDS)
        return max(odds, 1 - TIER_ODDS) if a in y.outdone_by else odds

    def apart(self, a: str, b: str, task: Task | None = None) -> tuple[float, float] | None:
        """How much abler `a` is than `b`, and the standard deviation of that; None where one is untested."""
        x, y = self.at(task).get(a), self.at(task).get(b)
        if x is None or y is None:
            return None
        # What is not known of a task has nothing in common.
        shared = [known.deviation for m in (a, b) if (known := self.of(m).at(task))]
        together = 2 * self._correlation(a, b) * math.prod(shared)
        variance = x.deviation**2 + y.deviation**2 - together
        return x.middle - y.middle, math.sqrt(max(variance, 1e-6))

    def tiers(self, models: Iterable[str], task: Task | None = None) -> Sequence[Sequence[str]]:
        """The tested ones of these models in tiers, the best tier first.

        A tier holds its best model and all that it is not better than with more than TIER_ODDS. Within one,
        the order by the middle of the interval is no ranking.
        """
        able = self.at(task)
        middle = {m: able[m].middle for m in models if m in able}
        return in_tiers(middle, lambda a, b: self.surely_better(a, b, task))

    @cached_property
    def tier_of(self) -> Mapping[str, int]:
        """The tier of each tested model among all of them, in general; 1 is the best."""
        return {model: n for n, tier in enumerate(self.tiers(self.models), 1) for model in tier}

    @cached_property
    def by_line(self) -> Mapping[tuple[str, tuple[str, ...]], Sequence[str]]:
        """The tested models of each lab and line."""
        lines: dict[tuple[str, tuple[str, ...]], list[str]] = {}
        for model, ability in self.models.items():
            if ability.general:
                lines.setdefault((model.partition("/")[0], line_of(model)), []).append(model)
        return lines

    @cached_property
    def before(self) -> dict[str, str]:
        """The tested model before each, as they are asked for (predecessor.py)."""
        return {}

    def surely_better(self, a: str, b: str, task: Task | None = None) -> bool:
        """Whether `a` is better than `b` with more than TIER_ODDS."""
        odds = self.better(a, b, task)
        return odds is not None and odds > TIER_ODDS

    def _correlation(self, a: str, b: str) -> float:
        return self.of(a).together.get(b) or self.of(b).together.get(a, 0.0)


def in_tiers(
    middle: Mapping[str, float], surely_better: Callable[[str, str], bool]
) -> Sequence[Sequence[str]]:
    """Models by the middle of their interval, parted where the best of a tier is surely better."""
    waiting = sorted(middle, key=lambda m: (-middle[m], m))
    tiers: list[tuple[str, ...]] = []
    while waiting:
        best = waiting[0]
        tier = tuple(m for m in waiting if not surely_better(best, m))
        tiers.append(tier)
        waiting = [m for m in waiting if m not in tier]
    return tiers
