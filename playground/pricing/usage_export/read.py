"""Which export a text is: a CSV, or JSON of one of the known forms."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from playground.json_text import read_json
from playground.pricing.usage_export.anthropic import anthropic_usage
from playground.pricing.usage_export.counted import KNOWN_EXPORTS, Counted, UsageError
from playground.pricing.usage_export.csv_table import csv_usage
from playground.pricing.usage_export.litellm import litellm_usage
from playground.pricing.usage_export.openai import openai_usage

#: The most characters of an export that are read.
LONGEST = 20_000_000


def read_usage(text: str) -> Counted:
    """The export, whichever of the known ones it is. Raises UsageError saying what was seen and is read."""
    if len(text) > LONGEST:
        raise UsageError(
            f"This is {len(text):,} characters long; {LONGEST:,} are read at most. Paste a shorter time."
        )
    text = text.strip().removeprefix("\ufeff")
    if not text:
        raise UsageError("Nothing was pasted.")
    counted = _json_usage(text) if text[0] in "[{" else csv_usage(text)
    if not counted.rows:
        raise UsageError(f"This looks like {counted.format}, but not one row in it counts tokens.")
    return counted


def _json_usage(text: str) -> Counted:
    try:
        export = read_json(text, exact=True)
    except ValueError:  # not JSON as a whole; ValueError too where a number is endless
        try:
            export = [read_json(line, exact=True) for line in text.splitlines() if line.strip()]
        except ValueError as error:
            raise UsageError(f"This begins like JSON and is not: {error}. {KNOWN_EXPORTS}") from error
    rows = list(_rows(export))
    for usage_of in (openai_usage, anthropic_usage, litellm_usage):
        counted = usage_of(rows)
        if counted is not None:
            return counted
    seen = ", ".join(sorted(rows[0])[:8]) if rows else "no rows"
    raise UsageError(f"This is JSON, but no usage export known here (it has {seen}). {KNOWN_EXPORTS}")


def _rows(export: Any, start: Any = None, end: Any = None) -> Iterator[dict[str, Any]]:
    """Every row of an export, out of its pages and buckets; each with the time of its bucket."""
    if isinstance(export, list):
        for page in export:
            yield from _rows(page, start, end)
    elif isinstance(export, dict):
        start = export.get("start_time", export.get("starting_at", start))
        end = export.get("end_time", export.get("ending_at", end))
        inner = [export[k] for k in ("data", "results", "response") if isinstance(export.get(k), list)]
        if inner and "prompt_tokens" not in export:
            for rows in inner:
                yield from _rows(rows, start, end)
        else:
            yield {"start_time": start, "end_time": end, **export}
