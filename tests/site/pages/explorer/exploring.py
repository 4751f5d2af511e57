"""The explorer opened in a browser, and the catalog that it must agree with."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page

from generator.views.as_of import latest
from playground.catalog import Offering
from playground.lifecycle.passed import on_day
from tests.catalogs import committed

#: As the site shows it: what was past its last day when the catalog was read is retired.
CATALOG = on_day(committed(), latest(committed()))
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
