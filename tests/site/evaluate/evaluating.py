"""What the tests of Evaluate share: the page, filled in and run."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, expect

from tests.patience import PATIENCE_S
from tests.site.playground.playing import START, choose, counted, drawn


def refused(text: str) -> bool:
    """Whether that is the browser's own line about an answer of a status that a test's server gave."""
    return text.startswith("Failed to load resource: the server responded with a status of")


@contextmanager
def opened(
    browser: Browser, address: str, *origins: str, noise: tuple[str, ...] = (), at: str = "/evaluate/"
) -> Iterator[Page]:
    """The page; a request to another origin than its own and these, or an error, fails the test.

    `noise` is what an error may say all the same, as code that a check runs makes browsers write; `at` is the
    page or a link to it.
    """
    context = browser.new_context(base_url=address)
    page = context.new_page()
    foreign: list[str] = []
    errors: list[str] = []
    ours = (address, *origins, "data:", "blob:")
    page.on("request", lambda r: None if r.url.startswith(ours) else foreign.append(r.url))

    def hear(text: str) -> None:
        if not refused(text) and not any(part in text for part in noise):
            errors.append(text)

    page.on("console", lambda m: hear(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda e: hear(str(e)))
    page.on("dialog", lambda dialog: dialog.accept())  # answers may be in this page alone
    page.goto(at)
    page.locator(".pane").first.wait_for()
    yield page
    context.close()
    assert (foreign, errors) == ([], []), (foreign, errors)


def read(page: Page, text: str, name: str = "cases.csv") -> None:
    """Choose a file of cases."""
    page.locator("#file").set_input_files({"name": name, "mimeType": "", "buffer": text.encode()})
    expect(page.locator("#told")).to_contain_text(" read from ", timeout=START)


def ask(page: Page, origin: str, prompt: str, *models: str) -> None:
    """Fill in the prompt, and as many models at that server."""
    page.locator("#prompt").fill(prompt)
    choose(page, origin, *models)


def check(page: Page, kind: str, value: str) -> None:
    """Add a check."""
    page.locator("#add-check").click()
    form = page.locator(".check").last
    form.locator(".kind").select_option(label=kind)
    drawn(page)
    form.locator(".value").fill(value)


def fill_models(page: Page, key: str, *models: tuple[str, str]) -> None:
    """As many models as there are pairs of a row of the page and an id there, each with the key if asked."""
    for pane, (row, model) in zip(counted(page, len(models)).all(), models, strict=True):
        pane.locator(".provider").select_option(row)
        drawn(page)
        pane.locator(".model").fill(model)
        pane.locator(".model").blur()
        # Rows at one server share a key, and one that is there is not asked for again.
        if pane.locator(".key").count() and pane.locator(".key").first.is_visible():
            pane.locator(".key").fill(key)
        drawn(page)


#: What has happened of a run: how far a download is, what is started, how many answers came, what is told.
HAPPENED = """() => ["#step", "#bar", "#results label", "#told"].map((selector) => {
    const place = document.querySelector(selector);
    return place instanceof HTMLProgressElement ? place.value : place?.textContent;
})"""


def run_out(page: Page, told: str) -> None:
    """Wait until that stands in the status line, however long all takes; only that nothing happens any more
    is a failure."""
    happened, since = None, time.monotonic()
    while (now := page.evaluate(HAPPENED))[-1] != told:
        if now != happened:
            happened, since = now, time.monotonic()
        assert time.monotonic() - since < PATIENCE_S, f"nothing has happened since {happened}"
        page.wait_for_timeout(100)


def run(page: Page, told: str) -> None:
    """Run all, until that stands in the status line."""
    page.locator("#run").click()
    expect(page.locator("#told")).to_have_text(told, timeout=START)
