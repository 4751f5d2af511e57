"""A ladder of prices is judged as one: what sources mean by a step that they do not give, whose is taken.

Steps judged one by one would mix the ladders of sources that contradict each other. So a source that tells
of steps at a provider, and gives a meter none, says that its price holds at any size: beside another
source's step that is a claim like any other, and the whole ladder is taken from one source.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from generator.curated.fields import precedence
from generator.ledger.gather import Gathered
from generator.ledger.judging.gates import Claims, Weighed
from generator.ledger.judging.ladders import Ladder, ladders
from generator.ledger.judging.precedence import STALE_AFTER, alike, choose_claim
from playground.catalog import Fact, Key, Standing, Value
from playground.catalog.prices import parse_price_field

#: For each source the size of input from which on its rows at one provider tell of steps.
type Reach = Mapping[str, int]


def reaches(gathered: Mapping[Key, Gathered]) -> Mapping[str, Reach]:
    """By provider, which sources tell of steps there, and from which size on: their smallest step's."""
    reach: dict[str, dict[str, int]] = defaultdict(dict)
    for key, each in gathered.items():
        known = reach[key.provider]
        for ladder in ladders(each.claims):
            for tokens, name in ladder.steps.items():
                for w in each.claims[name]:
                    known[w.source] = min(tokens, known.get(w.source, tokens))
    return reach


def align_steps(gathered: Mapping[Key, Gathered]) -> None:
    """Lay, in place, steps of one provider that are one token apart to the earlier one.

    Who says "from 200,000 tokens on" means what another writes as above 199,999, and does so everywhere.
    """
    known: dict[str, set[int]] = defaultdict(set)
    for key, each in gathered.items():
        for ladder in ladders(each.claims):
            known[key.provider] |= ladder.steps.keys()
    for key, each in gathered.items():
        for ladder in ladders(each.claims):
            for tokens, name in ladder.steps.items():
                if tokens - 1 in known[key.provider]:
                    earlier = replace(parse_price_field(name), above_tokens=tokens - 1).field
                    each.claims.setdefault(earlier, []).extend(each.claims.pop(name))


def laid_out(claims: Claims, reach: Reach) -> Claims:
    """The claims of an offering, with what sources mean by a step that they do not give."""
    if not (stepped := ladders(claims)):
        return claims
    out = dict(claims)
    # Who gives any other price of the offering a step, and this one none, has left it out.
    stepping = {w.source for ladder in stepped for n in ladder.steps.values() for w in claims[n]}
    for ladder in stepped:
        own = {w.source for name in ladder.steps.values() for w in claims[name]}
        left_out = stepping - own
        at_hand = {w.source: w for w in reversed(claims.get(ladder.base, ())) if not w.suspect}
        for tokens, name in ladder.steps.items():
            given = {w.source: w for w in reversed(claims[name])}
            if all(w.suspect for w in given.values()):
                continue
            meant = [
                w
                for source, w in sorted(at_hand.items())
                if source not in given and source not in left_out and reach.get(source, tokens + 1) <= tokens
            ]
            out[name] = [*claims[name], *meant]
            at_hand |= {source: w for source, w in given.items() if not w.suspect}
    return out


def with_whole_ladders(facts: Mapping[str, Fact], claims: Claims, provider: str) -> Mapping[str, Fact]:
    """The facts, with each ladder over which sources differ taken from one of them, and the reason."""
    out = dict(facts)
    for ladder in ladders(facts):
        sound = {name: [w for w in claims[name] if not w.suspect] for name in ladder.steps.values()}
        differ = any(
            not alike(name, w.value, group[0].value) for name, group in sound.items() for w in group[1:]
        )
        if not differ:
            continue
        base = facts[ladder.base].value if ladder.base in facts else None
        begin = {
            w.source
            for w in claims.get(ladder.base, ())
            if base is not None and alike(ladder.base, w.value, base)
        }
        leader = _leader(ladder, sound, begin, provider)
        account = _account(ladder, claims)
        for name in ladder.steps.values():
            fact = choose_claim(name, claims[name], provider, leader)
            if fact.value is None:
                continue
            # From the same price on an older source's ladder is no yesterday's price: it speaks against it.
            apart = any(not alike(name, w.value, fact.value) for w in sound[name] if w.source in begin)
            if apart or fact.standing == Standing.DISPUTED:
                fact = replace(fact, standing=Standing.DISPUTED, reason=account)
            out[name] = fact
    return out


def _leader(ladder: Ladder, sound: Mapping[str, list[Weighed]], begin: Collection[str], provider: str) -> str:
    """The source whose ladder is taken: one of those that begin at the chosen price, fresh, most believed."""
    order = precedence(min(sound), provider)
    claims = [w for group in sound.values() for w in group]
    freshest = max(w.as_of for w in claims)

    def rank(w: Weighed) -> tuple[bool, bool, int, str]:
        place = order.index(w.source) if w.source in order else len(order)
        stale = freshest - w.as_of > STALE_AFTER
        return (w.source not in begin, stale, place, w.source)

    return min(claims, key=rank).source


def _account(ladder: Ladder, claims: Claims) -> str:
    """Which source has which ladder, in a sentence."""
    by_ladder: dict[str, list[str]] = defaultdict(list)
    sources = dict.fromkeys(
        w.source for n in ladder.names.values() for w in claims.get(n, ()) if not w.suspect
    )
    for source in sources:
        prices = {
            tokens: value
            for tokens, name in ladder.names.items()
            if (value := _price(source, claims.get(name, ()))) is not None
        }
        by_ladder[_written(prices)].append(source)
    return "; ".join(sorted(f"{', '.join(sorted(names))}: {text}" for text, names in by_ladder.items()))


def _price(source: str, group: Iterable[Weighed]) -> Value | None:
    return next((w.value for w in group if w.source == source and not w.suspect), None)


def _written(prices: Mapping[int, Value]) -> str:
    parts, before = [], None
    for tokens, value in prices.items():
        if value != before:
            parts.append(f"above {tokens:,} tokens {value} USD" if tokens else f"{value} USD")
        before = value
    if any(prices) and len(parts) == 1:
        parts.append("no step")
    return ", ".join(parts)
