"""Limits that cannot be true: of one offering beside each other, and beside the same model's elsewhere.

What is taken in fits the context window and fills it, and nobody serves a larger window than the model has.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from generator.ledger.judging.gates import SLACK, TALKING, Claims
from generator.ledger.judging.ladders import ladders
from generator.ledger.judging.precedence import against, order_of_claims
from generator.sources.independence import witnesses
from playground.catalog import Channel, Fact, Key, Standing

WINDOW, INPUT, OUTPUT = "context_tokens", "max_input_tokens", "max_output_tokens"
#: Input and output together that leave so much of the window unused are of another window.
UNUSED = 1 / 2
#: A window so many times the largest of this many other providers' is larger than the model has.
LARGER, OTHERS = 2.1, 3


def steps_unreached(claims: Claims, facts: Mapping[str, Fact]) -> Claims:
    """The claims of steps that no request reaches under the limits that were chosen, held back.

    The gates let a step pass that any source's window leaves room for; that window may have been overruled.
    """
    window = max(_tokens(facts.get(name)) for name in (WINDOW, INPUT))
    why = f"a step where the context window of {window:,} tokens ends"
    return {
        name: [w if w.suspect else w.because(why) for w in claims[name]]
        for ladder in ladders(claims)
        for tokens, name in ladder.steps.items()
        if 0 < window <= tokens
    }


def with_limits_at_odds(facts: Mapping[str, Fact]) -> Mapping[str, Fact]:
    """The facts; limits of which one must be wrong are disputed.

    A window and an input limit of different sources, or a window and a larger output limit of one row. Where
    another window fits the input limit and more sources speak for the two, it is that one.
    """
    if why := _outgrown(facts):
        facts = {**facts, WINDOW: _disputed(facts[WINDOW], why)}
    window, taken = (_tokens(facts.get(name)) for name in (WINDOW, INPUT))
    if not window or not taken or _claimants(facts[WINDOW]) & _claimants(facts[INPUT]):
        return facts
    made = _tokens(facts.get(OUTPUT))
    if _fits(taken, window, made):
        return facts
    if borne_out := _borne_out(facts[WINDOW], facts[INPUT], made):
        why = f"input of up to {taken:,} tokens bears out {borne_out:,} against {window:,}"
        claims = sorted((against(c, WINDOW, borne_out) for c in facts[WINDOW].claims), key=order_of_claims)
        window_fact = replace(facts[WINDOW], value=borne_out, claims=tuple(claims))
        return {**facts, WINDOW: _disputed(window_fact, why)}
    why = f"input of up to {taken:,} tokens and a context window of {window:,} contradict each other"
    return {**facts, **{name: _disputed(facts[name], why) for name in (WINDOW, INPUT)}}


def _fits(taken: int, window: int, made: int) -> bool:
    """Whether input of so many tokens goes into the window, and with the output fills enough of it."""
    return taken <= window * SLACK and taken + made >= window * UNUSED


def _borne_out(window: Fact, taken: Fact, made: int) -> int:
    """Another window that fits the input limit and has, with it, more witnesses than the chosen one; or 0."""
    sources: dict[int, set[str]] = defaultdict(set)
    for claim in window.claims:
        if isinstance(claim.value, int) and not claim.suspect and claim.note != "stale":
            sources[claim.value].add(claim.source)
    chosen = witnesses(sources.pop(_tokens(window), set()))
    backed = {
        value: witnesses(those | _claimants(taken))
        for value, those in sources.items()
        if _fits(_tokens(taken), value, made)
    }
    best = max(backed, key=lambda value: (backed[value], value), default=0)
    return best if backed.get(best, 0) > chosen else 0


def _outgrown(facts: Mapping[str, Fact]) -> str:
    """Why a window is too small for its row's own output limit, which is held back; empty where it is not.

    Where another source bears out the window, or gives a limit that fits, the larger limit is wrong.
    """
    window, made, kind = (facts.get(name) for name in (WINDOW, OUTPUT, "kind"))
    if not window or not made or made.value is not None or window.standing != Standing.SINGLE:
        return ""
    if kind is None or kind.value not in TALKING:
        return ""
    rows = {claim.record for claim in window.claims if claim.value == window.value}
    limits = [c.value for c in made.claims if c.record in rows and isinstance(c.value, int)]
    if max(limits, default=0) <= _tokens(window) * SLACK:
        return ""
    return f"the same row's output limit, {max(limits):,} tokens, is larger: one of the two is wrong"


def dispute_larger_windows(facts: Mapping[Key, dict[str, Fact]]) -> None:
    """Dispute, in place, a chat model's window that one source gives and nobody else comes near.

    The lab itself may have enlarged it, and others follow late.
    """
    largest: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for key, own in facts.items():
        if window := _tokens(own.get(WINDOW)):
            largest[key.model][key.provider] = max(window, largest[key.model][key.provider])
    for key, own in facts.items():
        window, kind = _tokens(own.get(WINDOW)), own.get("kind")
        if not window or kind is None or kind.value not in TALKING or key.channel == Channel.DIRECT:
            continue
        others = [most for provider, most in largest[key.model].items() if provider != key.provider]
        if own[WINDOW].standing != Standing.SINGLE or len(others) < OTHERS or window <= LARGER * max(others):
            continue
        why = f"{len(others)} other providers give {max(others):,} tokens at most"
        own[WINDOW] = _disputed(own[WINDOW], why)


def agree_equal_limits(facts: Mapping[Key, dict[str, Fact]]) -> None:
    """Agree, in place, on a window and an input limit of the same size that independent sources give.

    Whoever takes in so many tokens has no smaller window, and with that window nobody takes in more.
    """
    for own in facts.values():
        window, taken = own.get(WINDOW), own.get(INPUT)
        if not window or not taken or not _tokens(window) or window.value != taken.value:
            continue
        if witnesses(_claimants(window) | _claimants(taken)) == 1:
            continue
        for name, other in ((WINDOW, "input limit"), (INPUT, "context window")):
            if own[name].standing == Standing.SINGLE:
                own[name] = replace(own[name], standing=Standing.AGREED, reason=f"the {other} is the same")


def _disputed(fact: Fact, why: str) -> Fact:
    return replace(
        fact, standing=Standing.DISPUTED, reason="; ".join(reason for reason in (fact.reason, why) if reason)
    )


def _tokens(fact: Fact | None) -> int:
    """A limit that is known; 0 where it is not."""
    return fact.value if fact and isinstance(fact.value, int) else 0


def _claimants(fact: Fact) -> set[str]:
    """The sources that say just what the fact says."""
    return {claim.source for claim in fact.claims if claim.value == fact.value}
