"""Google's page of deprecations of the Gemini API: tables by family, with release and shutdown days.

The page says of its days that they are the earliest possible, so they are `retires_earliest`. A row with a
name alone divides a table: what follows are previews, or deprecated. Vertex AI has other days.
"""

from __future__ import annotations

from generator.sources.lifecycle_tables import read_lifecycles
from generator.sources.records import SourceRecord

SOURCE = "google-deprecations"


def parse(raw: bytes) -> list[SourceRecord]:
    """A record for each model of the Gemini API. Raises SourceShapeError."""
    return read_lifecycles(raw, SOURCE, "google")
