"""Checks in Chromium: the form for every kind, and code that runs where it reaches nothing."""

from __future__ import annotations

import json
import re
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from playwright.sync_api import Browser, Locator, Page, expect

from playground.evaluate.checks.table import CHECKS
from tests.rounds import nightly
from tests.site.axe import faults, show_in
from tests.site.evaluate.evaluating import ask, check, opened, read, run
from tests.site.playground.playing import START, Served, choose, drawn, said

SCHEMA = Draft202012Validator(json.loads(Path("docs/evaluate/evaluation.schema.json").read_text()))
#: What the browser says of a request that its policy forbids, and Pyodide of its end.
NOISE = ("Content Security Policy", "Program terminated with exit(0)")
#: Frames without an origin, in which code runs.
CLOSED = "iframe[sandbox]"
GOOD = "def add(a, b):\n    return a + b\n"
#: Code that a model answers with, by its case, and what the check makes of it.
MEMORY = "x = [bytearray(10**8) for _ in range(100)]\n"
NETWORK = """import js
request = js.XMLHttpRequest.new()
request.open('GET', 'ORIGIN/stolen', False)
try:
    request.send()
except Exception:
    pass
reached = request.status
def add(a, b):
    return a + b if not reached else 0
"""
STORAGE = """import js
try:
    js.self.indexedDB.open('x')
    stored = True
except Exception:
    stored = False
def add(a, b):
    return a + b if js.self.origin == 'null' and not stored else 0
"""
#: Each leaves something behind, and none may find it.
SPY = """import builtins, js, os
seen = hasattr(builtins, 'left') or hasattr(js.self, 'left') or os.path.exists('/tmp/left')
builtins.left = js.self.left = 1
open('/tmp/left', 'w').close()
def add(a, b):
    return 0 if seen else a + b
"""
PASSED = "Passed: its code passes the tests"
CODES = {
    "good": (GOOD, PASSED),
    "wrong": ("def add(a, b):\n    return a - b\n", "Failed: AssertionError (line 1 of the tests"),
    "loop": ("while True:\n    pass\n", "Failed: takes more than 5 s and was ended"),
    "memory": (MEMORY, "Failed: takes more memory than it may have"),
    # Python is gone, and nobody says so before its time is over.
    "exit": ("import os\nos._exit(0)\n", "Failed: ends before it is done: Python ended"),
    "network": (NETWORK, PASSED),
    "storage": (STORAGE, PASSED),
    "spy 1": (SPY, PASSED),
    "spy 2": (SPY, PASSED),
    "spy 3": (SPY, PASSED),
}


def coding(body: Any, handler: BaseHTTPRequestHandler) -> None:
    """Answers with the code of its case."""
    case = body["messages"][-1]["content"].removeprefix("Write add: ")
    host = f"http://127.0.0.1:{handler.server.server_address[1]}"  # type: ignore[attr-defined]
    code = CODES[case][0].replace("ORIGIN", host)
    said(handler, {"content": f"Here it is.\n```python\n{code}```\n"})


def fill(form: Locator, kind: str, **fields: str) -> None:
    """Choose the kind of a check and fill in its fields."""
    form.locator(".kind").select_option(value=kind)
    drawn(form.page)
    for name, value in fields.items():
        form.locator(f".{name}").fill(value)


def verdict_of(page: Page, case: str) -> str:
    """What the first verdict of a case says."""
    page.locator(".matrix tbody tr").filter(has_text=case).locator("td").first.click()
    text = page.get_by_role("dialog").locator(".steps li").first.inner_text()
    page.keyboard.press("Escape")
    return text


@nightly("tests/generator/sandbox, in the terminal; tests/playground/evaluate/checks")
def test_an_answers_code_runs_in_a_python_of_its_own_that_reaches_nothing(
    browser: Browser, address: str
) -> None:
    server = Served(coding)
    with opened(browser, address, server.origin, noise=NOISE) as page:
        read(page, "case\n" + "".join(f"{name}\n" for name in CODES))
        ask(page, server.origin, "Write add: {{case}}", "coder")
        check(page, "contains", "add")
        fill(page.locator(".check").last, "code_tests", tests="assert add(1, 2) == 3", seconds="5")
        run(page, f"Finished: {len(CODES)} of {len(CODES)} requests.")
        assert verdict_of(page, "good") == "Not checked: it runs code, which has not been allowed"
        page.locator("#allow-code").check()
        page.locator("#run").click()
        # The answers are there already and are judged anew: nothing is asked, and the status line stays.
        judged = page.locator(".matrix td.outcome").filter(has_text=re.compile("Passed|Failed"))
        expect(judged).to_have_count(len(CODES), timeout=START)
        expect(page.locator("#stop")).to_be_disabled()
        seen = {name: verdict_of(page, name) for name in CODES}
        assert {n: text for n, text in seen.items() if not text.startswith(CODES[n][1])} == {}
        expect(page.locator(CLOSED)).to_have_count(0)
    assert [path for path, _, _ in server.seen] == ["/v1/chat/completions"] * len(CODES)
    server.close()


@nightly("tests/generator/sandbox, in the terminal; tests/playground/evaluate/checks")
def test_a_function_of_the_readers_own_and_calls_judge_answers(browser: Browser, address: str) -> None:
    server = Served(coding)
    source = (
        "def check(answer, case):\n    return case['case'] in ('good', 'wrong'), 'looked at ' + case['case']"
    )
    with opened(browser, address, server.origin) as page:
        read(page, "case\ngood\nwrong\nloop\n")
        ask(page, server.origin, "Write add: {{case}}", "coder")
        check(page, "contains", "add")
        fill(page.locator(".check").last, "function", source=source)
        page.locator("#add-check").click()
        drawn(page)
        fill(
            page.locator(".check").last,
            "code_returns",
            calls="add(2, 3) -> 5\nadd('a', 'b') -> 'ab'",
            seconds="3",
        )
        page.locator(".passing").select_option(label="at least one check")
        page.locator("#allow-code").check()
        run(page, "Finished: 3 of 3 requests.")
        outcomes = page.locator(".matrix td.outcome")
        expect(outcomes).to_have_text(["✓ Passed", "✓ Passed", "✗ Failed"])
        assert verdict_of(page, "loop") == "Failed: looked at loop"
    server.close()


@nightly("tests/generator/sandbox; test_ctrl_c_ends_code_that_runs_for_ever, in the terminal")
def test_stop_ends_code_that_runs(browser: Browser, address: str) -> None:
    server = Served(coding)
    with opened(browser, address, server.origin) as page:
        read(page, "case\nloop\n")
        ask(page, server.origin, "Write add: {{case}}", "coder")
        check(page, "contains", "add")
        fill(page.locator(".check").last, "code_tests", tests="assert add(1, 2) == 3", seconds="60")
        page.locator("#allow-code").check()
        page.locator("#run").click()
        page.locator(CLOSED).first.wait_for(state="attached", timeout=START)
        page.locator("#stop").click()
        expect(page.locator("#told")).to_contain_text("Stopped: 0 of 1 requests.", timeout=START)
        expect(page.locator(CLOSED)).to_have_count(0)
    server.close()


@nightly("tests/playground/evaluate/checks")
def test_opening_a_file_with_code_allows_none_of_it(browser: Browser, address: str) -> None:
    evaluation = {
        "almanac_evaluation": 1,
        "prompts": [{"name": "p", "messages": [{"role": "user", "text": "{{q}}"}]}],
        "cases": [{"name": "1", "variables": {"q": "x"}}],
        "checks": [{"name": "code_tests", "arguments": {"tests": "assert True"}}],
    }
    with opened(browser, address) as page:
        read(page, json.dumps(evaluation), "a.json")
        expect(page.locator("#allow-code")).not_to_be_checked()
        page.locator("#allow-code").check()
        read(page, json.dumps(evaluation), "b.json")
        expect(page.locator("#allow-code")).not_to_be_checked()


@nightly(
    "tests/playground/evaluate/test_files.py; test_a_set_up_is_opened_from_its_link_and_nothing_is_asked"
)
def test_weights_groups_negation_and_extraction_are_saved_and_opened_again(
    browser: Browser, address: str
) -> None:
    with opened(browser, address) as page:
        read(page, "question,expected\nWhy?,42\n")
        page.locator("#prompt").fill("{{question}}")
        check(page, "has a number near", "{{expected}}")
        first = page.locator(".check").first
        first.locator(".extract").select_option(label="what comes after a marker")
        drawn(page)
        first.locator(".marker").fill("Result:")
        page.locator("#add-check").click()
        group = page.locator("#checks-title ~ .check").nth(1)
        group.locator(".kind").first.select_option(label="passes several checks")
        group.get_by_role("button", name="Add a check to check 2").click()
        drawn(page)
        inner = group.locator(".check").first
        fill(inner, "pattern", pattern="^a")
        inner.locator(".not").check()
        page.locator(".passing").first.select_option(label="enough of its checks")
        page.locator(".share").fill("75")
        page.locator(".share").blur()
        drawn(page)
        page.locator(".weight").first.fill("3")
        page.locator(".weight").first.blur()
        with page.expect_download() as download:
            page.get_by_role("button", name="Save as a file").click()
        text = Path(download.value.path()).read_text()
        SCHEMA.validate(json.loads(text))
        page.reload()
        page.locator(".pane").first.wait_for()
        read(page, text, "saved.json")
        expect(page.locator(".share")).to_have_value("75")
        expect(page.locator(".weight").first).to_have_value("3")
        expect(page.locator(".marker")).to_have_value("Result:")
        again = page.locator("#checks-title ~ .check").nth(1).locator(".check")
        expect(again.locator(".pattern")).to_have_value("^a")
        expect(again.locator(".not")).to_be_checked()
    saved = json.loads(text)
    assert saved["needed"] == 0.75
    assert saved["checks"][0]["extract"] == {"name": "after", "arguments": {"marker": "Result:"}}
    assert saved["checks"][0]["weight"] == 3


def nested(check: dict[str, Any], *places: int) -> list[dict[str, Any]]:
    """Checks of which the one at these places, from 1, is this, and all others can be used."""
    place, *within = places
    one = {"name": "group", "checks": nested(check, *within)} if within else check
    return [*[{"name": "contains", "arguments": {"value": "a"}}] * (place - 1), one]


#: A check that can't be used, its places, its control that is at fault, and what is said of it.
UNUSABLE: tuple[tuple[dict[str, Any], tuple[int, ...], str, str], ...] = (
    ({"name": "pattern", "arguments": {"pattern": "("}}, (2,), ".pattern", "the pattern"),
    ({"name": "pattern", "arguments": {"pattern": "("}}, (1, 2, 1), ".pattern", "the pattern"),
    ({"name": "contains"}, (1, 1), ".value", "value is empty; fill it in"),
    ({"name": "length", "arguments": {"at_most": "many"}}, (1, 1), ".at_most", "write a number"),
    ({"name": "equals", "arguments": {"value": "{{x}}"}}, (2, 1), ".value", "no column of that name"),
    (
        {"name": "contains", "arguments": {"value": "a"}, "extract": {"name": "json"}},
        (1, 1),
        ".looks-at .path",
        "path is empty; fill it in",
    ),
    ({"name": "group"}, (1, 2), "button.checks", "the group has no checks; add one"),
    ({"name": "haiku"}, (1, 1), ".kind", "the check 'haiku' is not known"),
)


def test_what_is_wrong_with_a_check_is_said_at_its_field_however_deep_it_is(
    browser: Browser, address: str
) -> None:
    """In the line above as well, and the focus is there; for the estimate as for the run."""
    server = Served(coding)
    prompts = [{"name": "p", "messages": [{"role": "user", "text": "{{q}}"}]}]
    cases = [{"name": "1", "variables": {"q": "x"}}]
    with opened(browser, address, server.origin) as page:
        choose(page, server.origin, "coder")
        for check_, places, control, words in UNUSABLE:
            checks = nested(check_, *places)
            made = {"almanac_evaluation": 1, "prompts": prompts, "cases": cases, "checks": checks}
            read(page, json.dumps(made), "a.json")
            number = ".".join(map(str, places))
            for button, begin in (("#run", "Nothing was sent: "), ("#forecast", "No estimate: ")):
                page.locator(button).click()
                expect(page.locator("#told")).to_contain_text(begin, timeout=START)
                expect(page.locator("#told")).to_contain_text(words)
                field = page.locator(f'.check[data-number="{number}"] {control}')
                expect(field).to_be_focused()
                expect(field).to_be_in_viewport(ratio=1)
                lack = page.locator(f'.check[data-number="{number}"] > .lack')
                expect(lack).to_contain_text(words)
                expect(page.locator(".lack")).to_have_count(1)
                if control != "button.checks":
                    expect(field).to_have_attribute("aria-invalid", "true")
                    described = field.get_attribute("aria-describedby")
                    assert described == lack.get_attribute("id")
    assert server.seen == []
    server.close()


@nightly("axe over the page with results, in test_evaluate.py")
@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 390)])
def test_axe_finds_nothing_in_the_form_of_any_check_and_it_fits_a_phone(
    browser: Browser, address: str, scheme: str, width: int
) -> None:
    with opened(browser, address) as page:
        show_in(page, scheme)
        page.set_viewport_size({"width": width, "height": 900})
        read(page, "question,expected\nWhy?,42\n")
        for kind in CHECKS:
            page.locator("#add-check").click()
            drawn(page)
            form = page.locator("#checks-title ~ .check").last
            form.locator(".kind").first.select_option(value=kind)
            drawn(page)
        assert faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@nightly("test_a_file_of_cases_is_asked_of_two_models_and_every_answer_is_checked")
def test_a_check_is_added_filled_in_and_removed_by_keyboard(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        read(page, "question,expected\nWhy?,42\n")
        page.locator("#add-check").focus()
        page.keyboard.press("Enter")
        drawn(page)
        form = page.get_by_role("group", name="Check 1")
        form.get_by_label("The answer").focus()
        page.keyboard.type("equals")
        drawn(page)
        for _ in range(2):  # past Not, to the text
            page.keyboard.press("Tab")
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.type("Paris")
        expect(form.locator(".value")).to_have_value("Paris")
        form.get_by_role("button", name="Remove check 1").focus()
        page.keyboard.press("Enter")
        expect(form).to_have_count(0)
