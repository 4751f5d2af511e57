"""What a difference of ability or effort is in points, over the tests that still tell models apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from statistics import fmean

from playground.ability import Abilities, Benchmark, Interval


def open_tests(abilities: Abilities) -> list[Benchmark]:
    """The tests whose best scores leave room."""
    return [b for b in abilities.benchmarks.values() if not b.used_up]


def solved(tests: Iterable[Benchmark], ability: Interval, logits: float = 0.0) -> float:
    """The share of the tests that a model of this ability is expected to solve, in percent.

    `logits` is what an effort adds.
    """
    return 100 * fmean(replace(b, level=b.level + logits).success(ability) for b in tests)


def exactly(middle: float) -> Interval:
    """An ability that is known."""
    return Interval(low=middle, middle=middle, high=middle)
