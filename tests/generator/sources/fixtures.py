"""Rows of the real files (tests/fixtures/sources), read by each adapter."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from generator.sources import BY_ID
from generator.sources.records import SourceRecord

FIXTURES = Path("tests/fixtures/sources")
FILES = {
    "litellm": "litellm.json",
    "models-dev": "models-dev.json",
    "genai-prices": "genai-prices.py.txt",
    "model-prices": "model-prices.json",
    "azure-retail": "azure-retail.json",
    "openrouter": "openrouter.json",
    "foundry-retirements": "foundry-retirements.md",
}


def records(source: str) -> dict[str, SourceRecord]:
    parsed = BY_ID[source].parse((FIXTURES / FILES[source]).read_bytes())
    return {r.id if not r.model.startswith(("us.", "in.")) else r.model: r for r in parsed}


def values(record: SourceRecord, on: date = date(2026, 11, 23)) -> dict[str, object]:
    return {c.field: c.value for c in record.claims if c.holds(on)}
