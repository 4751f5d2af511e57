"""Where the focus goes when the button that has it has nothing to do any more, and that it is in sight."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.rounds import nightly, sampled
from tests.site.playground.playing import START, Served, choose, drawn, said


def slow(_: Any, handler: BaseHTTPRequestHandler) -> None:
    said(handler, *({"content": f"{n} "} for n in range(400)), pause=0.2)


def test_the_focus_stays_in_the_page_when_its_button_has_no_more_to_do(page: Page, steady: Served) -> None:
    steady.answer = slow
    choose(page, steady.origin, "one", "two")
    page.locator("#prompt").fill("Count")
    panes = page.locator(".pane")
    for press, next_ in (
        (
            panes.first.get_by_role("button", name="Stop"),
            panes.first.get_by_role("button", name="Repeat question"),
        ),
        (page.locator("#stop"), page.locator("#run")),
    ):
        page.locator("#run").click()
        expect(panes.first.locator(".answer")).to_contain_text("1 2", timeout=START)
        press.press("Enter")
        expect(next_).to_be_focused(timeout=START)
        expect(next_).to_be_in_viewport(ratio=1)
        page.get_by_role("button", name="Stop all").click(force=True)
        expect(page.locator("#stop")).to_be_disabled(timeout=START)
    # Who removes a model goes on at the one in its place.
    panes.first.locator(".remove").press("Enter")
    expect(panes).to_have_count(1)
    expect(panes.first.locator(".remove")).to_be_focused()


@nightly("test_the_focus_stays_in_the_page_when_its_button_has_no_more_to_do")
def test_the_focus_goes_to_run_where_a_download_is_cancelled(page: Page) -> None:
    page.route("**/smollm2-2.gguf", lambda route: None)  # the second part never comes
    page.get_by_role("button", name="Try without a key").click()
    page.locator("#run").click()
    cancel = page.locator("#boot").get_by_role("button", name="Cancel")
    cancel.wait_for(timeout=START)
    cancel.press("Enter")
    expect(page.locator("#boot")).to_have_count(0, timeout=START)
    drawn(page)
    expect(page.locator("#run")).to_be_focused()


@sampled(1)
@pytest.mark.parametrize("width", [390, 1440])
def test_the_address_of_a_server_of_ones_own_is_in_sight(warm: Page, width: int) -> None:
    page = warm
    page.set_viewport_size({"width": width, "height": 844})
    page.route("http://localhost:8000/**", lambda route: route.abort())
    page.get_by_role("button", name="Use my own server").click()
    field = page.locator(".places input").first
    expect(field).to_be_focused()
    expect(field).to_be_in_viewport(ratio=1)
    top = "(one) => one.getBoundingClientRect().top"
    assert field.evaluate(top) > page.locator(".md-header").evaluate("(one) => one.offsetHeight")
    expect(page.locator("#told")).not_to_contain_text("below")
