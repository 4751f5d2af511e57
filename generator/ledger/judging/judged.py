"""An offering's facts: which claims are held back, which is chosen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal

from generator.ledger.gather import TEXTLESS, Gathered
from generator.ledger.judging.dates import within
from generator.ledger.judging.doubts import doubt_foreign_prices, doubt_prices
from generator.ledger.judging.fillers import filled_in, fillers, hold_beyond_lab, without_fillers
from generator.ledger.judging.gates import Claims, hold_suspects
from generator.ledger.judging.limits import (
    OUTPUT,
    agree_equal_limits,
    dispute_larger_windows,
    steps_unreached,
    with_limits_at_odds,
)
from generator.ledger.judging.outputs import hold_unfitting_outputs
from generator.ledger.judging.precedence import choose_claim
from generator.ledger.judging.siblings import (
    GEOGRAPHIC_CHANNELS,
    IN_REGION_CHANNELS,
    SIBLING_CHANNELS,
    global_copies,
    off_base,
    off_sibling,
    sibling_base,
)
from generator.ledger.judging.stale_rows import doubt_stale_rows
from generator.ledger.judging.whole_ladders import laid_out, reaches, with_whole_ladders
from playground.catalog import Channel, Fact, Key, Kind, Provider, Standing, Value

FREE_KINDS = {"subscription", "self-hosted"}
#: Of fewer other providers nobody can say what they serve a model for.
OTHERS = 2
FREE_VARIANTS = {"free", "cloud"}


def judged_facts(
    gathered: Mapping[Key, Gathered],
    providers: Mapping[str, Provider],
    begun: Mapping[str, date | None],
    closed: Collection[str] = (),
) -> Mapping[Key, Mapping[str, Fact]]:
    """Facts per offering: by itself, then beside its sibling regions, then beside other providers' prices.

    `begun` has for each model the day before which it was not there; `closed` are those without open weights.
    """
    held: dict[Key, Claims] = {}
    facts: dict[Key, dict[str, Fact]] = {}
    unpaid: set[Key] = set()
    reach, filling = reaches(gathered), fillers(gathered)
    for key, each in gathered.items():
        provider = providers.get(key.provider)
        free = not FREE_VARIANTS.isdisjoint(key.variant.split("-")) or (
            provider is not None and provider.kind in FREE_KINDS
        )
        if free:
            unpaid.add(key)
        there = begun.get(key.model)
        claims = within(each.claims, there)
        sound = hold_suspects(claims, kind=_kind(claims), free=free, begun=there)
        held[key] = without_fillers(sound, filling.get(key.provider, ()))
        facts[key] = _chosen(held[key], key)
        if past := steps_unreached(held[key], facts[key]):
            held[key] = {**held[key], **past}
            facts[key] |= _chosen(past, key)
        if OUTPUT in facts[key]:
            facts[key][OUTPUT] = filled_in(facts[key][OUTPUT], held[key], filling.get(key.provider, ()))
    siblings: dict[tuple[str, str, str, str], list[Key]] = defaultdict(list)
    for key in gathered:
        if key.channel in SIBLING_CHANNELS:
            siblings[key.but_channel].append(key)
    for keys in siblings.values():
        names = {n for k in keys for n in facts[k] if n.startswith("price.") and "/" not in n}
        for name in sorted(names):
            prices = {
                str(k.channel): Decimal(str(value))
                for k in keys
                if (fact := facts[k].get(name)) and (value := fact.value) is not None
            }
            _hold_off_siblings(name, prices, [k for k in keys if name in held[k]], held, facts)
        _hold_global_copies({k.channel: k for k in keys}, held, facts)
    for key, own in facts.items():
        ladders = laid_out(held[key], reach.get(key.provider, {}))
        facts[key] = dict(with_limits_at_odds(with_whole_ladders(own, ladders, key.provider)))
    _hold_unlikely_chats(held, facts)
    dispute_larger_windows(facts)
    agree_equal_limits(facts)
    hold_unfitting_outputs(facts, held)
    hold_beyond_lab(facts, held, closed)
    doubt_prices(facts, held, frozenset(unpaid))
    doubt_stale_rows(facts, held)
    doubt_foreign_prices(facts, providers)
    return facts


def _chosen(claims: Claims, key: Key) -> dict[str, Fact]:
    return {name: choose_claim(name, group, key.provider) for name, group in sorted(claims.items())}


def _hold_off_siblings(
    name: str,
    prices: Mapping[str, Decimal],
    keys: list[Key],
    held: dict[Key, Claims],
    facts: dict[Key, dict[str, Fact]],
) -> None:
    """Hold back claims on one price that are out of line with the sibling regions, and choose again.

    What independent sources agree on is no slip of one of them, however odd it looks.
    """
    base = sibling_base(prices)
    if base is None:
        return
    wrong_base = off_base(prices, base)
    for key in keys:
        fact = facts[key][name]
        if wrong_base and key.channel != base:
            continue
        marked = []
        for w in held[key][name]:
            usd = Decimal(str(w.value))
            if key.channel == base:
                reason = wrong_base
            else:
                reason = off_sibling(usd, prices[base], base) if usd else ""
            agreed = fact.standing == Standing.AGREED and w.value == fact.value
            marked.append(w.because(reason) if reason and not agreed else w)
        if marked != held[key][name]:
            held[key][name] = marked
            facts[key][name] = choose_claim(name, marked, key.provider)


def _hold_unlikely_chats(held: dict[Key, Claims], facts: dict[Key, dict[str, Fact]]) -> None:
    """Hold back that a model is called for chat where two other providers or more serve it for no text.

    LiteLLM says `chat` where it knows no better, of image models too.
    """
    kinds: dict[str, dict[str, set[Value]]] = defaultdict(lambda: defaultdict(set))
    for key, own in facts.items():
        if (fact := own.get("kind")) and fact.value not in (None, Kind.OTHER):
            kinds[key.model][key.provider].add(fact.value)
    for key, own in facts.items():
        if "kind" not in own or own["kind"].value != Kind.CHAT:
            continue
        if any(w.source != "litellm" for w in held[key]["kind"]):
            continue
        others = [own_kinds for provider, own_kinds in kinds[key.model].items() if provider != key.provider]
        if len(others) >= OTHERS and set().union(*others) <= TEXTLESS:
            listed = ", ".join(sorted(map(str, set().union(*others))))
            reason = f"{len(others)} other providers serve it for {listed}"
            held[key]["kind"] = [w.because(reason) for w in held[key]["kind"]]
            own["kind"] = choose_claim("kind", held[key]["kind"], key.provider)


def _hold_global_copies(
    keys: Mapping[Channel, Key], held: dict[Key, Claims], facts: dict[Key, dict[str, Fact]]
) -> None:
    """Hold back what a source says of an in-region price that it took from the global profile."""
    geographic = [facts[key] for channel, key in keys.items() if channel in GEOGRAPHIC_CHANNELS]
    for channel in IN_REGION_CHANNELS & keys.keys() if Channel.GLOBAL in keys else ():
        key = keys[channel]
        prices = [{n: f.value for n, f in of.items() if n.startswith("price.")} for of in geographic]
        for name, marked in global_copies(held[key], held[keys[Channel.GLOBAL]], prices).items():
            held[key][name] = marked
            facts[key][name] = choose_claim(name, marked, key.provider)


def _kind(claims: Claims) -> Kind:
    kinds = claims.get("kind")
    return Kind(str(kinds[0].value)) if kinds else Kind.OTHER
