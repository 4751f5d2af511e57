"""What the tests of the playground share: the page, and servers of ours."""

from __future__ import annotations

import json
import re
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from zlib import crc32

from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.patience import PATIENCE_MS, PATIENCE_S

#: Python starts within this many milliseconds even on a slow machine.
START = PATIENCE_MS
OWN = "Your own server (OpenAI-compatible)"
#: What is told once every model that was asked has answered, however many they are.
DONE = re.compile(r"^(All models have|The model has) finished\.$")
#: What stands below a whole answer.
FINISHED = "Finished: the answer is complete (stop)"


@contextmanager
def at_playground(browser: Browser, address: str) -> Iterator[Page]:
    """The playground in a fresh profile."""
    context = browser.new_context(base_url=address, accept_downloads=True)
    page = context.new_page()
    page.goto(f"{address}/playground/")
    page.locator(".pane").first.wait_for()
    yield page
    context.close()


def without_python(page: Page) -> None:
    """Let Python's files never come to a page that needs none, until it is loaded anew: to start it costs two
    seconds of CPU.
    """
    page.evaluate(
        """() => {
            const { fetch } = globalThis;
            globalThis.fetch = (asked, ...how) =>
                `${asked}`.includes("/assets/runtime/") ? new Promise(() => {}) : fetch(asked, ...how);
        }"""
    )


def choose(page: Page, origin: str, *models: str) -> None:
    """As many panes as models, at the OpenAI-compatible server of that origin."""
    panes = counted(page, len(models))
    for pane, model in zip(panes.all(), models, strict=True):
        pane.locator(".provider").select_option(label=OWN)
        drawn(page)
        pane.locator(".places input").fill(f"{origin}/v1")
        pane.locator(".model").fill(model)
    drawn(page)  # a key that is typed next is one for this address


def drawn(page: Page) -> None:
    """Wait until what was changed is drawn: the page draws once a frame."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def counted(page: Page, count: int) -> Locator:
    """Exactly so many panes."""
    # The first drawing has the panes of the start in it; counting before it would see none.
    page.locator("#panes").wait_for(state="attached")
    panes = page.locator(".pane")
    there = panes.count()
    for n in range(there, count, -1):
        panes.last.locator(".remove").click()
        expect(panes).to_have_count(n - 1)
    for n in range(there, count):
        page.get_by_role("button", name="Add a model").click()
        expect(panes).to_have_count(n + 1)
    return panes


def run(page: Page, prompt: str, told: str | re.Pattern[str] = DONE) -> None:
    page.locator("#prompt").fill(prompt)
    page.locator("#run").click()
    # The run before may have ended in the same words.
    drawn(page)
    expect(page.locator("#told")).to_have_text(told, timeout=START)


def cell(page: Page, code: str) -> None:
    """Run a cell of Python: its editor is opened if need be."""
    editor = page.locator(".cm-content")
    if not editor.count():
        page.locator(".cell > summary").click()
        expect(editor).to_contain_text("await compare")
    editor.fill(code)
    page.locator("#cell-run").click()


def cell_over(page: Page) -> None:
    """Wait until the cell that was run last has ended: the button and the notice change a frame later."""
    expect(page.locator('.printed[aria-busy="false"]')).to_be_attached(timeout=START)


def beside_the_window(page: Page) -> list[str]:
    """The controls that no reader reaches: they stand beside the window, and nothing scrolls to them."""
    found: list[str] = page.evaluate(
        """() => {
          const scrolls = (it) =>
            it && (/auto|scroll/.test(getComputedStyle(it).overflowX) || scrolls(it.parentElement));
          return [...document.querySelectorAll("#bench :is(a, button, input, select, textarea, summary)")]
            .filter((it) => it.checkVisibility() && !scrolls(it.parentElement))
            .filter((it) => {
              const { left, right } = it.getBoundingClientRect();
              return right > innerWidth || left < 0;
            })
            .map((it) => it.outerHTML.slice(0, 100));
        }"""
    )
    return found


def wait(
    page: Page, happened: Callable[[], bool], otherwise: str = "it did not happen", seconds: int = PATIENCE_S
) -> None:
    """Wait until that is so, here in the test, while the page goes on."""
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, f"{otherwise} within {seconds} s"
        page.wait_for_timeout(25)


def until(page: Page, script: str, otherwise: str, seconds: int = PATIENCE_S) -> None:
    """Wait until the script says true: the page's policy forbids Playwright's own way."""
    wait(page, lambda: page.evaluate(script), otherwise, seconds)


class Served:
    """Ours: answers each POST by a function, `answer`, CORS open.

    `seen` are the requests, `preflights` the paths the browser asked leave for, `closed` the hang-ups.
    """

    def __init__(self, answer: Callable[[Any, BaseHTTPRequestHandler], None], port: int = 0) -> None:
        self.seen: list[tuple[str, dict[str, str], Any]] = []
        self.preflights: list[str] = []
        self.closed: list[float] = []
        self.answer = answer
        served = self

        class Handler(BaseHTTPRequestHandler):
            def do_OPTIONS(self) -> None:
                served.preflights.append(self.path)
                self.send_response(204)
                self.send_header("access-control-max-age", "600")
                self.end_headers()

            def end_headers(self) -> None:
                self.send_header("access-control-allow-origin", "*")
                self.send_header("access-control-allow-headers", "*, authorization")
                super().end_headers()

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["content-length"])))
                served.seen.append((self.path, {n.lower(): v for n, v in self.headers.items()}, body))
                try:
                    served.answer(body, self)
                except OSError:
                    served.closed.append(time.monotonic())

            def log_message(self, *_: object) -> None:
                """Nothing: pytest's output is for failures."""

        self._server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.origin = f"http://127.0.0.1:{self._server.server_port}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def said(
    handler: BaseHTTPRequestHandler,
    *deltas: dict[str, Any],
    usage: dict[str, int] | None = None,
    pause: float = 0,
) -> None:
    """Stream these deltas as Chat Completions, each after `pause` seconds, and finish."""
    handler.send_response(200)
    handler.send_header("content-type", "text/event-stream")
    handler.end_headers()
    chunks: list[dict[str, Any]] = [{"choices": [{"delta": delta}]} for delta in deltas]
    chunks.append({"choices": [{"delta": {}, "finish_reason": "stop"}]})
    if usage:
        chunks.append({"choices": [], "usage": usage})
    for chunk in chunks:
        time.sleep(pause)
        handler.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())
        handler.wfile.flush()
    handler.wfile.write(b"data: [DONE]\n\n")


def rewired(page: Page, origin: str) -> None:
    """Send every row's requests to a server of the tests: the data the page loads, with other addresses."""

    def answer(route: Route) -> None:
        response = route.fetch()
        data = response.json()
        for row in data["rows"]:
            endpoint = row["endpoint"]
            if not endpoint["url"].startswith("http"):
                continue
            path = re.sub(r"^https?://[^/]+", "", endpoint["url"])
            endpoint["url"] = origin + re.sub(r"\{\w+\}", "x", path)
            endpoint.pop("places", None)
            row["places"] = []
        route.fulfill(response=response, json=data)

    page.route("**/playground.json", answer)
    page.reload()
    page.locator(".pane").first.wait_for()


def endless(path: str) -> bytes:
    """One more piece of an answer that never ends, in the wire of that path."""
    if path.endswith("/chat/completions"):
        return b'data: {"choices":[{"delta":{"content":"word "}}]}\n\n'
    if path.endswith("/responses"):
        return b'data: {"type":"response.output_text.delta","delta":"word "}\n\n'
    if path.endswith("/messages"):
        return b'data: {"type":"content_block_delta","delta":{"type":"text_delta","text":"word "}}\n\n'
    if "streamGenerateContent" in path:
        return b'data: {"candidates":[{"content":{"parts":[{"text":"word "}]}}]}\n\n'
    if path.endswith("/api/chat"):
        return b'{"message":{"content":"word "},"done":false}\n'
    return eventstream("contentBlockDelta", b'{"contentBlockIndex":0,"delta":{"text":"word "}}')


def eventstream(event: str, payload: bytes) -> bytes:
    """One binary message of Amazon's event stream."""

    def header(name: bytes, value: bytes) -> bytes:
        return bytes([len(name)]) + name + b"\x07" + struct.pack(">H", len(value)) + value

    headers = header(b":message-type", b"event") + header(b":event-type", event.encode())
    prelude = struct.pack(">II", 16 + len(headers) + len(payload), len(headers))
    body = prelude + struct.pack(">I", crc32(prelude)) + headers + payload
    return body + struct.pack(">I", crc32(body))


#: A row for each wire over HTTP, by its label in the page.
ROWS = {
    "openai-responses": "OpenAI: Responses",
    "openai-chat": "OpenAI: Chat Completions",
    "anthropic-messages": "Anthropic",
    "gemini": "Google Gemini API",
    "bedrock-converse": "Amazon Bedrock: Converse",
    "ollama": "Ollama",
}


def choose_row(page: Page, wire: str, model: str = "m") -> None:
    """One pane, at the row of that wire, with a key where it wants one."""
    panes = counted(page, 1)
    panes.first.locator(".provider").select_option(label=ROWS[wire])
    expect(panes.first).to_have_accessible_name(ROWS[wire])
    drawn(page)
    panes.first.locator(".model").fill(model)
    key = panes.first.locator(".key")
    if key.is_visible():
        key.fill("sk-test")


def forever(_: Any, handler: BaseHTTPRequestHandler) -> None:
    """Stream words until the reader hangs up."""
    handler.send_response(200)
    handler.send_header("content-type", "application/octet-stream")
    handler.end_headers()
    while True:
        handler.wfile.write(endless(handler.path))
        handler.wfile.flush()
        time.sleep(0.005)
