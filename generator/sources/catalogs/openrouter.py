"""OpenRouter's public model list: what one gateway passes on, at which price, with which parameters.

Live only: no package carries it. Prices are strings in USD per token (`request`, `image` and `web_search`
per piece); a price of -1 means that it depends on where the request goes. `overrides` hold what else a price
is: above a size of the prompt, or between two hours.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from generator.errors import SourceShapeError
from generator.sources.records import (
    FieldClaim,
    SourceRecord,
    day,
    expect,
    left_out,
    price_claim,
    read_json,
    row_of,
    support_claim,
    unique,
)
from playground.catalog import Capability, Effort, Kind
from playground.catalog.prices import Meter, Rate, Unit

SOURCE = "openrouter"
MILLION = Decimal(1_000_000)

PRICES: dict[str, tuple[Meter, Unit, Decimal]] = {
    "prompt": (Meter.INPUT, Unit.MTOK, MILLION),
    "completion": (Meter.OUTPUT, Unit.MTOK, MILLION),
    "internal_reasoning": (Meter.REASONING, Unit.MTOK, MILLION),
    "input_cache_read": (Meter.CACHE_READ, Unit.MTOK, MILLION),
    "input_cache_write": (Meter.CACHE_WRITE, Unit.MTOK, MILLION),
    "input_cache_write_1h": (Meter.CACHE_WRITE_1H, Unit.MTOK, MILLION),
    "audio": (Meter.INPUT_AUDIO, Unit.MTOK, MILLION),
    "audio_output": (Meter.OUTPUT_AUDIO, Unit.MTOK, MILLION),
    "input_audio_cache": (Meter.CACHE_READ_AUDIO, Unit.MTOK, MILLION),
    "image_token": (Meter.INPUT_IMAGE, Unit.MTOK, MILLION),
    "image_output": (Meter.OUTPUT, Unit.IMAGE, Decimal(1)),
    "request": (Meter.REQUEST, Unit.REQUEST, Decimal(1)),
    "image": (Meter.INPUT, Unit.IMAGE, Decimal(1)),
    "web_search": (Meter.WEB_SEARCH, Unit.REQUEST, Decimal(1)),
}
#: Nobody draws an image for less: what is said to be the price of one is that of a token of it.
LEAST_IMAGE = Decimal("0.001")
#: An entry of `overrides` may begin at a size of the prompt, or hold between two hours of the day.
SIZE, HOURS = "min_prompt_tokens", ("utc_start", "utc_end")
INPUTS = {
    "image": Capability.VISION,
    "file": Capability.PDF,
    "audio": Capability.AUDIO_IN,
    "video": Capability.VIDEO_IN,
}
OUTPUTS = {"image": Capability.IMAGE_OUT, "audio": Capability.AUDIO_OUT}
PARAMETERS = {
    "tools": Capability.TOOL_CALLS,
    "parallel_tool_calls": Capability.PARALLEL_TOOL_CALLS,
    "structured_outputs": Capability.STRUCTURED_OUTPUT,
    "reasoning": Capability.REASONING,
    "web_search_options": Capability.WEB_SEARCH,
}


def parse(raw: bytes) -> list[SourceRecord]:
    """Every model of the list, as a record or as a row left out."""
    top = expect(read_json(raw, SOURCE), dict, SOURCE, "the file")
    return [
        row_of(SOURCE, f"data[{i}]", _record, row)
        for i, row in enumerate(expect(top.get("data"), list, SOURCE, "data"))
    ]


def _record(row: dict[str, Any]) -> SourceRecord:
    name = expect(row.get("id"), str, SOURCE, "a model's id")
    pricing = row.get("pricing") or {}
    if str(pricing.get("prompt", "")).startswith("-"):
        return left_out(SOURCE, name, "its price depends on where the request goes")
    return SourceRecord(
        source=SOURCE,
        id=name,
        provider="openrouter",
        model=name,
        claims=unique(_claims(row, pricing)),
        model_claims=tuple(_model_claims(row)),
        unread=tuple(sorted(_unread(pricing))),
    )


def _model_claims(row: dict[str, Any]) -> Iterator[FieldClaim]:
    if isinstance(row.get("name"), str):
        # Its names open with the lab's: "OpenAI: GPT-5".
        yield FieldClaim(field="name", value=row["name"].partition(": ")[2] or row["name"])


def _claims(row: dict[str, Any], pricing: dict[str, Any]) -> Iterator[FieldClaim]:
    for rate, usd in _rates(pricing, pricing, str(row.get("id"))):
        yield price_claim(rate, usd)
    for entry in _overrides(pricing):
        above, window = int(entry.get(SIZE) or 0), _window(entry)
        for rate, usd in _rates(entry, pricing, str(row.get("id"))):
            yield price_claim(replace(rate, above_tokens=above, window=window), usd)
    architecture = row.get("architecture") or {}
    outputs = architecture.get("output_modalities") or []
    yield FieldClaim(field="kind", value=_kind(outputs))
    for table, modalities in ((INPUTS, architecture.get("input_modalities")), (OUTPUTS, outputs)):
        if modalities:
            for word, capability in table.items():
                yield support_claim(capability, word in modalities)
    parameters = row.get("supported_parameters")
    if isinstance(parameters, list):
        for word, capability in PARAMETERS.items():
            yield support_claim(capability, word in parameters)
        accepts = "yes" if "temperature" in parameters else "no"
        yield FieldClaim(field="accepts.temperature", value=accepts)
    efforts = (row.get("reasoning") or {}).get("supported_efforts")
    if isinstance(efforts, list):
        for effort in Effort:
            yield support_claim(effort, effort in efforts)
    top = row.get("top_provider") or {}
    context = row.get("context_length") or top.get("context_length")
    if isinstance(context, int):
        yield FieldClaim(field="context_tokens", value=context)
    if isinstance(top.get("max_completion_tokens"), int):
        yield FieldClaim(field="max_output_tokens", value=top["max_completion_tokens"])
    if isinstance(row.get("created"), int):
        created = datetime.fromtimestamp(row["created"], UTC).date()
        yield FieldClaim(field="listed", value=str(created))
    expires = row.get("expiration_date")
    if isinstance(expires, str) and day(expires):
        yield FieldClaim(field="retires", value=expires[:10])


def _rates(prices: Mapping[str, Any], row: Mapping[str, Any], where: str) -> Iterator[tuple[Rate, Decimal]]:
    """The rates of a price list of the row, its own or one of its overrides."""
    for key, value in prices.items():
        if key not in PRICES or value is None:
            continue
        meter, unit, factor = PRICES[key]
        usd = _number(value, where)
        # OpenRouter writes 0 for what it does not meter apart; only the two main prices can be 0.
        if not usd and key not in ("prompt", "completion"):
            continue
        if key == "image" and usd == _number(row.get("prompt") or 0, where):
            meter, unit, factor = Meter.INPUT_IMAGE, Unit.MTOK, MILLION
        elif key == "image_output" and usd < LEAST_IMAGE:
            meter, unit, factor = Meter.OUTPUT_IMAGE, Unit.MTOK, MILLION
        elif key == "input_cache_write" and row.get("input_cache_write_1h"):
            meter = Meter.CACHE_WRITE_5M
        yield Rate(meter=meter, unit=unit), usd * factor


def _overrides(pricing: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The entries with one condition: a size of the prompt that is exceeded, or two hours."""
    entries = pricing.get("overrides")
    for entry in entries if isinstance(entries, list) else ():
        if isinstance(entry, dict) and bool(entry.get(SIZE)) != bool(_window(entry)):
            yield entry


def _window(entry: Mapping[str, Any]) -> str:
    """The hours of an entry as `01:00-10:30`, of clock numbers (100, 1030); empty where it has none."""
    hours = [entry.get(key) for key in HOURS]
    if not all(isinstance(h, int | Decimal) and h == int(h) for h in hours):
        return ""
    return "-".join(f"{int(h) // 100:02}:{int(h) % 100:02}" for h in hours if h is not None)


def _unread(pricing: Mapping[str, Any]) -> Iterator[str]:
    """The keys of a price list that no rule here reads, or not whole."""
    for key, value in pricing.items():
        known = key in PRICES or (key == "overrides" and len(list(_overrides(pricing))) == len(value or ()))
        if value and not known:
            yield key


def _kind(outputs: list[str]) -> Kind:
    if "text" in outputs or not outputs:
        return Kind.CHAT
    if "embeddings" in outputs:
        return Kind.EMBEDDING
    return Kind.IMAGE if "image" in outputs else Kind.OTHER


def _number(value: Any, where: str) -> Decimal:
    try:
        return Decimal(str(value))
    except InvalidOperation as error:
        raise SourceShapeError(f"{SOURCE}: {where}: the price {value!r} is no number") from error
