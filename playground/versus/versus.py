"""Two models, or two offerings, compared: choose this one when …, choose that one when …

Each sentence comes from one rule (`rules.py`), which reads facts that are known on both sides and says
nothing where one is not. It carries the facts that it rests on, so that a page can link them and a test can
check them. Where a model stands without a place, its own place speaks for it: the lab's own API before
clouds, hosts and gateways.
"""

from __future__ import annotations

from dataclasses import dataclass

from playground.versus.rules import RULES, SAME
from playground.versus.scores import ScorePair, score_pairs
from playground.versus.sentence import Sentence
from playground.versus.side import NoSideError, Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Versus:
    """The two, when to choose which, what scores say, and what is the same."""

    a: Side
    b: Side
    for_a: tuple[Sentence, ...]
    for_b: tuple[Sentence, ...]
    same: tuple[Sentence, ...]
    scores: tuple[ScorePair, ...]


def versus(a: Side, b: Side) -> Versus:
    """The two against each other. Raises NoSideError where they are one."""
    if a.home.key == b.home.key:
        raise NoSideError(f"both are {a.name} ({a.place}); name two")
    return Versus(
        a=a,
        b=b,
        for_a=tuple(s for rule in RULES for s in rule(a, b)),
        for_b=tuple(s for rule in RULES for s in rule(b, a)),
        same=tuple(s for rule in SAME for s in rule(a, b)),
        scores=tuple(score_pairs(a, b)),
    )
