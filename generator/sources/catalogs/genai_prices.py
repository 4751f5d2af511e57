"""Pydantic's genai-prices: dated and tiered prices per provider.

Live it is JSON (`prices/new_data/v2/data.json`); the pinned package carries the same values as a Python
module of constructor calls, which is read as syntax and never run.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from msgspec.structs import replace as with_changes

from generator.errors import SourceShapeError
from generator.sources.records import (
    UNFORESEEN,
    FieldClaim,
    SourceRecord,
    day,
    expect,
    left_out,
    price_claim,
    read_json,
    row_of,
    unique,
)
from generator.sources.schedules import by_hour
from playground.catalog import PriceSpan
from playground.catalog.prices import Meter, Mode, Rate, Unit

SOURCE = "genai-prices"

ONE, THOUSANDTH = Decimal(1), Decimal("0.001")
#: Price key → meter, unit, grade, factor to that unit.
KEYS: dict[str, tuple[Meter, Unit, str, Decimal]] = {
    "input_mtok": (Meter.INPUT, Unit.MTOK, "", ONE),
    "output_mtok": (Meter.OUTPUT, Unit.MTOK, "", ONE),
    "output_reasoning_mtok": (Meter.REASONING, Unit.MTOK, "", ONE),
    "cache_read_mtok": (Meter.CACHE_READ, Unit.MTOK, "", ONE),
    "cache_write_mtok": (Meter.CACHE_WRITE, Unit.MTOK, "", ONE),
    "cache_write_5m_mtok": (Meter.CACHE_WRITE_5M, Unit.MTOK, "", ONE),
    "cache_write_1h_mtok": (Meter.CACHE_WRITE_1H, Unit.MTOK, "", ONE),
    "input_audio_mtok": (Meter.INPUT_AUDIO, Unit.MTOK, "", ONE),
    "output_audio_mtok": (Meter.OUTPUT_AUDIO, Unit.MTOK, "", ONE),
    "cache_audio_read_mtok": (Meter.CACHE_READ_AUDIO, Unit.MTOK, "", ONE),
    "input_image_mtok": (Meter.INPUT_IMAGE, Unit.MTOK, "", ONE),
    "output_image_mtok": (Meter.OUTPUT_IMAGE, Unit.MTOK, "", ONE),
    "cache_image_read_mtok": (Meter.CACHE_READ_IMAGE, Unit.MTOK, "", ONE),
    "input_video_mtok": (Meter.INPUT_VIDEO, Unit.MTOK, "", ONE),
    "output_video_mtok": (Meter.OUTPUT_VIDEO, Unit.MTOK, "", ONE),
    "output_citation_mtok": (Meter.CITATION, Unit.MTOK, "", ONE),
    "input_mchars": (Meter.INPUT, Unit.CHARACTER, "", Decimal("0.000001")),
    "audio_hours": (Meter.INPUT, Unit.SECOND, "", ONE / 3600),
    "input_audio_hours": (Meter.INPUT, Unit.SECOND, "", ONE / 3600),
    "input_document_kpages": (Meter.INPUT, Unit.PAGE, "", THOUSANDTH),
    "input_annotated_document_kpages": (Meter.INPUT, Unit.PAGE, "annotated", THOUSANDTH),
    "web_searches_kcount": (Meter.WEB_SEARCH, Unit.REQUEST, "", THOUSANDTH),
    "storage_searches_kcount": (Meter.FILE_SEARCH, Unit.THOUSAND, "", ONE),
    "requests_kcount": (Meter.REQUEST, Unit.REQUEST, "", THOUSANDTH),
    "input_text_messages_kcount": (Meter.REQUEST, Unit.REQUEST, "", THOUSANDTH),
}
#: The `when` of a price variant → service mode.
MODES = {
    ("processing", "batch"): Mode.BATCH,
    ("service_tier", "flex"): Mode.FLEX,
    ("service_tier", "priority"): Mode.PRIORITY,
    ("service_tier", "fast"): Mode.FAST,
    ("service_tier", "default"): Mode.STANDARD,
    ("speed", "fast"): Mode.FAST,
}


def parse(raw: bytes) -> list[SourceRecord]:
    """Every model of every provider, with today's price as claims and the dated ones as history.

    Raises SourceShapeError where it is neither of the two forms.
    """
    providers = _from_module(raw) if raw.lstrip()[:3] == b'"""' else read_json(raw, SOURCE)
    if isinstance(providers, dict):
        providers = providers.get("providers")
    listed = expect(providers, list, SOURCE, "the list of providers")
    return [record for provider in listed for record in _records(provider)]


def _records(provider: Any) -> Iterator[SourceRecord]:
    models = provider.get("models") if isinstance(provider, dict) else None
    if not isinstance(models, list):
        yield left_out(SOURCE, _name(provider, {}), UNFORESEEN)
        return
    for model in models:
        yield from _places(row_of(SOURCE, _name(provider, model), _record, provider, model), model)


def _name(provider: Any, model: Any) -> str:
    return "/".join(str(part.get("id", "")) for part in (provider, model) if isinstance(part, dict))


def _places(record: SourceRecord, model: dict[str, Any]) -> Iterator[SourceRecord]:
    """A Bedrock row `regional.…` prices several geographies at once: those its match rules name."""
    if not record.model.startswith("regional."):
        yield record
        return
    base = record.model.removeprefix("regional.")
    patterns = list(_matched(model.get("match") or {}))
    places = sorted({m[1] for text in patterns if (m := re.match(r"(us|eu|jp|au|in|ca|apac)\.", text))})
    in_region = any(re.match(rf"{re.escape(base.partition('.')[0])}\.", text) for text in patterns)
    names = [f"{place}.{base}" for place in places] + ([base] if in_region or not places else [])
    for i, name in enumerate(names):
        yield with_changes(record, model=name, rows=int(i == 0))


def _matched(clause: Any) -> Iterator[str]:
    """Every text that a match rule compares with, however its clauses are nested."""
    if isinstance(clause, dict):
        for value in clause.values():
            yield from _matched(value)
    elif isinstance(clause, list):
        for value in clause:
            yield from _matched(value)
    elif isinstance(clause, str):
        yield clause


def _from_module(raw: bytes) -> list[Any]:
    try:
        module = ast.parse(raw)
    except SyntaxError as error:
        raise SourceShapeError(f"{SOURCE}: data.py is not Python: {error}") from error
    for node in module.body:
        if (
            isinstance(node, ast.AnnAssign)
            and isinstance(node.target, ast.Name)
            and node.target.id == "providers"
            and node.value is not None
        ):
            providers: list[Any] = expect(_literal(node.value), list, SOURCE, "providers")
            return providers
    raise SourceShapeError(f"{SOURCE}: data.py assigns no `providers`")


def _literal(node: ast.expr) -> Any:
    """A constructor call as a dict of its keywords, with its name; other nodes as their values."""
    match node:
        case ast.Constant(value=value):
            return value
        case ast.List(elts=items):
            return [_literal(item) for item in items]
        case ast.Dict(keys=keys, values=values):
            return {_literal(k): _literal(v) for k, v in zip(keys, values, strict=True) if k is not None}
        case ast.Call(func=ast.Name(id="Decimal"), args=[ast.Constant(value=text)]):
            return Decimal(str(text))
        case ast.Call(func=ast.Attribute(attr="date"), args=[year, month, dom]):
            return date(_literal(year), _literal(month), _literal(dom)).isoformat()
        case ast.Call(func=ast.Attribute(attr="time"), args=[hour, *rest]):
            minute = _literal(rest[0]) if rest else 0
            return f"{_literal(hour):02}:{minute:02}"
        case ast.Call(func=ast.Name(), keywords=keywords):
            return {word.arg: _literal(word.value) for word in keywords if word.arg}
    raise SourceShapeError(
        f"{SOURCE}: data.py line {node.lineno} holds a {type(node).__name__}, which a price list "
        "does not need; adapt generator/sources/catalogs/genai_prices.py"
    )


def _record(provider: dict[str, Any], model: dict[str, Any]) -> SourceRecord:
    name = expect(model.get("id"), str, SOURCE, f"{provider.get('id')}: a model's id")
    claims = list(_claims(model))
    if not claims:
        return left_out(SOURCE, f"{provider['id']}/{name}", "neither a price nor a limit")
    return SourceRecord(
        source=SOURCE,
        id=f"{provider['id']}/{name}",
        provider=str(provider["id"]),
        model=name,
        claims=unique(claims),
        model_claims=tuple(_model_claims(model)),
        history=tuple(_history(model)),
        link=(provider.get("pricing_urls") or [""])[0],
        unread=tuple(
            sorted(
                {
                    key
                    for price, _ in _price_lists(model)
                    for key in price
                    if key not in KEYS and price[key] is not None
                }
            )
        ),
    )


def _model_claims(model: dict[str, Any]) -> Iterator[FieldClaim]:
    if isinstance(model.get("name"), str):
        yield FieldClaim(field="name", value=model["name"])


def _claims(model: dict[str, Any]) -> Iterator[FieldClaim]:
    if isinstance(model.get("context_window"), int):
        yield FieldClaim(field="context_tokens", value=model["context_window"])
    if model.get("deprecated"):
        yield FieldClaim(field="status", value="deprecated")
    for prices, since, until, window in _dated(_price_lists(model)):
        for rate, usd in _rates(prices):
            yield price_claim(replace(rate, window=window), usd, since, until)
    for mode, lists in _mode_lists(model).items():
        for prices, since, until, _ in _dated(lists):
            for rate, usd in _rates(prices):
                yield price_claim(replace(rate, mode=mode), usd, since, until)


def _mode_lists(model: dict[str, Any]) -> dict[Mode, list[tuple[dict[str, Any], dict[str, Any]]]]:
    """The price lists of each mode but the standard one, with their constraints."""
    lists: dict[Mode, list[tuple[dict[str, Any], dict[str, Any]]]] = {}
    for variant in model.get("price_variants") or ():
        mode = next((MODES[w] for w in variant["when"].items() if w in MODES), Mode.STANDARD)
        if mode != Mode.STANDARD:
            lists.setdefault(mode, []).append((variant["prices"], variant.get("constraint") or {}))
    return lists


def _price_lists(model: dict[str, Any]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """The model's price lists with their constraints (start date or hours), the unconstrained first."""
    prices = model.get("prices") or {}
    if isinstance(prices, dict):
        return [(prices, {})]
    return [(entry["prices"], entry.get("constraint") or {}) for entry in prices]


def _dated(
    lists: list[tuple[dict[str, Any], dict[str, Any]]],
) -> Iterator[tuple[dict[str, Any], date | None, date | None, str]]:
    """The lists with the days they hold from and until, and those that hold at some hours with the hours.

    Some start in the future: which holds today is not for an adapter to say.
    """
    dated = [(_start(c), prices) for prices, c in lists if not _window(c)]
    dated.sort(key=lambda entry: entry[0] or date.min)
    for i, (since, prices) in enumerate(dated):
        yield prices, since, dated[i + 1][0] if i + 1 < len(dated) else None, ""
    for prices, constraint in lists:
        if window := _window(constraint):
            yield prices, None, None, window


def _start(constraint: dict[str, Any]) -> date | None:
    return day(str(constraint.get("start_date", "")))


def _window(constraint: dict[str, Any]) -> str:
    start, end = constraint.get("start_time"), constraint.get("end_time")
    return f"{str(start)[:5]}-{str(end)[:5]}" if start and end else ""


def _rates(prices: dict[str, Any]) -> Iterator[tuple[Rate, Decimal]]:
    lifetimes = prices.get("cache_write_1h_mtok") is not None
    for key, value in prices.items():
        if key not in KEYS or value is None:
            continue
        meter, unit, grade, factor = KEYS[key]
        if meter == Meter.CACHE_WRITE and lifetimes:
            meter = Meter.CACHE_WRITE_5M
        if isinstance(value, dict):
            yield Rate(meter=meter, unit=unit, grade=grade), _number(value["base"]) * factor
            for tier in value.get("tiers") or ():
                above = int(tier["start"])
                rate = Rate(meter=meter, unit=unit, grade=grade, above_tokens=above)
                yield rate, _number(tier["price"]) * factor
        else:
            yield Rate(meter=meter, unit=unit, grade=grade), _number(value) * factor


def _number(value: Any) -> Decimal:
    try:
        return Decimal(str(value))
    except InvalidOperation as error:
        raise SourceShapeError(f"{SOURCE}: {value!r} is no price") from error


def _history(model: dict[str, Any]) -> Iterator[PriceSpan]:
    """The dated lists: the usual prices', and those of each mode that has several."""
    yield from _standard_history(model)
    for mode, lists in _mode_lists(model).items():
        dated = list(_dated(lists))
        for prices, since, _, window in dated if len(dated) > 1 else ():
            if not window:
                usd = {rate.field.removeprefix("price."): usd for rate, usd in _rates(prices)}
                yield PriceSpan(record=SOURCE, start=since, mode=mode, usd=usd, basis="documented")


def _standard_history(model: dict[str, Any]) -> Iterator[PriceSpan]:
    lists = _price_lists(model)
    dated = sorted((entry for entry in lists if not _window(entry[1])), key=lambda e: str(_start(e[1]) or ""))
    if len(dated) < 2:
        return
    # Lists that hold at some hours have no dates: they go with the newest of the others.
    timed = [
        price_claim(replace(rate, window=window), usd)
        for prices, constraint in lists
        if (window := _window(constraint))
        for rate, usd in _rates(prices)
    ]
    for prices, constraint in dated:
        claims = [price_claim(rate, usd) for rate, usd in _rates(prices)]
        held = by_hour([*claims, *timed]) if prices is dated[-1][0] else claims
        usd = {
            claim.field.removeprefix("price."): Decimal(str(claim.value))
            for claim in held
            if claim.field.startswith("price.")
        }
        yield PriceSpan(
            record=SOURCE, start=_start(constraint), mode=Mode.STANDARD, usd=usd, basis="documented"
        )
