"""OpenAI's page of deprecations: tables by announcement, the newest first, with shutdown day and replacement.

It speaks of OpenAI's own API. Products and endpoints stand among the models and are left out.
"""

from __future__ import annotations

from generator.sources.lifecycle_tables import read_lifecycles
from generator.sources.records import SourceRecord

SOURCE = "openai-deprecations"


def parse(raw: bytes) -> list[SourceRecord]:
    """A record for each model that OpenAI ends or has ended. Raises SourceShapeError."""
    return read_lifecycles(raw, SOURCE, "openai")
