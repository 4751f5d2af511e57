"""What is said of the catalog's size is one count, wherever it is said."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator import store
from generator.cli.catalog.report import report
from generator.pages.disagreements import disagreements_page, held_back_page
from generator.pages.home import home_page
from generator.views.report import Counts, by_field, by_provider, counts, every_fact
from playground.catalog import Catalog, Offering, Standing
from tests.catalogs import ALL_KNOWN, DISPUTED, TIERED, catalog, committed
from tests.projects import built, tree, write

SMALL = catalog(ALL_KNOWN, TIERED, DISPUTED, name="Known")
SIZE = re.compile(
    r"(?P<models>[\d,]+) models, (?P<offerings>[\d,]+) offerings at (?P<providers>[\d,]+) providers, "
    r"(?P<facts>[\d,]+) facts from (?P<sources>[\d,]+) sources"
)
NAMES = ("models", "offerings", "providers", "facts", "sources")


def sizes(held: Counts) -> dict[str, int]:
    return {name: getattr(held, name) for name in NAMES}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    folder = write(tmp_path_factory.mktemp("counts"), SMALL)
    built(folder)
    return folder, tree(folder / "site")


def test_a_fact_is_a_field_of_an_offering_or_a_model_that_anybody_speaks_of() -> None:
    held = counts(SMALL)
    assert held.facts == sum(len(o.facts) for o in SMALL.offerings) + len(SMALL.models)
    assert sum(1 for _, name, _ in every_fact(SMALL) if name == "name") == len(SMALL.models) == held.models


@pytest.mark.parametrize("which", [SMALL, committed()], ids=["small", "committed"])
def test_pages_and_tables_count_the_same(which: Catalog) -> None:
    held = counts(which)
    whole, *fields = by_field(which)
    assert whole.facts == held.facts == sum(row.facts for row in fields)
    of_models = sum(1 for owner, _, _ in every_fact(which) if not isinstance(owner, Offering))
    assert sum(row.facts for row in by_provider(which)) + of_models == held.facts
    disputed, held_back = held.standings.get(Standing.DISPUTED, 0), held.standings.get(Standing.SUSPECT, 0)
    assert (whole.disputed, whole.suspect) == (disputed, held_back)
    assert f"\n{disputed:,} facts on which" in disagreements_page(which).markdown
    assert f"\n{held_back:,} facts whose" in held_back_page(which).markdown
    home = home_page(which, "0", playground=False).markdown
    assert f"{disputed:,} facts are <a" in home
    shown = re.findall(r"<li><b>([\d,]+)</b> (\w+)</li>", home)
    named = {name: int(number.replace(",", "")) for number, name in shown}
    assert named == {n: c for n, c in sizes(held).items() if n != "sources"} | {"disputed": disputed}


def test_files_and_commands_say_the_same(site: tuple[Path, dict[str, bytes]]) -> None:
    folder, files = site
    held = counts(store.load(folder / "docs/catalog"))
    assert held == counts(SMALL)
    assert json.loads(files["catalog/v1/index.json"])["counts"] == sizes(held)
    whole = json.loads(files["catalog/v1/catalog.json"])
    assert {n: len(whole[n]) for n in NAMES[:3]} == {n: sizes(held)[n] for n in NAMES[:3]}
    index = json.loads(files["catalog/catalog.json"])
    assert (index["models"], index["offerings"]) == (held.models, held.offerings)
    listed = files["llms.txt"].decode().partition("## Providers")[2].partition("## Models")
    assert [part.count("\n- [") for part in (listed[0], listed[2])] == [held.providers, held.models]
    assert files["sources/index.html"].count(b"<h2") == held.sources
    command = ["--catalog", str(folder / "docs/catalog")]
    printed = SIZE.search(CliRunner().invoke(report, command, catch_exceptions=False).output)
    assert printed is not None
    assert {n: int(v.replace(",", "")) for n, v in printed.groupdict().items()} == sizes(held)
    read = json.loads(CliRunner().invoke(report, [*command, "--json"], catch_exceptions=False).output)
    assert read["counts"] == sizes(held)
    assert read["fields"][0]["facts"] == held.facts
