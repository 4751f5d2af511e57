"""What was read of a usage export, for a page."""

from __future__ import annotations

from typing import Any

from playground.pricing.usage_export.counted import SIZE, Counted


def counted_to_json(counted: Counted) -> dict[str, Any]:
    """Of which models the export is, for how many days, and what of it is no part of the month's work."""
    return {
        "format": counted.format,
        "rows": counted.rows,
        "left_out": counted.left_out,
        "days": None if counted.days is None else float(round(counted.days, 1)),
        "requests_known": bool(counted.requests),
        "models": [name for name, _ in counted.models.most_common(6)],
        "size": SIZE,
    }
