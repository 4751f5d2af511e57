"""What Anthropic's usage report API gives."""

from __future__ import annotations

from typing import Any

from playground.pricing.usage_export.counted import Counted, count_in


def anthropic_usage(rows: list[dict[str, Any]]) -> Counted | None:
    """The rows counted; None where they are of no such export."""
    if not any("uncached_input_tokens" in r for r in rows):
        return None
    counted = Counted("Anthropic's usage report")
    for row in rows:
        made = row.get("cache_creation") or {}
        read = count_in(row, "cache_read_input_tokens")
        short, long = (count_in(made, f"ephemeral_{time}_input_tokens") for time in ("5m", "1h"))
        counted.add(
            row,
            input=count_in(row, "uncached_input_tokens") + read + short + long,
            cached=read,
            written=short,
            written_1h=long,
            output=count_in(row, "output_tokens"),
            in_batch=row.get("service_tier") == "batch",
        )
    return counted
