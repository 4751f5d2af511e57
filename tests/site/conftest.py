"""The real site, built once from the committed catalog, served on the loopback, open in Chromium."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests import browser as chromium


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nothing: pytest's output is for failures."""


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as `mkdocs build --strict` makes it: a broken link or anchor fails here."""
    target = tmp_path_factory.mktemp("site")
    result = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(target)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr[-4000:]
    return target


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """A site on the loopback, at the address that is given."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    with served(site) as found:
        yield found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.FLAGS)
        yield opened
        opened.close()


@contextmanager
def watched(browser: Browser, address: str) -> Iterator[Page]:
    """A page that fails its test on a request to another origin or on an error in the console."""
    context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    foreign: list[str] = []
    errors: list[str] = []
    opened.on(
        "request", lambda r: None if r.url.startswith((address, "data:", "blob:")) else foreign.append(r.url)
    )
    opened.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
    opened.on("pageerror", lambda e: errors.append(str(e)))
    yield opened
    context.close()
    assert foreign == []
    assert errors == []


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    with watched(browser, address) as opened:
        yield opened


def faults(page: Page) -> list[str]:
    """What axe finds wrong with the page as it stands, and whether it can be scrolled sideways."""
    page.wait_for_load_state("networkidle")
    page.add_script_tag(path="tests/servers/node_modules/axe-core/axe.min.js")
    found: list[str] = page.evaluate(
        """async () => {
            // What lies half below the header is no smaller for it.
            scrollTo({ top: 0, behavior: "instant" });
            // Of WCAG 2.2, but off unless asked for.
            const rules = { "target-size": { enabled: true } };
            const { violations } = await axe.run(document, { rules });
            return violations.map((v) => `${v.id}: ${v.nodes[0].html.slice(0, 200)}`);
        }"""
    )
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return [*found, *([f"{wide} px too wide"] if wide > 0 else [])]
