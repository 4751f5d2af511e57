"""The real site, built once from the committed catalog, served on the loopback, open in Chromium."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from filelock import FileLock
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect, sync_playwright

from generator.site.hosting.artefact import MANIFEST
from tests import browser as chromium
from tests import nginx
from tests.patience import PATIENCE_MS
from tests.site.playground.own_server import Listing


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nothing: pytest's output is for failures."""


#: The window of a page that a test has not made wider or narrower.
WINDOW: ViewportSize = {"width": 1280, "height": 900}
#: Where the site is served in all tests that open it; `/almanac` runs them under a base path.
BASE = os.environ.get("ALMANAC_BASE", "")


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder that all workers of this run have in common."""
    own = tmp_path_factory.getbasetemp()
    return own if worker_id == "master" else own.parent


@pytest.fixture(scope="session")
def site(shared: Path) -> Path:
    """The site as `almanac build --strict` makes it, once for all workers: a broken link fails here.

    `make test` builds it before the tests begin, and says where.
    """
    if (made := os.environ.get("ALMANAC_TEST_SITE")) and not BASE:
        return Path(made).absolute()
    target = shared / "site"
    with FileLock(shared / "site.lock"):
        if not (target / MANIFEST).is_file():
            result = subprocess.run(
                [Path(sys.executable).with_name("almanac"), "build", "--strict", "--site-dir", str(target)],
                capture_output=True,
                text=True,
                check=False,
                env={**os.environ, "SITE_URL": f"http://127.0.0.1{BASE}/"} if BASE else None,
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
def address(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site behind nginx as the documentation sets it up, or Python's server where there is none."""
    if nginx.find() is None:
        assert not BASE, "a base path needs nginx"
        with served(site) as found:
            yield found
        return
    with (
        nginx.serving(site, tmp_path_factory.mktemp("nginx"), BASE) as found,
        pytest.MonkeyPatch.context() as m,
    ):
        if BASE:
            _under_a_path(m)
        yield found


def _under_a_path(m: pytest.MonkeyPatch) -> None:
    """Let `goto("/x")` mean the site's own root: Playwright takes it from the root of the host."""
    opened, went, bases = Browser.new_context, Page.goto, {}

    def new_context(browser: Browser, **options: Any) -> BrowserContext:
        context = opened(browser, **options)
        bases[context] = options.get("base_url", "")
        return context

    def goto(page: Page, url: str, **options: Any) -> Any:
        return went(page, bases.get(page.context, "") + url if url.startswith("/") else url, **options)

    m.setattr(Browser, "new_context", new_context)
    m.setattr(Page, "goto", goto)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=chromium.find_without_window(), args=[*chromium.FLAGS, chromium.ONCE]
        )
        expect.set_options(timeout=PATIENCE_MS)
        with pytest.MonkeyPatch.context() as m:
            _wait_patiently(m)
            yield opened
        opened.close()


def _wait_patiently(m: pytest.MonkeyPatch) -> None:
    """Let every page wait for what must come as long as `expect` does; Playwright's own limit is 30 s."""
    made = Browser.new_context

    def new_context(browser: Browser, **options: Any) -> BrowserContext:
        context = made(browser, **options)
        context.set_default_timeout(PATIENCE_MS)
        return context

    m.setattr(Browser, "new_context", new_context)


class Watched:
    """A page of a context of its own, and what it did that no page of the site may do."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.page = browser.new_context(base_url=address, viewport=WINDOW).new_page()
        self._foreign: list[str] = []
        self._errors: list[str] = []
        own = (address, "data:", "blob:")
        self.page.on("request", lambda r: None if r.url.startswith(own) else self._foreign.append(r.url))
        self.page.on("console", lambda m: self._errors.append(m.text) if m.type == "error" else None)
        self.page.on("pageerror", lambda e: self._errors.append(str(e)))

    def check(self) -> None:
        """Fail on a request to another origin or an error in the console since the last check."""
        foreign, errors = self._foreign.copy(), self._errors.copy()
        self._foreign.clear()
        self._errors.clear()
        assert (foreign, errors) == ([], [])


@contextmanager
def watched(browser: Browser, address: str) -> Iterator[Page]:
    """A page that fails its test on a request to another origin or on an error in the console."""
    one = Watched(browser, address)
    yield one.page
    one.page.context.close()
    one.check()


@pytest.fixture(scope="package")
def _kept() -> Iterator[list[Watched]]:
    """The page that tests share, once one is open."""
    kept: list[Watched] = []
    yield kept
    for one in kept:
        one.page.context.close()


@pytest.fixture
def warm(
    _kept: list[Watched], browser: Browser, address: str, request: pytest.FixtureRequest
) -> Iterator[Page]:
    """A page in which Python may run since an earlier test; after a test that failed, a new one.

    `revisited` opens an address in it without loading it anew.
    """
    if not _kept:
        _kept.append(Watched(browser, address))
    (one,) = _kept
    one.page.set_viewport_size(WINDOW)
    failed = request.session.testsfailed
    yield one.page
    try:
        one.check()
    finally:
        if request.session.testsfailed > failed or one.page.is_closed():
            one.page.context.close()
            _kept.clear()


def revisited(page: Page, path: str, query: str) -> None:
    """Let a page that is open already go to that address of it, as Back and Forward do; else load it."""
    if urlsplit(page.url).path != path:
        page.goto(path + query)
        return
    page.evaluate(
        """(all) => all.forEach((address) => {
            history.pushState(null, "", address);
            dispatchEvent(new PopStateEvent("popstate"));
        })""",
        [path, path + query],
    )


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    with watched(browser, address) as opened:
        yield opened


@pytest.fixture
def server() -> Iterator[Listing]:
    """A server of the reader's own; where a file or a folder needs another one, it has its own."""
    served = Listing()
    yield served
    served.close()
