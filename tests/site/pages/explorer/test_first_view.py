"""What a page loads before a reader touches it, compressed as a host sends it."""

from __future__ import annotations

from playwright.sync_api import Browser

from tests.bench.reading import weighed

#: Columns that few ask for, such as those of quality, are loaded once they are asked for.
EXPLORER_BYTES = 300_000


def test_the_explorer_s_first_view_is_light(browser: Browser, address: str) -> None:
    with weighed(browser, address) as (page, sizes):
        page.goto("/explorer/")
        page.locator(".x-count").wait_for()
        page.wait_for_load_state("networkidle")
        assert not any("quality.json" in name for name in sizes)
        assert sum(sizes.values()) <= EXPLORER_BYTES, sizes
