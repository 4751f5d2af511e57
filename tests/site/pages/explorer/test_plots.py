"""The plots over the real catalog in a real browser."""

from __future__ import annotations

import re
from decimal import Decimal

from playwright.sync_api import Page, expect

from playground.catalog import Offering
from tests.site.pages.explorer.exploring import OFFERINGS


def test_plots_name_their_points_and_have_tables(page: Page) -> None:
    page.goto("/plots/")
    points = page.locator(".scatter .point:visible")
    before = points.count()
    assert before > 100
    first = page.locator(".scatter .point[tabindex='0']")
    first.focus()
    said = str(first.get_attribute("data-said"))
    assert re.search(r"\$[\d.]+ input \(.+?\), [\d,]+ tokens \(.+?\); .+", said)
    assert said in first.evaluate("e => getComputedStyle(e, '::after').content")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("() => document.activeElement.dataset.said") != said
    page.get_by_label("OpenAI").uncheck()
    assert points.count() < before
    page.get_by_text("As a table").click()
    expect(page.locator(".scatter tbody tr")).to_have_count(before)
    # Each figure says in the table, too, how well it stands, one tap from its claims.
    page.locator(".scatter tbody tr").first.locator("a.letter").first.click()
    expect(page.locator("details.evidence[open]")).to_be_visible()


def test_a_models_page_plots_its_prices_over_places_and_time(page: Page) -> None:
    def prices(o: Offering) -> set[Decimal]:
        spans = [s for s in o.history if s.mode == "standard" and s.start and s.usd]
        return {s.usd["input"] for s in spans if s.usd and "input" in s.usd}

    model = next(o.model for o in OFFERINGS if len(prices(o)) > 2)
    page.goto(f"/models/{model}/")
    assert page.locator(".history path").count() >= 1
    point = page.locator(".history .point").first
    point.focus()
    assert re.search(r"\$[\d.]+ from \d{4}-\d\d-\d\d", str(point.get_attribute("data-said")))
    page.goto("/models/openai/gpt-5/")
    assert page.locator("table.spread tbody tr").count() >= 2
