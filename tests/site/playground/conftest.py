"""A playground and a server that tests share, since to start Python is most of what they cost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.site.playground.anew import begun_anew
from tests.site.playground.playing import Served, at_playground, said


class Shared:
    """The playground that is open, once one is."""

    def __init__(self, browser: Browser, address: str) -> None:
        self._browser, self._address = browser, address
        self._opened = ExitStack()
        self.page: Page | None = None

    def open(self) -> Page:
        """That playground, begun anew; another one where a test has left the page."""
        if self.page and self.page.url.partition("#")[0] == f"{self._address}/playground/":
            begun_anew(self.page)
        else:
            self.close()
            self.page = self._opened.enter_context(at_playground(self._browser, self._address))
        return self.page

    def close(self) -> None:
        self._opened.close()
        self.page = None


@pytest.fixture(scope="package")
def _shared(browser: Browser, address: str) -> Iterator[Shared]:
    shared = Shared(browser, address)
    yield shared
    shared.close()


@pytest.fixture
def warm(_shared: Shared, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The playground as a newcomer finds it, in which Python may run since an earlier test; after a test that
    failed, a new one. A test that keeps, listens or leaves takes a page of its own.
    """
    failed = request.session.testsfailed
    yield _shared.open()
    if request.session.testsfailed > failed:
        _shared.close()


def _yes(_: Any, handler: BaseHTTPRequestHandler) -> None:
    said(handler, {"content": "Yes."})


@pytest.fixture(scope="package")
def _steady() -> Iterator[Served]:
    served = Served(_yes)
    yield served
    served.close()


@pytest.fixture
def steady(_steady: Served) -> Served:
    """A server at one address for all tests: another one would want another Python, which may reach it.

    It says yes to everything, unless a test gives it another `answer`.
    """
    _steady.answer = _yes
    _steady.seen.clear()
    _steady.closed.clear()
    return _steady
