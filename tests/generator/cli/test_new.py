"""`almanac new`: a folder that a site can be built in, whole or not at all."""

from __future__ import annotations

import filecmp
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from generator.cli import cli
from generator.errors import SetupError
from tests.projects import ROOT


def begin(*arguments: str) -> None:
    CliRunner().invoke(cli, ["new", *arguments], catch_exceptions=False, standalone_mode=False)


def test_a_new_site_has_the_catalog_and_all_pages_that_its_navigation_names(tmp_path: Path) -> None:
    folder = tmp_path / "sites" / "ours"
    begin(str(folder), "--name", 'Ours: "all"')
    config = yaml.safe_load((folder / "mkdocs.yml").read_text())
    assert config["site_name"] == 'Ours: "all"'
    assert (folder / "README.md").read_text().startswith('# Ours: "all"\n')
    for name in ("catalog", "playground", "assets/setup"):
        same = filecmp.dircmp(ROOT / "docs" / name, folder / "docs" / name)
        assert (same.left_only, same.right_only, same.diff_files) == ([], [], [])
    whole = yaml.safe_load((ROOT / "mkdocs.yml").read_text().replace("!ENV", ""))["nav"]
    without = ("Guides", "About")
    assert [n for n in config["nav"] if not {*n} & {*without}] == [n for n in whole if not {*n} & {*without}]


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
