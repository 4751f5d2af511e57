"""LiteLLM's price map: one flat JSON object, a row per name a caller may pass to LiteLLM.

The widest of the sources. Prices are USD per token and their modifiers are spelled out in the key
(`cache_creation_input_token_cost_above_1hr_above_272k_tokens_flex`), so keys are read as a small
language (`litellm_prices`); a key that no rule describes is named in the record, never lost in silence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

from generator.sources.catalogs.litellm_keys import (
    CAPABILITIES,
    EFFORT_KEY,
    IGNORED,
    INPUT_MODALITIES,
    INTEGERS,
    NOTE_KEY,
    OUTPUT_MODALITIES,
    UPLIFT_KEY,
)
from generator.sources.catalogs.litellm_prices import STEMS, in_dollars, rate_of_key
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

SOURCE = "litellm"

KINDS = {
    "chat": Kind.CHAT,
    "responses": Kind.CHAT,
    "completion": Kind.COMPLETION,
    "embedding": Kind.EMBEDDING,
    "rerank": Kind.RERANK,
    "image_generation": Kind.IMAGE,
    "image_edit": Kind.IMAGE,
    "video_generation": Kind.VIDEO,
    "audio_speech": Kind.SPEECH,
    "audio_transcription": Kind.TRANSCRIPTION,
    "ocr": Kind.OCR,
    "realtime": Kind.REALTIME,
    "moderation": Kind.MODERATION,
    "evaluation": Kind.OTHER,
    "decisions": Kind.OTHER,
    "extraction": Kind.OCR,
}
NOT_MODELS = {
    "search": "a search tool, not a model",
    "guardrail": "a guardrail, not a model",
    "vector_store": "a vector store, not a model",
}
#: Rows that price a size class or document the format, by name.
NOT_ROWS = {
    "sample_spec": "documentation of the format",
    "fallback_generalizations": "LiteLLM's routing rules",
}
SIZE_CLASS = re.compile(
    r"(together-ai|fireworks-ai)-(?!.*/)(.*\d+(\.\d+)?[bm](-|$).*|default|moe.*|above.*|up-to.*)"
)

SEARCH_PRICE = "search_context_cost_per_query"
#: Rows at Bedrock that repeat the lab's own price of web search, which is not sold there: "Web search is not
#: available on Amazon Bedrock" (Anthropic's page of the tool, 29 November 2026). Claude Platform on AWS
#: has it.
NO_SEARCH = re.compile(r".*\banthropic\.claude-.*")

#: What Bedrock's ids have around the model's name.
_BEFORE_MODEL = re.compile(r"(?:[a-z][a-z0-9-]*\.){1,2}(?=[a-z])")
_BEDROCK_VERSION = re.compile(r"-v\d+(:\d+)?$")
_GRADE = re.compile(r"low|medium|high|xhigh|max|standard|hd|\d+-x-\d+|max-x-max|\d+-steps|max-steps")


def parse(raw: bytes) -> list[SourceRecord]:
    """Every row of the price map, as a record or as a row left out."""
    rows = expect(read_json(raw, SOURCE), dict, SOURCE, "the file")
    return [row_of(SOURCE, name, _record, name, row) for name, row in rows.items()]


def _record(name: str, row: dict[str, Any]) -> SourceRecord:
    mode = row.get("mode")
    if name in NOT_ROWS:
        return left_out(SOURCE, name, NOT_ROWS[name])
    if SIZE_CLASS.fullmatch(name):
        return left_out(SOURCE, name, "the price of a size class, not a model")
    if mode in NOT_MODELS:
        return left_out(SOURCE, name, NOT_MODELS[mode])
    provider = row.get("litellm_provider")
    if not isinstance(provider, str):
        return left_out(SOURCE, name, "names no provider")
    grade, model = _split_grade(name)
    if provider.startswith("bedrock") and NO_SEARCH.fullmatch(name):
        row = {key: value for key, value in row.items() if key != SEARCH_PRICE}
    claims = list(_claims(row, grade))
    return SourceRecord(
        source=SOURCE,
        id=name,
        provider=provider,
        model=model,
        claims=unique(claims),
        link=row.get("source", ""),
        unread=tuple(sorted(key for key, value in row.items() if not _is_read(key, value))),
    )


def _is_read(key: str, value: Any) -> bool:
    """Whether a rule here reads the key with such a value, or says why it is not needed.

    A price or a yes in quotes is none: who takes `"false"` for what it is not would say yes.
    """
    if key in IGNORED or key in _SPECIAL or UPLIFT_KEY.fullmatch(key):
        return True
    if key in CAPABILITIES or EFFORT_KEY.fullmatch(key):
        return value is None or isinstance(value, bool)
    if key in INTEGERS or rate_of_key(key, lifetimes=False):
        return value is None or isinstance(value, int | Decimal)
    return NOTE_KEY.search(key) is not None


def _split_grade(name: str) -> tuple[str, str]:
    """`azure/high/1024-x-1536/gpt-image-1` → the grade `high 1024x1536` and the name without it."""
    parts = name.split("/")
    grades = [p for p in parts[:-1] if _GRADE.fullmatch(p)]
    rest = [p for p in parts if p not in grades]
    return " ".join(g.replace("-x-", "x") for g in grades), "/".join(rest)


def _claims(row: dict[str, Any], grade: str) -> Iterator[FieldClaim]:
    yield FieldClaim(field="kind", value=KINDS.get(row.get("mode", ""), Kind.OTHER))
    lifetimes = any("_above_1hr" in key for key in row)
    by_dbu = row.get("litellm_provider") == "databricks"
    # A row of what makes images that prices nothing else that comes out means these by its "input".
    sold = any(key.startswith("output_cost") and value for key, value in row.items())
    made = KINDS.get(row.get("mode", "")) is Kind.IMAGE and not sold
    for key, value in row.items():
        rate = rate_of_key(key, lifetimes)
        if rate is not None:
            priced, factor = rate
            if isinstance(value, int | Decimal) and not isinstance(value, bool):
                if made and (priced.meter, priced.unit) == (Meter.INPUT, Unit.IMAGE):
                    priced = replace(priced, meter=Meter.OUTPUT)
                if grade:
                    priced = replace(priced, grade=f"{grade} {priced.grade}".strip())
                usd = Decimal(value) * factor
                yield price_claim(priced, in_dollars(usd) if by_dbu else usd)
        elif key in CAPABILITIES:
            if isinstance(value, bool):
                yield support_claim(CAPABILITIES[key], value)
        elif key in INTEGERS:
            if isinstance(value, int | Decimal):
                yield FieldClaim(field=INTEGERS[key], value=int(value))
        elif effort := EFFORT_KEY.fullmatch(key):
            if isinstance(value, bool):
                yield support_claim(Effort(effort[1]), value)
        elif uplift := UPLIFT_KEY.fullmatch(key):
            yield FieldClaim(field=f"uplift.{uplift['zone'] or 'regional'}", value=Decimal(value))
        elif special := _SPECIAL.get(key):
            yield from special(value)


def _modalities(table: dict[str, Capability], value: Any) -> Iterator[FieldClaim]:
    for word, capability in table.items():
        yield support_claim(capability, word in value)


def _efforts(value: list[str]) -> Iterator[FieldClaim]:
    for effort in Effort:
        yield support_claim(effort, effort in value)


def _retires(value: Any) -> Iterator[FieldClaim]:
    # The day calls stop working, or before which they do not: ledger/not_before.py tells one from the other.
    if isinstance(value, str) and day(value):
        yield FieldClaim(field="retires", value=value)


def _replaced_by(value: Any) -> Iterator[FieldClaim]:
    # It is the name of a row: `apac.anthropic.claude-sonnet-5`, `azure/eu/gpt-5.1`.
    if isinstance(value, str):
        name = _BEFORE_MODEL.sub("", value.rpartition("/")[2])
        yield FieldClaim(field="replaced_by", value=_BEDROCK_VERSION.sub("", name))


def _regions(value: list[str]) -> Iterator[FieldClaim]:
    yield FieldClaim(field="regions", value=tuple(sorted(value)))


def _search(value: dict[str, Decimal]) -> Iterator[FieldClaim]:
    sizes = {k.removeprefix("search_context_size_"): Decimal(v) for k, v in value.items()}
    flat = len(set(sizes.values())) == 1
    for size, usd in sizes.items():
        grade = "" if flat else size
        yield price_claim(Rate(meter=Meter.WEB_SEARCH, unit=Unit.REQUEST, grade=grade), usd)


def _tiers(value: list[dict[str, Any]]) -> Iterator[FieldClaim]:
    for tier in value:
        above = int(tier["range"][0]) if "range" in tier else 0
        for key, usd in tier.items():
            stem = STEMS.get(key)
            if stem and isinstance(usd, int | Decimal):
                rate = Rate(meter=stem[0], unit=stem[1], above_tokens=above)
                yield price_claim(rate, Decimal(usd) * stem[2])


DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
#: Some rows name the days, others number them from Monday.
WEEKDAYS = {day.lower(): i for i, day in enumerate(DAYS, 1)}


def _off_peak(value: dict[str, Any]) -> Iterator[FieldClaim]:
    spans = []
    for window in value.get("windows", ()):
        hours = window["hours_utc"]
        days = sorted(
            d if isinstance(d, int) else WEEKDAYS[d[:2].lower()] for d in window.get("weekdays", range(1, 8))
        )
        named = f"{DAYS[days[0] - 1]}-{DAYS[days[-1] - 1]} " if len(days) < 7 else ""
        times = [hours] if isinstance(hours, str) else hours
        spans.append(named + ",".join(re.sub(r"-00:00$", "-24:00", t) for t in times))
    if spans:
        yield FieldClaim(field="window.off-peak", value="; ".join(spans))
    for key, usd in value.items():
        if key in STEMS:
            meter, unit, factor = STEMS[key]
            yield price_claim(Rate(meter=meter, unit=unit, window="off-peak"), Decimal(usd) * factor)


def _multipliers(value: dict[str, Any]) -> Iterator[FieldClaim]:
    # Of all that stands here, "us" is by how much a request costs more that stays in the United States.
    if isinstance(value.get("us"), int | Decimal):
        yield FieldClaim(field="uplift.us", value=Decimal(value["us"]))


_SPECIAL: dict[str, Callable[[Any], Iterator[FieldClaim]]] = {
    "supported_modalities": lambda v: _modalities(INPUT_MODALITIES, v),
    "supported_output_modalities": lambda v: _modalities(OUTPUT_MODALITIES, v),
    "reasoning_effort_levels": _efforts,
    "deprecation_date": _retires,
    "successor_model": _replaced_by,
    "supported_regions": _regions,
    SEARCH_PRICE: _search,
    "tiered_pricing": _tiers,
    "off_peak_pricing": _off_peak,
    "provider_specific_entry": _multipliers,
    "supports_sampling_params": lambda v: iter(
        [FieldClaim(field="accepts.temperature", value="yes" if v else "no")]
    ),
}
