"""The guides in a real browser: figures from the catalog, and a control that computes in the page."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.patience import PATIENCE_MS
from tests.rounds import FULL, nightly
from tests.site.axe import faults_on_both

GUIDES = sorted(p.stem for p in Path("docs/guides").glob("*.md") if "live: true" in p.read_text())


@nightly("test_the_page_bills_as_the_terminal_does")
@pytest.mark.parametrize("guide", GUIDES)
def test_a_guide_has_bills_that_change_in_the_page(page: Page, guide: str) -> None:
    page.goto(f"/guides/{guide}/#bill")  # a browser opens the fold that an address leads into
    bills = page.locator(".b-row > summary .c-cost span")
    expect(bills.first).to_be_visible()
    before = bills.all_inner_texts()
    assert len(before) >= 3
    if guide == GUIDES[0]:  # one boot of Python tells of all
        page.locator("#bill input[name=requests]").fill("123456")
        expect(bills.first).not_to_have_text(before[0], timeout=PATIENCE_MS)
        assert page.url.endswith(f"/guides/{guide}/#bill")


@nightly("test_axe_finds_nothing_and_nothing_scrolls_sideways, of a generated page")
@pytest.mark.parametrize("guide", GUIDES if FULL else GUIDES[:1])  # all are made alike
def test_a_guide_is_accessible(page: Page, guide: str) -> None:
    assert faults_on_both(page, f"/guides/{guide}/#bill", ready=".b-row") == []


def test_without_scripts_a_guide_has_its_figures(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/guides/microsoft-or-openai/")
    expect(page.locator("#your-bill")).to_be_visible()
    page.locator("#your-bill > summary").click()
    expect(page.locator(".c-named tbody tr").first).to_be_visible()
    assert page.locator("article table a.letter").count() > 20
    context.close()


def test_the_configurations_stand_in_the_page_and_can_be_downloaded(page: Page, address: str) -> None:
    page.goto("/guides/outage/")
    expect(page.locator("article")).to_contain_text("model_name: chat-fallback")
    assert page.request.get(f"{address}/guides/outage/litellm.yml").ok
    assert page.request.get(f"{address}/guides/outage/openrouter.json").ok


def test_the_pairs_for_an_outage_follow_the_factor_that_the_reader_sets(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)  # it needs no script
    page = context.new_page()
    page.goto("/guides/outage/")
    tables = page.locator(".factor")
    assert tables.count() > 3
    expect(page.locator(".factor:visible")).to_have_count(1)
    expect(page.locator(".factor:visible")).to_contain_text("at most 3 times as dear")
    page.get_by_role("radio", name="10", exact=True).check()
    expect(page.locator(".factor:visible")).to_have_count(1)
    expect(page.locator(".factor:visible")).to_contain_text("at most 10 times as dear")
    expect(page.get_by_role("group", name="The fallback may cost so many times as much")).to_be_visible()
    context.close()
