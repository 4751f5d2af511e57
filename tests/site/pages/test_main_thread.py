"""A model's heaviest page on a phone: its main thread beside that of the median page.

Chromium's own trace says how much CPU the main thread took, whatever else the machine does meanwhile. Both
pages are opened in turn, and only the ratio counts.
"""

from __future__ import annotations

import json
import statistics
from collections import defaultdict
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

from tests.site.quiet import wait_until_quiet

PHONE: Any = {"viewport": {"width": 412, "height": 823}, "device_scale_factor": 1.75, "is_mobile": True}
#: How much more the heaviest page may take than the median one.
MOST = 2
#: How often each page is opened, once the browser is warm.
LOADS = 3


def main_thread(browser: Browser, address: str, path: str, burden: str = "") -> float:
    """Milliseconds of CPU that the main thread takes until a page has come to rest.

    `burden` is a script that runs with the page.
    """
    with browser.new_context(base_url=address, **PHONE) as context:
        page = context.new_page()
        page.add_init_script(burden)
        browser.start_tracing(page=page, categories=["toplevel"])
        page.goto(path)
        wait_until_quiet(page)
        events = json.loads(browser.stop_tracing())["traceEvents"]
    mains = {(e["pid"], e["tid"]) for e in events if e.get("args", {}).get("name") == "CrRendererMain"}
    taken: dict[tuple[int, int], float] = defaultdict(float)
    for event in events:
        if (thread := (event["pid"], event["tid"])) in mains and event["name"].endswith("RunTask"):
            taken[thread] += event.get("tdur", 0) / 1000
    return max(taken.values())


def beside_median(browser: Browser, address: str, site: Path, burden: str = "") -> float:
    """How many times the median page's CPU the heaviest takes, by the medians of their loads."""
    pages = sorted((site / "models").glob("*/*/index.html"), key=lambda page: page.stat().st_size)
    median, heaviest = (f"/{page.parent.relative_to(site)}/" for page in (pages[len(pages) // 2], pages[-1]))
    main_thread(browser, address, median)
    taken: dict[str, list[float]] = defaultdict(list)
    for _ in range(LOADS):
        taken[median].append(main_thread(browser, address, median))
        taken[heaviest].append(main_thread(browser, address, heaviest, burden))
    return statistics.median(taken[heaviest]) / statistics.median(taken[median])


def test_the_heaviest_page_of_a_model_takes_at_most_twice_the_median_s(
    browser: Browser, address: str, site: Path
) -> None:
    assert beside_median(browser, address, site) <= MOST
