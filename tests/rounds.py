"""What runs at full size in `make test-all` alone, and what `make test` has in its place."""

from __future__ import annotations

import os

import pytest

FULL = os.environ.get("ALMANAC_TESTS") == "full"


def rounds(full: int, usual: int | None = None) -> range:
    """As many rounds as this run makes of a loop that goes round `full` times in `make test-all`.

    `usual` is how often it goes round in `make test`; a tenth where nothing is given.
    """
    return range(full if FULL else (max(full // 10, 1) if usual is None else usual))


def nightly(instead: str) -> pytest.MarkDecorator:
    """A test of `make test-all`; `instead` says what in `make test` would see most of what it sees."""
    return pytest.mark.skipif(not FULL, reason=f"runs in make test-all; in make test: {instead}")
