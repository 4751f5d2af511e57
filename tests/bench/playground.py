"""The playground beside what others offer."""

from __future__ import annotations

import gzip
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, expect, sync_playwright

from generator.site import runtime
from tests import browser as chromium
from tests.bench import others
from tests.bench.playground_report import written
from tests.bench.report import serve
from tests.site.playground.playing import (
    DONE,
    ROWS,
    START,
    Served,
    at_playground,
    choose_row,
    counted,
    drawn,
    endless,
    rewired,
)

#: No page measured here reaches anything outside, so none waits for it.
LOCAL = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
ROUNDS = int(os.environ.get("ROUNDS", "15"))
STOPS = int(os.environ.get("STOPS", "100"))


def paced(pause: float, count: int) -> Callable[[Any, BaseHTTPRequestHandler], None]:
    """A stream of so many tokens, one each `pause` seconds."""

    def answer(_: Any, handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("content-type", "text/event-stream")
        handler.end_headers()
        head = (
            b'data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,'
        )
        chunk = head + b'"delta":{"content":"word "}}]}\n\n'
        for _ in range(count):
            handler.wfile.write(chunk)
            handler.wfile.flush()
            time.sleep(pause)
        handler.wfile.write(head + b'"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n')

    return answer


def shipped(folder: Path) -> None:
    """The same Pyodide and packages as they are shipped: standard library and wheels as source."""
    for name in runtime.CORE_FILES:
        shutil.copyfile(runtime.CORE / name, folder / name)
    runtime._download(folder)
    with tempfile.TemporaryDirectory() as made:
        runtime._own_wheel(Path(made), folder)
    runtime._lock(folder)
    (folder / "worker.mjs").write_text(
        """import { loadPyodide } from "./pyodide.mjs";
const python = await loadPyodide({ indexURL: new URL("./", import.meta.url).href });
await python.loadPackage("model-almanac-playground", { messageCallback() {} });
python.pyimport("playground.browser");
postMessage("ready");
"""
    )
    (folder / "index.html").write_text("<!doctype html><title>as shipped</title>")


READY = """() => new Promise((done) => {
    const begun = performance.now();
    document.querySelector("#prompt").focus();
    const look = () => document.querySelector("#boot") ? (seen = true, setTimeout(look, 5))
        : seen ? done(performance.now() - begun) : setTimeout(look, 5);
    let seen = false;
    look();
})"""
SHIPPED = """() => new Promise((done) => {
    const begun = performance.now();
    const worker = new Worker("./worker.mjs", { type: "module" });
    worker.onmessage = () => { done(performance.now() - begun); worker.terminate(); };
})"""


def ready(browser: Browser, address: str, other: str) -> dict[str, list[float]]:
    """Milliseconds to a Python that can run a prompt: cold in a fresh profile, warm with its cache."""
    found: dict[str, list[float]] = {}
    for _ in range(max(5, ROUNDS // 3)):
        for name, url, script in (
            ("this playground", f"{address}/playground/", READY),
            ("as shipped", f"{other}/", SHIPPED),
        ):
            context = browser.new_context()
            page = context.new_page()
            for state in ("cold", "warm", "warm"):
                page.goto(url)
                if script is READY:
                    page.locator(".pane").first.wait_for()
                found.setdefault(f"{name}, {state}", []).append(page.evaluate(script))
            context.close()
    return found


def smooth(browser: Browser, address: str) -> tuple[int, float, float]:
    """Tasks over 50 ms on the main thread, the longest, and the seconds watched: six panes, 100 tokens/s."""
    server = Served(paced(0.01, 500))
    with at_playground(browser, address) as page:
        rewired(page, server.origin)
        panes = counted(page, 6)
        for pane in panes.all():
            pane.locator(".provider").select_option(label="OpenAI: Chat Completions")
            pane.locator(".model").fill("m")
        drawn(page)
        panes.first.locator(".key").fill("a-key-that-is-made-up")  # of the one address that all have here
        page.locator("#prompt").fill("Go")
        page.locator("#run").click()
        expect(page.locator("#told")).to_have_text(DONE, timeout=START)
        page.evaluate(
            """() => { window.long = [];
                const note = (list) => window.long.push(...list.getEntries().map((e) => e.duration));
                new PerformanceObserver(note)
                    .observe({ type: "longtask" }); }"""
        )
        begun = time.monotonic()
        page.locator("#run").click()
        expect(page.locator("#told")).to_have_text("Asking 6 models.")
        expect(page.locator("#told")).to_have_text(DONE, timeout=START)
        long = page.evaluate("() => window.long")
        watched = time.monotonic() - begun
    server.close()
    return len(long), max(long, default=0.0), watched


STOP = "() => { document.querySelector('#stop').click(); return Date.now(); }"


def stops(browser: Browser, address: str) -> dict[str, list[float]]:
    """Milliseconds from the click on Stop to the server seeing the connection close, per wire."""
    found: dict[str, list[float]] = {}
    for wire in ROWS:
        closed: list[float] = []

        def forever(_: Any, handler: BaseHTTPRequestHandler, closed: list[float] = closed) -> None:
            handler.send_response(200)
            handler.send_header("content-type", "application/octet-stream")
            handler.end_headers()
            try:
                while True:
                    handler.wfile.write(endless(handler.path))
                    handler.wfile.flush()
                    time.sleep(0.002)
            except OSError:
                closed.append(time.time() * 1000)

        server = Served(forever)
        with at_playground(browser, address) as page:
            rewired(page, server.origin)
            choose_row(page, wire)
            page.locator("#prompt").fill("Go on")
            for number in range(1, STOPS + 1):
                page.evaluate("() => document.querySelector('#run').click()")
                _streaming(page, server, number)
                clicked = page.evaluate(STOP)
                limit = time.monotonic() + 10
                while len(closed) < number and time.monotonic() < limit:
                    time.sleep(0.001)
                if len(closed) < number:
                    break
                found.setdefault(wire, []).append(closed[-1] - clicked)
        server.close()
    return found


def _streaming(page: Page, server: Served, number: int) -> None:
    while len(server.seen) < number:
        time.sleep(0.001)
    page.locator(".answer", has_text="word").wait_for(timeout=START)
    # The page draws once a frame: until then Stop is the button of the run before, and does nothing.
    page.locator("#stop:enabled").wait_for(timeout=START)


def weights(browser: Browser, address: str) -> dict[str, int]:
    """Bytes, as a host that compresses would send them, before the first touch and until Python is ready."""
    context = browser.new_context()
    page = context.new_page()
    sizes: dict[str, int] = {}
    state = "before the first touch"

    seen: set[str] = set()

    def loaded(response: Any) -> None:
        if response.url in seen or not response.url.startswith("http"):
            return  # fetched ahead, it comes out of the cache when it is wanted
        seen.add(response.url)
        # The browser does not give back what a page took as a blob, so the server is asked once more.
        with urlopen(response.url) as again:
            body = again.read()
        small = body if re.search(r"\.(woff2|png|zip|whl|gz)$", response.url) else gzip.compress(body, 6)
        sizes[state] = sizes.get(state, 0) + len(small)

    page.on("response", loaded)
    page.goto(f"{address}/playground/", wait_until="networkidle")
    state = "then, once, until Python is ready"
    page.evaluate(READY)
    page.wait_for_timeout(500)
    context.close()
    return sizes


def measured() -> str:
    """Measure everything; the part of the report."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        site = folder / "site"
        command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-q", "-d", str(site)]
        subprocess.run(command, check=True)
        other = folder / "shipped"
        other.mkdir()
        shipped(other)
        notebooks = folder / "notebooks"
        notebooks.mkdir()
        others.build(notebooks)
        address, as_shipped = serve(site), serve(other)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=chromium.find(), args=[*chromium.FLAGS, LOCAL]
            )
            boots = ready(browser, address, as_shipped)
            pages = others.opened(browser, serve(notebooks), address, READY, max(3, ROUNDS // 5))
            sizes = weights(browser, address)
            tasks, longest, watched = smooth(browser, address)
            closes = stops(browser, address)
            browser.close()
    return written(boots, pages, sizes, (tasks, longest, watched), closes, STOPS)
