"""Abilities made for the tests here."""

from __future__ import annotations

from collections.abc import Mapping

from playground.ability import Abilities, Ability, Benchmark, Interval, Task

#: A general test of which a model of middling ability solves half.
HARD = Benchmark(task=Task.AGENTS, level=0.0, slope=1.0, chance=0.0, models=20, best=70.0)


def abilities_of(
    middles: Mapping[str, float], *, spread: float = 0.0, measured: int = 2, scores: int = 4
) -> Abilities:
    """The abilities of models, each with the same width: from `spread` below its middle to as much above."""
    models = {
        name: Ability(
            model=name,
            general=Interval(low=middle - spread, middle=middle, high=middle + spread),
            scores=scores,
            measured=measured,
            newest="2026-11",
        )
        for name, middle in middles.items()
    }
    return Abilities(models=models, benchmarks={"OpenHands Index: GAIA": HARD})
