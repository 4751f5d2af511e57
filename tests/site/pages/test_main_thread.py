"""A model's heaviest page on a phone: its main thread beside that of the median page.

Chromium's own trace says how much CPU the main thread took, whatever else the machine does meanwhile. Both
pages are opened in turn, and only the ratio counts.
"""

from __future__ import annotations

import statistics
from collections import defaultdict
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

from tests.rounds import nightly
from tests.site.quiet import wait_until_quiet
from tests.site.traces import of_main_threads

PHONE: Any = {"viewport": {"width": 412, "height": 823}, "device_scale_factor": 1.75, "is_mobile": True}
#: How much more the heaviest page may take than the median one.
MOST = 2
#: How often each page is opened, once the browser is warm, and how often again where that was too much: on a
#: machine that does much else a page now and then takes half as much again.
LOADS, TRIES = 3, 4
#: Work of a page's own, in milliseconds: more than the median page takes.
BUSY = "const begun = performance.now(); while (performance.now() - begun < 500);"


def main_thread(browser: Browser, address: str, path: str, script: str = "") -> float:
    """Milliseconds of CPU that the main thread takes until a page is at rest; `script` runs with it."""
    context = browser.new_context(base_url=address, **PHONE)
    page = context.new_page()
    page.add_init_script(script)
    browser.start_tracing(page=page, categories=["toplevel"])
    page.goto(path)
    wait_until_quiet(page)
    events = of_main_threads(browser.stop_tracing())
    context.close()
    taken: dict[tuple[int, int], float] = defaultdict(float)
    for event in events:
        if event["name"].endswith("RunTask"):
            taken[event["pid"], event["tid"]] += event.get("tdur", 0) / 1000
    return max(taken.values())  # the browser has another page at hand, which does nothing


def beside_median(browser: Browser, address: str, site: Path, loads: int, script: str = "") -> float:
    """How many times the median page's CPU the heaviest takes, by the medians of so many loads."""
    pages = sorted((site / "models").glob("*/*/index.html"), key=lambda page: page.stat().st_size)
    median, heaviest = (f"/{page.parent.relative_to(site)}/" for page in (pages[len(pages) // 2], pages[-1]))
    main_thread(browser, address, median)
    taken: dict[str, list[float]] = defaultdict(list)
    for _ in range(loads):
        taken[median].append(main_thread(browser, address, median))
        taken[heaviest].append(main_thread(browser, address, heaviest, script))
    return statistics.median(taken[heaviest]) / statistics.median(taken[median])


@nightly("test_the_heaviest_model_page_lays_out_what_is_near")
def test_the_heaviest_page_of_a_model_takes_at_most_twice_as_much_as_the_median_page(
    browser: Browser, address: str, site: Path
) -> None:
    ratios: list[float] = []
    while len(ratios) < TRIES and min(ratios, default=MOST + 1) > MOST:
        ratios.append(beside_median(browser, address, site, LOADS))
    assert min(ratios) <= MOST, ratios


@nightly("nothing: it is the proof of the measurement beside it")
def test_a_page_that_takes_more_is_seen(browser: Browser, address: str, site: Path) -> None:
    assert beside_median(browser, address, site, 1, BUSY) > MOST
