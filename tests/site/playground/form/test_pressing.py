"""A key that is held and a second click of a double one ask no model: a run costs money."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.patience import PATIENCE_S
from tests.site.evaluate.evaluating import ask, check, opened, read
from tests.site.playground.panes.test_heavy import streaming
from tests.site.playground.playing import DONE, START, Served, cell, cell_over, choose, drawn, said

#: So often a key that is held presses again, and so many milliseconds apart.
REPEATS = 8
APART = 40


@pytest.fixture
def quick() -> Iterator[Served]:
    """A server whose answers are there before a finger leaves its key."""
    server = Served(lambda _, handler: said(handler, {"content": "Yes."}))
    yield server
    server.close()


@pytest.fixture
def slow() -> Iterator[Served]:
    def words(_: Any, handler: BaseHTTPRequestHandler) -> None:
        said(handler, *({"content": f"{n} "} for n in range(400)), pause=0.1)

    server = Served(words)
    yield server
    server.close()


def hold(page: Page, key: str, button: Locator | None = None) -> None:
    """Press a key, where the focus is or at a button, and let it go after a while; it may be down already."""
    if button:
        button.focus()
    *held, last = key.split("+")
    for one in held:
        page.keyboard.down(one)
    for _ in range(REPEATS):
        page.keyboard.down(last)  # from the second on it repeats
        page.wait_for_timeout(APART)
    page.keyboard.up(last)
    for one in held:
        page.keyboard.up(one)
    drawn(page)


def test_enter_held_on_stop_starts_no_run_where_the_focus_goes(page: Page, slow: Served) -> None:
    choose(page, slow.origin, "one")
    page.locator("#prompt").fill("Count")
    for number, (stop, next_) in enumerate((("#stop", "#run"), (".pane .one", ".pane .again")), 1):
        page.locator("#run").click()
        expect(page.locator(".answer")).to_contain_text("1 2", timeout=START)
        hold(page, "Enter", page.locator(stop))
        expect(page.locator(next_)).to_be_focused(timeout=START)
        expect(page.locator(".end")).to_have_text("Stopped.")
        assert len(slow.seen) == number


def test_a_space_held_on_stop_starts_no_run_where_the_models_end_meanwhile(page: Page) -> None:
    """It presses as it is let go, and the focus has gone to Run by then."""
    over = threading.Event()
    server = Served(streaming("Yes", "content", 1, lambda _: over.wait(PATIENCE_S)))
    choose(page, server.origin, "one")
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
    assert len(server.seen) == 1
    server.close()


def test_a_key_held_or_a_double_click_asks_once(page: Page, quick: Served) -> None:
    """From every place that asks; the answer is there before the key is let go."""
    choose(page, quick.origin, "one")
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
        expect(told).to_have_text(DONE, timeout=START)
        page.wait_for_timeout(300)
        expect(told).to_have_text(DONE)
        assert len(quick.seen) == number
    prompt.fill("")
    prompt.focus()
    hold(page, "Enter")
    assert prompt.input_value() == "\n" * REPEATS  # where a held key writes, it does


def test_a_key_held_in_a_cell_runs_it_once(page: Page, quick: Served) -> None:
    choose(page, quick.origin, "one")
    cell(page, 'await compare("Hi")')
    cell_over(page)
    before = len(quick.seen)
    page.locator(".cm-content").focus()
    hold(page, "ControlOrMeta+Enter")
    cell_over(page)
    page.locator("#cell-run").dblclick()
    cell_over(page)
    assert len(quick.seen) == before + 2


#: Keys of an input method: while it composes, and in Safari the one that ends that.
COMPOSED = ({"isComposing": True}, {"keyCode": 229})


def test_keys_with_which_a_text_is_composed_send_choose_and_open_nothing(page: Page, quick: Served) -> None:
    """https://github.com/mostlygeek/llama-swap/issues/1044, https://github.com/open-webui/open-webui/issues/26172"""

    def enter(field: Locator, **more: Any) -> None:
        for how in COMPOSED:
            event = {"key": "Enter", "bubbles": True, "cancelable": True, **more, **how}
            field.dispatch_event("keydown", event)
            drawn(page)

    model, prompt = page.locator(".pane .model").first, page.locator("#prompt")
    model.click()
    model.fill("g")
    page.keyboard.press("ArrowDown")
    drawn(page)
    enter(model)
    expect(model).to_have_value("g")
    page.keyboard.press("Enter")
    expect(model).not_to_have_value("g")
    choose(page, quick.origin, "one")
    prompt.fill("Hi")
    enter(prompt, ctrlKey=True)
    expect(page.locator("#told")).to_have_text("")
    assert quick.seen == []
    page.locator("[data-search]").first.click()
    search = page.get_by_role("combobox", name="Search")
    search.fill("gpt")
    expect(page.locator("#search-found a").first).to_be_visible()
    there = page.url
    enter(search)
    assert page.url == there
    search.press("Enter")
    page.wait_for_url(lambda url: url != there)


def test_evaluate_is_asked_once_by_a_key_that_is_held(browser: Browser, address: str, quick: Served) -> None:
    """Stop and Pause hand the focus to Run."""
    with opened(browser, address, quick.origin) as page:
        read(page, "question\nWhy?\nHow?\n")
        ask(page, quick.origin, "{{question}}", "one")
        check(page, "contains", "Yes")
        told, run = page.locator("#told"), page.locator("#run")
        hold(page, "Enter", run)
        expect(told).to_contain_text("Finished: 2 of 2 requests.", timeout=START)
        for number, press in enumerate(("Enter", "dblclick"), 2):
            anew = page.locator("#anew")
            if press == "dblclick":
                anew.dblclick()
            else:
                hold(page, press, anew)
            expect(told).to_contain_text("Finished: 2 of 2 requests.", timeout=START)
            page.wait_for_timeout(300)
            assert len(quick.seen) == 2 * number
