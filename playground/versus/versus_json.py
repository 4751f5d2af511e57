"""A comparison as plain values, for JSON and for pages: sentences with the facts they rest on."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from playground.catalog import Catalog
from playground.labels.addresses import anchor
from playground.labels.labels import MARKS, label, money
from playground.need.need import plain_value
from playground.versus.ability_rules import ABLE
from playground.versus.scores import score_text
from playground.versus.sentence import Sentence, input_limit_field
from playground.versus.side import CitedFact, Side
from playground.versus.versus import Versus

#: What a table puts side by side: field, or a price with its mode.
SIDE_BY_SIDE = (
    *("price.input", "price.cache_read", "price.output", "price.batch.input", "price.batch.output"),
    *("context_tokens", "max_input_tokens", "max_output_tokens", "status", "retires"),
)


def versus_to_json(found: Versus, catalog: Catalog) -> dict[str, Any]:
    """A comparison as plain values, for JSON and for pages: sentences with the facts they rest on."""
    sides = {"a": found.a, "b": found.b}
    return {
        **{key: _side_values(s, catalog) for key, s in sides.items()},
        "for_a": [_sentence_values(s, found) for s in found.for_a],
        "for_b": [_sentence_values(s, found) for s in found.for_b],
        "same": [_sentence_values(s, found) for s in found.same],
        "side_by_side": [
            {"field": f, "label": label(f), **{key: _figure(s, f) for key, s in sides.items()}}
            for f in SIDE_BY_SIDE
            if any(s.known(f) is not None for s in sides.values())
        ],
        "scores": [
            {
                "benchmark": p.a.benchmark,
                "series": p.a.series,
                "evidence": str(p.a.evidence),
                "better": p.better,
                **{
                    key: {"score": score_text(s), "by": s.by, "as_of": s.as_of, "link": s.link}
                    for key, s in (("a", p.a), ("b", p.b))
                },
            }
            for p in found.scores
        ],
        "unknown": {key: list(_unknown(s)) for key, s in sides.items()},
    }


def _side_values(found: Side, catalog: Catalog) -> dict[str, Any]:
    return {
        "model": found.model.id,
        "name": found.name,
        "lab": catalog.labs[found.model.lab].name,
        "offering": found.home.key,
        "place": found.place,
        "anchor": anchor(found.home),
        "places": len(found.places),
        "scores": len(found.model.scores),
    }


def _sentence_values(sentence: Sentence, found: Versus) -> dict[str, Any]:
    return {
        "rule": sentence.rule,
        "text": sentence.text,
        "facts": [
            {"of": s.of, "field": s.field, "value": plain_value(s.value), "mark": _mark(s, found)}
            for s in sentence.facts
        ],
    }


def _mark(said: CitedFact, found: Versus) -> str:
    for one in (found.a, found.b):
        holders = {one.model.id: one.model.facts, **{o.key: o.facts for o in one.places}}
        fact = holders.get(said.of, {}).get(said.field)
        if fact is not None:
            return MARKS[fact.standing]
    return ""


def _figure(found: Side, field: str) -> dict[str, str]:
    fact = found.home.facts.get(field)
    if fact is None or fact.value is None:
        return {"text": "", "mark": ""}
    value = fact.value
    text = (
        money(value) if isinstance(value, Decimal) else f"{value:,}" if isinstance(value, int) else str(value)
    )
    return {"text": text, "mark": MARKS[fact.standing]}


def _unknown(found: Side) -> Iterator[str]:
    """What nobody says of it at its home, of what the rules look at."""
    for field in ("price.input", "price.output", "price.cache_read", "max_output_tokens"):
        if found.known(field) is None:
            yield f"{label(field).lower()}{' price' if field.startswith('price.') else ''}"
    if found.known("retires") is None:
        yield "when it retires"
    if not input_limit_field(found):
        yield "how much input it takes"
    for capability in ABLE:
        if found.known(f"can.{capability}") is None:
            name = label(f"can.{capability}")
            yield name if name.isupper() else name.lower()
