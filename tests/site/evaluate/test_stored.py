"""Answers on the device, where the reader says so: after a reload, a crash, in two tabs, on a full device."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.patience import PATIENCE_S
from tests.rounds import nightly
from tests.site.evaluate.evaluating import ask, check, opened, read, run
from tests.site.evaluate.test_runs import CASES, echoed, evaluated, questions
from tests.site.playground.playing import START, Served, wait

DATABASES = "async () => (await indexedDB.databases()).map(({ name }) => name)"
#: Everything that the database holds, as text.
CONTENT = """async () => {
  const open = indexedDB.open("almanac-evaluations");
  const db = await new Promise((done) => { open.onsuccess = () => done(open.result); });
  const all = await Promise.all(["answers", "pages"].map((name) => new Promise((done) => {
    const request = db.transaction(name).objectStore(name).getAll();
    request.onsuccess = () => done(request.result);
  })));
  db.close();
  return JSON.stringify(all);
}"""


def another(page: Page) -> Page:
    """One more tab on the page, in the same browser."""
    context: BrowserContext = page.context
    tab = context.new_page()
    tab.goto("/evaluate/")
    tab.locator(".pane").first.wait_for()
    return tab


@nightly("tests/site/scripts/evaluate/lines.test.mjs")
def test_nothing_is_stored_unless_the_reader_says_so(browser: Browser, address: str) -> None:
    server = Served(echoed)
    with opened(browser, address, server.origin) as page:
        evaluated(page, server, "m")
        run(page, "Finished: 12 of 12 requests.")
        assert page.evaluate(DATABASES) == []
    server.close()


@nightly("tests/generator/cli/evaluating/test_killed.py; tests/site/scripts/evaluate/lines.test.mjs")
def test_after_a_crash_only_what_is_missing_is_asked_and_no_key_is_stored(
    browser: Browser, address: str
) -> None:
    gate = threading.Event()

    def halfway(body: Any, handler: BaseHTTPRequestHandler) -> None:
        if int(body["messages"][-1]["content"].split()[1]) >= 5:
            gate.wait(PATIENCE_S)
        echoed(body, handler)

    server = Served(halfway)
    with opened(browser, address, server.origin) as page:
        evaluated(page, server, "m")
        page.locator(".pane .key").fill("sk-secret-of-the-reader-123")
        page.locator("#keep").check()
        expect(page.locator("#told")).to_contain_text("Stored on this device, without keys")
        page.locator("#run").click()
        expect(page.locator("#results")).to_contain_text("5 of 12 requests", timeout=START)
        page.wait_for_timeout(1000)
        tab = another(page)
        page.close(run_before_unload=False)
        gate.set()
        asked = len(server.seen)
        expect(tab.locator("#told")).to_contain_text("12 cases, 5 answers. Run asks what is missing.")
        stored = tab.evaluate(CONTENT)
        assert "word 4" in stored
        assert "sk-secret" not in stored
        expect(tab.locator(".matrix td.outcome", has_text="Passed")).to_have_count(5, timeout=START)
        assert len(server.seen) == asked  # to show them asks nothing
        tab.locator(".pane .key").fill("sk-secret-of-the-reader-123")
        run(tab, "Finished: 12 of 12 requests.")
        expect(tab.locator(".rates")).to_contain_text("100 %")
        assert sorted(questions(server)[asked:]) == sorted(f"word {n}" for n in range(5, 12))
        tab.reload()
        expect(tab.locator("#told")).to_contain_text("12 answers. None is missing.", timeout=START)
        expect(tab.locator("#run")).to_have_text("Check the answers again: nothing is sent")
    server.close()


@nightly("test_a_second_process_on_the_file_is_refused_with_the_firsts_id, in the terminal")
def test_a_second_tab_says_that_the_first_runs_and_asks_nothing(browser: Browser, address: str) -> None:
    gate = threading.Event()

    def gated(body: Any, handler: BaseHTTPRequestHandler) -> None:
        gate.wait(PATIENCE_S)
        echoed(body, handler)

    for stored in (True, False):
        gate.clear()
        server = Served(gated)
        with opened(browser, address, server.origin) as page:
            evaluated(page, server, "m")
            if stored:
                page.locator("#keep").check()
                expect(page.locator("#told")).to_contain_text("Stored on this device")
            page.locator("#run").click()
            wait(page, lambda: len(server.seen) >= 4)  # noqa: B023
            tab = another(page)
            if stored:
                expect(tab.locator("#told")).to_contain_text("Opened what is stored")
            else:
                read(tab, CASES)
                ask(tab, server.origin, "{{question}}", "m")
            tab.locator("#run").click()
            expect(tab.locator("#told")).to_contain_text(
                "Another tab of this site runs this evaluation. Nothing was asked here", timeout=START
            )
            gate.set()
            expect(page.locator("#told")).to_have_text("Finished: 12 of 12 requests.", timeout=START)
            assert len(server.seen) == 12
            if stored:
                # What the first tab has asked is there for the second.
                run(tab, "Checked 12 answers from before. Nothing was sent.")
                assert len(server.seen) == 12
        server.close()


@nightly("test_a_full_disk_ends_the_run_and_leaves_what_can_be_gone_on_with, in the terminal")
def test_a_full_device_is_told_nothing_is_lost_and_the_answers_are_saved_as_a_file(
    browser: Browser, address: str
) -> None:
    server = Served(echoed)
    with opened(browser, address, server.origin) as page:
        evaluated(page, server, "m")
        devtools = page.context.new_cdp_session(page)
        devtools.send("Storage.overrideQuotaForOrigin", {"origin": address, "quotaSize": 1})
        page.locator("#keep").check()
        run(page, "Finished: 12 of 12 requests.")
        trouble = page.locator("#store-trouble")
        expect(trouble).to_contain_text("This browser has no room left")
        expect(trouble).to_contain_text("12 answers are in this page only")
        expect(page.locator(".rates")).to_contain_text("100 %")
        with page.expect_download() as download:
            trouble.get_by_role("button", name="Save the results as a file").click()
        assert download.value.path().read_text().count('"hash"') == 12
        devtools.send("Storage.overrideQuotaForOrigin", {"origin": address})
        trouble.get_by_role("button", name="Store them again").click()
        expect(trouble).to_have_count(0)
        wait(page, lambda: page.evaluate(CONTENT).count('"hash"') == 12)
    server.close()


@nightly("test_keys_are_kept_only_as_chosen_and_forgotten_in_one_click; keys.test.mjs")
def test_forget_all_removes_what_is_stored_from_every_page_and_tab(browser: Browser, address: str) -> None:
    server = Served(echoed)
    for place in ("evaluate", "playground"):
        with opened(browser, address, server.origin) as page:
            evaluated(page, server, "m")
            page.locator("#keep").check()
            expect(page.locator("#told")).to_contain_text("Stored on this device")
            run(page, "Finished: 12 of 12 requests.")
            there = page
            if place == "playground":
                there = page.context.new_page()
                there.goto("/playground/")
            there.locator(".keys > summary").click()
            there.locator("#forget").click()
            expect(there.locator("#told")).to_contain_text("All is forgotten", timeout=START)
            assert there.evaluate(DATABASES) == []
            assert there.evaluate("Object.keys(localStorage).filter((n) => n.includes('evaluation'))") == []
            expect(page.locator(".matrix")).to_have_count(0)
            page.reload()
            page.locator(".pane").first.wait_for()
            expect(page.locator("#keep")).not_to_be_checked()
    server.close()


@nightly("the rule itself, in tests/playground/evaluate")
def test_answers_that_repeat_the_readers_key_are_not_stored(browser: Browser, address: str) -> None:
    def leaks(body: Any, handler: BaseHTTPRequestHandler) -> None:
        body["messages"][-1]["content"] += " sk-secret-of-the-reader-123"
        echoed(body, handler)

    server = Served(leaks)
    with opened(browser, address, server.origin) as page:
        read(page, CASES)
        ask(page, server.origin, "{{question}}", "m")
        check(page, "contains", "word")
        page.locator(".pane .key").fill("sk-secret-of-the-reader-123")
        page.locator("#keep").check()
        expect(page.locator("#told")).to_contain_text("Stored on this device")
        run(page, "Finished: 12 of 12 requests.")
        expect(page.locator(".pane").first).to_be_visible()
        expect(page.locator("#bench")).to_contain_text("12 answers repeat a key of yours and are not stored.")
        assert "sk-secret" not in page.evaluate(CONTENT)
    server.close()
