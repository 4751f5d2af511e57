"""When a page has asked for all that it asks for by itself."""

from __future__ import annotations

from playwright.sync_api import Page


def wait_until_quiet(page: Page) -> None:
    """Wait until the page is loaded, its fonts are there and nothing more came for half a second.

    Chromium's own "network idle" is told once and can be missed: a test then waits for ever.
    """
    page.wait_for_load_state("load")
    page.evaluate(
        """async () => {
            await document.fonts.ready;
            const count = () => performance.getEntriesByType("resource").length;
            for (let before = -1; before !== count(); ) {
                before = count();
                await new Promise((resolve) => setTimeout(resolve, 500));
            }
        }"""
    )


def unmarked(page: Page) -> None:
    """Nothing focused, nothing under the pointer, no header that lies over a tall picture."""
    page.mouse.move(0, 0)
    page.evaluate("document.activeElement.blur()")
    page.evaluate("document.querySelector('.md-header').style.display = 'none'")
