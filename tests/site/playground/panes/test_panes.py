"""What a reader does in the playground, in Chromium: files, tools, parameters, errors, history."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.patience import PATIENCE_MS
from tests.rounds import FULL, nightly
from tests.site.axe import faults, show_in
from tests.site.playground.playing import DONE, START, Served, at_playground, choose, forever, run, wait


@nightly("tests/playground/run/test_export.py; history.test.mjs")
def test_a_run_comes_back_from_its_export(page: Page, server: Served, tmp_path: Path) -> None:
    choose(page, server.origin, "one")
    run(page, "Hello")
    page.get_by_text("More", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Export as JSON").click()
    file = tmp_path / "run.json"
    download.value.save_as(file)
    page.reload()
    page.get_by_text("More", exact=True).click()
    page.locator("label", has_text="Import a run").locator("input").set_input_files(file)
    expect(page.locator("#told")).to_contain_text("The run is back. Nothing has been sent.", timeout=START)
    expect(page.locator("#prompt")).to_have_value("Hello")
    expect(page.locator(".answer")).to_contain_text("one: Hello")
    assert len(server.seen) == 1


@nightly("test_records_hold_exactly_what_the_server_received")
def test_a_conversation_goes_on_in_every_model(page: Page, server: Served) -> None:
    choose(page, server.origin, "one", "two")
    run(page, "Hello there")
    page.get_by_label("Follow-up question to every model").fill("And then?")
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".answer").nth(3)).to_contain_text("And then?", timeout=START)
    roles = [m["role"] for m in server.seen[-1][2]["messages"]]
    assert roles == ["user", "assistant", "user"]
    table = page.locator("#summary + .scroll")
    expect(table).to_contain_text("Whole answer")
    page.get_by_text("What differs between two answers").click()
    expect(page.locator(".compared")).to_contain_text("two")


@nightly("test_records_hold_exactly_what_the_server_received; tests/playground/chat/test_requests.py")
def test_variables_images_and_parameters_are_sent(page: Page, server: Served) -> None:
    choose(page, server.origin, "one")
    page.locator("#prompt").fill("Hello {{name}}")
    page.get_by_label("name", exact=True).fill("Ada")
    png = b"\x89PNG\r\n\x1a\n0000"
    page.locator("label", has_text="Add images").locator("input").set_input_files(
        {"name": "a.png", "mimeType": "image/png", "buffer": png}
    )
    expect(page.locator(".images")).to_contain_text("a.png")
    page.get_by_text("Parameters for all models").click()
    page.locator("form#ask").get_by_label("Temperature").fill("0.5")
    page.locator("form#ask").get_by_label("JSON schema").fill('{"type": "object"')
    page.locator("#run").click()
    expect(page.locator("#told")).to_contain_text("Nothing was sent. JSON schema is no JSON")
    page.locator("form#ask").get_by_label("JSON schema").fill('{"type": "object"}')
    page.locator("#run").click()
    expect(page.locator("#told")).to_have_text(DONE, timeout=START)
    body = server.seen[-1][2]
    assert body["temperature"] == 0.5
    assert body["response_format"]["json_schema"]["schema"] == {"type": "object"}
    image, text = body["messages"][0]["content"]
    assert image["image_url"]["url"].startswith("data:image/png;base64,iVBOR")
    assert text["text"] == "Hello Ada"


@nightly("tests/playground/chat, wire by wire")
def test_a_tools_result_goes_back(page: Page, server: Served) -> None:
    choose(page, server.origin, "one")
    page.get_by_text("Parameters for all models").click()
    page.locator("form#ask").get_by_label("Tools").fill(
        '[{"name": "weather", "parameters": {"type": "object"}}]'
    )
    run(page, "weather")
    expect(page.locator(".call")).to_contain_text("Oslo")
    page.get_by_label("What it returned").fill("rain")
    page.get_by_role("button", name="Send the results").click()
    expect(page.locator(".answer").nth(1)).to_contain_text("rain", timeout=START)
    assert server.seen[-1][2]["messages"][-1] == {"role": "tool", "tool_call_id": "c1", "content": "rain"}


@nightly("test_no_hostile_output_runs_loads_or_breaks_anything, which draws it")
def test_json_shows_as_a_tree_and_as_text(page: Page, server: Served) -> None:
    choose(page, server.origin, "one")
    run(page, "json")
    page.get_by_label("View").select_option("json")
    expect(page.locator(".answer > details > summary")).to_have_text("{2}")
    page.get_by_label("View").select_option("text")
    expect(page.locator(".answer")).to_contain_text("```json")


@nightly("the fixes themselves, in tests/playground/chat")
def test_a_refused_parameter_can_be_left_out_in_one_click(page: Page, server: Served) -> None:
    choose(page, server.origin, "one")
    page.get_by_text("Parameters for all models").click()
    page.locator("form#ask").get_by_label("Temperature").fill("0.5")
    run(page, "picky", "The model did not finish.")
    expect(page.locator(".advice")).to_contain_text("This model does not take: Temperature")
    page.get_by_role("button", name="Repeat without Temperature").click()
    expect(page.locator("#told")).to_have_text(DONE, timeout=START)
    assert "temperature" not in server.seen[-1][2]


@nightly("tests/playground/chat/test_waiting.py")
def test_a_rate_limit_counts_down_and_can_be_cancelled(page: Page, server: Served) -> None:
    choose(page, server.origin, "one")
    page.locator("#prompt").fill("limit")
    page.locator("#run").click()
    expect(page.locator(".waiting")).to_contain_text("Trying again in", timeout=START)
    page.get_by_role("button", name="Stop trying").click()
    expect(page.locator(".end")).to_contain_text("Stopped. The last try failed: ")
    assert len(server.seen) == 1


@nightly("the reasons themselves, in tests/playground/chat")
def test_an_unreachable_server_is_explained(browser: Browser, address: str) -> None:
    with at_playground(browser, address) as page:
        choose(page, "http://127.0.0.1:9", "one")
        run(page, "Hello", "The model did not finish.")
        expect(page.locator(".end").first).to_contain_text("unreachable")
        expect(page.locator(".advice")).to_contain_text("No server is running there")


@nightly("tests/playground/run/own/test_probe.py")
def test_a_connection_is_tested_step_by_step(page: Page, server: Served) -> None:
    choose(page, server.origin, "one")
    page.get_by_role("button", name="Test connection").click()
    expect(page.locator("#told")).to_have_text("The connection works.", timeout=START)
    steps = page.locator(".steps li").all_inner_texts()
    names = ["Address", "Network", "Models", "CORS", "Stream", "Answer", "Key"]
    assert [step.split(":")[0] for step in steps] == names


@pytest.mark.parametrize(("scheme", "width"), [("dark", 390), *([("light", 1280)] if FULL else [])])
def test_axe_finds_nothing_in_any_state(guarded: Page, asked: Served, scheme: str, width: int) -> None:
    """In `make test` a state is looked at where it differs from the one before."""
    page = guarded
    below = ("html",) if FULL else ("#panes", "#summary", "#summary ~ *")
    page.set_viewport_size({"width": width, "height": 800})
    show_in(page, scheme)
    if FULL:
        assert faults(page) == [], "empty"
    page.evaluate("() => document.querySelectorAll('#bench details').forEach((d) => (d.open = true))")
    assert faults(page) == [], "all opened"
    page.get_by_text("More", exact=True).click()  # a menu, which lies over what stands below
    choose(page, asked.origin, "one", "broken")
    run(page, "Hello there", "1 of 2 models did not finish.")
    assert faults(page, within=below) == [], "done, and an error"
    page.locator(".pane").first.get_by_role("button", name="Get code").click()
    page.locator(".sheet").wait_for()
    assert faults(page, within=("html",) if FULL else (".sheet",)) == [], "code"
    page.keyboard.press("Escape")
    page.locator("#prompt").fill("limit")
    page.locator("#run").click()
    page.locator(".waiting").first.wait_for()
    assert faults(page, within=below) == [], "waiting"
    page.locator("#stop").click()
    # Its countdown goes and the buttons below move up; a click in between would miss.
    expect(page.locator(".waiting")).to_have_count(0)
    choose(page, asked.origin, "one")
    page.locator("#prompt").fill("weather")
    page.locator("#run").click()
    page.locator(".call").wait_for(timeout=START)
    assert faults(page, within=below) == [], "tool call"
    page.locator("form#ask").get_by_label("Temperature").fill("0.5")
    run(page, "picky", "The model did not finish.")
    assert faults(page, within=below) == [], "error with a fix"


@nightly("test_the_browsers_own_model_is_a_pane_like_others")
def test_a_real_model_answers_without_a_key(page: Page, server: Served) -> None:
    page.get_by_role("button", name="Try without a key").click()
    expect(page.locator(".pane")).to_have_count(1)
    expect(page.locator(".model")).to_have_value("smollm2-135m-instruct")
    expect(page.locator("#told")).to_contain_text("98 MB")
    page.locator("#ask .options > summary").click()
    page.locator("form#ask").get_by_label("Max tokens").fill("12")
    page.locator("form#ask").get_by_label("Temperature").fill("0")
    page.locator("#prompt").fill("What is the capital of France?")
    page.locator("#run").click()
    expect(page.locator("#told")).to_have_text(DONE, timeout=PATIENCE_MS)
    expect(page.locator(".answer")).to_contain_text("Paris")
    figures = dict(
        zip(*(page.locator(f".metrics {tag}").all_inner_texts() for tag in ("dt", "dd")), strict=True)
    )
    read, written = figures["Input tokens"].split()[0], figures["Output tokens"].split()[0]
    assert int(read) > 10
    assert 1 <= int(written) <= 12
    assert figures["Waited before sending"].endswith("computed")  # the download is not its time
    assert page.evaluate("() => caches.has('almanac /playground/ models')")
    assert server.seen == []


@nightly("nothing: no other test looks where a button stands")
def test_a_streaming_answer_moves_no_button_of_its_pane(browser: Browser, address: str) -> None:
    served = Served(forever)
    with at_playground(browser, address) as page:
        choose(page, served.origin, "one")
        page.locator("#prompt").fill("Go on")
        page.locator("#run").click()
        expect(page.locator(".answer")).to_contain_text("word", timeout=START)
        buttons = "[...document.querySelectorAll('.one, .remove, #stop')]"
        # On the page: it may still be scrolling to the answer.
        places = f"() => {buttons}.map((b) => b.getBoundingClientRect().y + scrollY)"
        before = page.evaluate(places)
        # Out of sight it has no inner text.
        length = len(page.locator(".answer").text_content() or "")
        wait(page, lambda: len(page.locator(".answer").text_content() or "") > length)
        assert page.evaluate(places) == before
        page.locator(".one").click()
        expect(page.locator(".end")).to_have_text("Stopped.")
    served.close()
