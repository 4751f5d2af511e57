"""`almanac show` of an alias and of what it points to, and the same for assistants."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator import store
from generator.assistant.library import Library
from generator.cli.catalog.show import show
from playground.catalog import Model, Standing
from tests.catalogs import catalog, fact, offering

LINK = "https://lab.example/models"
POINTS = fact("acme/one", Standing.OVERRIDDEN, reason="The lab's list of names. (2026-08-21)", link=LINK)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    whole = catalog(offering("acme/one"), name="One")
    newest = Model(id="acme/newest", facts={"points_to": replace(POINTS, claims=())})
    folder = tmp_path_factory.mktemp("alias")
    whole = replace(whole, models=dict(sorted({**whole.models, newest.id: newest}.items())))
    store.save(folder, store.render(whole, {}))
    return folder


def shown(folder: Path, *arguments: str) -> str:
    done = CliRunner().invoke(show, [*arguments, "--catalog", str(folder)], env={"COLUMNS": "400"})
    assert done.exit_code == 0, done.output
    return done.output


def test_both_ends_of_an_alias_say_who_says_so_and_where(folder: Path) -> None:
    for name in ("acme/newest", "acme/one"):
        text = " ".join(shown(folder, name).split())
        assert POINTS.reason in text, name
        assert LINK in text, name
    assert "alias acme/newest: overridden" in shown(folder, "acme/one")
    aliases = json.loads(shown(folder, "acme/one", "--json"))["model"]["aliases"]
    assert aliases["acme/newest"]["value"] == "acme/one"
    assert json.loads(shown(folder, "acme/newest", "--json"))["model"]["aliases"] == {}


def test_assistants_get_the_aliases_with_figures_and_with_claims(folder: Path) -> None:
    library = Library(folder, date(2026, 11, 25))
    for claims in (False, True):
        (alias,) = library.show("acme/one", claims=claims)["aliases"]
        assert (alias["id"], alias["link"]) == ("acme/newest", LINK)
    assert "aliases" not in library.show("acme/newest")
