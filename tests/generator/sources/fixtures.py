"""Cuts of the real files (tests/fixtures/sources), as copies.yml lists them, read by each adapter."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import yaml

from generator.sources import BY_ID
from generator.sources.bundle import bundled
from generator.sources.linked_pages import with_pages
from generator.sources.records import SourceRecord

FIXTURES = Path("tests/fixtures/sources")
COPIES = yaml.safe_load((FIXTURES / "copies.yml").read_text("utf-8"))
#: The fixture of each catalog; lists of scores have theirs too.
FILES = {row["source"]: row["fixture"] for row in COPIES if row["source"] in BY_ID}


def raw_of(fixture: str) -> bytes:
    """A fixture's bytes; those of a folder are its files as one bundle, with its `index.md` as the index."""
    path = FIXTURES / fixture
    if not path.is_dir():
        return path.read_bytes()
    pages = {p.relative_to(path).as_posix(): p.read_bytes() for p in sorted(path.rglob("*")) if p.is_file()}
    return with_pages(pages.pop("index.md"), pages, {}) if "index.md" in pages else bundled(pages)


def raw(source: str) -> bytes:
    return raw_of(FILES[source])


def records(source: str) -> dict[str, SourceRecord]:
    parsed = BY_ID[source].parse(raw(source))
    return {r.id if not r.model.startswith(("us.", "in.")) else r.model: r for r in parsed}


def values(record: SourceRecord, on: date = date(2026, 11, 23)) -> dict[str, object]:
    return {c.field: c.value for c in record.claims if c.holds(on)}


def about(record: SourceRecord) -> dict[str, object]:
    """What a record says of the model itself."""
    return {c.field: c.value for c in record.model_claims}
