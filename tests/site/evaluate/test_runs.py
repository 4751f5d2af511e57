"""A run in Chromium: paused, stopped, retried, gone on with, asleep, held to a budget, and limited."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler
from typing import Any

from playwright.sync_api import Browser, Page, Route, expect

from tests.patience import PATIENCE_S
from tests.rounds import nightly
from tests.site.evaluate.evaluating import ask, check, opened, read, run
from tests.site.playground.playing import START, Served, forever, said, wait

#: Seconds: longer than a silent worker is given.
ASLEEP = 25
CASES = "question,right\n" + "".join(f"word {n},{n}\n" for n in range(12))


def echoed(body: Any, handler: BaseHTTPRequestHandler) -> None:
    """The question as the answer, and two tokens of each kind."""
    text = body["messages"][-1]["content"]
    said(handler, {"content": text}, usage={"prompt_tokens": 2, "completion_tokens": 2})


def questions(server: Served) -> list[str]:
    """What was asked, in order."""
    return [body["messages"][-1]["content"] for _, _, body in server.seen]


def evaluated(page: Page, server: Served, *models: str) -> None:
    """Twelve cases are filled in for those models."""
    read(page, CASES)
    ask(page, server.origin, "{{question}}", *models)
    check(page, "contains", "{{right}}")


def status(handler: BaseHTTPRequestHandler, code: int, message: str) -> None:
    handler.send_response(code)
    handler.end_headers()
    handler.wfile.write(json.dumps({"error": {"message": message}}).encode())


@nightly("tests/playground/evaluate/test_running.py; tests/playground/evaluate/scheduling")
def test_pause_lets_what_runs_end_and_go_on_asks_the_rest_once(browser: Browser, address: str) -> None:
    gate = threading.Event()

    def gated(body: Any, handler: BaseHTTPRequestHandler) -> None:
        gate.wait(PATIENCE_S)
        echoed(body, handler)

    server = Served(gated)
    with opened(browser, address, server.origin) as page:
        evaluated(page, server, "m")
        page.locator("#run").click()
        wait(page, lambda: len(server.seen) >= 4)
        page.locator("#pause").click()
        expect(page.locator("#told")).to_contain_text("Paused")
        asked = len(server.seen)
        gate.set()
        expect(page.locator("#results")).to_contain_text(f"{asked} of 12 requests", timeout=START)
        page.wait_for_timeout(1500)
        assert len(server.seen) == asked < 12
        page.locator("#pause").click()
        expect(page.locator("#told")).to_have_text("Finished: 12 of 12 requests.", timeout=START)
    assert sorted(questions(server)) == sorted(f"word {n}" for n in range(12))
    server.close()


@nightly("tests/site/scripts/playground/asking/starting.test.mjs")
def test_stop_and_run_while_python_loads_ask_each_case_once(browser: Browser, address: str) -> None:
    server = Served(echoed)
    with opened(browser, address, server.origin) as page:
        read(page, CASES)
        held: list[Route] = []
        # A Python that reaches the server's address takes the place of the one that read the cases, as soon
        # as the address is there.
        page.route("**/snapshot.bin", lambda route: held.append(route))
        ask(page, server.origin, "{{question}}", "m")
        check(page, "contains", "{{right}}")
        page.locator("#run").click()
        wait(page, lambda: bool(held))
        page.wait_for_timeout(2000)  # what else comes is there: nothing but Stop itself draws the page
        page.locator("#stop").click()
        expect(page.locator("#stop")).to_be_disabled()
        expect(page.locator("#told")).to_have_text("Stopped before anything was sent.")
        page.locator("#run").click()
        held[0].continue_()
        expect(page.locator("#told")).to_have_text("Finished: 12 of 12 requests.", timeout=START)
    assert sorted(questions(server)) == sorted(f"word {n}" for n in range(12))
    server.close()


@nightly("test_stop_ends_the_run_and_the_connection; test_ctrl_c_stops_at_once_and_says_how_to_go_on")
def test_stop_closes_every_connection_at_once(browser: Browser, address: str) -> None:
    server = Served(forever)
    with opened(browser, address, server.origin) as page:
        evaluated(page, server, "m", "n")
        page.locator("#run").click()
        wait(page, lambda: len(server.seen) == 6)
        page.evaluate(
            "() => { document.querySelector('#stop').addEventListener('click',"
            " () => { globalThis.stoppedAt = Date.now(); }, { capture: true }); }"
        )
        offset = time.time() - time.monotonic()
        page.locator("#stop").click()
        wait(page, lambda: len(server.closed) == 6)
        took = [closed + offset - page.evaluate("globalThis.stoppedAt") / 1000 for closed in server.closed]
        expect(page.locator("#told")).to_contain_text("Stopped: ", timeout=START)
    sys.stdout.write(f"closed after {', '.join(f'{1000 * seconds:.0f}' for seconds in took)} ms\n")
    # About 60 ms where nothing else keeps the machine busy, seven times that on a busy one.
    assert max(took) < 1
    assert max(took) - min(took) < 0.1
    server.close()


@nightly("test_running.py, by the same scheduler")
def test_only_what_failed_and_only_what_is_missing_is_asked_again(browser: Browser, address: str) -> None:
    tries: Counter[str] = Counter()

    def flaky(body: Any, handler: BaseHTTPRequestHandler) -> None:
        text = body["messages"][-1]["content"]
        tries[text] += 1
        if text in ("word 3", "word 7") and tries[text] == 1:
            status(handler, 400, "not this one")
        else:
            echoed(body, handler)

    server = Served(flaky)
    with opened(browser, address, server.origin) as page:
        evaluated(page, server, "m")
        run(page, "Finished: 12 of 12 requests. 2 of them without an answer.")
        page.locator("#retry").click()
        expect(page.locator("#told")).to_have_text("Finished: 12 of 12 requests.", timeout=START)
        assert sorted(questions(server)[12:]) == ["word 3", "word 7"]
        page.get_by_role("button", name="Add a case").click()
        page.get_by_label("question of case 13").fill("word 12")
        page.get_by_label("right of case 13").fill("12")
        run(page, "Finished: 13 of 13 requests.")
        assert questions(server)[14:] == ["word 12"]
        # A check that changes judges the same answers, and asks nobody.
        page.locator(".check .value").fill("word 12")
        page.locator("#run").click()
        expect(page.locator(".rates")).to_contain_text("8 %", timeout=START)
        assert len(server.seen) == 15
        page.locator("#anew").click()
        wait(page, lambda: len(server.seen) == 28)
    server.close()


@nightly("tests/playground/evaluate/scheduling/test_rates.py")
def test_a_limit_of_the_provider_is_waited_for_and_is_no_wrong_answer(browser: Browser, address: str) -> None:
    taken: list[float] = []

    def limited(body: Any, handler: BaseHTTPRequestHandler) -> None:
        now = time.monotonic()
        if sum(now - at < 1 for at in taken) >= 3:
            status(handler, 429, "Rate limit reached. Please try again in 0.5s.")
        else:
            taken.append(now)
            echoed(body, handler)

    server = Served(limited)
    with opened(browser, address, server.origin) as page:
        evaluated(page, server, "m", "n")
        run(page, "Finished: 24 of 24 requests.")
        expect(page.locator(".rates tbody tr").nth(1)).to_contain_text("100 %")
    assert len(taken) == 24
    # Its refusals name half the wait that it needs.
    assert len(server.seen) - 24 <= 24
    server.close()


@nightly("tests/playground/evaluate/scheduling")
def test_a_model_that_is_not_there_ends_at_once_and_the_other_goes_on(browser: Browser, address: str) -> None:
    def one(body: Any, handler: BaseHTTPRequestHandler) -> None:
        if body["model"] == "none":
            status(handler, 404, "no such model")
        else:
            echoed(body, handler)

    server = Served(one)
    with opened(browser, address, server.origin) as page:
        evaluated(page, server, "none", "m")
        page.locator("#run").click()
        expect(page.locator("#told")).to_contain_text("Ended early: ", timeout=START)
        expect(page.locator("#results")).to_contain_text("Not asked any more (model not found, 404)")
        expect(page.locator(".rates tbody tr").nth(1)).to_contain_text("100 %")
    assert sum(body["model"] == "none" for _, _, body in server.seen) <= 4
    server.close()


@nightly("tests/playground/evaluate/scheduling, by the same ledger")
def test_a_budget_names_models_that_it_cannot_hold_and_an_estimate_what_is_not_known(
    browser: Browser, address: str
) -> None:
    server = Served(echoed)
    with opened(browser, address, server.origin) as page:
        evaluated(page, server, "m")
        page.locator("#forecast").click()
        expect(page.locator("#estimate")).to_contain_text("No price is known for", timeout=START)
        page.locator("#budget").fill("a lot")
        page.locator("#run").click()
        expect(page.locator("#told")).to_have_text(
            "Nothing was sent: the budget is 'a lot'; write US dollars, such as 2.50."
        )
        page.locator("#budget").fill("2")
        page.locator("#run").click()
        expect(page.locator("#results")).to_contain_text("No price is known, so a budget cannot hold it")
        assert server.seen == []
        page.locator("#unpriced").check()
        run(page, "Finished: 12 of 12 requests.")
        expect(page.locator("#spent")).to_contain_text("Cost not known (12 answers)")
    server.close()


@nightly("nothing: no other test has such a tab")
def test_a_tab_whose_timers_stand_still_keeps_its_rate(browser: Browser, address: str) -> None:
    """A hidden tab draws nothing, and its timers come once a minute; the headless browser has none hidden."""
    refusals: list[float] = []
    taken: list[float] = []

    def limited(body: Any, handler: BaseHTTPRequestHandler) -> None:
        now = time.monotonic()
        if sum(now - at < 1 for at in taken) >= 4:
            refusals.append(now)
            status(handler, 429, "Rate limit reached.")
        else:
            taken.append(now)
            echoed(body, handler)

    server = Served(limited)
    with opened(browser, address, server.origin) as page:
        evaluated(page, server, "m", "n")
        page.locator("#repeats").fill("3")
        page.locator("#repeats").blur()
        expect(page.locator("#run")).to_have_text("Run 72 requests")
        page.evaluate(
            """() => {
              globalThis.requestAnimationFrame = () => 0;
              globalThis.setTimeout = () => 0;
              globalThis.setInterval = () => 0;
              document.querySelector("#run").click();
            }"""
        )
        wait(page, lambda: len(taken) == 72)
    seconds = taken[-1] - taken[0]
    sys.stdout.write(f"72 requests at 4 a second in {seconds:.1f} s, {len(refusals)} refusals\n")
    assert seconds < 2.5 * 72 / 4
    server.close()


def processes() -> list[int]:
    """The browser's processes, of which this one is the ancestor."""
    tree = subprocess.run(["ps", "-eo", "pid=,ppid=,args="], capture_output=True, text=True, check=True)
    rows = [line.split(None, 2) for line in tree.stdout.splitlines()]
    mine = {os.getpid()}
    for pid, parent, _ in rows:
        if int(parent) in mine:
            mine.add(int(pid))
    return [int(pid) for pid, _, args in rows if int(pid) in mine and "chrom" in args]


@nightly("nothing: no other test stops the browser's processes")
def test_a_run_goes_on_after_the_device_slept(browser: Browser, address: str) -> None:
    asleep = threading.Event()

    def broken_off(body: Any, handler: BaseHTTPRequestHandler) -> None:
        time.sleep(0.3)  # so that some are on their way when the lid is closed
        if asleep.is_set():
            raise ConnectionResetError
        echoed(body, handler)

    server = Served(broken_off)
    with opened(browser, address, server.origin, noise=("net::ERR_",)) as page:
        evaluated(page, server, "m", "n")
        page.locator("#run").click()
        wait(page, lambda: len(server.seen) >= 10)
        asleep.set()
        every = processes()
        assert every
        for pid in every:
            os.kill(pid, signal.SIGSTOP)
        try:
            time.sleep(ASLEEP)
        finally:
            for pid in every:
                os.kill(pid, signal.SIGCONT)
        open_at_the_end = len(server.seen)
        asleep.clear()
        expect(page.locator("#told")).to_contain_text("Finished: 24 of 24 requests.", timeout=START)
        expect(page.locator(".rates")).to_contain_text("100 %")
    asked = Counter((body["model"], body["messages"][-1]["content"]) for _, _, body in server.seen)
    assert len(asked) == 24
    # Only what was on its way is asked again.
    assert len(server.seen) - 24 <= open_at_the_end
    server.close()
