"""A server that repeats what it is asked, and the playground with a key for it."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.site.playground.playing import Served, at_playground, choose, said

#: Of no known prefix.
SECRET = "q7Zp2Kx9Lm4Rt8Vw3Bn6Yc1D"


def _repeats(body: Any, handler: BaseHTTPRequestHandler) -> None:
    last = body["messages"][-1]["content"]
    text = last if isinstance(last, str) else last[-1]["text"]
    said(handler, {"reasoning_content": f"So {text}"}, {"content": text})


@pytest.fixture(scope="module")
def echo() -> Iterator[Served]:
    served = Served(_repeats)
    yield served
    served.close()


@pytest.fixture
def keyed(browser: Browser, address: str, echo: Served) -> Iterator[Page]:
    """One pane at that server, with a key; the clipboard may be written."""
    echo.seen.clear()
    with at_playground(browser, address) as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        choose(page, echo.origin, "one")
        page.locator(".key").fill(SECRET)
        yield page
