"""What was typed outlives a page that ends without a word, and what was lost with it is told."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.site.playground.playing import START, Served, choose, forever, until


def test_what_was_typed_is_stored_and_a_run_that_a_reload_breaks_off_is_told(
    warm: Page, steady: Served
) -> None:
    page, steady.answer = warm, forever
    choose(page, steady.origin, "first-model", "second-model")
    page.locator("#prompt").fill("My own prompt")
    stored = " && ".join(
        f"text.includes('{one}')" for one in ("first-model", "second-model", "My+own+prompt")
    )
    kept = f"() => {{ const text = sessionStorage.getItem('almanac-draft') ?? ''; return {stored}; }}"
    until(page, kept, "the form was not stored before the page was left", seconds=20)
    page.locator("#run").click()
    expect(page.locator(".answer").first).to_contain_text("word", timeout=START)
    page.once("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(page.locator("#told")).to_contain_text(
        "The run that was going on was broken off, and its answers are lost."
    )
    expect(page.locator("#prompt")).to_have_value("My own prompt")
