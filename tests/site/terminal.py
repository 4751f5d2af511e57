"""What `almanac` says in the terminal, for tests that hold a page against it."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

import pytest
from click.testing import CliRunner

from generator import store
from generator.cli import cli
from tests.catalogs import committed


def in_terminal(*arguments: str, given: str | None = None, exits: Collection[int] = (0,)) -> Any:
    """What that command prints as JSON of the committed catalog, which is read once for all tests."""
    catalog = committed()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "load", lambda _: catalog)
        result = CliRunner().invoke(cli, arguments, input=given)
    assert result.exit_code in exits, result.output
    return json.loads(result.stdout)
