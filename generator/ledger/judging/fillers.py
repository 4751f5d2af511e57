"""What a source fills in where it knows nothing: a filler is no statement, and two are no agreement.

Measured over the rows of one source at one provider: where the output limit is the context window in half of
them or more, it is filled in; so is one date of knowledge for half of the models of many labs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from generator.ledger.gather import Gathered
from generator.ledger.judging.gates import Claims, Weighed
from generator.ledger.judging.limits import INPUT, OUTPUT, WINDOW
from generator.ledger.judging.precedence import choose_claim
from generator.sources.records import SourceRecord
from playground.catalog import Channel, Fact, Key, Kind, Standing, Value

KNOWLEDGE = "knowledge"
#: What a record says of its window: one of these.
WINDOWS = (WINDOW, INPUT)
#: Fewer rows than this show no habit.
ROWS = 5
#: Models of fewer labs may well share a date.
MODELS, LABS = 20, 5
#: What a fact is that rests on fillers alone.
FILLED_IN = "the same as the context window; the sources fill it in so"


def fillers(gathered: Mapping[Key, Gathered]) -> Mapping[str, Collection[str]]:
    """By provider the sources that fill in the output limits of its chat models."""
    rows: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for key, each in gathered.items():
        if any(w.value != Kind.CHAT for w in each.claims.get("kind", ())):
            continue
        for w in each.claims.get(OUTPUT, ()):
            if own := _windows(w, each.claims):
                rows[key.provider, w.source].append(w.value in own)
    filling: dict[str, set[str]] = defaultdict(set)
    for (provider, source), same in rows.items():
        if len(same) >= ROWS and 2 * sum(same) >= len(same):
            filling[provider].add(source)
    return filling


def without_fillers(claims: Claims, sources: Collection[str]) -> Claims:
    """The claims with fillers held back where another source states an output limit."""
    group = claims.get(OUTPUT, [])
    filled = [w for w in group if _is_filler(w, claims, sources)]
    stated = [w for w in group if not w.suspect and w not in filled and w.value not in _windows(w, claims)]
    if not filled or not stated:
        return claims
    reason = "the same as the context window, as this source fills it in"
    return {**claims, OUTPUT: [w.because(reason) if w in filled else w for w in group]}


def filled_in(fact: Fact, claims: Claims, sources: Collection[str]) -> Fact:
    """The fact of an output limit; where only the window speaks for it, nobody bears it out."""
    sound = [w for w in claims.get(OUTPUT, ()) if not w.suspect and w.value == fact.value]
    if not any(_is_filler(w, claims, sources) for w in sound):
        return fact
    if not all(w.value in _windows(w, claims) for w in sound):
        return fact
    standing = Standing.SINGLE if fact.standing == Standing.AGREED else fact.standing
    return replace(fact, standing=standing, reason=FILLED_IN)


def hold_beyond_lab(
    facts: Mapping[Key, dict[str, Fact]], held: Mapping[Key, Claims], closed: Collection[str]
) -> None:
    """Hold back, in place, output limits that are filled in and above what is agreed of the model at its lab.

    Only of those with `closed` weights: who runs open ones may well let them write all of the window.
    """
    own: dict[str, int] = {}
    of_closed = [(key, each[OUTPUT]) for key, each in facts.items() if key.model in closed and OUTPUT in each]
    for key, fact in of_closed:
        if key.channel == Channel.DIRECT and fact.standing == Standing.AGREED and isinstance(fact.value, int):
            own[key.model] = max(own.get(key.model, 0), fact.value)
    for key, fact in of_closed:
        most = own.get(key.model)
        if most and fact.reason == FILLED_IN and isinstance(fact.value, int) and fact.value > most:
            reason = f"the same as the context window, as this source fills it in; at its lab it is {most:,}"
            held[key][OUTPUT] = [w.because(reason) for w in held[key][OUTPUT]]
            facts[key][OUTPUT] = choose_claim(OUTPUT, held[key][OUTPUT], key.provider)


def _is_filler(claim: Weighed, claims: Claims, sources: Collection[str]) -> bool:
    return claim.source in sources and not claim.suspect and claim.value in _windows(claim, claims)


def _windows(claim: Weighed, claims: Claims) -> set[object]:
    """What the same record says of the context window and of input."""
    groups: Iterable[list[Weighed]] = (claims.get(name, []) for name in WINDOWS)
    return {w.value for group in groups for w in group if w.record == claim.record}


def filled_knowledge(by_model: Mapping[str, Iterable[SourceRecord]]) -> Collection[tuple[str, str, Value]]:
    """The dates of knowledge that a source gives to most of a provider's models: (source, provider, date)."""
    models: dict[tuple[str, str], set[str]] = defaultdict(set)
    of_date: dict[tuple[str, str, Value], set[str]] = defaultdict(set)
    for model, records in by_model.items():
        for record in records:
            for claim in record.model_claims:
                if claim.field == KNOWLEDGE:
                    models[record.source, record.provider].add(model)
                    of_date[record.source, record.provider, claim.value].add(model)
    return {
        (source, provider, date)
        for (source, provider, date), dated in of_date.items()
        if len(models[source, provider]) >= MODELS
        and 2 * len(dated) >= len(models[source, provider])
        and len({model.partition("/")[0] for model in dated}) >= LABS
    }


def unsure(rows: Iterable[tuple[SourceRecord, Value]], filled: Collection[tuple[str, str, Value]]) -> str:
    """Why no date of knowledge follows from rows that are none of the lab's own; empty where one does."""
    by_month: dict[str, set[str]] = defaultdict(set)
    for record, value in rows:
        if (record.source, record.provider, value) not in filled:
            by_month[str(value)[: len("2024-11")]].add(record.provider)
    if not by_month:
        return "a date that this provider gives to most models"
    providers = set().union(*by_month.values())
    if 2 * max(map(len, by_month.values())) > len(providers):
        return ""
    return f"other providers' rows differ: {', '.join(sorted(by_month))}"
