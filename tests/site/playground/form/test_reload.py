"""What was typed outlives a page that ends without a word, and what was lost with it is told."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.site.playground.playing import START, Served, choose, forever, until


def test_what_was_typed_is_stored_before_the_page_is_left(page: Page) -> None:
    choose(page, "http://localhost:9", "first-model", "second-model")
    page.locator("#prompt").fill("My own prompt")
    stored = " && ".join(
        f"text.includes('{one}')" for one in ("first-model", "second-model", "My+own+prompt")
    )
    kept = f"() => {{ const text = sessionStorage.getItem('almanac-draft') ?? ''; return {stored}; }}"
    until(page, kept, "the form was not stored", seconds=20)


def test_a_run_that_a_reload_breaks_off_is_told(page: Page) -> None:
    server = Served(forever)
    choose(page, server.origin, "m")
    page.locator("#prompt").fill("Go on")
    page.locator("#run").click()
    expect(page.locator(".answer")).to_contain_text("word", timeout=START)
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(page.locator("#told")).to_contain_text(
        "The run that was going on was broken off, and its answers are lost."
    )
    server.close()
