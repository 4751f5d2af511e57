"""The verdict of a pair: the first rule that has something to say, today and at the prices announced last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from playground.pricing.workload import Workload
from playground.versus.month import USUAL_WORK, months_of
from playground.versus.sentence import Sentence
from playground.versus.side import SOON_DAYS, Side
from playground.versus.verdict.notes import notes
from playground.versus.verdict.settled import ending, one_model, one_place, retired, succession, unlike
from playground.versus.verdict.verdict import Decider, Decision, Pair, Verdict
from playground.versus.verdict.weighing import ASKED, as_well, cost_sentence, weighed

#: In the order in which they are asked.
DECIDERS: tuple[Decider, ...] = (one_model, one_place, unlike, retired, ending, succession, weighed)
#: The rules whose sentences say in short when to choose a model, beside what the decision says.
SHORT = frozenset(
    {"crossover", "steps", "input size", "capability", "media", "residency", "weights", "life", "cached"}
)
#: What a price by the hour is compared at is no reason of its own.
BY_HOURS = " at the dearest hours"
#: So many reasons are named in the verdict; the page lists all.
MOST_REASONS = 2
#: When to choose a model for which nothing speaks that is known of both.
BETTER = ("it does better on your own prompts",)


def verdict_of(
    a: Side,
    b: Side,
    for_a: Sequence[Sentence] = (),
    for_b: Sequence[Sentence] = (),
    work: Workload = USUAL_WORK,
) -> Verdict:
    """The verdict; `for_a` and `for_b` are what speaks for each, the weightiest first."""
    pair, decision, begins = _decided(Pair(a=a, b=b, months=months_of(a, b, work)))
    most = "a" if decision.most is a else "b" if decision.most is b else ""
    when = {
        name: (*((as_well(pair, one),) if pair.cheaper is one else ()), *_short(speaking)) or BETTER
        for name, one, speaking in (("a", a, for_a), ("b", b, for_b))
    }
    if most:
        other = "b" if most == "a" else "a"
        when = {other: _others(decision, _short(for_b if other == "b" else for_a)) or BETTER}
    elif decision.rule in ("another name", "other work"):
        when = {}
    return Verdict(
        most=most,
        sure=decision.sure,
        rule=decision.rule,
        why=decision.why,
        when=when,
        notes=tuple(notes(pair, decision)),
        months=pair.months,
        begins=begins,
    )


def _decided(pair: Pair) -> tuple[Pair, Decision, date | None]:
    """What holds at the prices announced last, where they come soon, or today; and what turns it around.

    With the day from which it holds, where another one is for most until then.
    """
    now = _first(pair)
    if not (pair.months.a.coming or pair.months.b.coming):
        return pair, now, None
    later = replace(pair, later=True)
    then = _first(later)
    turned = then.most is not now.most
    if pair.a.day and later.begins and (later.begins - pair.a.day).days <= SOON_DAYS:
        until = _turned(pair, now, f"until {later.begins}")
        if turned:
            return later, replace(then, why=(*then.why, until)), later.begins
        return later, then, None
    return pair, replace(now, why=(*now.why, _turned(later, then, "then"))) if turned else now, None


def _turned(pair: Pair, other: Decision, when: str) -> Sentence:
    """Who is for most at the prices that do not decide."""
    costs = cost_sentence(pair)
    ahead = f"{other.most.name} is for most" if other.most else "neither is for most"
    start = f"{when} {costs.text}" if when.startswith("until") else costs.text
    end = ahead if when.startswith("until") else f"{when} {ahead}"
    return replace(costs, rule="price to come", text=f"{start}: {end}")


def _first(pair: Pair) -> Decision:
    return next(decision for decide in DECIDERS if (decision := decide(pair)))


def _short(sentences: Sequence[Sentence]) -> tuple[str, ...]:
    """What its sentences say up to the figures: `you need it to take images`."""
    heads = (
        s.text.partition(":")[0].removesuffix(BY_HOURS) for s in sentences if s.rule in SHORT and not s.until
    )
    return tuple(dict.fromkeys(heads))[:MOST_REASONS]


def _others(decision: Decision, short: tuple[str, ...]) -> tuple[str, ...]:
    """When to take the other one: as the decision says, then what speaks for it."""
    if decision.rule in ("ending", "retired"):
        return decision.otherwise
    otherwise = tuple(reason for reason in decision.otherwise if reason != ASKED or not short)
    return (*otherwise, *short)[: MOST_REASONS + 1]
