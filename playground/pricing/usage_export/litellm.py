"""What LiteLLM's spend log gives: a row for each request."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from playground.json_text import read_json
from playground.pricing.usage_export.counted import Counted, count_in


def litellm_usage(rows: list[dict[str, Any]]) -> Counted | None:
    """The rows counted; None where they are of no such export."""
    if not any("prompt_tokens" in r and ("spend" in r or "call_type" in r) for r in rows):
        return None
    counted = Counted("LiteLLM's spend log")
    for row in rows:
        details = row.get("metadata") or {}
        if isinstance(details, str):
            try:
                details = read_json(details)
            except ValueError:
                details = {}
        usage = (details.get("usage_object") or {}) if isinstance(details, dict) else {}
        nested = usage.get("prompt_tokens_details") if isinstance(usage, dict) else None
        cached = count_in(usage, "cache_read_input_tokens") or count_in(nested, "cached_tokens")
        written = count_in(usage, "cache_creation_input_tokens")
        counted.add(
            {**row, "start_time": row.get("startTime"), "end_time": row.get("endTime")},
            input=count_in(row, "prompt_tokens"),
            cached=cached,
            written=written,
            output=count_in(row, "completion_tokens"),
            requests=Decimal(1),
        )
    return counted
