"""A comparison as plain values, for JSON and for pages: sentences with the facts they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from playground.catalog import Capability, Catalog, Score, Support
from playground.catalog.codec import cited_to_json
from playground.labels.addresses import anchor
from playground.labels.labels import MARKS, label
from playground.need.need import plain_value, workload_to_parts
from playground.versus.ability_rules import ABLE
from playground.versus.addresses import addresses, formats_text, takes_no_effort, temperature_text, tools_text
from playground.versus.month import work_text
from playground.versus.sentence import Sentence, input_limit_field
from playground.versus.side import CitedFact, Side
from playground.versus.verdict.phrases import as_sentence, head_text, sure_text, when_text
from playground.versus.versus import Versus

#: What a table puts side by side: field, or a price with its mode.
SIDE_BY_SIDE = (
    *("price.input", "price.cache_read", "price.output", "price.batch.input", "price.batch.output"),
    *("context_tokens", "max_input_tokens", "max_output_tokens", "status", "retires", "retires_earliest"),
)
#: What every format that is known of an address has a place for; docs/wires.md has them.
FORMAT_BRINGS = frozenset({Capability.STREAMING, Capability.SYSTEM_MESSAGES})


def versus_to_json(comparison: Versus, catalog: Catalog) -> dict[str, Any]:
    """A comparison as plain values, for JSON and for pages: sentences with the facts they rest on."""
    sides = {"a": comparison.a, "b": comparison.b}
    return {
        **{key: _side_values(s, catalog) for key, s in sides.items()},
        "verdict": _verdict_values(comparison),
        "for_a": [sentence_values(s, comparison) for s in comparison.for_a],
        "for_b": [sentence_values(s, comparison) for s in comparison.for_b],
        "same": [sentence_values(s, comparison) for s in comparison.same],
        "side_by_side": [
            {"field": f, "label": label(f), **{key: _figure(s, f) for key, s in sides.items()}}
            for f in SIDE_BY_SIDE
            if any(s.home.value(f) is not None for s in sides.values())
        ]
        + _efforts(sides)
        + list(_by_address(sides)),
        "scores": [
            {
                "benchmark": p.a.benchmark,
                "test": p.a.test,
                "series": p.a.series if p.strict else "",
                "evidence": str(p.a.evidence),
                "better": p.better,
                "differs": list(p.differs),
                **{key: _score_values(s) for key, s in (("a", p.a), ("b", p.b))},
            }
            for p in comparison.scores
        ],
        "unknown": {key: list(_unknown(s)) for key, s in sides.items()},
    }


def _verdict_values(comparison: Versus) -> dict[str, Any]:
    """Which is for most, how sure that is, why, when to take the other, and what a month costs."""
    verdict, sides = comparison.verdict, {"a": comparison.a, "b": comparison.b}
    names = [s.name for s in sides.values()]

    def sentences(several: Iterable[Sentence]) -> list[dict[str, Any]]:
        values = [sentence_values(s, comparison) for s in several]
        return [{**v, "text": as_sentence(v["text"], names)} for v in values]

    months = verdict.months
    return {
        "most": sides[verdict.most].model.id if verdict.most else None,
        "side": verdict.most,
        "sure": str(verdict.sure),
        "rule": verdict.rule,
        "head": head_text(verdict, comparison.a, comparison.b),
        "sure_text": sure_text(verdict),
        "why": sentences(verdict.why),
        "when": {key: when_text(reasons) for key, reasons in verdict.when.items()},
        "notes": sentences(verdict.notes),
        "month": {
            "work": workload_to_parts(months.work),
            "text": work_text(months.work),
            "a": months.a.text,
            "b": months.b.text,
        },
    }


def _efforts(sides: Mapping[str, Side]) -> list[dict[str, Any]]:
    """The row of the reasoning efforts that can be set, where any is known."""
    known = {
        key: [e for e, can in s.home.efforts().items() if can == Support.YES] for key, s in sides.items()
    }
    if not any(known.values()):
        return []
    refused = {key: "cannot be set" if takes_no_effort(s) else "" for key, s in sides.items()}
    cells = {key: {"text": ", ".join(e) or refused[key], "mark": ""} for key, e in known.items()}
    for key, efforts in known.items():
        facts = [sides[key].home.facts[f"effort.{e}"] for e in efforts]
        cells[key]["mark"] = MARKS[facts[0].standing] if facts else ""
    return [{"field": "effort", "label": "Reasoning effort", **cells}]


def _by_address(sides: Mapping[str, Side]) -> Iterator[dict[str, Any]]:
    """What the two take by different addresses, or not alike: formats, tools, temperature."""
    rows = {
        "formats": ("API format", {key: (formats_text(s), "") for key, s in sides.items()}),
        "tools": ("Tools", {key: (tools_text(s), "can.tool_calls") for key, s in sides.items()}),
        "temperature": (
            "Temperature can be set",
            {key: (temperature_text(s), "accepts.temperature") for key, s in sides.items()},
        ),
    }
    for name, (title, cells) in rows.items():
        if len({text for text, _ in cells.values()}) > 1:
            marked = {
                key: {"text": text, "mark": _mark_of(sides[key], fact) if text else ""}
                for key, (text, fact) in cells.items()
            }
            yield {"field": name, "label": title, **marked}


def _mark_of(side: Side, field: str) -> str:
    fact = side.home.facts.get(field)
    return MARKS[fact.standing] if fact else ""


def _score_values(score: Score) -> dict[str, Any]:
    """A score with its interval, where one is published, and who stands behind it."""
    interval = f"± {score.stderr:.1f}" if score.stderr else ""
    if score.low is not None and score.high is not None:
        interval = f"{score.low:f} to {score.high:f}"
    return {
        "score": score.text,
        "interval": interval,
        "evidence": str(score.evidence),
        "by": score.by,
        "as_of": score.as_of,
        "link": score.link,
    }


def _side_values(side: Side, catalog: Catalog) -> dict[str, Any]:
    return {
        "model": side.model.id,
        "name": side.name,
        "lab": catalog.labs[side.model.lab].name,
        "offering": side.home.key,
        "place": side.place,
        "anchor": anchor(side.home),
        "places": len(side.places),
        "scores": len(side.model.scores),
    }


def sentence_values(sentence: Sentence, comparison: Versus) -> dict[str, Any]:
    """A sentence with its facts, their letters and the statements they are."""
    return {
        "rule": sentence.rule,
        "text": sentence.text,
        "facts": [
            {
                "of": s.of,
                "field": s.field,
                "value": plain_value(s.value),
                "mark": _mark(s, comparison),
                **({"stated": cited_to_json(s.stated)} if s.stated else {}),
            }
            for s in sentence.facts
        ],
    }


def _mark(cited: CitedFact, comparison: Versus) -> str:
    for one in (comparison.a, comparison.b):
        holders = {one.model.id: one.model.facts, **{o.key: o.facts for o in one.places}}
        fact = holders.get(cited.of, {}).get(cited.field)
        if fact is not None:
            return MARKS[fact.standing]
    return ""


def _figure(side: Side, field: str) -> dict[str, str]:
    fact = side.home.facts.get(field)
    if fact is None or fact.value is None:
        return {"text": "", "mark": ""}
    value = fact.value
    if field.startswith("price."):
        text = side.price_text(field)
    else:
        text = f"{value:,}" if isinstance(value, int) else str(value)
    return {"text": text, "mark": MARKS[fact.standing]}


def _shows(side: Side, capability: Capability) -> bool:
    """Whether another fact says that it can: the price of what is cached, an effort of reasoning."""
    match capability:
        case Capability.PROMPT_CACHING:
            return side.home.value("price.cache_read") is not None
        case Capability.REASONING:
            return Support.YES in side.home.efforts().values()
        case _:
            return False


def _unknown(side: Side) -> Iterator[str]:
    """What nobody says of it at its home, of what the rules look at and its API format does not bring."""
    for field in ("price.input", "price.output", "price.cache_read", "max_output_tokens"):
        if side.home.value(field) is None:
            yield f"{label(field).lower()}{' price' if field.startswith('price.') else ''}"
    if side.known("retires") is None and side.home.value("retires_earliest") is None:
        yield "when it retires"
    if side.seller and side.seller.no_training is None:
        yield "whether what is sent there trains models"
    if side.home.key not in side.stays:
        yield "where requests stay"
    if not input_limit_field(side):
        yield "how much input it takes"
    for capability in ABLE:
        if (capability in FORMAT_BRINGS and addresses(side)) or _shows(side, capability):
            continue
        if side.known(f"can.{capability}") is None:
            name = label(f"can.{capability}")
            yield name if name.isupper() else name.lower()
