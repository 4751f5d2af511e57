"""Where a command looks for the catalog."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.errors import SetupError
from generator.store import place


def put(folder: Path) -> Path:
    folder.mkdir(parents=True)
    (folder / "catalog.json").write_text("{}")
    return folder


@pytest.fixture(autouse=True)
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(place, "PACKAGED", tmp_path / "packaged")


def test_the_named_goes_before_the_projects_before_the_packages(tmp_path: Path) -> None:
    packaged = put(tmp_path / "packaged")
    assert place.catalog_folder() == packaged
    # Another project may call a folder of its own so.
    place.PROJECTS.mkdir(parents=True)
    assert place.catalog_folder() == packaged
    (place.PROJECTS / "catalog.json").write_text("{}")
    assert place.catalog_folder() == place.PROJECTS
    named = put(tmp_path / "named")
    assert place.catalog_folder(named) == named


def test_a_catalog_that_is_being_replaced_is_there(tmp_path: Path) -> None:
    put(tmp_path / "packaged")
    (place.PROJECTS / place.STAGED).mkdir(parents=True)
    assert place.catalog_folder() == place.PROJECTS


def test_a_folder_that_is_named_is_the_one(tmp_path: Path) -> None:
    put(tmp_path / "packaged")
    (tmp_path / "empty").mkdir()
    with pytest.raises(SetupError, match=r"empty holds no catalog .*--catalog"):
        place.catalog_folder(tmp_path / "empty")
    with pytest.raises(SetupError, match="nothing does not exist"):
        place.catalog_folder(tmp_path / "nothing")


def test_without_any_the_projects_is_missing() -> None:
    with pytest.raises(SetupError, match="docs/catalog does not exist"):
        place.catalog_folder()
