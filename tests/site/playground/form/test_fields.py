"""What a run finds wrong is said at the field that it is about; a link says what is missing."""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.listening import closed_port
from tests.rounds import FULL, nightly, sampled
from tests.site.axe import DESK, PHONE, faults, show_in
from tests.site.playground.own_server import KEY, Listing, NoApi
from tests.site.playground.playing import DONE, START, Served, at_playground, choose, drawn, run, said


def marked(page: Page, field: Locator, text: str) -> None:
    """A field is marked as wrong, and what describes it has this text."""
    expect(field).to_have_attribute("aria-invalid", "true", timeout=START)
    names = (field.get_attribute("aria-describedby") or "").split()
    described = " ".join(page.locator(f"#{name}").inner_text() for name in names)
    assert text in described
    assert field.is_visible()


def unmarked(field: Locator) -> None:
    expect(field).not_to_have_attribute("aria-invalid", "true")


def test_a_wrong_key_is_told_at_its_field_until_it_is_changed(warm: Page, server: Listing) -> None:
    """Both panes are at one address: the field is in the first, and both answers lead to it."""
    page = warm
    choose(page, server.origin, "llama-mini", "qwen-mini")
    key = page.locator(".key")
    expect(page.get_by_text("none is entered. Its field is in the first of them.")).to_have_count(1)
    key.fill("sk-wrong-0123456789")
    expect(page.get_by_text("entered in the first model there.")).to_have_count(1)
    run(page, "Hi", "2 of 2 models did not finish.")
    marked(page, key, "The provider does not accept this key.")
    for width, scheme in (DESK, PHONE) if FULL else (DESK,):
        page.set_viewport_size({"width": width, "height": 900})
        show_in(page, scheme)
        assert faults(page) == []
    page.locator(".pane").last.get_by_role("button", name="Go to the key").click()
    expect(key).to_be_focused()
    page.keyboard.type(KEY)
    unmarked(key)
    expect(page.locator(".lack")).to_have_count(0)
    expect(page.get_by_role("button", name="Go to the key")).to_have_count(0)
    run(page, "Hi")
    unmarked(key)


@nightly("test_a_wrong_key_is_told_at_its_field_until_it_is_changed")
def test_a_key_that_is_wanted_is_told_at_its_field(page: Page, server: Listing) -> None:
    choose(page, server.origin, "llama-mini")
    run(page, "Hi", "The model did not finish.")
    marked(page, page.locator(".key"), "The server wants a key")


@sampled(1)
@pytest.mark.parametrize("is_open", [True, False])
def test_an_address_without_an_api_is_told_at_its_field(warm: Page, steady: Served, is_open: bool) -> None:
    """A web page answers there, or nobody does."""

    def web_page(_: Any, handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("content-type", "text/html")
        handler.end_headers()
        handler.wfile.write(b"<!doctype html><title>Open WebUI</title>")

    page, steady.answer = warm, web_page
    choose(page, steady.origin, "m")
    field = page.locator(".places input")
    if not is_open:
        field.fill(f"http://127.0.0.1:{closed_port()}/v1")
    run(page, "Hi", "The model did not finish.")
    marked(page, field, "A web page answered, and no API" if is_open else "No server is running there")
    page.get_by_role("button", name="Go to the address").click()
    expect(field).to_be_focused()
    field.fill("http://127.0.0.1:1/v1")
    unmarked(field)


@nightly("test_an_address_without_an_api_is_told_at_its_field")
def test_a_model_that_is_not_there_is_told_at_its_field(page: Page) -> None:
    def missing(_: Any, handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(404)
        handler.send_header("content-type", "application/json")
        handler.end_headers()
        error = {"message": "The model 'm' does not exist", "code": "model_not_found"}
        handler.wfile.write(json.dumps({"error": error}).encode())

    served = Served(missing)
    choose(page, served.origin, "m")
    run(page, "Hi", "The model did not finish.")
    marked(page, page.locator(".model"), "The server has no such model")
    page.get_by_role("button", name="Go to the model").click()
    expect(page.locator(".model")).to_be_focused()
    page.locator(".model").fill("other")
    unmarked(page.locator(".model"))
    served.close()


@nightly(
    "tests/playground/run/own/test_listing.py; test_a_wrong_key_is_told_at_its_field_until_it_is_changed"
)
def test_what_keeps_a_server_from_listing_its_models_is_told_at_the_field(
    page: Page, server: Listing
) -> None:
    told = page.locator("#told")
    page.get_by_role("button", name="Use my own server").click()
    page.locator(".places input").first.fill(server.origin)
    page.locator(".key").fill("sk-wrong-0123456789")
    page.locator("#run").click()
    expect(told).to_contain_text("the server does not accept this key (status 401)", timeout=START)
    marked(page, page.locator(".key"), "the server does not accept this key (status 401)")
    expect(page.locator(".key")).to_be_focused()
    page.locator(".places input").first.fill(f"http://127.0.0.1:{closed_port()}/v1")
    page.locator("#run").click()
    expect(told).to_contain_text("did not answer this page", timeout=START)
    marked(page, page.locator(".places input").first, "did not answer this page")
    expect(page.locator(".places input").first).to_be_focused()
    assert server.seen == []


@nightly("tests/playground/run/own/test_probe.py; test_an_address_without_an_api_is_told_at_its_field")
def test_of_what_reached_nobody_the_causes_are_told_as_alternatives(page: Page) -> None:
    """A certain server's flag is only what that server would want."""
    choose(page, "http://localhost:8000", "m")
    page.route("http://localhost:8000/**", lambda route: route.abort())
    run(page, "Hi", "The model did not finish.")
    failed = page.locator(".failed")
    expect(failed.locator("p", has_text="One of two:")).to_have_count(1)
    expect(failed.locator(".advice li")).to_have_count(2)
    expect(failed.locator(".advice")).to_contain_text(
        "If it is vLLM, which often has this port: Start it with"
    )
    marked(
        page, page.locator(".places input"), "running there, or the server does not allow this page (CORS)."
    )


@sampled(1)
@pytest.mark.parametrize("is_sent_on", [True, False])
def test_of_a_web_page_only_what_fits_is_told(warm: Page, is_sent_on: bool) -> None:
    """It answers there, or at the end of a redirect; it runs, so nobody is told to start it."""
    page, served = warm, NoApi(is_sent_on)
    page.get_by_role("button", name="Use my own server").click()
    page.locator(".places input").first.fill(f"{served.origin}/v1")
    page.locator("#run").click()
    told = page.locator("#told")
    expect(told).to_contain_text("a web page titled 'Open WebUI'", timeout=START)
    expect(told).to_contain_text("check the address. Then press Run.")
    if is_sent_on:
        expect(told).to_contain_text("sends on to another address")
    for other in ("start", "Start", "id", "CORS"):
        assert f" {other} " not in told.inner_text()
    served.close()


@nightly("test_of_a_web_page_only_what_fits_is_told, of the same words for another field")
def test_a_key_that_is_not_entered_is_not_to_be_checked(page: Page, server: Listing) -> None:
    page.get_by_role("button", name="Use my own server").click()
    page.locator(".places input").first.fill(f"{server.origin}/v1")
    page.locator("#run").click()
    expect(page.locator("#told")).to_contain_text("Enter the key, then press Run.", timeout=START)
    page.locator(".key").fill("sk-wrong-0123456789")
    page.locator("#run").click()
    expect(page.locator("#told")).to_contain_text("Check the key, then press Run.", timeout=START)


@nightly("tests/site/scripts/playground/asking/code.test.mjs")
def test_code_is_of_the_form_and_says_so_where_the_last_run_asked_otherwise(page: Page) -> None:
    served = Served(lambda _, handler: said(handler, {"content": "Yes."}))
    choose(page, served.origin, "m")
    sheet = page.locator("dialog.sheet")
    code, note = sheet.locator("code").first, sheet.locator(".note")
    run(page, "First question")
    page.get_by_role("button", name="Get code").click()
    expect(code).to_contain_text("First question", timeout=START)
    expect(note).to_have_count(0)
    # However it is closed, the focus goes back to what opened it.
    opener, close = page.get_by_role("button", name="Get code"), sheet.get_by_role("button", name="Close")
    for shut in (lambda: page.keyboard.press("Escape"), close.click, lambda: close.press("Enter")):
        if not sheet.is_visible():
            opener.click()
            sheet.wait_for()
        shut()
        expect(opener).to_be_focused()
    page.locator("#prompt").fill("Second question")
    page.get_by_role("button", name="Get code").click()
    expect(code).to_contain_text("Second question")
    expect(note).to_have_text("This code asks what stands in the form now, not what the last run asked.")
    sheet.get_by_role("button", name="Code of the last run").click()
    expect(code).to_contain_text("First question")
    expect(note).to_contain_text("This code asks what the last run asked: “First question”.")
    sheet.get_by_role("button", name="Code of the form").click()
    expect(code).to_contain_text("Second question")
    expect(sheet.locator("summary").last).to_have_text("curl (prints the API’s answer, as JSON)")
    served.close()


@nightly("share.test.mjs; test_a_link_fills_the_form_and_runs_nothing")
def test_the_receiver_of_a_link_is_told_of_every_key_before_a_run(
    browser: Browser, address: str, server: Listing
) -> None:
    with at_playground(browser, address) as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        choose(page, server.origin, "llama-mini", "qwen-mini")
        page.locator(".key").fill(KEY)
        page.get_by_role("button", name="Add a model").click()
        page.locator(".provider").last.select_option(label="Anthropic")
        drawn(page)
        page.get_by_text("More", exact=True).click()
        page.get_by_role("button", name="Copy a link").click()
        expect(page.locator("#told")).to_contain_text("The link is copied.")
        link = page.evaluate("() => navigator.clipboard.readText()")
        assert KEY not in link
        assert server.origin not in link
    with at_playground(browser, address) as page:
        page.goto("about:blank")
        page.goto(link)
        told = page.locator("#told")
        own = "an address (an example stands there) and a key (if your server needs one)"
        expect(told).to_contain_text(
            f"Missing: {own} for Your own server (OpenAI-compatible), a key for Anthropic. Fill that in below"
        )
        expect(page.locator(".lack").filter(has_text="Whoever made the link had a key here")).to_have_count(1)
        expect(page.locator(".lack").filter(has_text="Anthropic needs a key")).to_have_count(1)
        page.locator(".places input").first.fill(f"{server.origin}/v1")
        drawn(page)
        page.locator(".key").first.fill(KEY)
        expect(told).to_contain_text("Missing: a key for Anthropic.")
        page.locator(".remove").last.click()
        page.locator("#run").click()
        expect(told).to_have_text(DONE, timeout=START)
        page.on("dialog", lambda dialog: dialog.accept())  # the answers are in this page alone
        page.reload()  # loses the key, and not that there was one
        expect(page.locator(".lack").filter(has_text="Whoever made the link had a key here")).to_have_count(1)
