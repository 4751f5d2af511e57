"""The real files, whole: from the pinned packages to the committed catalog, byte by byte."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from generator.fetch.fetched import complete
from generator.fetch.pinned import fetch_pinned
from generator.ledger.placing.identity import Placement, place
from generator.sources import BY_ID, SOURCES
from generator.sources.records import SourceRecord
from generator.sources.schedules import by_hour
from generator.views.as_of import latest
from playground.catalog import Kind
from playground.catalog.prices import Mode, parse_price_field
from playground.spelling import slug
from tests.catalogs import committed, providers, rules

CATALOG = Path("docs/catalog")
CACHE = Path(".cache/pinned")
TODAY = latest(committed())
ROWS = {name: state.rows for name, state in committed().sources.items()}
#: The providers whose text models must be placed, as the sources call them.
PLACED = {
    "litellm": {
        "openai": ["openai", "text-completion-openai"],
        "azure": ["azure", "azure_ai", "azure_text"],
        "anthropic": ["anthropic"],
        "google": ["gemini"],
        "google-vertex": ["vertex_ai", "vertex_ai-*"],
        "amazon-bedrock": ["bedrock", "bedrock_converse", "bedrock_mantle"],
        "mistral": ["mistral"],
        "xai": ["xai"],
        "deepseek": ["deepseek"],
        "cohere": ["cohere", "cohere_chat"],
        "groq": ["groq"],
        "together": ["together_ai"],
    },
    "models-dev": {
        "openai": ["openai"],
        "azure": ["azure", "azure-cognitive-services"],
        "anthropic": ["anthropic"],
        "google": ["google"],
        "google-vertex": ["google-vertex", "google-vertex-anthropic"],
        "amazon-bedrock": ["amazon-bedrock"],
        "mistral": ["mistral"],
        "xai": ["xai"],
        "deepseek": ["deepseek"],
        "cohere": ["cohere"],
        "groq": ["groq"],
        "together": ["togetherai"],
        "openrouter": ["openrouter"],
    },
}
TEXT = {Kind.CHAT, Kind.COMPLETION}


@pytest.fixture(scope="module")
def whole() -> dict[str, list[SourceRecord]]:
    return {s.id: s.parse(complete(fetch_pinned(s.pin, CACHE)).raw) for s in SOURCES if s.pin}


@pytest.mark.parametrize("source", sorted(ROWS.keys() & {s.id for s in SOURCES}))
def test_every_row_is_parsed_or_left_out_for_a_reason(
    whole: dict[str, list[SourceRecord]], source: str
) -> None:
    records = whole[source]
    assert sum(r.rows for r in records) == ROWS[source]
    assert all(r.left_out or r.claims or r.model_claims or r.history for r in records)
    assert Counter(key for r in records for key in r.unread) == {}


@pytest.mark.parametrize(
    ("source", "provider"), [(s, p) for s, providers in PLACED.items() for p in providers]
)
def test_nearly_every_text_model_is_placed(
    whole: dict[str, list[SourceRecord]], source: str, provider: str
) -> None:
    names = {
        r.provider
        for r in whole[source]
        for n in PLACED[source][provider]
        if r.provider == n or (n.endswith("*") and r.provider.startswith(n[:-1]))
    }
    rows = [
        r
        for r in whole[source]
        if r.provider in names and any(c.field == "kind" and c.value in TEXT for c in r.claims)
    ]
    assert rows
    lost = [r.id for r in rows if not isinstance(place(r, rules(), providers()), Placement)]
    assert 1 - len(lost) / len(rows) >= 0.97, lost
    assert slug(provider) == provider


@pytest.mark.parametrize("source", ["model-prices", "genai-prices"])
def test_a_price_that_history_shows_in_force_is_claimed(
    whole: dict[str, list[SourceRecord]], source: str
) -> None:
    seen, lost = 0, []
    for record in whole[source]:
        claimed = {c.field for c in by_hour([c for c in record.claims if c.holds(TODAY)])}
        for mode in {span.mode for span in record.history} & set(Mode):
            spans = [s for s in record.history if s.mode == mode and (s.start or date.min) <= TODAY]
            in_force = max(spans, key=lambda s: s.start or date.min, default=None)
            for name in (in_force.usd or {}) if in_force else {}:
                rate = parse_price_field(f"price.{name}")
                field = replace(rate, mode=Mode(mode)).field
                seen += 1
                if field not in claimed:
                    lost.append((record.id, field))
    assert seen > 100
    assert lost == []


#: What `almanac abilities --judge` and `almanac report --truth` write beside the catalog.
OF_OTHER_COMMANDS = ("ability_judged.json", "source_errors.json")


def test_a_pinned_refresh_makes_the_committed_catalog_to_the_byte(tmp_path: Path) -> None:
    edited = (
        "identity.yml",
        "providers.yml",
        "replacements.yml",
        "confirmed.yml",
        "overrides.yml",
        "benchmarks.yml",
        "metrics.yml",
        "benchmark_questions.yml",
        "ended.yml",
        "families.yml",
    )
    for name in edited:
        shutil.copy(CATALOG / name, tmp_path / name)
    result = subprocess.run(
        [sys.executable, "-m", "generator.cli", "refresh", "--pinned", "--json", "--catalog", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": os.environ["PATH"], "ALMANAC_CACHE": str(CACHE.absolute()), "PYTHONHASHSEED": "7"},
    )
    assert result.returncode == 0, result.stderr
    report = json.loads(result.stdout)
    assert {s: r["rows"] for s, r in report["sources"].items()} == ROWS
    made = {p.relative_to(tmp_path): p.read_bytes() for p in sorted(tmp_path.rglob("*.json"))}
    committed = {
        p.relative_to(CATALOG): p.read_bytes()
        for p in sorted(CATALOG.rglob("*.json"))
        if p.name not in ("schema.json", *OF_OTHER_COMMANDS)
    }
    assert list(made) == list(committed)
    changed = [str(name) for name in made if made[name] != committed[name]]
    assert changed == [], "run: almanac refresh --pinned"


def test_every_pin_names_its_package_by_hash() -> None:
    for source in BY_ID.values():
        if source.pin:
            assert len(source.pin.hash) > 64
            assert source.pin.version in (source.pin.wheel or source.pin.version)
