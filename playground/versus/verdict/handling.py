"""Where what is sent to a side goes, and what its seller does with it, beside a verdict that names it."""

from __future__ import annotations

from collections.abc import Iterator

from playground.catalog import Statement
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
    """What its seller says that a reader would not expect; None where it says nothing of the sort."""
    seller = x.seller
    if seller is None:
        return None
    parts, facts = [], []
    if where := seller.stored_in:
        parts.append(f"processes and stores personal data in {where.value}")
        facts.append(_stated(x, "stored_in", where))
    if (trains := seller.no_training) and trains.value == "no":
        parts.append("may train on what is sent")
        facts.append(_stated(x, "no_training", trains))
    if not parts:
        return None
    notes = "; ".join(dict.fromkeys(fact.stated.note for fact in facts if fact.stated and fact.stated.note))
    text = f"{seller.name}, which speaks for {x.name} here, {' and '.join(parts)} by its own word"
    text += f" ({notes})" if notes else ""
    if others := len(serving(x.places) - {x.home.provider}):
        serve = "provider serves it by its" if others == 1 else "providers serve it by their"
        text += f"; {others} other {serve} own rules"
        facts.append(CitedFact(of=x.model.id, field="providers", value=others + 1))
    return Sentence(rule="handling", text=text, facts=tuple(facts))


def _stated(x: Side, field: str, statement: Statement) -> CitedFact:
    return CitedFact(of=x.home.key, field=f"provider.{field}", value=statement.value, stated=statement)
