"""The playground as a newcomer opens it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.site.playground.own_server import Listing
from tests.site.playground.playing import at_playground


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The playground in a fresh profile."""
    with at_playground(browser, address) as opened:
        yield opened


@pytest.fixture(scope="package")
def _listing() -> Iterator[Listing]:
    served = Listing()
    yield served
    served.close()


@pytest.fixture
def server(_listing: Listing) -> Listing:
    """A server of the reader's own, at one address for all tests: another one would want another Python."""
    for heard in (_listing.seen, _listing.asked, _listing.listed):
        heard.clear()
    _listing.pause = 0
    return _listing
