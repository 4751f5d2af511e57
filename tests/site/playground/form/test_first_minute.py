"""A newcomer's first minute: how many actions to two answers, to one without a key, to code."""

from __future__ import annotations

import time
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect

from generator.curated.first_minute import START_FILE, load_first_minute
from tests.rounds import nightly
from tests.site.axe import PHONE
from tests.site.playground.own_server import KEY, Listing
from tests.site.playground.playing import (
    DONE,
    START,
    Served,
    at_playground,
    beside_the_window,
    choose_row,
    drawn,
    rewired,
    said,
    without_python,
)

FIRST = load_first_minute(Path("docs/catalog") / START_FILE)


class Actions:
    """What a reader does, counted."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self.count = 0

    def press(self, name: str, within: str = "body") -> None:
        self.count += 1
        self._page.locator(within).first.get_by_role("button", name=name, exact=True).click()

    def fill(self, field: str, text: str) -> None:
        self.count += 1
        self._page.locator(field).first.fill(text)


#: How many different texts each answer has shown, by its place.
WATCH = """() => {
    const seen = (window.seen = []);
    new MutationObserver(() => document.querySelectorAll(".answer").forEach((it, n) => {
        if (it.textContent.trim()) (seen[n] ??= new Set()).add(it.textContent);
    })).observe(document.body, { childList: true, characterData: true, subtree: true });
}"""


@nightly("tests/generator/curated/test_first_minute.py, of what stands there")
def test_two_models_of_two_labs_and_a_prompt_stand_there(page: Page) -> None:
    models = page.locator(".pane .model")
    expect(models).to_have_count(2)
    assert [model.input_value() for model in models.all()] == [model for _, model in FIRST.models]
    expect(page.locator("#prompt")).to_have_value(FIRST.examples[0][1])
    for label, prompt in FIRST.examples[1:]:
        page.locator(".examples").get_by_role("button", name=label).click()
        expect(page.locator("#prompt")).to_have_value(prompt)
    the_page_stays_still_while_a_prompt_is_written(page)


def the_page_stays_still_while_a_prompt_is_written(page: Page) -> None:
    """Also where an example takes its place, which can be taken back."""
    run, prompt, examples = page.locator("#run"), page.locator("#prompt"), page.locator(".examples button")
    examples.first.click()  # the last has a variable, which has a field
    prompt.click()
    drawn(page)
    places = run.bounding_box(), examples.first.bounding_box()
    for text in ("M", "My own", ""):
        prompt.fill(text)
        drawn(page)
        assert (run.bounding_box(), examples.first.bounding_box()) == places
    prompt.fill("My own")
    examples.first.click()
    expect(prompt).to_have_value(FIRST.examples[0][1])
    assert examples.first.bounding_box() == places[1]
    page.get_by_role("button", name="Put it back").click()
    expect(prompt).to_have_value("My own")


#: Where elements lie in the page, however far it is scrolled.
PLACES = """(all) => all.map((one) => {
    const { x, y, width, height } = one.getBoundingClientRect();
    return [x, Math.round(y + scrollY), width, height];
})"""


def test_nothing_moves_away_from_the_pointer_that_clicks_it(warm: Page) -> None:
    """The buttons for who has no key stay, and all beside them; what is said below them grows no smaller."""
    page = warm
    page.set_viewport_size({"width": 390, "height": 844})
    buttons = page.locator("#ask .actions > .md-button")
    names = buttons.all_inner_texts()
    for name, panes, focused in (
        ("Try without a key", 1, "#run"),
        ("Use my own server", 3, ".places input"),
    ):
        before = buttons.evaluate_all(PLACES)
        button = page.locator("#ask").get_by_role("button", name=name)
        button.click()
        drawn(page)
        drawn(page)
        button.click(force=True)  # a person's second click comes some frames later, and finds it disabled
        expect(button).to_be_disabled()
        drawn(page)
        expect(page.locator(".pane")).to_have_count(panes)
        assert buttons.evaluate_all(PLACES) == before
        expect(page.locator(focused).first).to_be_focused()  # which the second click took away
        assert buttons.all_inner_texts() == names
    # Once a second click is over, the field that has the focus is brought into sight.
    address = page.locator(".places input").first
    expect(address).to_be_focused()
    expect(address).to_be_in_viewport(ratio=1)
    # A text that ends leaves its place: nothing below moves up.
    told, height = page.locator("#told"), "(told) => told.offsetHeight"
    expect(told).to_contain_text("Fill in its address, and its key")
    before = told.evaluate(height)
    page.locator(".model").nth(1).fill("mine")
    expect(told).to_have_text("")
    drawn(page)
    assert told.evaluate(height) == before > 30


def test_two_streamed_answers_of_a_local_server_take_four_actions(page: Page, server: Listing) -> None:
    page.evaluate(WATCH)
    actions = Actions(page)
    actions.press("Use my own server")
    # As people have it: neither http:// nor /v1, which the page finds.
    actions.fill(".places input", server.origin.removeprefix("http://"))
    actions.fill(".key", KEY)
    actions.press("Run", "#ask")
    expect(page.locator("#told")).to_have_text(DONE, timeout=START)
    texts = [text.strip() for text in page.locator(".answer").all_inner_texts()]
    assert texts == ["llama-mini has answered.", "qwen-mini has answered."]
    assert actions.count <= 4
    streamed = page.evaluate("() => window.seen.map((texts) => texts.size)")
    assert len(streamed) == 2
    assert min(streamed) > 1
    expect(page.locator(".key")).to_have_count(1)  # both panes are at one address
    # Beside each other stands what a pane reports; what none does is said once.
    rows = page.locator("#summary + .scroll tbody tr")
    expect(rows).to_have_count(2)
    for figure in ("First answer token", "Whole answer"):
        expect(rows.filter(has_text=figure)).to_have_count(1)
    missing = page.locator("#summary ~ .unreported")
    expect(missing).to_contain_text("Not reported: First reasoning, Answer tokens/s, Input tokens, ")
    expect(missing).to_contain_text("Cost (no price is known).")
    expect(page.locator(".places input").first).to_have_value(f"{server.origin}/v1")
    code = Actions(page)
    code.press("Get code", ".pane")
    sheet = page.locator("dialog.sheet")
    expect(sheet).to_be_visible()
    expect(sheet).to_contain_text("from openai import OpenAI", timeout=START)
    assert KEY not in sheet.inner_text()
    expect(sheet).to_contain_text('OpenAI(api_key=os.environ["API_KEY"]')
    box, height = sheet.bounding_box(), page.viewport_size["height"] if page.viewport_size else 0
    assert box is not None
    assert 0 <= box["y"] < height / 2  # in view, wherever the page was scrolled
    assert code.count <= 2
    page.keyboard.press("Escape")
    expect(sheet).to_have_count(0)
    keys = page.locator("details.keys")
    keys.locator("summary").click()
    expect(keys.locator("summary")).to_have_text("Keys (1)")
    expect(keys.locator(".entered li")).to_contain_text(f"Your own server {server.origin} in memory")
    keys.get_by_role("button", name=f"Remove the key for {server.origin}").click()
    expect(keys.locator("summary")).to_have_text("Keys (0)")
    expect(keys.locator("summary")).to_be_focused()
    expect(page.locator(".key").first).to_have_value("")
    a_reload_keeps_the_form_and_no_key(page, server)


def a_reload_keeps_the_form_and_no_key(page: Page, server: Listing) -> None:
    page.once("dialog", lambda dialog: dialog.accept())  # the answers are in this page alone
    expect(page.locator(".history > summary")).to_have_text("History (1), gone once you leave this page")
    page.locator(".pane").first.get_by_text("Address and key").click()
    page.locator(".key").first.fill(KEY)
    page.locator("#prompt").fill("My own & {{what}}")
    page.get_by_label("what", exact=True).fill("value")
    page.locator(".pane").nth(1).get_by_text("Parameters of this model").click()
    page.locator(".pane").nth(1).get_by_label("Temperature").fill("0.5")
    page.reload()
    without_python(page)
    expect(page.locator("#told")).to_have_text(
        "The form is as you left it. Answers are not stored, unless you tick “Keep the history on this "
        "device” below History. Keys are not stored: type them again."
    )
    expect(page.locator("#prompt")).to_have_value("My own & {{what}}")
    expect(page.get_by_label("what", exact=True)).to_have_value("value")
    assert [field.input_value() for field in page.locator(".model").all()] == ["llama-mini", "qwen-mini"]
    for field in page.locator(".places input").all():
        expect(field).to_have_value(f"{server.origin}/v1")
    expect(page.locator(".pane").nth(1).locator(".options summary")).to_contain_text("(1 set)")
    expect(page.locator(".key").first).to_have_value("")
    stored = page.evaluate("() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }])")
    assert server.origin in stored
    assert KEY not in stored
    # A key in the prompt is no more to be stored than one in its field; the rest is.
    page.locator(".key").first.fill(KEY)
    page.locator("#prompt").fill(f"Is {KEY} a key?")
    page.reload()
    without_python(page)
    expect(page.locator("#told")).to_contain_text("The rest of the form was not stored: it held what looks")
    expect(page.locator("#prompt")).to_have_value("")
    assert page.locator(".model").first.input_value() == "llama-mini"
    assert KEY not in page.evaluate("() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }])")
    # Who forgets all finds nothing of it after a reload.
    page.locator("#prompt").fill("To be forgotten")
    page.locator("details.keys > summary").click()
    page.locator("#forget").click()
    expect(page.locator("#told")).to_contain_text("All is forgotten", timeout=START)
    page.reload()
    expect(page.locator("#prompt")).to_have_value(FIRST.examples[0][1])


@nightly("tests/playground/run/own/test_listing.py; tests/site/scripts/playground/asking/outcome.test.mjs")
def test_a_local_server_that_wants_a_key_says_so_before_a_run(page: Page, server: Listing) -> None:
    page.get_by_role("button", name="Use my own server").click()
    field = page.locator(".places input").first
    field.fill(f"{server.origin}/v1")
    field.blur()
    expect(page.locator("#told")).to_contain_text("the server needs a key (status 401)", timeout=START)
    page.locator("#run").click()
    told = page.locator("#told")
    who = "Models 1 and 2, Your own server (OpenAI-compatible)"
    expect(told).to_contain_text(
        f"Nothing was sent. {who}: no list of models: the server needs a key", timeout=START
    )
    expect(page.locator(".key").first).to_be_visible()
    page.locator(".model").first.fill("llama-mini")
    page.locator(".model").last.fill("qwen-mini")
    expect(told).to_have_text("")  # they have models now
    page.locator("#run").click()
    expect(page.locator(".pane .end").first).to_contain_text("Failed (needs a key, 401)", timeout=START)
    expect(page.locator(".advice").first).to_contain_text("No key went along")
    page.get_by_role("button", name="Test connection").last.click()
    expect(told).to_have_text("The test found a problem.", timeout=START)
    verdict = page.locator(".steps li").filter(has_text="Key:")
    expect(verdict).to_have_text("Key: The server wants a key, and none is entered.")
    expect(page.locator(".key")).to_be_focused()
    expect(page.locator(".lack")).to_contain_text("The server wants a key")
    server.seen.clear()
    page.locator(".key").fill("Bearer sk-1")
    expect(page.locator(".lack")).to_have_text(
        "This can’t be sent as a key: it begins with “Bearer”. Paste only what follows."
    )
    for button in ("Test connection", "Run"):
        page.get_by_role("button", name=button, exact=True).last.click()
        expect(told).to_contain_text("Nothing was sent. Missing: a key and nothing else (it begins with")
        expect(page.locator(".key")).to_be_focused()
    page.locator(".key").fill("")
    page.locator(".places input").first.fill("my server")
    page.locator("#run").click()
    expect(told).to_contain_text("Nothing was sent. Missing: an address", timeout=START)
    expect(page.locator(".places input").first).to_be_focused()
    assert server.seen == []


@nightly("tests/site/scripts/playground/weights.test.mjs; test_the_browsers_own_model_is_a_pane_like_others")
def test_an_answer_without_a_key_takes_two_actions(page: Page) -> None:
    """Its download says how far it is, where it is asked for and in the pane, and can be cancelled."""
    page.route("**/smollm2-2.gguf", lambda route: None)  # the second part never comes
    first = page.locator("#ask .actions .md-button").first
    expect(first).to_have_text("Try without a key")
    actions = Actions(page)
    actions.press("Try without a key")
    actions.press("Run", "#ask")
    expect(page.locator(".pane")).to_have_count(1)
    expect(page.locator("#told")).to_contain_text("Asking one model.", timeout=START)
    assert actions.count <= 2
    first_part = "Downloading the small model: 25.2 of 98.4 MB"
    expect(page.locator(".pane .end")).to_have_text(first_part, timeout=START)
    expect(page.locator("#step")).to_have_text(first_part)
    page.set_viewport_size({"width": PHONE[0], "height": 800})
    assert beside_the_window(page) == []
    bar = page.locator("#bar").bounding_box()
    assert bar is not None
    assert bar["x"] + bar["width"] <= PHONE[0]
    page.locator("#boot").get_by_role("button", name="Cancel").click()
    expect(page.locator(".pane .end")).to_have_text("The download was cancelled. Run begins it again.")
    expect(page.locator(".pane .metrics")).to_have_count(0)
    expect(page.locator("#more")).to_have_count(0)
    expect(page.locator("#boot")).to_have_count(0)
    # No program can ask this model, and nothing says otherwise.
    expect(page.locator(".pane").get_by_role("button", name="Get code")).to_have_count(0)


@nightly("tests/site/scripts/playground/asking/outcome.test.mjs")
def test_a_variable_without_a_value_is_asked_for_once(page: Page, server: Listing) -> None:
    page.get_by_role("button", name="Use my own server").click()
    page.locator(".places input").first.fill(f"{server.origin}/v1")
    page.locator(".key").first.fill(KEY)
    page.locator("#prompt").fill("Say {{what}} to {{whom}}")
    page.locator("#run").click()
    told = page.locator("#told")
    expect(told).to_have_text(
        "These variables have no value yet: what and whom. "
        "Fill them in, or press Run again to send {{what}} and {{whom}} as plain text."
    )
    expect(page.locator("input[name=variable]").first).to_be_focused()
    expect(page.locator(".needed")).to_have_count(2)
    assert server.seen == []
    page.keyboard.type("hello")
    drawn(page)
    page.locator("#run").dblclick()  # the second click of a double one sends nothing
    expect(told).to_contain_text("This variable has no value yet: whom. Fill it in")
    expect(page.locator(".needed")).to_have_count(1)
    page.wait_for_timeout(600)
    page.locator("#run").click()
    expect(told).to_have_text(DONE, timeout=START)
    assert {body["messages"][-1]["content"] for _, _, body in server.seen} == {"Say hello to {{whom}}"}


@nightly("the estimate itself, in tests/playground/pricing")
def test_the_cost_is_estimated_before_and_seconds_are_counted_during(browser: Browser, address: str) -> None:
    def slow(_: Any, handler: BaseHTTPRequestHandler) -> None:
        time.sleep(1.5)
        said(handler, {"content": "Slow"}, {"content": " it is."}, pause=1.2)

    server = Served(slow)
    with at_playground(browser, address) as page:
        rewired(page, server.origin)
        choose_row(page, "openai-chat", FIRST.models[0][1])
        page.locator("#prompt").focus()
        estimate = page.locator("#estimate")
        expect(estimate).to_contain_text("Estimate for the run: about $", timeout=START)
        before = estimate.inner_text()
        page.locator("#prompt").fill("long " * 4000)
        drawn(page)
        assert before not in estimate.inner_text()  # none of an earlier form
        expect(estimate).to_contain_text("if each answer has 1,000 tokens", timeout=START)
        page.locator("#run").click()
        expect(page.locator(".pane .end")).to_have_text("Waiting for the first token … 1 s", timeout=START)
        expect(page.locator(".pane .end")).to_contain_text("Answering …", timeout=START)
    server.close()
