"""What stands below the form has its place from the first: nothing moves, and nothing is left empty."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.rounds import sampled
from tests.site.playground.playing import START, at_playground, choose, drawn

#: Pixels between what was said last below the buttons and the models: a line of text and what parts two.
MOST = 50
#: Where the models begin, and how far above them the page says something last.
PLACE = """() => {
    const { top } = document.querySelector("#panes").getBoundingClientRect();
    const ends = [...document.querySelectorAll("#boot, #estimate, #told")]
        .filter((it) => it.textContent.trim())
        .map((it) => it.getBoundingClientRect().bottom);
    return [Math.round(top + scrollY), top - Math.max(...ends)];
}"""
#: What moved without a click or a key just before, as browsers measure it.
SHIFTS = """window.shifted = 0;
new PerformanceObserver((list) => {
    for (const { hadRecentInput, value, sources } of list.getEntries())
        if (!hadRecentInput && sources.some(({ node }) => node?.closest?.("#bench"))) shifted += value;
}).observe({ type: "layout-shift", buffered: true });"""


@sampled(1)
@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1440, "dark")])
def test_python_starts_in_a_place_that_is_empty_neither_before_nor_after(
    browser: Browser, address: str, width: int, scheme: str
) -> None:
    with at_playground(browser, address) as page:
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        page.set_viewport_size({"width": width, "height": 900})
        drawn(page)
        page.evaluate(SHIFTS)
        estimate = page.locator("#estimate")
        expect(estimate).to_have_text(
            "A run’s cost is estimated here once Python is loaded, as soon as you write or change something."
        )
        places = [page.evaluate(PLACE)]
        page.locator("#prompt").focus()
        page.locator("#boot").wait_for(timeout=START)
        starting, _ = page.evaluate(PLACE)
        expect(estimate).to_contain_text("Estimate for the run: about $", timeout=START)
        drawn(page)
        places.append(page.evaluate(PLACE))
        # How Python's start is said takes one line or the two of its place.
        assert {starting, *(top for top, _ in places)} == {places[0][0]}
        assert max(gap for _, gap in places) <= MOST
        assert page.evaluate("shifted") < 0.01


def test_what_stands_in_the_place_of_the_estimate_is_what_it_waits_for(warm: Page) -> None:
    page = warm
    estimate = page.locator("#estimate")
    page.locator("#prompt").fill("")
    expect(estimate).to_have_text("Write a prompt to see what a run may cost.", timeout=START)
    page.locator("#prompt").fill("Hi")
    page.get_by_role("button", name="Try without a key").click()
    expect(estimate).to_have_text("Estimate for the run: free, since it runs in this page.", timeout=START)
    choose(page, "http://localhost:9", "")
    expect(estimate).to_have_text("Choose a model to see what a run may cost.", timeout=START)


def test_a_link_chooses_a_host_that_the_provider_is_known_to_have_and_no_other(
    warm: Page, address: str
) -> None:
    page, link = warm, f"{address}/playground/#v=1&model=openai@eu.api.openai.com:gpt-6-luna&prompt=Hi"
    page.goto(link)
    pane = page.locator(".pane").first
    expect(pane.locator(".stays")).to_contain_text("Requests stay within the EU: eu.api.openai.com (the EEA")
    expect(pane.locator(".key")).to_have_attribute("placeholder", "goes to https://eu.api.openai.com only")
    expect(page.locator("#told")).to_contain_text("Missing: a key for OpenAI: Responses.")
    pane.locator("select[name=host]").select_option("api.openai.com")
    expect(pane.locator(".stays")).to_have_count(0)
    expect(pane.locator(".key")).to_have_attribute("placeholder", "goes to https://api.openai.com only")
    pane.locator("select[name=host]").select_option("eu.api.openai.com")
    page.goto(link.replace("eu.api.openai.com", "evil.example"))
    expect(page.locator("#told")).to_contain_text("knows no “evil.example” of OpenAI: Responses")
    expect(pane.locator(".key")).to_have_attribute("placeholder", "goes to https://api.openai.com only")
