"""The CSV files that OpenAI's and Anthropic's consoles give."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from decimal import Decimal

from playground.pricing.usage_export.counted import KNOWN_EXPORTS, Counted, UsageError, count_in, with_sound

#: A CSV's columns by what they hold, in the order of the exports that name them so.
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "input": ("input_tokens", "n_context_tokens_total", "prompt_tokens"),
    "uncached": ("usage_input_tokens_no_cache", "uncached_input_tokens"),
    "cached": (
        *("input_cached_tokens", "n_cached_context_tokens_total"),
        *("usage_input_tokens_cache_read", "cache_read_input_tokens"),
    ),
    "written": ("usage_input_tokens_cache_write_5m", "cache_creation_5m_input_tokens"),
    "written_1h": ("usage_input_tokens_cache_write_1h", "cache_creation_1h_input_tokens"),
    "output": ("output_tokens", "n_generated_tokens_total", "usage_output_tokens", "completion_tokens"),
    "audio_in": ("input_audio_tokens",),
    "audio_out": ("output_audio_tokens",),
    "requests": ("num_model_requests", "n_requests", "num_requests"),
    "batch": ("batch", "service_tier", "usage_type"),
    "start": ("start_time_iso", "start_time", "usage_date_utc", "date", "timestamp", "starttime"),
    "end": ("end_time_iso", "end_time", "endtime"),
    "model": ("model", "model_version", "snapshot_id"),
}
_COUNTS = (
    *("input", "uncached", "cached", "written", "written_1h", "audio_in"),
    *("output", "audio_out", "requests"),
)
#: What a CSV writes of a row that ran in batch.
_BATCHED = frozenset({"true", "1", "yes", "batch"})


def csv_usage(text: str) -> Counted:
    """The rows of a CSV counted. Raises UsageError where it is none, or none of a usage export."""
    # Without a translation of line ends, csv refuses those of old Macs.
    try:
        rows = list(csv.DictReader(io.StringIO(text, newline=None)))
    except csv.Error as error:
        raise UsageError(f"This is no CSV that can be read: {error}. {KNOWN_EXPORTS}") from error
    names = {(n or "").strip().lower(): n for n in (rows[0] if rows else {})}

    def column(kind: str) -> str | None:
        return next((names[n] for n in _COLUMNS[kind] if n in names), None)

    if not rows or not (column("input") or column("uncached")) or not column("output"):
        first = text.splitlines()[0][:120]
        raise UsageError(f"This is no usage export known here (it begins {first!r}). {KNOWN_EXPORTS}")
    own = column("uncached") is not None
    counted = Counted("Anthropic's usage CSV" if own else "OpenAI's usage CSV")
    for row in rows:
        counts = {kind: count_in(row, name) if (name := column(kind)) else Decimal(0) for kind in _COUNTS}
        whole = with_sound(counts["input"], counts["audio_in"])
        if own:
            whole = counts["uncached"] + counts["cached"] + counts["written"] + counts["written_1h"]
        waits = str(row.get(column("batch") or "") or "").strip().lower()
        counted.add(
            {
                "model": row.get(column("model") or "", ""),
                "start_time": row.get(column("start") or ""),
                "end_time": row.get(column("end") or ""),
            },
            input=whole,
            cached=counts["cached"],
            written=counts["written"],
            written_1h=counts["written_1h"],
            audio_in=counts["audio_in"],
            output=with_sound(counts["output"], counts["audio_out"]),
            audio_out=counts["audio_out"],
            requests=counts["requests"],
            in_batch=waits in _BATCHED,
        )
    return counted
