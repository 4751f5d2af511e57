"""Fifty thousand answers that are played back: no long task in the page, and bounded memory."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, expect

from tests.rounds import nightly
from tests.site.evaluate.evaluating import ask, check, opened, read
from tests.site.playground.playing import START

PLAYED = Path(__file__).with_name("played.mjs").read_text()
LONGEST_MS = 50
#: What Chromium notes while the run goes on: the tasks of each thread, and who caused them.
CATEGORIES = ["toplevel", "__metadata"]


def tasks(trace: bytes) -> list[float]:
    """Milliseconds of each task of the page's thread by its own clock: other load does not count.

    Tasks of the test's own driver are left out.
    """
    events: list[dict[str, Any]] = json.loads(trace)["traceEvents"]
    mains = {(e["pid"], e["tid"]) for e in events if e.get("args", {}).get("name") == "CrRendererMain"}
    runs = [e for e in events if "RunTask" in e["name"] and "tdur" in e and (e["pid"], e["tid"]) in mains]
    # The browser may have another page at hand; ours is the busiest.
    thread = Counter((e["pid"], e["tid"]) for e in runs).most_common(1)[0][0]
    driven = [
        e["ts"] for e in events if (e["pid"], e["tid"]) == thread and "DevToolsSession" in str(e["args"])
    ]
    return [
        e["tdur"] / 1000
        for e in runs
        if (e["pid"], e["tid"]) == thread and not any(e["ts"] <= at <= e["ts"] + e["dur"] for at in driven)
    ]


@nightly("tests/site/scripts/evaluate and those of the tallies, on small runs")
def test_fifty_thousand_answers_hold_up_no_task_for_long(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        page.route("**/worker.mjs", lambda route: route.fulfill(body=PLAYED, content_type="text/javascript"))
        read(page, "question\n1\n")
        ask(page, "http://127.0.0.1:9", "{{question}}", "one", "two")
        check(page, "contains", "{{right}}")
        page.locator("#keep").check()
        expect(page.locator("#told")).to_contain_text("Stored on this device")
        browser.start_tracing(page=page, categories=CATEGORIES)
        page.locator("#run").click()
        expect(page.locator("#results")).to_contain_text("of 50,000 requests")
        page.locator("#which").select_option(label="where repeats differ")
        page.locator("#which").select_option(label="all")
        page.locator("#find").fill("What is 49")
        page.locator("#find").fill("")
        expect(page.locator("#told")).to_have_text("Finished: 50,000 of 50,000 requests.", timeout=4 * START)
        trace = browser.stop_tracing()
        milliseconds = sorted(tasks(trace))
        devtools = page.context.new_cdp_session(page)
        devtools.send("HeapProfiler.collectGarbage")
        heap = devtools.send("Runtime.getHeapUsage")["usedSize"] / 1e6
        count = page.evaluate(
            """async () => {
              const open = indexedDB.open("almanac-evaluations");
              const db = await new Promise((done) => { open.onsuccess = () => done(open.result); });
              const request = db.transaction("answers").objectStore("answers").count();
              const count = await new Promise((done) => { request.onsuccess = () => done(request.result); });
              db.close();
              return count;
            }"""
        )
    longest = ", ".join(f"{one:.0f}" for one in milliseconds[-5:])
    sys.stdout.write(f"{len(milliseconds)} tasks, the longest {longest} ms of CPU; heap {heap:.0f} MB\n")
    assert count == 50_000
    assert milliseconds[-1] < LONGEST_MS
    assert heap < 150
