"""Where what is sent to a side goes, and what its seller does with it, beside a verdict that names it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from playground.catalog import Provider, Statement
from playground.decide.portability import serving
from playground.versus.sentence import Sentence
from playground.versus.side import CitedFact, Side
from playground.versus.verdict.verdict import Decision, Pair


def handling(pair: Pair, decision: Decision) -> Iterator[Sentence]:
    """Of the one that is for most, or of both: what its seller keeps where, and trains on."""
    for x in (pair.a, pair.b) if decision.most is None else (decision.most,):
        if sentence := handling_of(x):
            yield sentence


def handling_of(x: Side) -> Sentence | None:
    """What its seller, or its maker of its own API, says that a reader would not expect; else None."""
    for provider in filter(None, (x.seller, x.maker)):
        if parts := list(_unexpected(x, provider)):
            return _sentence(x, provider, dict(parts))
    return None


def _unexpected(x: Side, provider: Provider) -> Iterator[tuple[str, CitedFact]]:
    """What it does with what it gets, with its words."""
    if where := provider.stored_in:
        yield f"processes and stores personal data in {where.value}", _stated(provider, "stored_in", where)
    if (trains := provider.no_training) and trains.value == "no":
        yield "may train on what is sent", _stated(provider, "no_training", trains)


def _sentence(x: Side, provider: Provider, parts: Mapping[str, CitedFact]) -> Sentence:
    notes = (fact.stated.note for fact in parts.values() if fact.stated and fact.stated.note)
    known = "; ".join(dict.fromkeys(notes))
    text = (
        f"at its own API {provider.name} {' and '.join(parts)}, by its word{f' ({known})' if known else ''}"
    )
    serving_it = serving(x.places)
    others = len(serving_it - {provider.id})
    facts = [*parts.values(), CitedFact(of=x.model.id, field="providers", value=len(serving_it))]
    if x.home.provider != provider.id:
        text += f"; {x.place} speaks for {x.name} here, by rules of its own"
    elif others == 1:
        text += f"; one other provider serves {x.name} by rules of its own"
    elif others:
        text += f"; {others} other providers serve {x.name} by rules of their own"
    return Sentence(rule="handling", text=text, facts=tuple(facts))


def _stated(provider: Provider, field: str, statement: Statement) -> CitedFact:
    return CitedFact(of=provider.id, field=f"provider.{field}", value=statement.value, stated=statement)
