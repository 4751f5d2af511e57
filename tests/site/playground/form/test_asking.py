"""What is asked, of whom and when: from every field, nothing broken, an image once."""

from __future__ import annotations

import json
import re
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.rounds import FULL, nightly
from tests.site.axe import DESK, PHONE, faults, show_in
from tests.site.playground.form.test_fields import marked, unmarked
from tests.site.playground.playing import DONE, START, Served, choose, drawn, run, said, wait


def words(_: Any, handler: BaseHTTPRequestHandler) -> None:
    said(handler, *({"content": f"{n} "} for n in range(400)), pause=0.2)


def test_a_broken_text_is_told_at_its_field_before_anything_is_asked(warm: Page, steady: Served) -> None:
    page = warm
    choose(page, steady.origin, "one", "two")
    page.locator("#prompt").fill("Hi")
    folds = {"form#ask": "Parameters for all models", ".pane >> nth=1": "Parameters of this model"}
    for place, fold in folds.items():
        summary = page.locator(place).get_by_text(fold)
        summary.click()
        tools = page.locator(place).get_by_label("Tools")
        tools.fill('[{"name": "weather"')
        unmarked(tools)  # it is being written
        summary.click()
        expect(tools).to_be_hidden()
        page.locator(".places input").first.press("Enter")
        expect(page.locator("#told")).to_contain_text("Nothing was sent. Tools is no JSON: ")
        marked(page, tools, "Tools is no JSON: ")
        expect(tools).to_be_focused()
        expect(tools).to_be_in_viewport(ratio=1)
        for width, scheme in (DESK, PHONE) if FULL else (PHONE,) if place == "form#ask" else ():
            page.set_viewport_size({"width": width, "height": 900})
            show_in(page, scheme)
            assert faults(page) == []
        page.set_viewport_size({"width": 1440, "height": 900})
        tools.fill('[{"name": "weather"}]')
        unmarked(tools)
        expect(page.locator("#told")).to_have_text("")
    assert (steady.seen, page.locator(".end").count()) == ([], 0)
    page.locator(".key").first.press("Enter")
    expect(page.locator("#told")).to_have_text(DONE, timeout=START)
    page.locator(".pane").nth(1).get_by_label("Tools").press("ControlOrMeta+Enter")
    wait(page, lambda: len(steady.seen) == 4, "the models were not asked again")
    expect(page.locator("#told")).to_have_text(DONE, timeout=START)


def images_of(body: Any) -> int:
    return json.dumps(body).count("data:image/png")


def test_an_image_is_sent_once_in_a_conversation(warm: Page, steady: Served) -> None:
    page = warm
    choose(page, steady.origin, "one")
    field = page.locator("label", has_text="Add images").locator("input")
    shown, told = page.locator(".images"), page.locator("#told")
    field.set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n0000"})
    expect(shown).to_have_text(re.compile(r"^\s*a\.png\s*✕\s*$"))
    run(page, "What is it?")
    expect(shown).to_contain_text("in the conversation: a follow-up does not attach it again")
    for count, more in enumerate(("And now?", "And then?"), 2):
        page.get_by_label("Follow-up question to every model").fill(more)
        page.get_by_role("button", name="Send").click()
        expect(page.locator(".turn")).to_have_count(count)
        expect(told).to_have_text(DONE, timeout=START)
    assert [images_of(body) for *_, body in steady.seen] == [1, 1, 1]
    page.locator("#prompt").fill("Something else")
    again = page.get_by_role("button", name="Repeat question")
    assert "Run asks the prompt above" in (again.get_attribute("title") or "")
    again.click()
    wait(page, lambda: len(steady.seen) == 4, "the question was not repeated")
    expect(told).to_have_text(DONE, timeout=START)
    assert steady.seen[-1][2] == steady.seen[-2][2]


def test_what_is_said_of_a_run_counts_who_is_there_and_a_removed_model_comes_back(
    warm: Page, steady: Served
) -> None:
    page, steady.answer = warm, words
    choose(page, steady.origin, "one", "two")
    panes, told = page.locator(".pane"), page.locator("#told")
    page.locator("#prompt").fill("Count")
    page.locator("#run").click()
    expect(panes.last.locator(".answer")).to_contain_text("1 2", timeout=START)
    panes.first.get_by_role("button", name="Stop").click()
    expect(panes.first.locator(".end")).to_have_text("Stopped.")
    panes.first.get_by_role("button", name="Repeat question").click()
    expect(panes.first.locator(".answer")).to_contain_text("1 2", timeout=START)
    panes.last.locator(".remove").press("Enter")
    expect(panes).to_have_count(1)
    undo = page.get_by_role("button", name="Undo: bring two back")
    expect(undo).to_be_visible()
    expect(told).to_contain_text("Still answering: one model.")
    expect(told).not_to_contain_text("You stopped")
    undo.click()
    expect(panes).to_have_count(2)
    expect(panes.last.locator(".remove")).to_be_focused()
    expect(panes.last.locator(".answer")).to_contain_text("1 2")
    expect(panes.last.locator(".end")).to_have_text("Stopped.")
    panes.last.locator(".remove").press("Enter")
    expect(panes).to_have_count(1)
    page.keyboard.press("ControlOrMeta+z")
    expect(panes).to_have_count(2)
    page.locator("#stop").click()
    panes.last.locator(".remove").press("Enter")
    page.get_by_role("button", name="Add a model").click()
    expect(page.locator("#undo")).to_have_count(0)
    added = panes.last.locator(".places input")
    expect(added).to_have_value(f"{steady.origin}/v1")
    expect(added).to_be_hidden()


@nightly("nothing: only a browser lays them out")
@pytest.mark.parametrize(("models", "rows"), [("abcdef", [3, 3]), ("abcde", [3, 2]), ("abcd", [4])])
def test_models_stand_in_rows_that_are_full(page: Page, models: str, rows: list[int]) -> None:
    choose(page, "http://127.0.0.1:1", *models)
    drawn(page)
    for width, there in ((1440, rows), (1000, [2] * (len(models) // 2) + [1] * (len(models) % 2))):
        page.set_viewport_size({"width": width, "height": 900})
        tops = page.locator(".pane").evaluate_all(
            "(all) => all.map((one) => one.getBoundingClientRect().top)"
        )
        assert [tops.count(top) for top in sorted(set(tops))] == there
