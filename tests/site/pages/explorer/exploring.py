"""The explorer opened in a browser, and the catalog that it must agree with."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page

from playground.catalog import Offering
from tests.catalogs import committed

CATALOG = committed()
OFFERINGS = CATALOG.offerings


def opened(page: Page, query: str = "") -> Page:
    page.goto(f"/explorer/{query}")
    page.locator(".x-count").wait_for()
    return page


def shown(page: Page) -> int:
    """How many offerings the explorer says there are left."""
    return int(re.sub(r"\D", "", page.locator(".x-count b").inner_text()))


def wanted(test: Callable[[Offering], bool]) -> int:
    return sum(map(test, OFFERINGS))
