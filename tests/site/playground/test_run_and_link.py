"""A run asks only who can answer, and once; a link says what stands in the form, and what it leaves out."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.rounds import nightly
from tests.site.playground.own_server import KEY, Listing
from tests.site.playground.playing import (
    DONE,
    START,
    Served,
    at_playground,
    choose,
    counted,
    drawn,
    rewired,
    run,
    said,
    until,
    without_python,
)

TOLD = "#told"
#: Whether the browser would ask before the page is left.
ASKS = """() => {
    const leaving = new Event("beforeunload", { cancelable: true });
    dispatchEvent(leaving);
    return leaving.defaultPrevented;
}"""
#: Whether the last answer of the second pane begins in sight, with room below it.
IN_SIGHT = """() => {
    const { top } = [...document.querySelectorAll(".pane")][1].querySelector(".turn").getBoundingClientRect();
    return top > 0 && top < 0.75 * innerHeight;
}"""
#: Whether it is seen whose answer that is, below the bar at the top.
NAMED = """() => {
    const name = [...document.querySelectorAll(".pane")][1].querySelector(".model");
    const bar = document.querySelector(".md-header");
    return name.getBoundingClientRect().top > bar.getBoundingClientRect().bottom;
}"""


def slow(_: Any, handler: BaseHTTPRequestHandler) -> None:
    said(handler, *({"content": f"word{n} "} for n in range(30)), pause=0.05)


@pytest.fixture
def server() -> Iterator[Served]:
    served = Served(slow)
    yield served
    served.close()


@nightly("outcome.test.mjs; leaving.test.mjs")
def test_a_run_asks_only_who_can_answer_and_only_once(browser: Browser, address: str, server: Served) -> None:
    with at_playground(browser, address) as page:
        page.set_viewport_size({"width": 390, "height": 844})
        page.emulate_media(reduced_motion="reduce")
        rewired(page, server.origin)
        keyed, keyless = counted(page, 2).all()
        for pane, label in ((keyed, "OpenAI: Chat Completions"), (keyless, "LM Studio")):
            pane.locator(".provider").select_option(label=label)
            drawn(page)
        keyed.locator(".model").fill("gpt-6.1-sol")
        keyless.locator(".model").fill("one")
        assert not page.evaluate(ASKS)
        # A pane that is filled in has its cost estimated, or its price unknown.
        expect(keyed.locator(".estimate")).to_contain_text("per 1,000 tokens", timeout=START)
        expect(keyless.locator(".estimate")).to_contain_text("price unknown")
        page.locator("#run").click()
        missing = "Not asked until you fill in: a key for OpenAI: Chat Completions."
        expect(page.locator(TOLD)).to_have_text(f"Asking one model. {missing}", timeout=START)
        expect(keyed.locator(".lack")).to_contain_text("OpenAI: Chat Completions needs a key")
        until(page, IN_SIGHT, "the answer was not brought into sight")
        assert page.evaluate(NAMED)
        expect(page.locator("#run")).to_be_focused()
        expect(page.locator("#run")).to_have_attribute("aria-disabled", "true")
        expect(keyless.locator(".answer")).to_contain_text("word", timeout=START)
        assert page.evaluate(ASKS)
        page.locator("#prompt").press("Control+Enter")
        expect(page.locator(TOLD)).to_have_text("Still running. To ask anew, press Stop all first.")
        page.locator("#run").click(force=True)
        done = f"The model has finished. {missing}"
        expect(page.locator(TOLD)).to_have_text(done, timeout=START)
        assert len(server.seen) == 1
        exports_end_the_asking(page)
        # At a desk the address folds away as the run begins, and the answer stands in sight.
        page.set_viewport_size({"width": 1440, "height": 900})
        page.evaluate("() => scrollTo(0, 0)")
        keyed.locator(".key").fill("sk-made-up-0123456789")
        expect(page.locator(".lack")).to_have_count(0)
        page.locator("#run").click()
        expect(page.locator(TOLD)).to_have_text("Asking 2 models.")
        until(page, IN_SIGHT, "the answer was not brought into sight")
        expect(keyed.locator(".key")).to_be_hidden()
        page.locator("#stop").click()


def exports_end_the_asking(page: Page) -> None:
    """Answers that only this page has are asked about before it is left, exported ones aren't."""
    assert page.evaluate(ASKS)
    page.get_by_text("More", exact=True).click()
    with page.expect_download():
        page.get_by_role("button", name="Export as JSON").click()
    expect(page.locator(TOLD)).to_contain_text("Exported run-")
    assert not page.evaluate(ASKS)


def test_a_run_that_nobody_can_answer_leads_to_the_key(browser: Browser, address: str) -> None:
    with at_playground(browser, address) as page:
        without_python(page)
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.locator("#run").click()
        expect(page.locator(TOLD)).to_contain_text("Nothing was sent. Missing: a key for OpenAI")
        expect(page.locator(".key").first).to_be_focused()
        assert all(url.startswith((address, "blob:", "data:")) for url in asked)
        a_parameter_that_no_model_takes_is_told_at_its_field(page)
        what_was_typed_after_a_link_was_copied_is_there_after_a_reload(page)


def a_parameter_that_no_model_takes_is_told_at_its_field(page: Page) -> None:
    ask = page.locator("#ask")
    ask.get_by_text("Parameters for all models").click()
    field = ask.get_by_label("Max tokens")
    field.fill("0.3")
    why = "Max tokens must be a whole number, 1 or more."
    expect(ask.locator(".needed")).to_have_text(why)
    ask.get_by_text("Parameters for all models").click()
    page.locator("#run").click()
    expect(page.locator(TOLD)).to_have_text(f"Nothing was sent. {why}")
    expect(field).to_be_focused()
    expect(field).to_be_in_viewport()
    page.get_by_text("More", exact=True).click()
    page.get_by_role("button", name="Copy a link").click()
    expect(page.locator(TOLD)).to_have_text(f"No link was made. {why}")
    field.fill("")
    expect(ask.locator(".needed")).to_have_count(0)


def what_was_typed_after_a_link_was_copied_is_there_after_a_reload(page: Page) -> None:
    prompt = page.locator("#prompt")
    example = prompt.input_value()
    for before, after in (("Copied", "Typed since"), ("Copied again", example)):
        prompt.fill(before)
        page.get_by_text("More", exact=True).click()
        page.get_by_role("button", name="Copy a link").click()
        page.get_by_role("button", name="Close").click()
        expect(page.locator(".sheet")).to_have_count(0)  # until then nothing behind it can be typed in
        assert f"prompt={before.replace(' ', '+')}" in page.url
        prompt.fill(after)
        page.reload()
        without_python(page)
        expect(page.locator(TOLD)).to_contain_text("The form is as you left it.")
        expect(prompt).to_have_value(after)
    page.goto(page.url.replace("prompt=", "prompt=Opened+"))
    expect(prompt).to_have_value("Opened Copied again")


@nightly("share.test.mjs; test_a_link_fills_the_form_and_runs_nothing")
def test_a_link_says_what_stands_in_the_form_and_who_opens_it_what_to_fill_in(
    browser: Browser, address: str, server: Served
) -> None:
    with at_playground(browser, address) as page:
        choose(page, server.origin, "one", "two")
        page.locator("#ask summary", has_text="System prompt").click()
        page.locator("#system").fill("Be brief.")
        run(page, "Sent before")
        page.locator("#prompt").fill("Say {{what}}")
        page.get_by_label("what", exact=True).fill("hello & more")
        page.locator(".model").nth(1).fill("three")
        page.get_by_text("More", exact=True).click()
        page.get_by_role("button", name="Copy a link").click()
        left = "It leaves out: keys, typed addresses and the answers (Export has them)."
        expect(page.locator(".sheet")).to_contain_text(left)  # it may not copy here, so it shows it
        link = page.url
        assert server.origin.removeprefix("http://") not in link.partition("#")[2]
    with at_playground(browser, address) as page:
        page.goto(link)
        page.reload()
        expect(page.locator("#prompt")).to_have_value("Say {{what}}")
        expect(page.locator("#system")).to_have_value("Be brief.")
        expect(page.get_by_label("what", exact=True)).to_have_value("hello & more")
        assert [field.input_value() for field in page.locator(".model").all()] == ["one", "three"]
        expect(page.locator(TOLD)).to_contain_text("Missing: an address (an example stands there) for")
        expect(page.locator(".lack").first).to_contain_text("A link carries no address.")
        expect(page.locator(".places input").first).to_be_focused()
        page.keyboard.type("http://localhost:9/v1")  # in place of the usual one, in both panes
        expect(page.locator(".lack")).to_have_count(0)
        for field in page.locator(".places input").all():
            expect(field).to_have_value("http://localhost:9/v1")
        page.goto(f"{address}/playground/#v=1&model=anthropic:claude-x&model=gone:m&prompt=Hi")
        expect(page.locator(TOLD)).to_contain_text("This site has no provider for gone: m.")
        expect(page.locator(TOLD)).to_contain_text("Missing: a key for Anthropic. Fill that in below")
        expect(page.locator(".key")).to_be_focused()


@nightly("tests/playground/run/own/test_listing.py")
def test_a_run_waits_for_a_slow_list_of_models(browser: Browser, address: str) -> None:
    server = Listing(pause=6)
    with at_playground(browser, address) as page:
        page.get_by_role("button", name="Use my own server").click()
        page.locator(".places input").first.fill(f"{server.origin}/v1")
        page.locator(".key").first.fill(KEY)
        page.locator("#run").click()
        expect(page.locator("#told")).to_have_text("Waiting for the server’s list of models.", timeout=START)
        expect(page.locator("#told")).to_have_text(DONE, timeout=START)
        assert {body["model"] for _, _, body in server.seen} == {"llama-mini", "qwen-mini"}
    server.close()
