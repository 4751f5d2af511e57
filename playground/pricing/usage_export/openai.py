"""What OpenAI's usage API gives."""

from __future__ import annotations

from typing import Any

from playground.pricing.usage_export.counted import Counted, count_in, with_sound


def openai_usage(rows: list[dict[str, Any]]) -> Counted | None:
    """The rows counted; None where they are of no such export."""
    if not any("input_cached_tokens" in r or "num_model_requests" in r for r in rows):
        return None
    counted = Counted("OpenAI's usage API")
    for row in rows:
        heard, spoken = count_in(row, "input_audio_tokens"), count_in(row, "output_audio_tokens")
        counted.add(
            row,
            input=with_sound(count_in(row, "input_tokens"), heard),
            cached=count_in(row, "input_cached_tokens"),
            audio_in=heard,
            output=with_sound(count_in(row, "output_tokens"), spoken),
            audio_out=spoken,
            requests=count_in(row, "num_model_requests"),
            in_batch=row.get("batch") is True,
        )
    return counted
