"""`almanac new`: a folder that a site can be built in, whole or not at all."""

from __future__ import annotations

import filecmp
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from generator.cli import cli
from generator.cli.site.new import STARTER
from generator.errors import SetupError
from tests.projects import ROOT


def begin(*arguments: str) -> None:
    CliRunner().invoke(cli, ["new", *arguments], catch_exceptions=False, standalone_mode=False)


def own_config() -> dict[str, Any]:
    """The configuration of this project's own site, without what it takes from the environment."""
    config: dict[str, Any] = yaml.safe_load((ROOT / "mkdocs.yml").read_text().replace("!ENV", ""))
    return config


def test_a_new_site_has_the_catalog_and_all_pages_that_its_navigation_names(tmp_path: Path) -> None:
    folder = tmp_path / "sites" / "ours"
    begin(str(folder), "--name", 'Ours: "all"')
    config = yaml.safe_load((folder / "mkdocs.yml").read_text())
    assert config["site_name"] == 'Ours: "all"'
    assert (folder / "README.md").read_text().startswith('# Ours: "all"\n')
    for name in ("catalog", "playground", "assets/setup"):
        same = filecmp.dircmp(ROOT / "docs" / name, folder / "docs" / name)
        assert (same.left_only, same.right_only, same.diff_files) == ([], [], [])
    assert config["nav"] == [*_of_every_site(own_config()["nav"])]


def _of_every_site(nav: list[Any]) -> Iterator[Any]:
    """This project's navigation without the pages that only its own site has."""
    for item in nav:
        if isinstance(item, str):  # a page within a section, by its own title
            yield item
            continue
        ((title, below),) = item.items()
        if title in ("Guides", "For site owners", "How it is built"):
            continue
        if isinstance(below, list):
            yield {title: [*_of_every_site(below)]}
        elif below != "data.md":
            yield item


@pytest.mark.parametrize("begun", [STARTER, ROOT / "docs" / "guides" / "company"], ids=lambda p: p.name)
def test_what_a_site_begins_with_has_the_theme_and_checks_of_this_project_s_own(begun: Path) -> None:
    """What made the pages lighter here was once forgotten there."""
    config, own = yaml.safe_load((begun / "mkdocs.yml").read_text()), own_config()
    assert config["theme"] == own["theme"]
    assert config["validation"] == own["validation"]


def test_a_folder_that_is_there_must_be_empty(tmp_path: Path) -> None:
    begin(str(tmp_path))
    (tmp_path / "docs" / "own.md").write_text("Ours")
    with pytest.raises(SetupError, match="is not empty; name a folder that is"):
        begin(str(tmp_path))
    assert (tmp_path / "docs" / "own.md").read_text() == "Ours"


def test_what_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.cli.site.new.PAGES", ("playground", "nothing"))
    with pytest.raises(FileNotFoundError):
        begin(str(tmp_path / "ours"))
    assert list(tmp_path.iterdir()) == []
