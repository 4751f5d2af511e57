"""Servers that answer by the prompt, and the playground that may reach nobody else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Error, Page, Request

from tests.site.playground.panes.answering import answers
from tests.site.playground.playing import Served, at_playground


@pytest.fixture(scope="module")
def server() -> Iterator[Served]:
    served = Served(answers)
    yield served
    served.close()


@pytest.fixture
def page(browser: Browser, address: str, server: Served) -> Iterator[Page]:
    """The playground; a request to anyone but its site and that server fails the test."""
    server.seen.clear()
    with at_playground(browser, address) as opened:
        foreign: list[str] = []
        errors: list[str] = []
        ours = (address, server.origin, "data:", "blob:")
        opened.on("request", lambda r: None if r.url.startswith(ours) else foreign.append(r.url))
        opened.on("pageerror", lambda e: errors.append(str(e)))
        yield opened
        assert (foreign, errors) == ([], [])


@pytest.fixture
def asked(steady: Served) -> Served:
    """The server of all tests, which answers by the prompt."""
    steady.answer = answers
    return steady


@pytest.fixture
def guarded(warm: Page, address: str, steady: Served) -> Iterator[Page]:
    """The shared playground; a request to anyone but its site and that server fails the test."""
    foreign: list[str] = []
    errors: list[str] = []
    ours = (address, steady.origin, "data:", "blob:")

    def note(request: Request) -> None:
        if not request.url.startswith(ours):
            foreign.append(request.url)

    def fail(error: Error) -> None:
        errors.append(str(error))

    warm.on("request", note)
    warm.on("pageerror", fail)
    yield warm
    warm.remove_listener("request", note)
    warm.remove_listener("pageerror", fail)
    assert (foreign, errors) == ([], [])
