"""LiteLLM's price map: one flat JSON object, a row per name a caller may pass to LiteLLM.

The widest of the sources. Prices are USD per token and their modifiers are spelled out in the key
(`cache_creation_input_token_cost_above_1hr_above_272k_tokens_flex`), so keys are read as a small
language; a key that no rule here describes is named in the record, never lost in silence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

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
from playground.catalog.prices import Meter, Mode, Rate, Unit

SOURCE = "litellm"
MILLION = Decimal(1_000_000)

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

#: A key's stem → meter, unit, factor from the key's unit to the field's.
STEMS: dict[str, tuple[Meter, Unit, Decimal]] = {
    "input_cost_per_token": (Meter.INPUT, Unit.MTOK, MILLION),
    "output_cost_per_token": (Meter.OUTPUT, Unit.MTOK, MILLION),
    "output_cost_per_reasoning_token": (Meter.REASONING, Unit.MTOK, MILLION),
    "cache_read_input_token_cost": (Meter.CACHE_READ, Unit.MTOK, MILLION),
    "input_cost_per_token_cache_hit": (Meter.CACHE_READ, Unit.MTOK, MILLION),
    "cache_creation_input_token_cost": (Meter.CACHE_WRITE, Unit.MTOK, MILLION),
    "cache_creation_input_token_cost_above_1hr": (Meter.CACHE_WRITE_1H, Unit.MTOK, MILLION),
    "cache_creation_input_token_cost_above_12hr": (Meter.CACHE_WRITE_LONG, Unit.MTOK, MILLION),
    "input_cost_per_audio_token": (Meter.INPUT_AUDIO, Unit.MTOK, MILLION),
    "output_cost_per_audio_token": (Meter.OUTPUT_AUDIO, Unit.MTOK, MILLION),
    "cache_read_input_audio_token_cost": (Meter.CACHE_READ_AUDIO, Unit.MTOK, MILLION),
    "cache_creation_input_audio_token_cost": (Meter.CACHE_WRITE_AUDIO, Unit.MTOK, MILLION),
    "input_cost_per_image_token": (Meter.INPUT_IMAGE, Unit.MTOK, MILLION),
    "output_cost_per_image_token": (Meter.OUTPUT_IMAGE, Unit.MTOK, MILLION),
    "cache_read_input_image_token_cost": (Meter.CACHE_READ_IMAGE, Unit.MTOK, MILLION),
    "input_cost_per_video_token": (Meter.INPUT_VIDEO, Unit.MTOK, MILLION),
    "output_cost_per_video_token": (Meter.OUTPUT_VIDEO, Unit.MTOK, MILLION),
    "citation_cost_per_token": (Meter.CITATION, Unit.MTOK, MILLION),
    "input_cost_per_image": (Meter.INPUT, Unit.IMAGE, Decimal(1)),
    "output_cost_per_image": (Meter.OUTPUT, Unit.IMAGE, Decimal(1)),
    "input_cost_per_pixel": (Meter.INPUT, Unit.PIXEL, Decimal(1)),
    "output_cost_per_pixel": (Meter.OUTPUT, Unit.PIXEL, Decimal(1)),
    "input_cost_per_character": (Meter.INPUT, Unit.CHARACTER, Decimal(1)),
    "output_cost_per_character": (Meter.OUTPUT, Unit.CHARACTER, Decimal(1)),
    "input_cost_per_second": (Meter.INPUT, Unit.SECOND, Decimal(1)),
    "output_cost_per_second": (Meter.OUTPUT, Unit.SECOND, Decimal(1)),
    "input_cost_per_audio_per_second": (Meter.INPUT_AUDIO, Unit.SECOND, Decimal(1)),
    "input_cost_per_video_per_second": (Meter.INPUT_VIDEO, Unit.SECOND, Decimal(1)),
    "output_cost_per_video_per_second": (Meter.OUTPUT_VIDEO, Unit.SECOND, Decimal(1)),
    "cost_per_second": (Meter.REQUEST, Unit.SECOND, Decimal(1)),
    "input_cost_per_query": (Meter.REQUEST, Unit.REQUEST, Decimal(1)),
    "input_cost_per_request": (Meter.REQUEST, Unit.REQUEST, Decimal(1)),
    "input_cost_per_text_message": (Meter.REQUEST, Unit.REQUEST, Decimal(1)),
    "ocr_cost_per_page": (Meter.INPUT, Unit.PAGE, Decimal(1)),
    "ocr_cost_per_credit": (Meter.INPUT, Unit.CREDIT, Decimal(1)),
    "google_maps_grounding_cost_per_query": (Meter.GROUNDING, Unit.REQUEST, Decimal(1)),
    "code_interpreter_cost_per_session": (Meter.CODE_INTERPRETER, Unit.SESSION, Decimal(1)),
    "file_search_cost_per_1k_calls": (Meter.FILE_SEARCH, Unit.THOUSAND, Decimal(1)),
}
#: Stems whose rate carries a grade of its own.
GRADED_STEMS: dict[str, tuple[Meter, Unit, str]] = {
    "annotation_cost_per_page": (Meter.INPUT, Unit.PAGE, "annotated"),
    "explicit_cache_read_input_token_cost": (Meter.CACHE_READ, Unit.MTOK, "explicit"),
}
MODES = {
    "batches": Mode.BATCH,
    "flex": Mode.FLEX,
    "priority": Mode.PRIORITY,
    "ultrafast": Mode.ULTRAFAST,
    "balanced": Mode.BALANCED,
    "decisions": Mode.DECISIONS,
}
_ABOVE = re.compile(r"_above_(\d+)k_tokens")
_INTERVAL = re.compile(r"_above_(\d+)s_interval$")
_SIZE = re.compile(r"_(\d+(?:\.\d+)?[Kkp]|512|1024|1536)$")

CAPABILITIES = {
    "supports_function_calling": Capability.TOOL_CALLS,
    "supports_parallel_function_calling": Capability.PARALLEL_TOOL_CALLS,
    "supports_response_schema": Capability.STRUCTURED_OUTPUT,
    "supports_reasoning": Capability.REASONING,
    "supports_vision": Capability.VISION,
    "supports_image_input": Capability.VISION,
    "supports_pdf_input": Capability.PDF,
    "supports_audio_input": Capability.AUDIO_IN,
    "supports_audio_output": Capability.AUDIO_OUT,
    "supports_video_input": Capability.VIDEO_IN,
    "supports_prompt_caching": Capability.PROMPT_CACHING,
    "supports_web_search": Capability.WEB_SEARCH,
    "supports_computer_use": Capability.COMPUTER_USE,
    "supports_system_messages": Capability.SYSTEM_MESSAGES,
    "supports_native_streaming": Capability.STREAMING,
}
INPUT_MODALITIES = {
    "image": Capability.VISION,
    "audio": Capability.AUDIO_IN,
    "video": Capability.VIDEO_IN,
}
OUTPUT_MODALITIES = {"image": Capability.IMAGE_OUT, "audio": Capability.AUDIO_OUT}
EFFORT_KEY = re.compile(r"supports_(none|minimal|low|xhigh|max)_reasoning_effort")
UPLIFT_KEY = re.compile(r"regional_(?:processing|endpoint)_uplift_multiplier(?:_(?P<zone>[a-z]+))?")
INTEGERS = {
    "max_input_tokens": "max_input_tokens",
    "max_output_tokens": "max_output_tokens",
    "rpm": "requests_per_minute",
    "tpm": "tokens_per_minute",
    "output_vector_size": "embedding_dimensions",
    "prompt_cache_min_tokens": "cache_min_tokens",
}
#: Keys that say how LiteLLM itself behaves, or that another key says better.
IGNORED = frozenset(
    {
        "litellm_provider",
        "max_tokens",
        "mode",
        "source",
        "metadata",
        "comment",
        "provider_specific_entry",
        "token_count_model",
        "token_count_framing",
        "token_count_tokenizer",
        "input_dbu_cost_per_token",
        "output_dbu_cost_per_token",
        "supports_tool_choice",
        "supports_assistant_prefill",
        "supports_native_structured_output",
        "supports_adaptive_thinking",
        "supports_output_config",
        "supports_tool_search",
        "supports_mid_conversation_system",
        "supports_parallel_tool_use_config",
        "thinking_always_on",
        "bedrock_converse_supports_strict_tools",
        "bedrock_output_config_effort_ceiling",
        "supports_forced_tool_use",
        "supports_url_context",
        "web_search_billing_unit",
        "search_free_requests",
        "reasoning_contexts",
        "reasoning_modes",
        "supports_bedrock_native_structured_output",
        "default_reasoning_effort",
        "supports_embedding_image_input",
        "supports_legacy_thinking",
        "supports_prompt_cache_breakpoint",
        "supports_anthropic_compaction",
        "use_openai_responses_path",
        "supports_bedrock_converse_tool_result_images",
        "supports_anthropic_thinking_payload",
        "supports_bedrock_runtime_chat_completions_response_format",
        "supports_thinking_cache_preservation",
        "supports_image_size",
        "supports_bedrock_runtime_chat_completions_tools_with_reasoning",
        "supports_bedrock_runtime_chat_completions_inline_reasoning",
        "gemini_native_audio",
        "supports_regex_lookaround",
        "supports_speed",
        "gemini_audio_only_live",
        "uses_embed_content",
        "supports_multimodal",
        "supports_fast_mode",
        "supported_audio_formats",
        "vertex_ai_audio_api",
        "supports_nova_canvas_image_edit",
        "supports_box_questions",
        "audio_transcription_config",
        "guardrail_cost_per_unit",
        "rules",
        "computer_use_input_cost_per_1k_tokens",
        "computer_use_output_cost_per_1k_tokens",
        "file_search_cost_per_gb_per_day",
        "vector_store_cost_per_gb_per_day",
        "supported_endpoints",
    }
)
#: Flags nobody asked for yet, and how much of a medium fits in one prompt.
_NOTE_KEY = re.compile(r"supports_|_config$|_notes?$|max_.+_(per_prompt|length.*|size_mb)$|max_video_length$")

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
    claims = list(_claims(row, grade))
    return SourceRecord(
        source=SOURCE,
        id=name,
        provider=provider,
        model=model,
        claims=unique(claims),
        link=row.get("source", ""),
        unread=tuple(sorted(key for key in row if not _is_read(key))),
    )


def _is_read(key: str) -> bool:
    """Whether a rule here reads the key or says why it is not needed."""
    return bool(
        key in CAPABILITIES
        or key in INTEGERS
        or key in IGNORED
        or key in _SPECIAL
        or EFFORT_KEY.fullmatch(key)
        or UPLIFT_KEY.fullmatch(key)
        or _NOTE_KEY.search(key)
        or _rate(key, lifetimes=False)
    )


def _split_grade(name: str) -> tuple[str, str]:
    """`azure/high/1024-x-1536/gpt-image-1` → the grade `high 1024x1536` and the name without it."""
    parts = name.split("/")
    grades = [p for p in parts[:-1] if _GRADE.fullmatch(p)]
    rest = [p for p in parts if p not in grades]
    return " ".join(g.replace("-x-", "x") for g in grades), "/".join(rest)


def _claims(row: dict[str, Any], grade: str) -> Iterator[FieldClaim]:
    yield FieldClaim(field="kind", value=KINDS.get(row.get("mode", ""), Kind.OTHER))
    lifetimes = any("_above_1hr" in key for key in row)
    for key, value in row.items():
        rate = _rate(key, lifetimes)
        if rate is not None:
            found, factor = rate
            if isinstance(value, int | Decimal) and not isinstance(value, bool):
                graded = grade if not found.grade else f"{grade} {found.grade}".strip()
                yield price_claim(replace(found, grade=graded), Decimal(value) * factor)
        elif key in CAPABILITIES:
            yield support_claim(CAPABILITIES[key], bool(value))
        elif key in INTEGERS:
            if isinstance(value, int | Decimal):
                yield FieldClaim(field=INTEGERS[key], value=int(value))
        elif effort := EFFORT_KEY.fullmatch(key):
            yield support_claim(Effort(effort[1]), bool(value))
        elif uplift := UPLIFT_KEY.fullmatch(key):
            yield FieldClaim(field=f"uplift.{uplift['zone'] or 'regional'}", value=Decimal(value))
        elif special := _SPECIAL.get(key):
            yield from special(value)


def _rate(key: str, lifetimes: bool) -> tuple[Rate, Decimal] | None:
    """The rate a price key stands for, with the factor to its unit; None when it is no price key."""
    stem, above, mode = key, 0, Mode.STANDARD
    for suffix, named in MODES.items():
        if stem.endswith(f"_{suffix}"):
            stem, mode = stem.removesuffix(f"_{suffix}"), named
    if tier := _ABOVE.search(stem):
        stem, above = stem.replace(tier[0], ""), int(tier[1]) * 1000
    if stem in GRADED_STEMS:
        meter, unit, grade = GRADED_STEMS[stem]
        factor = MILLION if unit == Unit.MTOK else Decimal(1)
        return Rate(meter=meter, unit=unit, mode=mode, grade=grade, above_tokens=above), factor
    grade = ""
    if interval := _INTERVAL.search(stem):
        stem, grade = stem[: interval.start()], f"above {interval[1]}s"
    elif stem not in STEMS and (size := _SIZE.search(stem)):
        stem, grade = stem[: size.start()], size[1]
    if stem not in STEMS:
        return None
    meter, unit, factor = STEMS[stem]
    if meter == Meter.CACHE_WRITE and lifetimes:
        # A row that also prices an hour's lifetime means five minutes by its plain write price.
        meter = Meter.CACHE_WRITE_5M
    return Rate(meter=meter, unit=unit, mode=mode, grade=grade, above_tokens=above), factor


def _modalities(table: dict[str, Capability], value: Any) -> Iterator[FieldClaim]:
    for word, capability in table.items():
        yield support_claim(capability, word in value)


def _efforts(value: list[str]) -> Iterator[FieldClaim]:
    for effort in Effort:
        yield support_claim(effort, effort in value)


def _retires(value: Any) -> Iterator[FieldClaim]:
    # LiteLLM's "deprecation_date" is the day calls stop working, as its sources give it.
    if isinstance(value, str) and day(value):
        yield FieldClaim(field="retires", value=value)


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


_SPECIAL: dict[str, Callable[[Any], Iterator[FieldClaim]]] = {
    "supported_modalities": lambda v: _modalities(INPUT_MODALITIES, v),
    "supported_output_modalities": lambda v: _modalities(OUTPUT_MODALITIES, v),
    "reasoning_effort_levels": _efforts,
    "deprecation_date": _retires,
    "supported_regions": _regions,
    "search_context_cost_per_query": _search,
    "tiered_pricing": _tiers,
    "off_peak_pricing": _off_peak,
    "supports_sampling_params": lambda v: iter(
        [FieldClaim(field="accepts.temperature", value="yes" if v else "no")]
    ),
}
