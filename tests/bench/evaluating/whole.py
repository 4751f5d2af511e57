"""All that is measured of Evaluate, as one part of the report."""

from __future__ import annotations

from tests.bench.evaluating import comparison, killed, many


def measured() -> str:
    """The part of the report."""
    return "\n\n".join(part.measured() for part in (comparison, many, killed))
