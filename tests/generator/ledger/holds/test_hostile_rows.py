"""Hostile rows of every source through a refresh and a build: nothing outside, nothing replaced, no code.

The good rows beside them come out whole.
"""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_httpserver import HTTPServer

from generator import bounds, store
from generator.assistant.library import THIRD_PARTY, Library
from generator.ledger.refresh.outcome import Refreshed, SourceVerdict
from generator.sources.bounds import admitted
from generator.sources.records import FieldClaim, SourceRecord
from playground.catalog import Catalog
from tests.generator.cli.test_cli import almanac
from tests.hostile import rows as hostile
from tests.hostile import served
from tests.projects import build, put_project, tree

#: What an eye, a terminal or a parser of XML should never meet.
NEVER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Refreshed, Catalog]:
    """A project over hostile rows, what its refresh said, and the catalog of the good rows alone."""
    folder = tmp_path_factory.mktemp("hostile")
    with HTTPServer() as server:
        served.refreshed(folder / "good/docs/catalog", server, rows=False)
        done = served.refreshed(folder / "bad/docs/catalog", server, rows=True)
    return folder / "bad", done, store.load(folder / "good/docs/catalog")


def test_there_are_hundreds_of_rows() -> None:
    rows = list(hostile.hostile_rows())
    assert len({row.name for row in rows}) == len(rows) >= 600


def test_every_source_is_read_and_its_good_rows_are_whole(made: tuple[Path, Refreshed, Catalog]) -> None:
    folder, done, good = made
    assert {one.source: one.verdict for one in done.outcomes} == dict.fromkeys(
        served.MAKERS, SourceVerdict.FRESH
    )
    after = {o.key: o for o in store.load(folder / "docs/catalog").offerings}
    assert len(good.offerings) > 100
    for offering in good.offerings:
        assert after[offering.key].facts == offering.facts, offering.key


def test_every_row_is_counted_and_every_id_is_one(made: tuple[Path, Refreshed, Catalog]) -> None:
    folder, done, _ = made
    catalog = store.load(folder / "docs/catalog")
    for state in catalog.sources.values():
        assert state.parsed + sum(state.left_out.values()) == state.rows
        assert state.placed + sum(state.unplaced.values()) <= state.parsed
        assert sum(state.left_out.values()) > 10, state.id
    for offering in catalog.offerings:
        parts = (offering.provider, offering.model, offering.version, offering.variant)
        assert bounds.offering_fault(*parts) == ""
    assert done.result.unplaced["openrouter"]["its name has letters that no id has"]


def test_nothing_is_written_outside_the_catalog(made: tuple[Path, Refreshed, Catalog]) -> None:
    folder, _, _ = made
    written = {p.relative_to(folder.parent).parts[:3] for p in folder.parent.rglob("*") if p.is_file()}
    caches = {parts for parts in written if parts[2:] == ("cache",)}
    assert written - caches <= {(side, "docs", "catalog") for side in ("good", "bad")}
    for path in (folder / "docs/catalog").rglob("*"):
        assert re.fullmatch(r"[a-z0-9][a-z0-9.-]*", path.name), path
        assert NEVER.search(path.read_text("utf-8") if path.is_file() else "") is None, path


def test_the_refresh_of_the_next_day_finds_the_catalog_sound(made: tuple[Path, Refreshed, Catalog]) -> None:
    folder, _, _ = made
    shown = almanac("report", "--catalog", str(folder / "docs/catalog"))
    assert shown.returncode == 0, shown.stderr
    assert "\x1b" not in shown.stdout


@pytest.fixture(scope="module")
def site(made: tuple[Path, Refreshed, Catalog]) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """The site over hostile rows, and the one over the good rows alone."""
    folder = made[0]
    sites = []
    for each in (folder, folder.parent / "good"):
        put_project(each)
        before = {p for p in each.parent.rglob("*") if "site" not in p.parts and ".cache" not in p.parts}
        done = build(each, "--strict")
        assert done.returncode == 0, done.stderr[-3000:]
        after = {p for p in each.parent.rglob("*") if "site" not in p.parts and ".cache" not in p.parts}
        assert after == before
        sites.append(tree(each / "site"))
    return sites[0], sites[1]


def test_no_page_is_replaced_and_none_is_lost(site: tuple[dict[str, bytes], dict[str, bytes]]) -> None:
    bad, good = site
    titles = [
        {n: re.findall(rb"<h1.*?</h1>", page, re.S) for n, page in each.items() if n.endswith(".html")}
        for each in (bad, good)
    ]
    assert len(titles[1]) > 100
    assert {name: titles[0].get(name) for name in titles[1]} == titles[1]
    for name in bad:
        assert all(part.casefold() == part or part.isascii() for part in name.split("/")), name


def test_nothing_unseen_and_no_script_stands_in_a_file(
    site: tuple[dict[str, bytes], dict[str, bytes]],
) -> None:
    texts = (".html", ".md", ".atom", ".ics", ".xml", ".txt", ".json", ".jsonl", ".csv")
    for name, content in site[0].items():
        if name.endswith(texts) and not name.startswith("assets/"):
            assert NEVER.search(content.decode("utf-8")) is None, name
        if name.endswith((".html", ".md")):
            assert b"<script>window.pwned" not in content, name
            assert b"<img src=x" not in content, name
            assert not re.search(rb'(href|src)="(javascript|data:text|file):', content), name
        if name.endswith((".atom", ".xml")):
            ET.fromstring(content)


def test_no_cell_of_the_table_is_a_formula(site: tuple[dict[str, bytes], dict[str, bytes]]) -> None:
    rows = list(csv.reader(io.StringIO(site[0]["catalog/v1/offerings.csv"].decode())))
    assert len(rows) > 100
    assert [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
    assert any(cell.startswith("'=HYPERLINK") for row in rows for cell in row)


def test_an_assistant_is_told_whose_words_they_are(made: tuple[Path, Refreshed, Catalog]) -> None:
    library = Library(made[0] / "docs/catalog", hostile.TODAY)
    replies = [library.find(limit=200), *(library.show(m, claims=True) for m in library.catalog.models)]
    for reply in replies:
        assert reply["third_party"] == THIRD_PARTY
        text = json.dumps(reply, default=str, ensure_ascii=False)
        assert NEVER.search(text) is None
        assert max(map(len, re.findall(r'"((?:[^"\\]|\\.)*)"', text))) < 1000


@given(st.text(max_size=400))
def test_any_text_is_a_safe_part_of_a_path_or_has_a_fault(text: str) -> None:
    fault = bounds.folder_fault(text)
    if fault:
        assert re.fullmatch(r"(is|holds|ends) .{1,90}", fault)
        return
    path = Path("/site") / text / "index.html"
    assert path.resolve().parent.parent == Path("/site")
    assert text.isascii()
    assert text == text.casefold() == text.strip(". ")
    assert len(text.encode()) <= bounds.PART_BYTES
    assert not NEVER.search(text)


UNEVEN = st.one_of(
    st.text(max_size=30), st.sampled_from([*hostile.NAMES.values(), "gpt-5", "GPT-5", "é", "é"])
)


@given(st.lists(st.tuples(UNEVEN, UNEVEN, UNEVEN), max_size=8))
def test_any_row_is_within_the_bounds_or_left_out_with_a_reason(rows: list[tuple[str, str, str]]) -> None:
    records = [
        SourceRecord(
            source="litellm",
            id=f"{provider}/{model}",
            provider=provider,
            model=model,
            model_claims=(FieldClaim(field="name", value=name),),
            link=name,
        )
        for provider, model, name in rows
    ]
    after = admitted(records)
    assert len(after) == len(records)
    spelled: dict[str, str] = {}
    for before, record in zip(records, after, strict=True):
        assert not NEVER.search(record.id)
        assert len(record.id) <= bounds.NAME
        if record.left_out:
            assert 10 < len(record.left_out) < 100
            continue
        assert (record.provider, record.model) == (before.provider, before.model)
        assert not NEVER.search(record.provider + record.model + str(record.model_claims[0].value))
        assert record.link == "" or record.link.startswith(("http://", "https://"))
        name = f"{record.provider}/{record.model}"
        assert spelled.setdefault(name.casefold(), name) == name
