"""A key that is held and a second click of a double one ask no model: a run costs money."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler
from typing import Any

from playwright.sync_api import Page, expect

from tests.patience import PATIENCE_S
from tests.site.playground.holding import REPEATS, compose_with_enter, hold
from tests.site.playground.panes.test_heavy import streaming
from tests.site.playground.playing import DONE, START, Served, cell, cell_over, choose, drawn, said, wait


def words(_: Any, handler: BaseHTTPRequestHandler) -> None:
    said(handler, *({"content": f"{n} "} for n in range(400)), pause=0.1)


def test_enter_held_on_stop_starts_no_run_where_the_focus_goes(warm: Page, steady: Served) -> None:
    page, steady.answer = warm, words
    choose(page, steady.origin, "one")
    page.locator("#prompt").fill("Count")
    for number, (stop, next_) in enumerate((("#stop", "#run"), (".pane .one", ".pane .again")), 1):
        page.locator("#run").click()
        expect(page.locator(".answer")).to_contain_text("1 2", timeout=START)
        hold(page, "Enter", page.locator(stop))
        expect(page.locator(next_)).to_be_focused(timeout=START)
        expect(page.locator(".end")).to_have_text("Stopped.")
        assert len(steady.seen) == number


def test_a_space_held_on_stop_starts_no_run_where_the_models_end_meanwhile(
    warm: Page, steady: Served
) -> None:
    """It presses as it is let go, and the focus has gone to Run by then."""
    over = threading.Event()
    page, steady.answer = warm, streaming("Yes", "content", 1, lambda _: over.wait(PATIENCE_S))
    choose(page, steady.origin, "one")
    page.locator("#prompt").fill("Hi")
    page.locator("#run").click()
    expect(page.locator(".answer")).to_contain_text("Yes", timeout=START)
    page.locator("#stop").focus()
    page.keyboard.down("Space")
    over.set()
    expect(page.locator("#told")).to_have_text(DONE, timeout=START)
    expect(page.locator("#run")).to_be_focused()
    hold(page, "Space")
    expect(page.locator("#told")).to_have_text(DONE)
    assert len(steady.seen) == 1


def test_a_key_held_or_a_double_click_asks_once(warm: Page, steady: Served) -> None:
    """From every place that asks; the answer is there before the key is let go."""
    page = warm
    choose(page, steady.origin, "one")
    prompt, told = page.locator("#prompt"), page.locator("#told")
    prompt.fill("Hi")
    deeds = (
        lambda: (prompt.focus(), hold(page, "ControlOrMeta+Enter")),
        lambda: hold(page, "Enter", page.locator("#run")),
        lambda: page.locator("#run").dblclick(),
        lambda: hold(page, "Enter", page.locator(".pane .again")),
        lambda: page.locator(".pane .again").dblclick(),
        lambda: (page.locator("#more input").fill("And?"), hold(page, "Enter")),
    )
    for number, deed in enumerate(deeds, 1):
        deed()
        wait(page, lambda number=number: len(steady.seen) >= number, "nothing was asked")  # type: ignore[misc]
        expect(told).to_have_text(DONE, timeout=START)
        page.wait_for_timeout(300)
        expect(told).to_have_text(DONE)
        assert len(steady.seen) == number
    prompt.fill("")
    prompt.focus()
    hold(page, "Enter")
    assert prompt.input_value() == "\n" * REPEATS  # where a held key writes, it does


def test_a_key_held_in_a_cell_runs_it_once(warm: Page, steady: Served) -> None:
    page = warm
    choose(page, steady.origin, "one")
    cell(page, 'await compare("Hi")')
    cell_over(page)
    before = len(steady.seen)
    page.locator(".cm-content").focus()
    hold(page, "ControlOrMeta+Enter")
    cell_over(page)
    page.locator("#cell-run").dblclick()
    drawn(page)
    cell_over(page)
    assert len(steady.seen) == before + 2


def test_keys_with_which_a_text_is_composed_send_and_choose_nothing(warm: Page, steady: Served) -> None:
    """https://github.com/mostlygeek/llama-swap/issues/1044, https://github.com/open-webui/open-webui/issues/26172"""
    page = warm
    model, prompt, told = page.locator(".pane .model").first, page.locator("#prompt"), page.locator("#told")
    model.click()
    model.fill("g")
    page.keyboard.press("ArrowDown")
    drawn(page)
    compose_with_enter(model)
    expect(model).to_have_value("g")
    page.keyboard.press("Enter")
    expect(model).not_to_have_value("g")
    choose(page, steady.origin, "one")
    prompt.fill("Hi")
    drawn(page)
    before = told.inner_text()
    compose_with_enter(prompt, ctrlKey=True)
    expect(told).to_have_text(before)
    assert (steady.seen, page.locator(".turn").count()) == ([], 0)
