"""The chooser's page before Python is there, and where it never is."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.patience import PATIENCE_MS
from tests.rounds import FULL, nightly, sampled
from tests.site.choose.choosing import NEEDS, names, opened


@sampled(1)
@pytest.mark.parametrize("need", NEEDS if FULL else NEEDS[:2], ids=lambda need: need["id"])
def test_a_named_need_is_answered_without_python(page: Page, need: dict[str, Any]) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    opened(page, f"?need={need['id']}")
    expect(page.locator(".c-said b")).to_have_text(f"{need['title']}.")
    button = page.get_by_role("button", name=need["title"], exact=True)
    expect(button).to_have_attribute("aria-pressed", "true")
    assert len(names(page)) >= 3
    assert not [url for url in asked if "pyodide" in url]
    # Opened, it says why, what it costs, and where else it runs.
    page.locator(".c-row summary").first.click()
    first = page.locator(".c-item").first
    expect(first.get_by_role("heading", name="Why it is left")).to_be_visible()
    expect(first.locator(".c-places, .c-why > p").last).to_be_visible()
    assert first.locator(".c-table").first.locator("tbody tr").count() >= 5


def test_without_scripts_every_named_need_is_answered(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/choose/")
    for need, table in zip(NEEDS, page.locator(".c-named table").all(), strict=True):
        expect(page.locator(f"#{need['id']}")).to_be_visible()
        # Of what is no chat few have a public test.
        fewest = 1 if need["need"].get("kind") in ("realtime", "image", "embedding", "ocr") else 6
        assert table.locator("tbody tr").count() >= fewest, need["id"]
    context.close()


def test_a_need_that_is_not_named_here_is_said(page: Page) -> None:
    opened(page, "?need=supprt")
    expect(page.locator(".c-told")).to_contain_text("There is no need named “supprt”")
    opened(page, "#voice")
    expect(page.locator(".c-said b")).to_have_text("Voice.")


BROKEN = ("#%E0%A4%A", "?need=%E0%A4%A", "?cached=%ZZ&=&&must=%2C,,")


@nightly("test_a_need_that_is_not_named_here_is_said")
@pytest.mark.parametrize("query", BROKEN if FULL else BROKEN[:1])
def test_a_broken_address_still_opens_the_page(page: Page, query: str) -> None:
    page.goto(f"/choose/{query}")
    # Where what is asked cannot be read, the answer without it is folded.
    page.locator(".c-item").first.wait_for(state="attached", timeout=PATIENCE_MS)


def test_where_python_cannot_start_the_answers_made_with_the_site_stay(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(base_url=address)
    page = context.new_page()
    page.route("**/runtime.json", lambda route: route.abort())
    opened(page, "?need=eu")
    found = names(page)
    page.locator("input[name=output_tokens]").fill("900")
    expect(page.locator(".c-told")).to_contain_text("What you typed is kept", timeout=PATIENCE_MS)
    assert names(page) == found
    expect(page.locator("input[name=output_tokens]")).to_have_value("900")
    context.close()


@nightly("test_where_python_cannot_start_the_answers_made_with_the_site_stay")
def test_an_answer_that_cannot_be_loaded_is_said(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address)
    page = context.new_page()
    page.route("**/needs/*.json", lambda route: route.abort())
    page.goto("/choose/?need=eu")
    expect(page.locator(".c-told")).to_contain_text("could not be loaded")
    context.close()
