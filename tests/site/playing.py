"""What the tests of the playground share: a page allowed to talk to a server, and servers of ours."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from playwright.sync_api import Browser, Page, expect

#: Python starts within this many milliseconds even on a slow machine.
START = 60_000
OWN = "Another OpenAI-compatible address"


@contextmanager
def allowed(browser: Browser, address: str, *origins: str) -> Iterator[Page]:
    """The playground with those origins added for its tab."""
    context = browser.new_context(base_url=address, accept_downloads=True)
    page = context.new_page()
    page.goto("/playground/")
    page.evaluate("all => sessionStorage.setItem('almanac-origins', JSON.stringify(all))", list(origins))
    page.reload()
    page.locator(".pane").first.wait_for()
    yield page
    context.close()


def choose(page: Page, origin: str, *models: str) -> None:
    """As many panes as models, at the OpenAI-compatible server of that origin."""
    panes = page.locator(".pane")
    while panes.count() > len(models):
        panes.last.locator(".remove").click()
    while panes.count() < len(models):
        page.get_by_role("button", name="Add a model").click()
        expect(panes.last.locator(".provider")).to_be_visible()
    for pane, model in zip(panes.all(), models, strict=True):
        pane.locator(".provider").select_option(label=OWN)
        pane.locator(".places input").fill(f"{origin}/v1")
        pane.locator(".model").fill(model)


def run(page: Page, prompt: str, told: str = "All models have finished.") -> None:
    page.locator("#prompt").fill(prompt)
    page.locator("#run").click()
    expect(page.locator("#told")).to_have_text(told, timeout=START)


class Served:
    """Ours: answers each POST by a function, CORS open; `seen` are the requests, `closed` the hang-ups."""

    def __init__(self, answer: Callable[[Any, BaseHTTPRequestHandler], None]) -> None:
        self.seen: list[tuple[str, dict[str, str], Any]] = []
        self.begun: list[float] = []
        self.closed: list[float] = []
        served = self

        class Handler(BaseHTTPRequestHandler):
            def do_OPTIONS(self) -> None:
                self.send_response(204)
                self.end_headers()

            def end_headers(self) -> None:
                self.send_header("access-control-allow-origin", "*")
                self.send_header("access-control-allow-headers", "*, authorization")
                super().end_headers()

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["content-length"])))
                served.seen.append((self.path, {n.lower(): v for n, v in self.headers.items()}, body))
                try:
                    answer(body, self)
                except OSError:
                    served.closed.append(time.monotonic())

            def log_message(self, *_: object) -> None:
                """Nothing: pytest's output is for failures."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.origin = f"http://127.0.0.1:{self._server.server_port}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def said(
    handler: BaseHTTPRequestHandler, *deltas: dict[str, Any], usage: dict[str, int] | None = None
) -> None:
    """Stream these deltas as Chat Completions, and finish."""
    handler.send_response(200)
    handler.send_header("content-type", "text/event-stream")
    handler.end_headers()
    chunks: list[dict[str, Any]] = [{"choices": [{"delta": delta}]} for delta in deltas]
    chunks.append({"choices": [{"delta": {}, "finish_reason": "stop"}]})
    if usage:
        chunks.append({"choices": [], "usage": usage})
    for chunk in chunks:
        handler.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())
        handler.wfile.flush()
    handler.wfile.write(b"data: [DONE]\n\n")
