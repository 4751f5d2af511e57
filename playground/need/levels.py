"""How able a model must be, in words: what each level is in abilities, and why there.

Abilities are in standard deviations of the models that are known well, from their mean. Each fit puts that
mean anew, so a level rises with what models can do.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """A level: the least ability that is likely to do, what it is called, and what work it is for."""

    least: float
    label: str
    work: str


LEVELS: Mapping[str, Level] = {
    "simple": Level(
        least=-1.2,
        label="simple work",
        work="sorting, tagging and rewriting short texts, where a wrong one costs little",
    ),
    "everyday": Level(
        least=0.0,
        label="everyday work",
        work="answers people read, summaries, drafts, one call of a tool at a time",
    ),
    "hard": Level(
        least=0.6,
        label="hard work",
        work="several steps with tools, changes to code, contracts, figures that must be right",
    ),
    "frontier": Level(
        least=1.3,
        label="the hardest work",
        work="long runs on their own, research, what most models fail at",
    ),
}
