"""What a reader has to know beside a verdict: an end, a preview, a gateway, a price to come, tokens."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from playground.catalog import Channel
from playground.versus.addresses import tools_by_address
from playground.versus.family import Family, family, made_for, name_facts, on_trial, passed_on
from playground.versus.month import month_facts
from playground.versus.sentence import FAR, Sentence
from playground.versus.side import CitedFact, Side
from playground.versus.verdict.handling import handling
from playground.versus.verdict.settled import end_sentence, ends_soon, family_sentence, is_gone
from playground.versus.verdict.verdict import Decision, Pair
from playground.versus.verdict.weighing import cost_sentence, times_text


def notes(pair: Pair, decision: Decision) -> Iterator[Sentence]:
    """What the decision does not say itself."""
    stated = {s.text for s in decision.why}
    for note in _notes(pair, decision):
        if note.text not in stated:
            yield note


def _notes(pair: Pair, decision: Decision) -> Iterator[Sentence]:
    sides = (pair.a, pair.b)
    if decision.rule not in ("another name", "other work"):
        yield from _relation(pair)
    for x in sides:
        if x.later and x.later[0] != pair.other(x).model.id and x.model.id != pair.other(x).model.id:
            text = f"{x.name} has a successor, {x.later[1]}: look at that too"
            facts = tuple(CitedFact(of=m, field="id", value=m) for m in (x.model.id, x.later[0]))
            yield Sentence(rule="successor", text=text, facts=facts)
        if not is_gone(x) and ends_soon(x):
            yield end_sentence(x)
        if on_trial(x):
            yield Sentence(
                rule="preview",
                text=f"{x.name} is a preview: it may change, or end at short notice",
                facts=_trial_facts(x),
            )
        if passed_on(x):
            yield _passed_on(x)
        if work := made_for(x) - made_for(pair.other(x)):
            text = f"{x.name} is made for {' and '.join(sorted(work))}, by its name"
            yield Sentence(rule="made for", text=text, facts=name_facts(x))
        if x.home.doubts():
            names = [f for f in ("price.input", "price.output") if f in x.home.doubts()]
            if names:
                text = f"a price of {x.name} is in doubt and counts for nothing here"
                facts = tuple(
                    CitedFact(of=x.home.key, field=f, value=value)
                    for f in names
                    if (value := x.home.value(f)) is not None
                )
                yield Sentence(rule="doubt", text=text, facts=facts)
    yield from handling(pair, decision)
    for x in sides:
        yield from tools_by_address(x)
    yield from _coming(pair, decision)
    if decision.rule not in ("another name", "other work", "retired"):
        yield from _tokens(pair)


def _relation(pair: Pair) -> Iterator[Sentence]:
    for x, y in ((pair.a, pair.b), (pair.b, pair.a)):
        if family(x, y) is not Family.NONE and (sentence := family_sentence(x, y)):
            yield sentence
            return


def _trial_facts(x: Side) -> tuple[CitedFact, ...]:
    return (x.cited("status"),) if x.home.value("status") else ()


def _passed_on(x: Side) -> Sentence:
    """That nobody who runs the model sells it here."""
    plans = all(o.channel == Channel.SUBSCRIPTION for o in x.places)
    how = "in plans" if plans else "through gateways"
    text = f"{x.name} is known here only {how}, which pass requests on"
    facts = tuple(CitedFact(of=o.key, field="channel", value=str(o.channel)) for o in x.places[:3])
    return Sentence(rule="gateway", text=text, facts=facts)


def _coming(pair: Pair, decision: Decision) -> Iterator[Sentence]:
    """What a month costs at both at the prices that do not decide, unless the decision says so itself."""
    if not (pair.months.a.coming or pair.months.b.coming):
        return
    later = replace(pair, later=not pair.later)
    if later.priced:
        if not any(s.rule == "price to come" for s in decision.why):
            costs = cost_sentence(later)
            text = f"until {pair.begins} {costs.text}" if pair.later else costs.text
            yield replace(costs, rule="price to come", text=text)
        return
    for x, month in ((pair.a, pair.months.a), (pair.b, pair.months.b)):
        if month.coming:
            yield Sentence(
                rule="price to come", text=f"a month of {x.name} costs {month.text}", facts=month_facts(x)
            )


def _tokens(pair: Pair) -> Iterator[Sentence]:
    """How many more tokens the cheaper one may take; how many either takes for a task nobody says here."""
    if not pair.priced:
        return
    cheaper = pair.cheaper
    start = "how many tokens each takes for a task is unknown here"
    if cheaper is None:
        yield Sentence(rule="tokens", text=f"{start}: the one that takes fewer costs less", facts=())
        return
    times = pair.times(pair.other(cheaper))
    if times and times >= FAR:
        text = f"{start}: {cheaper.name} costs less until it takes {times_text(times)} as many"
        yield Sentence(rule="tokens", text=text, facts=(*month_facts(pair.a), *month_facts(pair.b)))
