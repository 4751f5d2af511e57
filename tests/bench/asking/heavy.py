"""The longest task of the page while a heavy answer streams, in milliseconds of the main thread's CPU."""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests import browser as chromium
from tests.bench.report import built, serve, table
from tests.site.playground.panes.test_heavy import TASK, TEXTS, WORDS, longest

SAID = f"""Each answer comes in 60 pieces over a second or two, is drawn as Markdown and read to its end.
Chromium's own trace says how much CPU the page's main thread took for each task: a time that other work on
the machine does not lengthen (wanted: at most {TASK} ms). The second answer of a page counts; with the
first, Python starts."""
#: What is streamed, in which field, into how many panes.
OTHERS: dict[str, tuple[str, str, int]] = {
    "100,000 tokens of reasoning": ("thought " * 100_000, "reasoning_content", 1),
    "six panes at once": (f"{WORDS}\n\n" * 60, "content", 6),
}


def measured() -> str:
    """Measure; the part of the report."""
    answers = {**{name: (text, "content", 1) for name, text in TEXTS.items()}, **OTHERS}
    rows = []
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        address = serve(built(Path(name)))
        browser = playwright.chromium.launch(
            executable_path=chromium.find_without_window(), args=[*chromium.FLAGS, chromium.ONCE]
        )
        for what, (text, field, panes) in answers.items():
            tasks = longest(browser, address, text, field, panes)
            rows.append([what, f"{len(text) / 1000:,.0f}", f"{tasks[0]:.0f}"])
        browser.close()
    return f"{SAID}\n\n{table(['answer', 'kB', 'longest task, ms'], rows)}"
