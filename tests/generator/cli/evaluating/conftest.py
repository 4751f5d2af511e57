"""A server that knows capitals, for the models of these tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.generator.cli.evaluating.asking import capitals
from tests.site.playground.playing import Served


@pytest.fixture
def server() -> Iterator[Served]:
    """Closed after the test."""
    served = Served(capitals)
    yield served
    served.close()
