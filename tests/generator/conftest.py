"""A project whose catalog holds few offerings, for commands to be run in."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.projects import FEW, put_part


@pytest.fixture(scope="session")
def few_offerings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose docs/catalog is that of tests.projects.few."""
    folder = tmp_path_factory.mktemp("few")
    put_part(folder / "docs" / "catalog", *FEW)
    return folder


@pytest.fixture
def among_few(few_offerings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run commands in that folder, with what they keep beside it."""
    monkeypatch.chdir(few_offerings)
    monkeypatch.setenv("ALMANAC_CACHE", str(few_offerings / ".cache"))
