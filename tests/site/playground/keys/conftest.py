"""A server that repeats what it is asked, and the playground with a key for it."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.site.playground.playing import Served, choose, said

#: Of no known prefix.
SECRET = "q7Zp2Kx9Lm4Rt8Vw3Bn6Yc1D"


def _repeats(body: Any, handler: BaseHTTPRequestHandler) -> None:
    last = body["messages"][-1]["content"]
    text = last if isinstance(last, str) else last[-1]["text"]
    said(handler, {"reasoning_content": f"So {text}"}, {"content": text})


@pytest.fixture
def echo(steady: Served) -> Served:
    """The server of all tests, which repeats what it is asked."""
    steady.answer = _repeats
    return steady


@pytest.fixture
def keyed(warm: Page, echo: Served) -> Page:
    """One pane at that server, with a key; the clipboard may be written."""
    warm.context.grant_permissions(["clipboard-read", "clipboard-write"])
    choose(warm, echo.origin, "one")
    warm.locator(".key").fill(SECRET)
    return warm
