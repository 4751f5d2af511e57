"""The published data: as its schema says, the same in every format, and only ever added to."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import pyarrow.parquet
import pytest

from generator import store
from generator.curated import renamed
from generator.errors import EditError
from generator.exports import api
from generator.exports.chooser import advisor_for
from generator.exports.explorer import explorer_data
from generator.exports.leaderboards import Boards, make_boards
from generator.exports.quality import model_quality
from generator.pages.entities import entity_pages
from generator.views.offering_rows import regions_figure
from playground.ability import Proof
from playground.catalog import Catalog, Provider
from playground.catalog.provider import Statement
from tests.catalogs import TIERED, abilities, committed, fact, offering
from tests.catalogs import catalog as fake
from tests.projects import built, few, tree, write
from tests.rounds import FULL, nightly

FOLDER = Path("docs/catalog")
SCHEMA = jsonschema_rs.validator_for(json.loads(api.SCHEMA.read_text("utf-8")))
#: The columns as they were published; a new one is written at the end of this list.
PUBLISHED = Path("tests/golden/offerings-columns.txt")


@pytest.fixture(scope="module")
def catalog() -> Iterator[Catalog]:
    yield _catalog()
    _catalog.cache_clear()


@cache
def _catalog() -> Catalog:
    return committed() if FULL else few()


@pytest.fixture(scope="module")
def files(catalog: Catalog) -> dict[str, bytes]:
    return {name: make() for name, make in api.whole_files(released(catalog))}


def released(catalog: Catalog) -> api.Released:
    return api.Released(
        catalog=catalog,
        sha256=store.catalog_hash(FOLDER),
        as_of="2026-11-12",
        name="Almanac",
        models_renamed={"openai/old": "openai/gpt-5"},
        providers_renamed={},
        boards=boards(catalog),
    )


@cache
def boards_of_committed() -> Boards:
    return make_boards(advisor_for(committed(), "0", abilities()), (), ("openai/gpt-6.1-sol",), {})


def boards(catalog: Catalog) -> Boards:
    """A catalog's leaderboards; those of the committed one are made once."""
    whole = catalog is committed()
    return boards_of_committed() if whole else make_boards(advisor_for(catalog, "0"), (), (), {})


def test_a_release_is_the_models_and_stands_in_its_column() -> None:
    """No pinned package has release days; models.dev's own JSON has them."""
    made = fake(TIERED)
    model = made.models[TIERED.model]
    facts = {**model.facts, "released": fact("2026-09-01")}
    made = dataclasses.replace(made, models={model.id: dataclasses.replace(model, facts=facts)})
    assert api.row(TIERED, made, "Gamma")["model_facts"]["released"] == "2026-09-01"
    table = dict(api.whole_files(released(made)))["offerings.csv"]().decode()
    assert [line["released"] for line in csv.DictReader(io.StringIO(table))] == ["2026-09-01"]
    (page,) = (p for p in entity_pages(made) if TIERED.model in p.path)
    assert page.publish is not None
    assert ("released", "2026-09-01") in [(f["field"], f["value"]) for f in page.publish()["facts"]]


@pytest.mark.parametrize(
    ("facts", "text"),
    [
        ({"regions": ("eastus", "uksouth")}, "eastus, uksouth"),
        ({"regions": ("eastus", "uksouth", "westus")}, "3 regions"),
        ({"some_regions": ("us-east-1",)}, "at least us-east-1"),
        ({"some_regions": ("us-east-1", "us-west-2", "eu-west-3")}, "at least 3 regions"),
        ({"regions": ("eastus",), "some_regions": ("uksouth",)}, "eastus"),
        ({}, "—"),
    ],
)
def test_some_regions_never_read_as_all(facts: dict[str, tuple[str, ...]], text: str) -> None:
    one = offering("acme/one", **{name: fact(value) for name, value in facts.items()})
    assert regions_figure(one.facts).text == text
    column = explorer_data(fake(one), {one.model: "One"})["columns"]["regions"]
    (cell,) = column["values"]
    shown = [*next(iter(facts.values()))] if facts else None
    partial = [text] if text.startswith("at least") else []
    assert cell == (None if shown is None else [shown, "S", *partial])


def test_a_name_that_is_the_end_of_its_id_is_not_sent_twice() -> None:
    one, two = offering("acme/one"), offering("acme/two")
    names = explorer_data(fake(one, two), {one.model: "one", two.model: "Two"})["models"]["names"]
    assert names == ["", "Two"]


def faults(document: Any) -> list[str]:
    return [f"{error.instance_path}: {error.message}"[:300] for error in SCHEMA.iter_errors(document)]


def test_every_document_is_as_the_schema_says(catalog: Catalog, files: dict[str, bytes]) -> None:
    for name in ("index.json", "catalog.json", "leaderboards.json", "scores.json"):
        assert faults(json.loads(files[name])) == [], name
    pages = entity_pages(catalog, boards=boards(catalog))
    published = [page for page in pages if page.publish is not None]
    assert len(published) == len(catalog.models) + len(catalog.providers)
    # Each twentieth will do: all are made alike.
    for page in published if FULL else published[::20]:
        assert page.publish is not None
        assert faults(page.publish()) == [], page.path
    assert faults(api.moved("openai/gpt-5", "models")) == []
    assert faults({"api": 2}) != []


def test_csv_and_parquet_say_what_json_says(files: dict[str, bytes]) -> None:
    offerings = json.loads(files["catalog.json"])["offerings"]
    # The standard library's reader, and Arrow's.
    rows = list(csv.DictReader(io.StringIO(files["offerings.csv"].decode())))
    table = pyarrow.parquet.read_table(io.BytesIO(files["offerings.parquet"])).to_pylist()
    assert len(rows) == len(table) == len(offerings)
    assert list(rows[0]) == list(table[0]) == list(api.COLUMNS)
    seen = 0
    for entry, row, cells in zip(offerings, rows, table, strict=True):
        assert entry["key"] == row["key"] == cells["key"]
        rest = json.loads(row["other"] or "{}")
        assert rest == json.loads(cells["other"] or "{}")
        for field, value in entry["facts"].items():
            if field not in api.COLUMNS:
                assert rest[field] == value
            elif isinstance(value, list):
                assert (row[field].split(" "), cells[field]) == (value, value)
            elif isinstance(value, str):
                assert row[field] == cells[field] == value
            else:
                assert float(row[field]) == cells[field] == value
            seen += 1
        unknown = [c for c in (*api.PRICES, *api.WHOLE, *api.SUPPORT) if c not in entry["facts"]]
        assert [c for c in unknown if row[c] != "" or cells[c] is not None] == []
    assert seen > (100_000 if FULL else 30_000)


def test_columns_are_only_added(files: dict[str, bytes]) -> None:
    published = PUBLISHED.read_text("utf-8").split()
    assert list(api.COLUMNS[: len(published)]) == published, "a program may count on the columns' order"
    assert list(api.COLUMNS) == published, f"write the new columns at the end of {PUBLISHED}"


def test_the_index_says_where_everything_lies(catalog: Catalog, files: dict[str, bytes]) -> None:
    index = json.loads(files["index.json"])
    assert index["catalog_sha256"] == store.catalog_hash(FOLDER)
    assert index["counts"]["offerings"] == len(catalog.offerings)
    assert index["renamed"]["models"] == {"openai/old": "openai/gpt-5"}
    named = {name for name in index["documents"].values() if "{" not in name and "/" not in name}
    assert named | {"index.json"} == set(files)


def test_a_key_is_never_two_things(files: dict[str, bytes]) -> None:
    keys = [entry["key"] for entry in json.loads(files["catalog.json"])["offerings"]]
    assert len(keys) == len(set(keys))


def test_the_same_catalog_gives_the_same_bytes(catalog: Catalog, files: dict[str, bytes]) -> None:
    assert {name: make() for name, make in api.whole_files(released(catalog))} == files


@nightly("test_the_commands_take_an_old_id_and_an_old_key")
def test_an_id_that_changed_leads_on(tmp_path: Path, catalog: Catalog) -> None:
    some = [o for o in catalog.offerings if o.model == "openai/gpt-5"][:2]
    small = dataclasses.replace(
        catalog,
        labs={"openai": catalog.labs["openai"]},
        models={"openai/gpt-5": catalog.models["openai/gpt-5"]},
        providers={o.provider: catalog.providers[o.provider] for o in some},
        offerings=tuple(some),
    )
    project = write(tmp_path, small)
    text = "models: {openai/gpt-five: openai/gpt-v, openai/gpt-v: openai/gpt-5, x/hidden: x/also-hidden}\n"
    (project / "docs/catalog/renamed.yml").write_text(text)
    built(project)
    site = project / "site"
    for old in ("gpt-five", "gpt-v"):
        page = (site / f"models/openai/{old}/index.html").read_text()
        assert 'content="0; url=../gpt-5/"' in page
        assert "(gpt-5.md)" in (site / f"models/openai/{old}.md").read_text()
        document = json.loads((site / f"catalog/v1/models/openai/{old}.json").read_text())
        assert faults(document) == []
        assert (site / document["moved"]["document"]).is_file()
    assert json.loads((site / "catalog/v1/index.json").read_text())["renamed"]["models"] == {
        "openai/gpt-five": "openai/gpt-5",
        "openai/gpt-v": "openai/gpt-5",
    }
    # The next build leaves what is right and takes away what is not led on any more.
    before = tree(site / "catalog/v1")
    built(project)
    assert tree(site / "catalog/v1") == before
    (project / "docs/catalog/renamed.yml").unlink()
    built(project)
    assert not (site / "models/openai/gpt-v").exists()
    assert not (site / "catalog/v1/models/openai/gpt-v.json").exists()


def test_entries_that_lead_nowhere_are_named(tmp_path: Path, catalog: Catalog) -> None:
    path = tmp_path / "renamed.yml"
    path.write_text("models: {a/b: c/d, c/d: a/b}\n")
    with pytest.raises(EditError, match="a/b leads back to itself by way of"):
        renamed.load_renamed(path)
    path.write_text("models: {openai/gpt-5: openai/gpt-4, openai/x: openai/gpt-fiv}\nproviders: {}\n")
    misleading = list(renamed.misleading(tmp_path, renamed.load_renamed(path), catalog))
    assert len(misleading) == 2
    assert "openai/gpt-5 is in the catalog" in misleading[0]
    assert "openai/gpt-fiv, which is not in the catalog" in misleading[1]
    for entry, what in (
        ("models: {openai/index.html: openai/gpt-5}", "an old id is 'openai/index.html': its name ends like"),
        ("models: {../choose: openai/gpt-5}", "an old id is '../choose': its lab's id"),
        ("models: {openai/x: ../..}", "models: openai/x is '../..': its lab's id"),
        ("models: {gpt-4: openai/gpt-5}", "an old id is 'gpt-4': its name is missing"),
        ("providers: {..: azure}", "providers: an old id is '..': it holds more"),
        ("providers: {'2': azure}", "providers: an old id is '2': it is a number"),
    ):
        path.write_text(f"{entry}\n")
        with pytest.raises(EditError, match=re.escape(what)):
            renamed.load_renamed(path)
    path.write_text("modells: {}\n")
    with pytest.raises(EditError, match="unknown key 'modells'"):
        renamed.load_renamed(path)


def test_a_provider_that_speaks_of_a_model_by_an_old_id_is_named(tmp_path: Path) -> None:
    """Else what it states is lost in silence the day that rules lead the model on."""
    said = Statement(
        value="eu", quote="in the EU", url="https://x.example/", read=date(2026, 11, 27), models=("a/one@2",)
    )
    host = Provider(id="host", name="Host", kind="cloud", residency=(said,))
    old = renamed.old_names(tmp_path / "providers.yml", {"host": host}, {"a/one": "a/two"})
    assert list(old) == [f"{tmp_path}/providers.yml: host: a/one@2 is called a/two@2 now; write that"]
    assert list(renamed.old_names(tmp_path, {"host": host}, {"a/other": "a/two"})) == []


def test_scores_and_abilities_carry_interval_kind_of_evidence_and_licence(
    catalog: Catalog, files: dict[str, bytes]
) -> None:
    scores = json.loads(files["scores.json"])["scores"]
    assert len(scores) == sum(len(model.scores) for model in catalog.models.values())
    arena = [s["licence"] for s in scores if s["source"] == "arena"]
    assert {"CC BY 4.0" in licence and "name Arena" in licence for licence in arena} == {True}
    relayed = {s["licence"] for s in scores if "densa-labs" in s.get("note", "")}
    assert [licence.partition(",")[0] for licence in relayed] == ["CC BY 4.0; name Benchmark Registry"]
    lists = json.loads(files["leaderboards.json"])["leaderboards"]
    assert {one["id"] for one in lists} >= {"overall", "coding", "agents", "reasoning", "vision", "chat"}
    for one in lists:
        assert ("CC BY 4.0" in one["licence"]) is ("votes" in one)
        for entry in one["entries"]:
            assert entry["low"] <= entry["middle"] <= entry["high"]
            assert (entry["evidence"] == "votes only") is ("votes" in one)


def test_a_model_s_document_says_where_it_stands_and_an_untested_one_has_no_figure() -> None:
    known = boards_of_committed()
    quality = model_quality("openai/gpt-6-astra", known)
    assert quality is not None
    assert quality["topics"]["overall"]["tier"] == known.tier("openai/gpt-6-astra") == 1
    untested = next(m for m in known.catalog.models if known.abilities.of(m).proof is Proof.UNTESTED)
    assert model_quality(untested, known) is None
    table = api.whole_files(released(committed()))
    rows = csv.DictReader(io.StringIO(dict(table)["offerings.csv"]().decode()))
    one = next(row for row in rows if row["model"] == untested)
    assert (one["evidence"], one["ability"], one["tier"]) == ("untested", "", "")
