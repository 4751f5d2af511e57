"""The site's search, and what an address leads to that does not exist, in a real browser."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Response, expect

from generator.exports.search import EUROPE
from playground.catalog import Capability, Support
from playground.catalog.regions import known_regions
from tests.rounds import nightly, sampled
from tests.site.pages.explorer.exploring import CATALOG
from tests.site.playground.holding import compose_with_enter
from tests.site.quiet import wait_until_quiet


def found(page: Page, asked: str) -> list[str]:
    page.locator("dialog.search input").fill(asked)
    page.wait_for_function("() => document.querySelector('dialog.search p').textContent.includes('found')")
    return page.locator("dialog.search li b").all_inner_texts()


def test_site_search_loads_nothing_before_it_is_opened(page: Page) -> None:
    asked: list[str] = []
    sizes: list[int] = []

    def note(response: Response) -> None:
        asked.append(response.url)
        if "search" in response.url:
            sizes.append(len(gzip.compress(response.body(), 9)))

    page.on("response", note)
    page.goto("/")
    wait_until_quiet(page)
    assert not [u for u in asked if "search" in u.rsplit("/", 1)[-1] or "/search/" in u]
    page.keyboard.press("/")
    page.locator("dialog.search").wait_for()
    assert found(page, "gpt-4o")[0].lower().replace(" ", "-") == "gpt-4o"
    assert sum(sizes) <= 150_000


@sampled(1)
@pytest.mark.parametrize(
    ("asked", "test"),
    [
        ("gpt-4o", lambda names: re.fullmatch(r"gpt[- ]4o", names[0], re.I)),
        ("mai", lambda names: all("mai" in n.lower() for n in names[:4])),
        ("claude opus eu", lambda names: "Claude" in names[0] and "Opus" in names[0]),
        ("cheap vision", lambda names: len(names) >= 5),
        ("bedrock", lambda names: "Bedrock" in names[0]),
        ("azure", lambda names: "Azure" in " ".join(names[:2])),
        ("gtp-5", lambda names: any("GPT-5" in n.upper() for n in names)),
        ("keys privacy", lambda names: any("keys" in n.lower() for n in names)),
    ],
)
def test_site_search_finds_what_people_type(page: Page, asked: str, test: Callable[[list[str]], Any]) -> None:
    page.goto("/")
    page.get_by_role("button", name="Search").click()
    names = found(page, asked)
    assert test(names), names


@nightly("tests/site/scripts/search.test.mjs")
def test_what_search_calls_eu_and_cheap_is_so(page: Page) -> None:
    def models() -> list[str]:
        links = page.locator('dialog.search li a[href*="/models/"]')
        return [str(a.get_attribute("href")).split("/models/")[1].strip("/") for a in links.all()]

    page.goto("/")
    page.get_by_role("button", name="Search").click()
    found(page, "claude opus eu")
    assert models()
    for model in models():
        kept = {str(o.channel) for o in CATALOG.of_model(model)} & {"eu", "data-zone-eu"}
        regions = [r for o in CATALOG.of_model(model) for r in known_regions(o)]
        assert kept or model.endswith("-eu") or any(EUROPE.search(r) for r in regions), model
    found(page, "cheap vision")
    for model in models():
        offerings = CATALOG.of_model(model)
        assert any(o.can(Capability.VISION) == Support.YES for o in offerings)
        assert min(v for o in offerings if isinstance(v := o.value("price.output"), Decimal | int)) < 2


def test_search_works_by_keyboard_alone(page: Page) -> None:
    """Enter that ends a composed text chooses nothing yet."""
    page.goto("/providers/azure/")
    page.keyboard.press("Control+k")
    found(page, "claude opus")
    page.keyboard.press("ArrowDown")
    chosen = page.locator("dialog.search li[aria-selected='true'] a").get_attribute("href")
    there = page.url
    compose_with_enter(page.locator("dialog.search input"))
    assert page.url == there
    page.keyboard.press("Enter")
    page.wait_for_url(str(chosen))
    page.keyboard.press("/")
    expect(page.locator("dialog.search")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog.search")).to_be_hidden()


def test_what_is_typed_before_search_is_there_is_not_lost(page: Page) -> None:
    page.route("**/search.js", lambda route: (page.wait_for_timeout(600), route.continue_()))  # type: ignore[func-returns-value]
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.type("gpt-4o")
    expect(page.locator("dialog.search input")).to_have_value("gpt-4o")
    expect(page.locator("dialog.search li b").first).to_have_text(re.compile("gpt.4o", re.I))


def test_search_given_up_before_it_is_there_does_not_open(page: Page) -> None:
    page.route("**/search.js", lambda route: (page.wait_for_timeout(600), route.continue_()))  # type: ignore[func-returns-value]
    page.goto("/")
    with page.expect_response("**/search.js"):
        page.keyboard.press("/")
        page.keyboard.press("Escape")
    page.wait_for_timeout(200)
    expect(page.locator("dialog.search[open]")).to_have_count(0)


def test_an_address_that_does_not_exist_offers_the_nearest(
    browser: Browser, address: str, site: Path
) -> None:
    html = (site / "404.html").read_text()
    context = browser.new_context(base_url=address)
    page = context.new_page()
    page.route(
        "**/models/openai/gpt-4oo/",
        lambda route: route.fulfill(status=404, content_type="text/html", body=html),
    )
    page.goto("/models/openai/gpt-4oo/")
    expect(page.locator("h1")).to_contain_text("No such page")
    expect(page.locator("#not-found li a").first).to_have_attribute(
        "href", re.compile("/models/openai/gpt-4o/$")
    )
    context.close()
