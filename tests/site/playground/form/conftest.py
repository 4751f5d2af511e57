"""The playground as a newcomer opens it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.site.playground.playing import at_playground


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The playground in a fresh profile."""
    with at_playground(browser, address) as opened:
        yield opened
