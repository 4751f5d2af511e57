"""Every run ends with a word: bodies that nobody foresaw, a worker that dies, code that never pauses."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.patience import PATIENCE_MS
from tests.rounds import nightly
from tests.site.playground.panes.answering import KEY
from tests.site.playground.playing import (
    DONE,
    FINISHED,
    START,
    Served,
    at_playground,
    cell,
    cell_over,
    choose,
    drawn,
    endless,
    run,
    said,
    wait,
)

#: Workers that the page and its frames start, so that a test can end one behind its back.
WORKERS = """const Real = Worker;
globalThis.workers = parent === self ? [] : self.origin === "null" ? [] : parent.workers;
globalThis.Worker = class extends Real {
    constructor(url, options) {
        super(url, options);
        if (String(url).startsWith("blob:")) workers.push(this);
    }
};"""
STOP = {"choices": [{"delta": {"content": "Hi"}, "finish_reason": "stop"}]}


def stream(*frames: Any) -> bytes:
    return b"".join(
        b"data: " + (frame if isinstance(frame, bytes) else json.dumps(frame).encode()) + b"\n\n"
        for frame in (*frames, b"[DONE]")
    )


def usage(words: bytes) -> bytes:
    return stream(STOP, b'{"choices":[],"usage":' + words + b"}")


#: What a provider may send → its answer's end in the page.
BODIES: dict[str, tuple[bytes, str]] = {
    "a day to wait for": (stream({"error": {"message": "retry after 27.11.2026"}}), "27.11.2026"),
    "no time to wait": (stream({"error": {"message": "Slow down, try again in ..."}}), "try again in ..."),
    "a cost that is true": (usage(b'{"cost":true}'), FINISHED),
    "a cost that is no number": (usage(b'{"cost":NaN,"prompt_tokens":Infinity}'), FINISHED),
    "figures beyond numbers": (usage(b'{"cost":1e400,"prompt_tokens":1e400}'), FINISHED),
    "counts above 1e308": (
        usage(b'{"prompt_tokens":1' + b"0" * 320 + b',"completion_tokens":1' + b"0" * 320 + b"}"),
        FINISHED,
    ),
    "counts of 5,000 digits": (usage(b'{"prompt_tokens":' + b"9" * 5000 + b"}"), "malformed stream"),
    "half an emoji": (stream(b'{"choices":[{"delta":{"content":"Hi\\ud83d"}}]}', STOP), FINISHED),
    "100,000 brackets": (stream(b'{"choices":' + b"[" * 100_000), "nested more than 200 deep"),
    "100,000 objects": (stream(b'{"choices":' + b'{"a":' * 100_000), "nested more than 200 deep"),
    "a call that is too deep": (
        stream(
            {"choices": [{"delta": {"tool_calls": [{"index": 0, "function": {"arguments": "[" * 99999}}]}}]},
            STOP,
        ),
        "Finished",
    ),
    "a line without end": (b'data: {"a":"' + b"x" * 17 * 1024 * 1024, "more than 16 MiB"),
    "half a frame": (b'data: {"choices":[{"del', "malformed stream"),
    "nothing": (b"", "stream cut off"),
}


def answers(body: Any, handler: BaseHTTPRequestHandler) -> None:
    """The model `sound` echoes its prompt, `endless` never ends; any other answers by the prompt's name."""
    prompt = body["messages"][-1]["content"]
    if body["model"] == "endless":
        handler.send_response(200)
        handler.end_headers()
        while True:
            handler.wfile.write(endless(handler.path))
            handler.wfile.flush()
            threading.Event().wait(0.02)
    if body["model"] == "sound" or prompt not in BODIES:
        return said(handler, {"content": prompt[:200]})
    handler.send_response(200)
    handler.send_header("content-type", "text/event-stream")
    handler.end_headers()
    handler.wfile.write(BODIES[prompt][0])
    return None


@pytest.fixture(scope="module")
def server() -> Iterator[Served]:
    served = Served(answers)
    yield served
    served.close()


@pytest.fixture(scope="module")
def pair(browser: Browser, address: str, server: Served) -> Iterator[Page]:
    """One page with a sound model beside one that sends what it likes."""
    with at_playground(browser, address) as opened:
        errors: list[str] = []
        opened.on("pageerror", lambda error: errors.append(str(error)))
        choose(opened, server.origin, "bad", "sound")
        yield opened
        assert errors == []


@nightly("tests/playground/run/test_ends.py; test_every_body_ends_once_in_json_that_the_page_reads")
@pytest.mark.parametrize("name", BODIES)
def test_whatever_one_model_sends_the_other_finishes(pair: Page, name: str) -> None:
    end = BODIES[name][1]
    told = "All models have finished." if end.startswith("Finished") else "1 of 2 models did not finish."
    run(pair, name, told)
    bad, sound = pair.locator(".pane").all()
    expect(bad.locator(".end")).to_contain_text(end)
    expect(sound.locator(".end")).to_have_text(FINISHED)
    expect(sound.locator(".answer")).to_have_text(name)


@nightly("question_json.test.mjs")
def test_half_an_emoji_in_a_prompt_is_sent_as_one_character(pair: Page, server: Served) -> None:
    pair.evaluate("""() => {
        const field = document.querySelector("#prompt");
        field.value = "Half \\ud83d";
        field.dispatchEvent(new Event("input", { bubbles: true }));
    }""")
    pair.locator("#run").click()
    drawn(pair)
    expect(pair.locator("#told")).to_have_text(DONE, timeout=START)
    assert server.seen[-1][2]["messages"][-1]["content"] == "Half \ufffd"


@nightly("test_any_file_is_a_run_of_the_schema_or_a_named_error")
def test_a_file_that_is_too_deep_or_too_large_is_refused_in_words(pair: Page, tmp_path: Path) -> None:
    pair.get_by_text("More", exact=True).click()
    choice = pair.locator("label", has_text="Import a run").locator("input")
    deep = tmp_path / "deep.json"
    deep.write_text('{"almanac_run": 1, "panes": ' + "[" * 100_000)
    choice.set_input_files(deep)
    expect(pair.locator("#told")).to_contain_text("nested more than 200 deep", timeout=START)
    large = tmp_path / "large.json"
    large.write_text('"' + "x" * 17 * 1024 * 1024)
    choice.set_input_files(large)
    expect(pair.locator("#told")).to_contain_text("at most 16 MiB")
    run(pair, "Hello")


@nightly("heartbeat.test.mjs; starting.test.mjs")
def test_a_dead_worker_is_replaced_and_nothing_is_typed_again(
    browser: Browser, address: str, server: Served
) -> None:
    with at_playground(browser, address) as page:
        page.add_init_script(WORKERS)
        page.reload()
        choose(page, server.origin, "endless", "endless")
        for key in page.locator(".key").all():
            key.fill(KEY)
        closed = len(server.closed)
        page.locator("#prompt").fill("Go on")
        page.locator("#run").click()
        for pane in page.locator(".pane").all():
            expect(pane.locator(".answer")).to_contain_text("word", timeout=START)
        page.evaluate("() => workers[0].terminate()")
        wait(page, lambda: len(server.closed) == closed + 2)
        for pane in page.locator(".pane").all():
            expect(pane.locator(".end")).to_contain_text("did not answer for 20 seconds", timeout=PATIENCE_MS)
            expect(pane.locator(".answer")).to_contain_text("word")
        # The next one starts once its list and its script have come.
        wait(page, lambda: page.evaluate("() => workers.length") == 2)
        expect(page.locator("#prompt")).to_have_value("Go on")
        for pane in page.locator(".pane").all():
            pane.locator(".model").fill("sound")
        run(page, "Again")
        assert server.seen[-1][1]["authorization"] == f"Bearer {KEY}"


@nightly("heartbeat.test.mjs")
def test_a_silent_worker_is_ended_with_its_streams_and_stop_does_not_wait(
    browser: Browser, address: str, server: Served
) -> None:
    with at_playground(browser, address) as page:
        choose(page, server.origin, "endless")
        closed = len(server.closed)
        page.locator("#prompt").fill("Go on")
        page.locator("#run").click()
        expect(page.locator(".answer")).to_contain_text("word", timeout=START)
        page.workers[0].evaluate("() => { setTimeout(() => { for (;;); }, 0); }")
        page.wait_for_timeout(200)
        page.locator(".one").click()
        expect(page.locator(".end")).to_contain_text("Stopped;", timeout=PATIENCE_MS)
        page.locator(".model").fill("sound")
        page.locator("#prompt").fill("Again")
        page.locator("#run").click()
        expect(page.locator(".end")).to_contain_text("did not answer for 20 seconds", timeout=PATIENCE_MS)
        wait(page, lambda: len(server.closed) == closed + 1)
        run(page, "Once more")


@nightly("heartbeat.test.mjs")
def test_a_busy_cell_holds_up_no_pane_and_is_not_taken_for_dead(
    browser: Browser, address: str, server: Served
) -> None:
    with at_playground(browser, address) as page:
        choose(page, server.origin, "sound")
        cell(page, "print('Begun')\nwhile True: pass")
        expect(page.locator(".printed")).to_contain_text("Begun", timeout=START)
        run(page, "Hello")
        page.wait_for_timeout(22_000)
        expect(page.locator("#cell-stop")).to_be_enabled()
        page.locator("#cell-stop").click()
        expect(page.locator(".printed")).to_contain_text("Python was ended")
        run(page, "And again")
        for code in ("raise SystemExit", "exit()", "raise KeyboardInterrupt"):
            cell(page, code)
            cell_over(page)
            run(page, "Hello")


@nightly("tests/site/scripts/playground/asking/starting.test.mjs")
def test_stop_works_while_python_still_loads(browser: Browser, address: str, server: Served) -> None:
    context = browser.new_context(base_url=address)
    page = context.new_page()
    held: list[Route] = []
    page.route("**/snapshot.bin", lambda route: held.append(route))
    asked = len(server.seen)
    page.goto(f"{address}/playground/")
    page.locator("#prompt").fill("Hello")
    page.locator(".key").first.fill(KEY)
    page.locator("#run").click()
    wait(page, lambda: bool(held))
    page.wait_for_timeout(2000)  # what else comes is there: nothing but Stop itself draws the page
    page.locator("#stop").click()
    expect(page.locator("#stop")).to_be_disabled()
    expect(page.locator("#told")).to_have_text("Stopped before anything was sent.")
    held[0].continue_()
    expect(page.locator("#boot")).to_be_hidden(timeout=START)
    expect(page.locator("#told")).to_have_text("Stopped before anything was sent.")
    expect(page.locator(".end")).to_have_count(0)
    assert len(server.seen) == asked
    context.close()
