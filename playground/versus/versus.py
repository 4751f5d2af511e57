"""Two models, or two offerings, compared: choose this one when …, choose that one when …

Each sentence comes from one rule (`rules.py`), which reads facts that are known on both sides; of where
requests stay, and of media, it may say that of the other nobody says so. It carries the facts that it rests
on, so that a page can link them and a test can check them. Where a model stands without a place, its own
place speaks for it: the lab's own API before clouds, hosts and gateways. What matters most for the two comes
first, and a verdict (`verdict/`) says which of them is for most.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from playground.pricing.workload import Workload
from playground.versus.month import USUAL_WORK, once_announced
from playground.versus.rules import PRICES, RULES, SAME
from playground.versus.scores import ScorePair, score_pairs
from playground.versus.sentence import Rule, Sentence
from playground.versus.side import NoSideError, Side
from playground.versus.verdict.judged import verdict_of
from playground.versus.verdict.settled import ends_soon, is_gone, outlives, outlook
from playground.versus.verdict.verdict import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Versus:
    """The two, the verdict, when to choose which, what scores say, and what is the same."""

    a: Side
    b: Side
    verdict: Verdict
    for_a: tuple[Sentence, ...]
    for_b: tuple[Sentence, ...]
    same: tuple[Sentence, ...]
    scores: tuple[ScorePair, ...]


def versus(a: Side, b: Side, work: Workload = USUAL_WORK) -> Versus:
    """The two against each other, for a month's work. Raises NoSideError where they are one."""
    if a.home.key == b.home.key:
        raise NoSideError(f"both are {a.name} ({a.place}); name two")
    for_a, for_b = _speaking(a, b), _speaking(b, a)
    return Versus(
        a=a,
        b=b,
        verdict=verdict_of(a, b, for_a, for_b, work),
        for_a=_while_served(for_a, a, b),
        for_b=_while_served(for_b, b, a),
        same=tuple(s for rule in SAME for s in rule(a, b)),
        scores=tuple(score_pairs(a, b)),
    )


def _speaking(x: Side, y: Side) -> tuple[Sentence, ...]:
    """What speaks for `x`, the weightiest first."""
    return tuple(sorted((s for rule in RULES for s in _lasting(rule, x, y)), key=lambda s: -s.weight))


def _while_served(speaking: tuple[Sentence, ...], x: Side, y: Side) -> tuple[Sentence, ...]:
    """What speaks for a model that ends soon, while the other stays, with the day until which it holds."""
    day = outlook(x).retires
    if day is None or is_gone(x) or not ends_soon(x) or not outlives(y, x):
        return speaking
    end = x.cited("retires")
    return tuple(
        s if s.until else replace(s, text=f"{s.text}; so only until {day}", facts=(*s.facts, end), until=day)
        for s in speaking
    )


def _lasting(rule: Rule, x: Side, y: Side) -> Iterator[Sentence]:
    """What a rule says, with the day until which that holds where an announced price soon ends it."""
    sentences = list(rule(x, y))
    if not sentences or rule not in PRICES:
        yield from sentences
        return
    (then_x, one), (then_y, other) = once_announced(x), once_announced(y)
    days = [day for day in (one, other) if day]
    ends = bool(days) and not any(rule(then_x, then_y))
    for sentence in sentences:
        text = f"{sentence.text}; so only until {max(days)}" if ends else sentence.text
        yield replace(sentence, text=text, until=max(days) if ends else None)
