"""The real files, whole: from the pinned packages to the committed catalog, byte by byte."""

from __future__ import annotations

import gc
import json
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from generator.cli import cli
from generator.ledger import reconcile
from generator.ledger.placing.identity import Placement, place
from generator.ledger.placing.placed import Placed
from generator.ledger.refresh import source_reading
from generator.sources import BY_ID, SOURCES, Source
from generator.sources.records import SourceRecord
from generator.sources.schedules import by_hour
from generator.views.as_of import latest
from playground.catalog import Kind
from playground.catalog.prices import Mode, parse_price_field
from playground.spelling import slug
from tests.catalogs import CATALOG, committed, providers, rules
from tests.rounds import FULL, nightly

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


#: What people edit beside the catalog, and a refresh reads.
EDITED = (
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
#: What the last fit made of the scores.
ABILITIES = "abilities.json"
#: What `almanac abilities --judge` and `almanac report --truth` write beside the catalog.
OF_OTHER_COMMANDS = ("ability_judged.json", "source_errors.json")


@dataclass(frozen=True, kw_only=True)
class Made:
    """What `almanac refresh --pinned` made in an empty folder and printed, read and placed on the way."""

    folder: Path
    printed: Mapping[str, Any]
    read: Mapping[str, list[SourceRecord]]
    placed: Placed


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    """The refresh, once for all tests here: to read all sources and to place what they say takes longest.

    In `make test` the fit lies there already, as long as the scores are those that it was made of;
    `make test-all` fits anew (tests/generator/ability/test_fit.py).
    """
    folder = tmp_path_factory.mktemp("pinned")
    for name in EDITED if FULL else (*EDITED, ABILITIES):
        shutil.copy(CATALOG / name, folder / name)
    read: dict[str, list[SourceRecord]] = {}
    placed: list[Placed] = []
    parse, place_records = source_reading.parse, reconcile.place_records

    def seen_parse(source: Source, raw: bytes) -> list[SourceRecord]:
        read[source.id] = parse(source, raw)
        return read[source.id]

    def seen_place(*given: Any) -> Placed:
        placed.append(place_records(*given))
        return placed[-1]

    with pytest.MonkeyPatch.context() as m:
        m.setattr(source_reading, "parse", seen_parse)
        m.setattr(reconcile, "place_records", seen_place)
        done = CliRunner().invoke(cli, ["refresh", "--pinned", "--json", "--catalog", str(folder)])
    assert done.exit_code == 0, done.output
    (where,) = placed
    yield Made(folder=folder, printed=json.loads(done.stdout), read=read, placed=where)
    # Half a gigabyte, which the tests after these would drag along.
    read.clear()
    placed.clear()
    gc.collect()


def test_a_pinned_refresh_makes_the_committed_catalog_to_the_byte(made: Made) -> None:
    rows = {name: state.rows for name, state in committed().sources.items()}
    assert {s: r["rows"] for s, r in made.printed["sources"].items()} == rows
    files = {p.relative_to(made.folder): p.read_bytes() for p in sorted(made.folder.rglob("*.json"))}
    there = {
        p.relative_to(CATALOG): p.read_bytes()
        for p in sorted(CATALOG.rglob("*.json"))
        if p.name not in ("schema.json", *OF_OTHER_COMMANDS)
    }
    assert list(files) == list(there)
    changed = [str(name) for name in files if files[name] != there[name]]
    assert changed == [], "run: almanac refresh --pinned"


@pytest.mark.parametrize("source", sorted(s.id for s in SOURCES if s.pin))
def test_every_row_is_parsed_or_left_out_for_a_reason(made: Made, source: str) -> None:
    records = made.read[source]
    assert sum(r.rows for r in records) == committed().sources[source].rows
    assert all(r.left_out or r.claims or r.model_claims or r.history for r in records)
    assert Counter(key for r in records for key in r.unread) == {}


def test_every_record_is_at_an_offering_or_a_model_or_unplaced_for_a_reason(made: Made) -> None:
    """Nothing is lost, whatever is merged: by source and id, over all pinned sources."""
    laid = chain(made.placed.by_offering.values(), made.placed.by_model.values())
    there = {(r.source, r.id) for group in laid for _, r in group}
    there |= {(s, n) for s, reasons in made.placed.unplaced.items() for ids in reasons.values() for n in ids}
    read = {(r.source, r.id) for records in made.read.values() for r in records if not r.left_out}
    assert len(read) > 10_000
    assert read - there == set()


@nightly("test_every_record_is_at_an_offering_or_a_model_or_unplaced_for_a_reason")
def test_those_kept_apart_are_there(made: Made) -> None:
    models = {key.model for key in made.placed.by_offering}
    assert rules().apart - models == set(), f"{CATALOG}/identity.yml: apart"


@pytest.mark.parametrize(
    ("source", "provider"), [(s, p) for s, providers in PLACED.items() for p in providers]
)
def test_nearly_every_text_model_is_placed(made: Made, source: str, provider: str) -> None:
    names = {
        r.provider
        for r in made.read[source]
        for n in PLACED[source][provider]
        if r.provider == n or (n.endswith("*") and r.provider.startswith(n[:-1]))
    }
    rows = [
        r
        for r in made.read[source]
        if r.provider in names and any(c.field == "kind" and c.value in TEXT for c in r.claims)
    ]
    assert rows
    lost = [r.id for r in rows if not isinstance(place(r, rules(), providers()), Placement)]
    assert 1 - len(lost) / len(rows) >= 0.97, lost
    assert slug(provider) == provider


@pytest.mark.parametrize("source", ["model-prices", "genai-prices"])
def test_a_price_that_history_shows_in_force_is_claimed(made: Made, source: str) -> None:
    today = latest(committed())
    seen, lost = 0, []
    for record in made.read[source]:
        claimed = {c.field for c in by_hour([c for c in record.claims if c.holds(today)])}
        for mode in {span.mode for span in record.history} & set(Mode):
            spans = [s for s in record.history if s.mode == mode and (s.start or date.min) <= today]
            in_force = max(spans, key=lambda s: s.start or date.min, default=None)
            for name in (in_force.usd or {}) if in_force else {}:
                rate = parse_price_field(f"price.{name}")
                field = replace(rate, mode=Mode(mode)).field
                seen += 1
                if field not in claimed:
                    lost.append((record.id, field))
    assert seen > 100
    assert lost == []


def test_every_pin_names_its_package_by_hash() -> None:
    for source in BY_ID.values():
        if source.pin:
            assert len(source.pin.hash) > 64
            assert source.pin.version in (source.pin.wheel or source.pin.version)
