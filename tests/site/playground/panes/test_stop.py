"""Stop always works: whatever the server does, while Python is busy, and while it is dead.

Each server stands for a public report of a chat or a gateway that hung on it; the address is beside it.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.patience import PATIENCE_MS
from tests.rounds import nightly, sampled
from tests.site.playground.panes.test_ends import WORKERS
from tests.site.playground.playing import (
    FINISHED,
    START,
    Served,
    at_playground,
    choose,
    drawn,
    run,
    said,
    wait,
)

NEVER = threading.Event()


def begun(handler: BaseHTTPRequestHandler, *pieces: bytes) -> None:
    handler.send_response(200)
    handler.send_header("content-type", "text/event-stream")
    handler.end_headers()
    for piece in pieces:
        handler.wfile.write(piece)
    handler.wfile.flush()


def piece(**delta: Any) -> bytes:
    return f"data: {json.dumps({'choices': [{'delta': delta}]})}\n\n".encode()


def no_headers(handler: BaseHTTPRequestHandler) -> None:
    """https://github.com/moly-ai/moly-ai/issues/206"""
    handler.connection.recv(1)  # until the page hangs up
    raise ConnectionError


def silence(handler: BaseHTTPRequestHandler) -> None:
    """https://github.com/omnigent-ai/omnigent/issues/4946"""
    begun(handler)
    no_headers(handler)


def pings(handler: BaseHTTPRequestHandler) -> None:
    """https://github.com/ggml-org/llama.cpp/pull/24013"""
    begun(handler)
    while not NEVER.wait(0.05):
        handler.wfile.write(b": ping\n\n")


def words_without_end(handler: BaseHTTPRequestHandler) -> None:
    """https://github.com/langchain-ai/agent-chat-ui/issues/201"""
    begun(handler)
    while True:
        handler.wfile.write(piece(content="word ") * 100)


def lines_of_code_without_end(handler: BaseHTTPRequestHandler) -> None:
    """https://github.com/Kohaku-Lab/KohakuTerrarium/issues/267"""
    begun(handler, piece(content="```py\n"))
    while True:
        handler.wfile.write(piece(content="x = 1\n") * 100)


def arguments_without_end(handler: BaseHTTPRequestHandler) -> None:
    """https://github.com/bytedance/deer-flow/issues/4353"""
    call = {"index": 0, "id": "c1", "function": {"name": "write", "arguments": '{"text": "'}}
    begun(handler, piece(tool_calls=[call]))
    more = {"index": 0, "function": {"arguments": "word "}}
    while True:
        handler.wfile.write(piece(tool_calls=[more]) * 100)


def come_back_in_a_while(handler: BaseHTTPRequestHandler) -> None:
    """https://github.com/earendil-works/pi/issues/4666"""
    handler.send_response(429)
    handler.send_header("retry-after", "50")
    handler.send_header("access-control-expose-headers", "retry-after")
    handler.end_headers()
    handler.wfile.write(b'{"error": {"message": "Slow down."}}')


def error_without_end(handler: BaseHTTPRequestHandler) -> None:
    """An error's body that goes on and on."""
    handler.send_response(400)
    handler.end_headers()
    while not NEVER.wait(0.05):
        handler.wfile.write(b" ")


def stays_open(handler: BaseHTTPRequestHandler) -> None:
    """https://github.com/musistudio/claude-code-router/pull/1271"""
    end = b'data: {"choices":[{"delta":{},"finish_reason":"stop"}]}\n\n'
    begun(handler, piece(content="Done."), end)
    no_headers(handler)


def stays_open_with_pings(handler: BaseHTTPRequestHandler) -> None:
    """https://github.com/maximhq/bifrost/issues/6784"""
    end = b'data: {"choices":[{"delta":{},"finish_reason":"stop"}]}\n\n'
    begun(handler, piece(content="Done."), end)
    while not NEVER.wait(0.05):
        handler.wfile.write(b": ping\n\n")


HELD = (
    *(no_headers, silence, pings, words_without_end, lines_of_code_without_end),
    *(arguments_without_end, come_back_in_a_while, error_without_end),
)
ENDED = (stays_open, stays_open_with_pings)
SERVERS: dict[str, Callable[[BaseHTTPRequestHandler], None]] = {s.__name__: s for s in (*HELD, *ENDED)}


def answers(body: Any, handler: BaseHTTPRequestHandler) -> None:
    """A model's name says how its server goes wrong; `sound` does not."""
    if body["model"] in SERVERS:
        return SERVERS[body["model"]](handler)
    return said(handler, {"content": "Hello."})


@pytest.fixture
def server(steady: Served) -> Served:
    steady.answer = answers
    return steady


def begin(page: Page, server: Served, *models: str) -> tuple[Locator, ...]:
    """Ask them, and wait until the first is asked."""
    choose(page, server.origin, *models)
    asked = len(server.seen)
    page.locator("#prompt").fill("Go on")
    page.locator("#run").click()
    wait(page, lambda: any(body["model"] == models[0] for _, _, body in server.seen[asked:]))
    return tuple(page.locator(".pane").all())


@sampled(2)
@pytest.mark.parametrize("name", [held.__name__ for held in HELD])
def test_stop_ends_the_run_and_the_connection(guarded: Page, server: Served, name: str) -> None:
    opened = guarded
    closed = len(server.closed)
    held, sound = begin(opened, server, name, "sound")
    expect(sound.locator(".end")).to_have_text(FINISHED, timeout=START)
    expect(held.locator(".one")).to_be_enabled()
    if name == come_back_in_a_while.__name__:
        expect(held.locator(".end")).to_contain_text("Slow down.")
    opened.locator("#stop").click()
    if name == come_back_in_a_while.__name__:
        expect(held.locator(".end")).to_contain_text(
            re.compile(r"^Stopped\. The last try failed: .*Slow down\.")
        )
    else:
        expect(held.locator(".end")).to_have_text("Stopped.")
        wait(opened, lambda: len(server.closed) == closed + 1, "the connection was not closed")
    expect(opened.locator("#told")).to_have_text("You stopped 1 of 2 models.")
    expect(sound.locator(".end")).to_have_text(FINISHED)
    held.locator(".model").fill("sound")
    run(opened, "Again")


@sampled(1)
@pytest.mark.parametrize("name", [ended.__name__ for ended in ENDED])
def test_an_answer_that_has_ended_waits_for_no_hang_up(guarded: Page, server: Served, name: str) -> None:
    opened = guarded
    closed = len(server.closed)
    (pane,) = begin(opened, server, name)
    expect(pane.locator(".end")).to_have_text(FINISHED, timeout=PATIENCE_MS)
    expect(pane.locator(".answer")).to_have_text("Done.")
    wait(opened, lambda: len(server.closed) == closed + 1, "the connection was not closed")


def test_a_test_of_a_connection_can_be_stopped(guarded: Page, server: Served) -> None:
    opened = guarded
    choose(opened, server.origin, silence.__name__)
    closed = len(server.closed)
    asked = len(server.seen)
    (pane,) = opened.locator(".pane").all()
    pane.get_by_role("button", name="Test connection").click()
    wait(opened, lambda: len(server.seen) > asked)
    pane.get_by_role("button", name="Stop the test").click()
    expect(opened.locator("#told")).to_have_text("Stopped before the test was over.")
    expect(pane.get_by_role("button", name="Test connection")).to_be_visible()
    wait(opened, lambda: len(server.closed) == closed + 1, "the connection was not closed")


@nightly("heartbeat.test.mjs; starting.test.mjs")
def test_stop_works_while_the_worker_is_dead_and_it_is_replaced(
    browser: Browser, address: str, server: Served
) -> None:
    """https://github.com/opengeos/GeoLibre/pull/201: a worker that died after its start was waited for."""
    with at_playground(browser, address) as page:
        page.add_init_script(WORKERS)
        page.reload()
        choose(page, server.origin, "sound", "sound")
        run(page, "Hello")
        page.evaluate("() => workers[0].terminate()")
        page.locator("#prompt").fill("Again")
        page.locator("#run").click()
        drawn(page)
        page.locator("#stop").click()
        for pane in page.locator(".pane").all():
            expect(pane.locator(".end")).to_contain_text("Stopped;")
        expect(page.locator("#stop")).to_be_disabled()
        # Nobody waits any more, and still it is noticed: a connection may be open in it.
        expect(page.locator("#told")).to_contain_text("did not answer for 20 seconds", timeout=PATIENCE_MS)
        wait(page, lambda: page.evaluate("() => workers.length") == 2)
        expect(page.locator("#prompt")).to_have_value("Again")
        run(page, "Once more")


@nightly("heartbeat.test.mjs; starting.test.mjs")
def test_code_that_is_asked_of_a_dead_worker_is_told(browser: Browser, address: str, server: Served) -> None:
    with at_playground(browser, address) as page:
        page.add_init_script(WORKERS)
        page.reload()
        choose(page, server.origin, "sound")
        run(page, "Hello")
        page.evaluate("() => workers[0].terminate()")
        page.get_by_role("button", name="Get code").click()
        expect(page.locator("#told")).to_contain_text("did not answer for 20 seconds", timeout=PATIENCE_MS)
        expect(page.locator(".answer")).to_have_text("Hello.")
        page.get_by_role("button", name="Get code").click()
        expect(page.locator(".sheet")).to_contain_text("from openai import OpenAI", timeout=START)
