"""For tests of commands over a catalog of a few offerings."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator import store
from tests.playground.lifecycle.test_findings import SOME


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a catalog in which models end in many ways."""
    made = tmp_path_factory.mktemp("catalog")
    store.save(made, store.render(SOME, {}))
    return made
