"""The versus pages in a real browser: pairs made with the site, and any other pair by its address."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.patience import PATIENCE_MS
from tests.rounds import nightly
from tests.site.axe import faults_on_both
from tests.site.conftest import revisited
from tests.site.terminal import in_terminal


def test_the_index_leads_to_every_pair(page: Page) -> None:
    page.goto("/versus/")
    links = page.locator(".md-content a[href*='-or-']").evaluate_all("links => links.map((a) => a.href)")
    assert len(set(links)) >= 300
    page.goto(links[4])
    expect(page.locator("h1")).to_contain_text(" or ")
    expect(page.get_by_role("heading", name="Choose ").first).to_be_visible()


def test_a_letter_leads_to_who_says_the_fact(page: Page) -> None:
    page.goto("/versus/mai-thinking-1-or-gpt-6.1-terra/")
    page.locator(".md-content li a.letter[href*='gpt-6.1-terra']").first.click()
    page.wait_for_url("**/models/openai/gpt-6.1-terra/#openai-direct")
    expect(page.locator("#openai-direct")).to_be_visible()


@nightly("test_the_index_leads_to_every_pair")
def test_a_pair_with_a_page_leads_there(page: Page) -> None:
    page.goto("/versus/?a=openai/gpt-6.1-terra&b=microsoft/mai-thinking-1")
    page.wait_for_url("**/versus/mai-thinking-1-or-gpt-6.1-terra/")


@nightly("tests/playground/versus; test_the_page_answers_as_the_terminal_does, of the chooser")
def test_any_other_pair_is_held_in_the_page_as_in_the_terminal(warm: Page) -> None:
    a, b = "openai/gpt-5", "azure/data-zone-eu/openai/gpt-5-mini"
    revisited(warm, "/versus/", f"?a={a}&b={b}")
    warm.locator(".v-pair").wait_for(timeout=PATIENCE_MS)
    terminal = in_terminal("versus", a, b, "--json")
    told = warm.locator(".v-pair > ul").nth(0).locator("li").all_inner_texts()
    # A letter for each fact follows the sentence.
    for said, sentence in zip(told, terminal["for_a"], strict=True):
        assert said.startswith(sentence["text"])
    expect(warm.locator(".v-pair")).to_contain_text("Side by side")


@nightly("tests/playground/versus; tests/names")
@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?a=openai/gpt-5x&b=xai/grok-4", "There is no model “openai/gpt-5x”. Did you mean"),
        ("?a=openai/gpt-5&b=openai/gpt-5", "These are the same; name two."),
    ],
)
def test_what_cannot_be_held_is_said(page: Page, query: str, said: str) -> None:
    page.goto(f"/versus/{query}")
    expect(page.locator(".c-told")).to_contain_text(said)


@nightly("test_the_address_holds_the_state_and_back_goes_back, of the explorer")
def test_back_leads_to_the_pair_of_before(page: Page) -> None:
    page.goto("/versus/?a=openai/gpt-5x&b=xai/grok-4")
    told = page.locator(".c-told")
    expect(told).to_contain_text("There is no model “openai/gpt-5x”.")
    page.evaluate("location.hash = 'claude-opus-5'")
    page.locator("input[name=a]").fill("xai/grok-4")
    page.get_by_role("button", name="Compare", exact=True).click()
    expect(told).to_have_text("These are the same; name two.")
    page.go_back()
    expect(told).to_contain_text("There is no model “openai/gpt-5x”.")
    expect(page.locator("input[name=a]")).to_have_value("openai/gpt-5x")


def test_an_offering_that_is_none_is_said(warm: Page) -> None:
    revisited(warm, "/versus/", "?a=openai/gpt-5&b=azure/nowhere/openai/gpt-5")
    expect(warm.locator(".c-told")).to_contain_text("there is no model or offering", timeout=PATIENCE_MS)


@nightly("test_axe_finds_nothing_and_nothing_scrolls_sideways, of a generated page")
@pytest.mark.parametrize(
    "path",
    [
        "/versus/",
        "/versus/claude-opus-5-or-gemini-3.1-pro-preview/",
        "/scores/",
        "/models/anthropic/claude-opus-5/",
    ],
)
def test_they_are_accessible(page: Page, path: str) -> None:
    assert faults_on_both(page, path) == []
