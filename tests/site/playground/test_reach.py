"""The playground under Material's instant navigation, and with a browser's built-in model."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.rounds import nightly
from tests.site.playground.playing import (
    DONE,
    FINISHED,
    START,
    Served,
    cell,
    cell_over,
    choose,
    counted,
    drawn,
    forever,
    run,
    until,
    wait,
)

#: The Prompt API as https://github.com/webmachinelearning/prompt-api gives it, which the tests' Chromium
#: lacks: it notes what it was given, and streams until it is done or aborted.
PROMPT_API = """
globalThis.LanguageModel = class LanguageModel {
  static async availability() { return "available"; }
  static async create(options) { globalThis.made = options; return new LanguageModel(); }
  destroy() { globalThis.destroyed = true; }
  promptStreaming(prompt, { signal }) {
    globalThis.asked = prompt;
    const endless = prompt[0].content[0].value === "Go on";
    let left = endless ? Infinity : 3;
    return new ReadableStream({
      async pull(controller) {
        await new Promise((next) => setTimeout(next, 20));
        if (signal.aborted) { globalThis.aborted = true; controller.error(signal.reason); }
        else if (left-- > 0) controller.enqueue("word ");
        else controller.close();
      },
    });
  }
};
"""
BUILT_IN = "Built into this browser"


@pytest.fixture
def built_in(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(base_url=address)
    context.add_init_script(PROMPT_API)
    page = context.new_page()
    page.goto("/playground/")
    pane = counted(page, 1).first
    pane.locator(".provider").select_option(label=BUILT_IN)
    drawn(page)
    expect(pane.locator(".model")).to_have_value("built-in")
    yield page
    context.close()


def test_the_browsers_own_model_is_a_pane_like_others(built_in: Page) -> None:
    page = built_in
    page.locator("#prompt").fill("Hello")
    page.evaluate("() => document.querySelectorAll('#bench details').forEach((d) => (d.open = true))")
    page.locator("#system").fill("Be short.")
    page.locator("#run").click()
    expect(page.locator("#told")).to_have_text(DONE, timeout=START)
    expect(page.locator(".answer")).to_have_text("word word word")
    expect(page.locator(".end")).to_have_text(FINISHED)
    assert page.evaluate("() => [made.initialPrompts, asked]") == [
        [{"role": "system", "content": [{"type": "text", "value": "Be short."}]}],
        [{"role": "user", "content": [{"type": "text", "value": "Hello"}]}],
    ]
    assert page.evaluate("() => destroyed")


@nightly("test_the_browsers_own_model_is_a_pane_like_others")
def test_stop_ends_the_browsers_own_model(built_in: Page) -> None:
    page = built_in
    page.locator("#prompt").fill("Go on")
    page.locator("#run").click()
    expect(page.locator(".answer")).to_contain_text("word", timeout=START)
    page.locator("#stop").click()
    expect(page.locator(".end")).to_have_text("Stopped.")
    page.wait_for_timeout(100)
    assert page.evaluate("() => globalThis.aborted && globalThis.destroyed")


@nightly("test_the_browsers_own_model_is_a_pane_like_others")
def test_a_cell_asks_a_model_of_the_page(built_in: Page) -> None:
    page = built_in
    cell(page, 'a, b = (await compare("Hi"))[0], (await compare("Ho"))[0]\nprint(a.text + b.end)')
    cell_over(page)
    expect(page.locator(".printed")).to_have_text("word word word stop\n")


@nightly("test_the_browsers_own_model_is_a_pane_like_others")
def test_stopping_a_cell_ends_a_model_of_the_page(built_in: Page) -> None:
    page = built_in
    cell(page, 'print("asking")\nawait compare("Go on")')
    expect(page.locator(".printed")).to_contain_text("asking", timeout=START)
    until(page, "() => Boolean(globalThis.asked)", "the model was not asked")
    page.locator("#cell-stop").click()
    expect(page.locator(".printed")).to_contain_text("Stopped.")
    until(
        page,
        "() => Boolean(globalThis.aborted && globalThis.destroyed)",
        "the model was not ended",
        seconds=10,
    )


@nightly("test_the_browsers_own_model_is_a_pane_like_others")
def test_a_browser_without_a_model_of_its_own_says_so(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address)
    # Some Chromiums have one, or the shape of one.
    context.add_init_script("delete globalThis.LanguageModel")
    page = context.new_page()
    page.goto("/playground/")
    pane = counted(page, 1).first
    pane.locator(".provider").select_option(label=BUILT_IN)
    expect(pane.locator(".model")).to_have_value("built-in")
    run(page, "Hello", "The model did not finish.")
    expect(page.locator(".end")).to_contain_text("built-in model")
    context.close()


@nightly("test_the_browsers_own_model_is_a_pane_like_others")
def test_instant_navigation_starts_and_ends_it(browser: Browser, address: str) -> None:
    served = Served(forever)
    # A page that a route fulfils counts as a public one, which may not reach this machine without leave.
    context = browser.new_context(base_url=address, permissions=["local-network-access"])
    page = context.new_page()

    def instant(route: Route) -> None:
        # The theme reads its features from the page, and the addresses it may swap from the sitemap.
        response = route.fetch()
        text = re.sub(r'"features":\s*\[', '"features": ["navigation.instant", ', response.text())
        route.fulfill(response=response, body=text)

    def sitemap(route: Route) -> None:
        pages = "".join(
            f"<url><loc>{address}/{path}</loc></url>" for path in ("", "playground/", "explorer/")
        )
        route.fulfill(body=f"<urlset>{pages}</urlset>", content_type="application/xml")

    context.route(re.compile(r"/(explorer/|playground/)?$"), instant)
    context.route("**/sitemap.xml", sitemap)
    page.goto("/")
    page.evaluate("() => { window.mark = 'swapped'; }")
    tabs = page.get_by_role("navigation", name="Tabs")
    tabs.get_by_role("link", name="Explore").click()
    page.wait_for_url("**/explorer/")
    assert page.evaluate("() => window.mark") == "swapped"
    tabs.get_by_role("link", name="Playground").click()
    page.wait_for_url("**/playground/")
    page.locator(".pane").first.wait_for()
    policy = page.locator('meta[http-equiv="Content-Security-Policy"]')
    assert "https://api.openai.com" in (policy.get_attribute("content") or "")
    choose(page, served.origin, "one")
    page.locator("#prompt").fill("Go on")
    page.locator("#run").click()
    expect(page.locator(".answer")).to_contain_text("word", timeout=START)
    page.evaluate("() => { window.mark = 'swapped'; }")
    tabs.get_by_role("link", name="Explore").click()
    page.wait_for_url("**/explorer/")
    # The playground's policy would stay in force on a page that was swapped in.
    assert page.evaluate("() => window.mark") is None
    wait(page, lambda: bool(served.closed))
    tabs.get_by_role("link", name="Playground").click()
    page.locator(".pane").first.wait_for()
    context.close()
    served.close()
