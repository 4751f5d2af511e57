"""Ready-made sets and the recorded run, for a reader who has no cases at hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from playground.evaluate.cases.files import read_file
from tests.rounds import nightly
from tests.site.axe import faults, show_in
from tests.site.evaluate.evaluating import opened, run_out
from tests.site.playground.playing import START

FOLDER = Path("docs/evaluate/sets")
SETS = json.loads((FOLDER / "sets.json").read_text("utf-8"))
RECORDED = json.loads((FOLDER / "recorded.json").read_text("utf-8"))


def test_the_list_names_every_set_as_it_is() -> None:
    assert {row["file"] for row in SETS} == {path.name for path in FOLDER.glob("*.yml")}
    for row in SETS:
        made = read_file(row["file"], (FOLDER / row["file"]).read_text("utf-8"))
        assert (row["name"], row["cases"]) == (made.name, len(made.cases))


def test_the_recorded_run_is_of_a_set_as_it_is() -> None:
    row = next(row for row in SETS if row["file"] == RECORDED["file"])
    made = read_file(row["file"], (FOLDER / row["file"]).read_text("utf-8"))
    assert (RECORDED["name"], RECORDED["cases"]) == (made.name, len(made.cases))
    rates = [one["rate"]["cases"] for one in RECORDED["summary"]["models"]]
    assert rates == [len(made.cases)] * len(made.prompts)


def test_the_recorded_run_says_that_its_model_is_free_and_whose_cases_these_are() -> None:
    """As the playground does of the model that runs in the page."""
    summary = RECORDED["summary"]
    assert [(one["cost"]["paid"], one["cost"]["unknown"]) for one in summary["models"]] == [("$0", 0)] * 2
    assert summary["headline"].startswith(
        "These 40 recorded cases can't tell “Question” from “Sentence to end”"
    )
    assert summary["headline"].count("SmolLM2") == 1


@nightly("test_the_recorded_run_is_of_a_set_as_it_is")
@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 390)])
def test_the_recorded_run_stands_at_once_without_python(
    browser: Browser, address: str, scheme: str, width: int
) -> None:
    with opened(browser, address) as page:
        example = page.get_by_role("region", name="What comes out: a recorded run")
        expect(example).to_contain_text("Not asked just now: recorded on")
        expect(example.locator(".rates tbody tr")).to_have_count(len(RECORDED["summary"]["models"]))
        assert not page.workers
        show_in(page, scheme)
        page.set_viewport_size({"width": width, "height": 900})
        assert faults(page) == []
        # It goes with the reader's own results: what is clicked stays under the pointer.
        button = page.locator("#add-case")
        button.scroll_into_view_if_needed()
        before = button.bounding_box()
        button.click()
        expect(button).to_have_text("Add a case")
        after = button.bounding_box()
        assert before is not None
        assert after is not None
        assert (after["x"], after["y"]) == (before["x"], before["y"])
        expect(example).to_be_attached()


@nightly("tests/playground/evaluate/test_sets.py, which reads each")
def test_every_set_opens_with_its_cases_prompts_and_checks(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        for row in SETS:
            page.locator("#sets").evaluate("(details) => { details.open = true; }")
            page.locator("#sets").get_by_role("button", name=row["name"]).click()
            expect(page.locator("#told")).to_contain_text(
                f"{row['cases']} cases read from {row['file']}.", timeout=START
            )
            expect(page.locator("#cases-title")).to_have_text(f"1. Cases ({row['cases']})")
            expect(page.locator("#prompt")).not_to_have_value("")
            expect(page.locator("#left-out")).to_have_count(0)


@nightly("test_the_recorded_run_is_of_a_set_as_it_is")
def test_eight_cases_run_on_the_model_that_needs_no_key(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        expect(page.locator(".example")).to_contain_text("It takes a download of")
        page.locator("#few").click()
        expect(page.locator("#cases-title")).to_have_text("1. Cases (8)", timeout=START)
        expect(page.locator(".pane")).to_have_count(1)
        expect(page.locator(".pane .provider option:checked")).to_contain_text("SmolLM2")
        run_out(page, "Finished: 8 of 8 requests.")
        expect(page.locator("#spent")).to_have_text("$0 spent.")
        expect(page.locator("#results .rates tbody td").nth(3)).to_have_text("$0, free", timeout=START)
