"""Anthropic's page of deprecations: the state of every model, and a history with replacements.

Its days are those of the platforms that Anthropic runs; Bedrock and Google Cloud set their own, so it is read
for Anthropic's API alone.
"""

from __future__ import annotations

from generator.sources.lifecycle_tables import read_lifecycles
from generator.sources.records import SourceRecord

SOURCE = "anthropic-deprecations"


def parse(raw: bytes) -> list[SourceRecord]:
    """A record for each model of Anthropic's API. Raises SourceShapeError."""
    return read_lifecycles(raw, SOURCE, "anthropic")
