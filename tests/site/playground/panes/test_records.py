"""What the page keeps and compares, in Chromium: what was sent, whose figures have an order, and why not."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.rounds import nightly
from tests.site.playground.playing import DONE, START, Served, choose, drawn, run


def exported(page: Page) -> Any:
    page.get_by_text("More", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Export as JSON").click()
    return json.loads(Path(download.value.path()).read_text())


def bodies(record: Any) -> list[Any]:
    """What was sent, by the record, in the order of its panes."""
    turns = [turn for pane in record["panes"] for turn in pane["turns"]]
    return [turn["request"]["body"] for turn in turns for _ in turn["attempts"]]


def in_order(some: list[Any]) -> list[str]:
    return sorted(json.dumps(each, sort_keys=True) for each in some)


@nightly("test_records_hold_exactly_what_the_server_received")
def test_an_export_is_what_was_sent_whatever_stands_in_the_form(page: Page, server: Served) -> None:
    choose(page, server.origin, "one", "two")
    page.get_by_text("More", exact=True).click()
    page.get_by_role("button", name="Export as JSON").click()
    expect(page.locator("#told")).to_contain_text("Nothing has been sent yet")
    run(page, "First question")
    page.get_by_label("Follow-up question to every model").fill("Second question")
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#told")).to_have_text(DONE, timeout=START)
    page.locator(".model").first.fill("swapped")
    page.locator(".model").first.press("Tab")
    expect(page.locator(".turn").first).to_contain_text("Asked of")
    page.locator(".pane").first.get_by_role("button", name="Repeat question").click()
    expect(page.locator("#told")).to_have_text(DONE, timeout=START)
    page.locator("#prompt").fill("Never sent")
    page.get_by_text("Parameters for all models").click()
    page.locator("form#ask").get_by_label("Temperature").fill("0.5")
    record = exported(page)
    assert in_order(bodies(record)) == in_order([body for _, _, body in server.seen])
    first, again, other = (record["panes"][0]["turns"][n] for n in (0, 2, 1))
    assert (first["model"], other["model"], again["model"]) == ("one", "one", "swapped")
    assert other["replaced"] is True
    assert len(record["catalog"]) == 64
    page.get_by_text("More", exact=True).click()
    page.get_by_role("button", name="Copy a link").click()
    notice = page.locator(".sheet")  # it may not copy here, so it shows it
    expect(notice).to_contain_text("what stands in the form: the prompt, the models and their parameters.")
    expect(notice).to_contain_text("the answers (Export has them) and what was asked after another prompt")
    assert "prompt=Never+sent" in page.url
    assert "model=own%3Aswapped" in page.url
    assert "question" not in page.url
    assert "Never" not in json.dumps(record)
    notice.get_by_role("button", name="Close").click()
    # A new run: the one before is in the history, each once.
    page.locator("#prompt").fill("Third question")
    page.locator("#run").click()
    drawn(page)
    expect(page.locator("#told")).to_have_text(DONE, timeout=START)
    assert "First question" not in json.dumps(exported(page))
    expect(page.locator(".history > summary")).to_contain_text("History (2)")
    a_run_is_opened_as_answers_are_read_and_what_was_typed_is_one_click_away(page)


def a_run_is_opened_as_answers_are_read_and_what_was_typed_is_one_click_away(page: Page) -> None:
    page.locator("#prompt").fill("Typed only")
    page.locator(".history > summary").click()
    page.locator(".history").get_by_role("button", name="Open").last.click()
    expect(page.locator("#told")).to_contain_text("The run is back.")
    expect(page.locator("#prompt")).to_have_value("First question")
    expect(page.locator(".pane").first.get_by_label("View")).to_have_value("markdown")
    expect(page.locator(".answer.plain")).to_have_count(0)
    expect(page.locator("#aside")).to_contain_text("Your prompt “Typed only” was not sent.")
    page.get_by_role("button", name="Put it back").click()
    expect(page.locator("#prompt")).to_have_value("Typed only")
    expect(page.locator("#aside")).to_have_count(0)


@nightly("tests/playground/run/test_standing.py; tests/playground/run/test_explain.py")
def test_one_run_has_an_order_and_no_best_and_a_failure_its_cause(page: Page, server: Served) -> None:
    choose(page, server.origin, "one", "two", "broken")
    run(page, "Hello", "1 of 3 models did not finish.")
    table = page.locator("#summary + .scroll")
    cause = table.locator(".cause")
    expect(cause).to_have_count(1)
    expect(cause).to_contain_text("Failed (bad request, 400): broken on purpose")
    expect(page.locator("#order")).to_contain_text("five runs")
    # Two that took as long by what is shown have no order.
    ranked = re.compile(r"1st of 2|about the same|([\d.]+ s) computed\s*\1 computed")
    expect(table.locator("tr", has_text="Whole answer")).to_contain_text(ranked)
    expect(table.locator(".best")).to_have_count(0)
    expect(page.locator(".plot .bar")).to_have_count(2)
    # Who answered is who was asked, whatever is chosen next.
    page.locator(".model").nth(1).fill("chosen next")
    drawn(page)
    expect(table.locator("th[scope=col]").nth(2)).to_contain_text("two")
    expect(page.locator(".plot")).not_to_contain_text("chosen next")
    page.locator(".model").nth(1).fill("two")
    expect(page.locator(".pane").last).not_to_contain_text(re.compile("not reported", re.I))
    # The same answers cost the same, so five runs do not part them either.
    for _ in range(4):
        page.locator("#run").click()
        drawn(page)
        expect(page.locator("#told")).to_have_text("1 of 3 models did not finish.", timeout=START)
    expect(table.locator("tr", has_text="Whole answer")).to_contain_text("median of 5")
    expect(table.locator("tr", has_text="Output tokens").locator(".best")).to_have_count(0)


@nightly("the figures themselves, in tests/playground/run")
def test_a_burst_is_too_short_to_tell(page: Page, server: Served) -> None:
    choose(page, server.origin, "one")
    run(page, "Hello")
    # Where all of it comes at once there is no time between pieces at all.
    expect(page.locator(".unreported")).to_contain_text(re.compile("too short to tell|came in one piece"))


OLD = Path("tests/playground/run/files/version_1.json")


@nightly("tests/playground/run/test_export.py; history.test.mjs")
def test_a_history_of_version_1_opens_and_one_that_is_broken_is_told(page: Page) -> None:
    old = json.loads(OLD.read_text())
    del old["almanac_run"]  # the history of version 1 named none
    for kept, count in (([old, {"panes": 5}, 7], 1), ({"a": 1}, 0)):
        page.evaluate("(kept) => localStorage.setItem('almanac-history', JSON.stringify(kept))", kept)
        page.reload()
        expect(page.locator(".history > summary")).to_contain_text(f"History ({count})")
        expect(page.locator("#told")).to_contain_text("could not be read")
        if count:
            page.locator(".history > summary").click()
            page.locator(".history").get_by_role("button", name="Open").click()
            expect(page.locator("#told")).to_contain_text("Nothing has been sent", timeout=START)
            expect(page.locator(".answer").first).to_contain_text("Four zeroes.")
            expect(page.locator("#prompt")).to_have_value("What is in it?")


@nightly("tests/site/scripts/playground/history.test.mjs")
def test_two_tabs_keep_one_history_and_forget_it_together(page: Page, server: Served) -> None:
    other = page.context.new_page()
    other.goto(page.url)
    other.locator(".pane").first.wait_for()
    for tab in (page, other):
        choose(tab, server.origin, "one")
        run(tab, f"Asked in tab {tab is page}")
        tab.locator(".history > summary").click()
        tab.get_by_label("Keep the history on this device").check()
        drawn(tab)
    run(page, "Asked again")
    kept = page.evaluate("() => localStorage.getItem('almanac-history')")
    assert [text in kept for text in ("tab True", "tab False", "Asked again")] == [True] * 3
    page.get_by_role("button", name="Delete the history").click()
    expect(other.locator(".history > summary")).to_contain_text("History (0)")
    run(other, "Asked last")
    assert "tab False" not in other.evaluate("() => localStorage.getItem('almanac-history')")


@nightly("tests/site/scripts/playground/history.test.mjs")
def test_a_history_that_is_imported_twice_is_there_once(page: Page, server: Served, tmp_path: Path) -> None:
    choose(page, server.origin, "one")
    for prompt in ("First", "Second", "Third"):
        run(page, prompt)
    page.locator(".history > summary").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Export the history").click()
    file = tmp_path / "history.json"
    download.value.save_as(file)
    page.get_by_role("button", name="Delete the history").click()
    for _ in range(2):
        page.locator("#prompt").fill("Not yet")
        page.locator("label", has_text="Import a run").locator("input").set_input_files(file)
        expect(page.locator("#prompt")).to_have_value("Third")
    expect(page.locator(".history > summary")).to_contain_text("History (2)")


@nightly("tests/site/scripts/playground/history.test.mjs")
def test_a_file_with_more_runs_than_there_is_room_for_drops_none_unasked(
    page: Page, server: Served, tmp_path: Path
) -> None:
    choose(page, server.origin, "one")
    run(page, "Asked here")
    record = exported(page)

    def imported(month: int) -> None:
        """Open a file of twenty runs of that month of last year."""
        runs = []
        for day in range(20, 0, -1):
            when = f"2025-{month:02}-{day:02}T12:00:00.000Z"
            one = json.loads(json.dumps(record)) | {"made": when}
            one["panes"][0]["turns"][0]["attempts"][0]["sent"] = when
            runs.append(one)
        file = tmp_path / f"{month}.json"
        file.write_text(json.dumps({"almanac_runs": 2, "runs": runs}))
        page.locator("label", has_text="Import a run").locator("input").set_input_files(file)

    summary, asking = page.locator(".history > summary"), page.get_by_role("group", name="Runs of the file")
    imported(5)
    expect(page.locator("#told")).to_contain_text("The other runs of the file are in the history")
    expect(summary).to_contain_text("History (20)")
    expect(page.locator(".history")).to_contain_text("The history is full")
    imported(6)
    expect(page.locator("#told")).to_contain_text("the file has 19 more: say below History which stay")
    expect(asking).to_contain_text("The file has 19 more runs, and the history has room for 0.")
    expect(page.locator(".history li")).to_have_count(20)
    expect(page.locator(".history li").last).to_contain_text("2025-05-01")
    asking.get_by_role("button", name="Leave the history as it is").click()
    expect(asking).to_have_count(0)
    expect(page.locator(".history li").last).to_contain_text("2025-05-01")
    imported(6)
    asking.get_by_role("button", name="Keep the newest 20: the 19 oldest of all go").click()
    expect(asking).to_have_count(0)
    expect(page.locator(".history li").first).to_contain_text("Asked here")
    expect(page.locator(".history li").last).to_contain_text("2025-06-01")
    expect(summary).to_contain_text("History (20)")
