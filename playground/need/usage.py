"""A usage export as the parts of a need, for a page."""

from __future__ import annotations

from typing import Any

from playground.need.need import workload_to_parts
from playground.pricing.usage_export import SIZE, Counted


def usage_to_json(counted: Counted) -> dict[str, Any]:
    """The month's work that was read, of which models, and what of the export is no part of it."""
    return {
        "work": workload_to_parts(counted.workload()),
        "format": counted.format,
        "rows": counted.rows,
        "left_out": counted.left_out,
        "days": None if counted.days is None else float(round(counted.days, 1)),
        "requests_known": bool(counted.requests),
        "models": [name for name, _ in counted.models.most_common(6)],
        "size": SIZE,
    }
