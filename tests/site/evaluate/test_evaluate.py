"""Cases of the reader's own in Chromium: a file, two models at a real server, checks, a table."""

from __future__ import annotations

import json
import re
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from playwright.sync_api import Browser, Page, expect

from tests.rounds import FULL, nightly
from tests.site.axe import faults, show_in
from tests.site.evaluate.evaluating import ask, check, opened, read, run
from tests.site.playground.holding import hold
from tests.site.playground.playing import START, Served, drawn, said, wait

SCHEMA = Draft202012Validator(json.loads(Path("docs/evaluate/evaluation.schema.json").read_text()))
CASES = "country,capital\nFrance,Paris\nPeru,Lima\nJapan,Tokyo\n"
CAPITALS = dict(line.split(",") for line in CASES.splitlines()[1:])


def capitals(body: Any, handler: BaseHTTPRequestHandler) -> None:
    """One model knows every capital, the other answers Paris to all."""
    text = body["messages"][-1]["content"]
    country = next(name for name in CAPITALS if name in text)
    said(handler, {"content": CAPITALS[country] if body["model"] == "good" else "It is Paris."})


def test_a_file_of_cases_is_asked_of_two_models_and_every_answer_is_checked(
    browser: Browser, address: str
) -> None:
    server = Served(capitals)
    with opened(browser, address, server.origin) as page:
        # The address first: Python is started once, which may reach it.
        ask(page, server.origin, "What is the capital of {{country}}?", "good", "one")
        read(page, CASES)
        expect(page.locator("#told")).to_have_text("3 cases read from cases.csv.")
        check(page, "contains", "{{capital}}")
        a_key_that_is_held_asks_once(page, server)
        rates = page.locator(".rates tbody tr")
        expect(rates.nth(0)).to_contain_text(re.compile(r"^good\s*100 %\s*44 % to 100 %"))
        expect(rates.nth(1)).to_contain_text(re.compile(r"^one\s*33 %"))
        expect(page.locator(".headline")).to_contain_text("Your 3 cases can't tell good from one")
        peru = page.locator(".matrix tbody tr").filter(has_text="Peru")
        expect(peru.locator("td").nth(0)).to_have_text("✓ Passed")
        expect(peru.locator("td").nth(1)).to_have_text("✗ Failed")
        peru.locator("td").nth(1).click()
        answer = page.get_by_role("dialog")
        expect(answer.locator(".answer")).to_have_text("It is Paris.")
        expect(answer).to_contain_text("Failed: does not contain “Lima”")
        page.keyboard.press("Escape")
        expect(answer).to_be_hidden()
        page.locator("#which").select_option(label="where models disagree")
        expect(page.locator("#counted")).to_have_text("2 of 3 rows")
    assert sorted(body["messages"][0]["content"] for _, _, body in server.seen[:6]) == sorted(
        f"What is the capital of {name}?" for name in CAPITALS for _ in range(2)
    )
    server.close()


def a_key_that_is_held_asks_once(page: Page, server: Served) -> None:
    """Also where the answers are there before it is let go, and Stop and Pause hand the focus to Run."""
    anew, told = page.locator("#anew"), page.locator("#told")
    deeds = (
        lambda: hold(page, "Enter", page.locator("#run")),
        lambda: hold(page, "Enter", anew),
        anew.dblclick,
    )
    for number, deed in enumerate(deeds, 1):
        deed()
        wait(page, lambda number=number: len(server.seen) >= 6 * number, "nothing was asked")  # type: ignore[misc]
        expect(told).to_contain_text("Finished: 6 of 6 requests.", timeout=START)
        page.wait_for_timeout(300)
        assert len(server.seen) == 6 * number


CONFIGURATION = """
description: Capitals
prompts: ["Name the capital of {{country}}.", "{{country}}: its capital?"]
providers: ["openai:chat:gpt-5", "exec: ./ours.sh"]
tests:
  - vars: {country: [France, Peru]}
    assert: [{type: icontains, value: paris}, {type: javascript, value: "output.length < 9"}]
"""


@nightly("tests/playground/evaluate/test_public_files.py, which reads 22 of them")
def test_a_promptfoo_configuration_is_read_and_what_cannot_run_is_listed(
    browser: Browser, address: str
) -> None:
    with opened(browser, address) as page:
        read(page, CONFIGURATION, "promptfooconfig.yaml")
        expect(page.locator("#told")).to_contain_text(
            "2 cases read from promptfooconfig.yaml. Its models are filled in. A file carries no keys"
        )
        expect(page.locator("#left-out tbody tr")).to_have_count(2)
        expect(page.locator("#left-out")).to_contain_text("providers[1]")
        expect(page.locator("#left-out")).to_contain_text(
            "it runs a program, and nothing of a file is run here"
        )
        expect(page.locator(".pane")).to_have_count(1)
        expect(page.locator(".pane .model")).to_have_value("gpt-5")
        expect(page.locator("#run")).to_have_text("Run 4 requests")


@nightly("test_files.py, which has the same words")
def test_a_file_of_no_known_form_is_refused_in_words(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        page.locator("#file").set_input_files({"name": "a.yml", "mimeType": "", "buffer": b"a: [1, 2"})
        expect(page.locator("#told")).to_contain_text("this is no YAML: ", timeout=START)
        page.locator("#file").set_input_files({"name": "a.json", "mimeType": "", "buffer": b'{"a": 1}'})
        expect(page.locator("#told")).to_contain_text("no form that is known here (it has a)", timeout=START)


@nightly("tests of the scan in tests/playground")
def test_a_key_in_a_case_is_told_when_it_is_read(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        rows = [f"row {n},x" for n in range(450)] + ["use sk-proj-abcdefghijklmnopqrstuvwxyz0123456789,x"]
        read(page, "question,expected\n" + "\n".join(rows))
        expect(page.locator("#told")).to_have_text(
            "451 cases read from cases.csv. Case 451 holds what looks like a key (sk-pro…): a run would send "
            "it to every model. Take it out of the file first."
        )


def a_check_is_proposed_and_judges_without_sending(page: Page) -> None:
    button, spent = page.locator("#run"), page.locator("#spent")
    expect(page.locator("#no-check")).to_contain_text("No check yet: answers will not be judged.")
    expect(button).to_have_text("Run 1 request without a check")
    run(page, "Finished: 1 of 1 requests.")
    expect(page.locator(".matrix td.outcome")).to_have_text("Not checked")
    expect(spent).to_have_text("Cost not known (1 answer).")
    page.get_by_role("button", name="Add “contains {{expected}}”").click()
    expect(page.locator("#no-check")).to_have_count(0)
    expect(button).to_have_text("Check the answers again: nothing is sent")
    run(page, "Checked 1 answer from before. Nothing was sent.")
    expect(page.locator(".matrix td.outcome")).to_have_text("✓ Passed")
    expect(spent).to_have_text("Nothing was sent; the cost of 1 answer is not known.")


@nightly("test_a_file_of_cases_is_asked_of_two_models_and_every_answer_is_checked; test_matrix.py")
def test_cases_are_typed_in_the_page_and_a_missing_column_is_told_before_anything_is_sent(
    browser: Browser, address: str
) -> None:
    server = Served(capitals)
    with opened(browser, address, server.origin) as page:
        page.get_by_role("button", name="Type cases").click()
        page.get_by_label("question of case 1").fill("France")
        page.get_by_label("expected of case 1").fill("Paris")
        ask(page, server.origin, "Where is {{land}}?", "good")
        page.locator("#run").click()
        expect(page.locator("#told")).to_contain_text(
            "Nothing was sent: the prompt “Prompt 1” has {{land}}, and case “1” has no column of that name "
            "(it has question, expected)",
            timeout=START,
        )
        expect(page.locator("#prompt")).to_be_focused()
        page.locator("#prompt").fill("The capital of {{question}}?")
        a_check_is_proposed_and_judges_without_sending(page)
        page.locator("#repeats").fill("3")
        page.locator("#repeats").blur()
        run(page, "Finished: 3 of 3 requests.")
        expect(page.locator(".matrix td.outcome").first).to_have_text("3 of 3")
    assert [body["messages"] for _, _, body in server.seen] == [
        [{"role": "user", "content": "The capital of France?"}]
    ] * 3
    server.close()


@nightly("tests/site/scripts/evaluate/lines.test.mjs")
def test_a_saved_evaluation_is_opened_again_and_holds_no_key_and_no_address(
    browser: Browser, address: str
) -> None:
    with opened(browser, address, "http://127.0.0.1:9") as page:
        read(page, CASES)
        ask(page, "http://127.0.0.1:9", "Where is {{country}}?", "good")
        page.locator(".pane .key").fill("sk-secret")
        check(page, "contains", "{{capital}}")
        with page.expect_download() as download:
            page.get_by_role("button", name="Save as a file").click()
        text = Path(download.value.path()).read_text()
        SCHEMA.validate(json.loads(text))
        assert "sk-secret" not in text
        assert "127.0.0.1" not in text
        page.reload()
        page.locator(".pane").first.wait_for()
        read(page, text, "cases.evaluation.json")
        expect(page.locator("#prompt")).to_have_value("Where is {{country}}?")
        expect(page.locator(".check .value")).to_have_value("{{capital}}")
        expect(page.locator(".pane .model")).to_have_value("good")


@nightly("test_axe_finds_nothing_in_any_state, of the playground")
@pytest.mark.parametrize(("scheme", "width"), [("dark", 390), *([("light", 1440)] if FULL else [])])
def test_axe_finds_nothing_with_cases_results_and_an_answer_open(
    browser: Browser, address: str, scheme: str, width: int
) -> None:
    server = Served(capitals)
    with opened(browser, address, server.origin) as page:
        show_in(page, scheme)
        page.set_viewport_size({"width": width, "height": 900})
        read(page, CONFIGURATION, "promptfooconfig.yaml")
        ask(page, server.origin, "{{country}}", "good", "one")
        check(page, "contains", "a")
        run(page, "Finished: 8 of 8 requests.")
        assert faults(page) == []
        page.locator(".matrix td.outcome").first.click()
        page.get_by_role("dialog").wait_for()
        assert faults(page) == []
    server.close()


@nightly("tests/playground/evaluate/scheduling")
def test_a_failed_request_is_no_wrong_answer(browser: Browser, address: str) -> None:
    def refuses(body: Any, handler: BaseHTTPRequestHandler) -> None:
        if body["model"] == "good":
            capitals(body, handler)
            return
        handler.send_response(404)
        handler.end_headers()
        handler.wfile.write(b'{"error": {"message": "no such model"}}')

    server = Served(refuses)
    with opened(browser, address, server.origin) as page:
        page.on("console", lambda _: None)
        read(page, CASES)
        ask(page, server.origin, "{{country}}", "good", "none")
        check(page, "contains", "{{capital}}")
        run(
            page,
            "Finished: 6 of 6 requests. 3 of them without an answer. Model 2, Your own server "
            "(OpenAI-compatible): The server has no such model. Choose one that it lists; some serve only "
            "the model that they were started with.",
        )
        rates = page.locator(".rates tbody tr")
        expect(rates.nth(1)).to_contain_text(re.compile(r"^none\s*–, 3 missing\s*0 % to 100 %"))
        page.locator(".matrix td[data-outcome=missing]").first.click()
        expect(page.get_by_role("dialog")).to_contain_text("no such model")
    server.close()


def test_what_is_typed_in_a_field_stays_while_the_page_is_drawn(browser: Browser, address: str) -> None:
    """A field that is read once it is left; a number that nobody can ask so often is put right then."""
    with opened(browser, address) as page:
        repeats = page.locator("#repeats")
        for typed, taken in (("7", "7"), ("0", "1")):
            repeats.focus()
            repeats.fill(typed)
            page.locator("#prompt").dispatch_event("input")  # whatever else draws the page
            drawn(page)
            expect(repeats).to_have_value(typed)
            repeats.blur()
            expect(repeats).to_have_value(taken)
