"""What a button of Evaluate does is seen where the reader is, and what takes the focus is in sight."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from tests.rounds import nightly, sampled
from tests.site.evaluate.evaluating import ask, opened, run
from tests.site.playground.own_server import KEY, Listing
from tests.site.playground.playing import START, drawn

TWO = "question,expected\nWhat is the capital of France?,Paris\nWhat is the capital of Spain?,Madrid"
NARROW: ViewportSize = {"width": 390, "height": 844}
WIDE: ViewportSize = {"width": 1440, "height": 900}
#: Whether all of an element is in the window and below the site's header, where nothing lies over its middle.
SEEN = """(one) => {
    const { left, top, right, bottom } = one.getBoundingClientRect();
    const header = document.querySelector(".md-header").getBoundingClientRect().bottom;
    const over = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    return top >= header && bottom <= innerHeight && (one.id === "told" || one.contains(over));
}"""
#: What reaches beyond the right edge of the page's text, but for what scrolls in a place of its own.
BEYOND = """() => {
    const edge = document.querySelector("#bench").getBoundingClientRect().right;
    const all = [...document.querySelectorAll("#bench *")].filter(
        (one) => !one.closest(".scroll, .matrix-scroll, .plot") && one.checkVisibility());
    return all.filter((one) => one.getBoundingClientRect().right > edge + 1).map((one) => one.outerHTML);
}"""


def seen(one: Locator) -> None:
    """Wait until all of it is in sight."""
    page, handle = one.page, one.element_handle()
    page.wait_for_function(SEEN, arg=handle, timeout=START)


def paste(page: Page, cases: str = TWO) -> None:
    page.locator("#pasted").fill(cases)
    page.locator("#read").click()
    expect(page.locator("#told")).to_have_text("2 cases read.", timeout=START)


@sampled(1)
@pytest.mark.parametrize("size", [NARROW, WIDE])
def test_what_is_to_be_filled_in_and_what_comes_of_it_is_in_sight(
    browser: Browser, address: str, server: Listing, size: ViewportSize
) -> None:
    usual = "http://localhost:8000"
    with opened(browser, address, usual, server.origin, noise=("net::ERR_",)) as page:
        page.set_viewport_size(size)
        paste(page)
        seen(page.locator("#told"))  # which stands some screens further down
        what_is_to_be_filled_in_is_led_to_with_words_beside_it(page, server)
        a_column_is_put_in_where_the_reader_writes(page)
        page.locator("#prompt").fill("{{question}}")
        ask(page, server.origin, "{{question}}", "llama-mini", "qwen-mini")
        page.locator(".key").first.fill(KEY)
        page.get_by_role("button", name="Add “contains {{expected}}”").click()
        results_come_into_sight_of_who_waits_for_them_and_of_nobody_else(page)
        few_answers_are_dots(page)
        if size == NARROW:
            names_are_read_and_a_cut_table_shows_that_it_goes_on(page)
        who_writes_meanwhile_stays_where_they_write(page)


def what_is_to_be_filled_in_is_led_to_with_words_beside_it(page: Page, server: Listing) -> None:
    page.get_by_role("button", name="Use my own server").click()
    field = page.locator(".places input").first
    expect(field).to_be_focused()
    seen(field)
    for word in ("below", "above"):
        expect(page.locator("#told")).not_to_contain_text(word)
    expect(page.locator("#gap")).to_contain_text("Before it can run: The prompt is empty")
    field.fill(f"{server.origin}/v1")
    page.locator("#run").click()
    prompt, lack = page.locator("#prompt"), page.locator("#lack-prompt-1")
    expect(prompt).to_be_focused()
    seen(prompt)
    seen(lack)
    expect(lack).to_contain_text("The prompt is empty: write what each case is asked")
    assert prompt.get_attribute("aria-describedby") == lack.get_attribute("id")
    page.get_by_role("button", name="Use {{question}} as the prompt").click()
    expect(prompt).to_have_value("{{question}}")
    expect(prompt).to_be_focused()
    for gone in (lack, page.locator("#gap"), page.locator("#no-prompt")):
        expect(gone).to_have_count(0)


def a_column_is_put_in_where_the_reader_writes(page: Page) -> None:
    prompt, system = page.locator("#prompt"), page.locator("#system")
    prompt.fill("In one word: ?")
    page.keyboard.press("ArrowLeft")
    page.get_by_role("button", name="Insert {{question}} into the prompt").click()
    expect(prompt).to_have_value("In one word: {{question}}?")
    expect(prompt).to_be_focused()
    page.keyboard.type(" Now")
    expect(prompt).to_have_value("In one word: {{question}} Now?")
    page.get_by_text("System prompt").click()
    system.fill("Of ")
    page.get_by_role("button", name="Insert {{expected}} into the prompt").press("Enter")
    expect(system).to_have_value("Of {{expected}}")
    # What each case asks is in doubt: no prompt is proposed.
    prompt.fill("")
    expect(page.locator("#no-prompt")).to_have_count(1)
    page.get_by_role("button", name="Add a column").click()
    expect(page.locator("#no-prompt")).to_have_count(0)
    system.fill("")


def results_come_into_sight_of_who_waits_for_them_and_of_nobody_else(page: Page) -> None:
    run(page, "Finished: 4 of 4 requests.")
    title = page.locator("#results-title")
    page.wait_for_function(
        "(title) => title.getBoundingClientRect().top < 0.4 * innerHeight", arg=title.element_handle()
    )
    seen(title)
    expect(page.locator("#run")).to_be_focused()
    expect(page.locator("#spent")).to_have_text("Cost not known (4 answers).")
    assert page.evaluate(BEYOND) == []


def who_writes_meanwhile_stays_where_they_write(page: Page) -> None:
    page.locator("#anew").click()
    page.locator("#prompt").press("End")
    expect(page.locator("#told")).to_have_text("Asking.", timeout=START)
    before = page.locator("#prompt").bounding_box()
    expect(page.locator("#told")).to_have_text("Finished: 4 of 4 requests.", timeout=START)
    page.wait_for_timeout(500)
    assert page.locator("#prompt").bounding_box() == before
    expect(page.locator("#prompt")).to_be_focused()


def few_answers_are_dots(page: Page) -> None:
    tracks = page.get_by_role("figure", name="Time of an answer").locator(".track")
    expect(tracks).to_have_count(2)
    for track in tracks.all():
        expect(track.locator(".extreme")).to_have_count(2)
        expect(track.locator(".box, .half, .whisker")).to_have_count(0)


def names_are_read_and_a_cut_table_shows_that_it_goes_on(page: Page) -> None:
    expect(page.locator("#with-texts")).to_be_visible(timeout=START)
    name = page.locator(".matrix tbody th .name").first
    shown = "(name) => [name.scrollHeight - name.clientHeight, name.scrollWidth - name.clientWidth]"
    assert name.evaluate(shown) == [0, 0]
    table = page.get_by_role("region", name="Results by model")
    over = "(one) => [one.scrollWidth > one.clientWidth, getComputedStyle(one).backgroundImage !== 'none']"
    assert table.evaluate(over) == [True, True]


@nightly("test_the_focus_stays_in_the_page_when_its_button_has_no_more_to_do, of the playground")
def test_the_focus_goes_to_run_where_stop_has_nothing_to_stop(
    browser: Browser, address: str, server: Listing
) -> None:
    with opened(browser, address, server.origin) as page:
        paste(page)
        ask(page, server.origin, "{{question}}", "llama-mini")
        page.locator(".key").first.fill(KEY)
        page.locator("#run").click()
        page.locator("#stop").press("Enter")
        expect(page.locator("#stop")).to_be_disabled(timeout=START)
        expect(page.locator("#run")).to_be_focused()


@nightly("tests/site/playground/form/test_focus.py: where the focus goes when an answer is stopped")
def test_the_focus_goes_to_run_where_a_download_is_cancelled(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        page.route("**/smollm2-2.gguf", lambda route: None)  # the second part never comes
        page.locator("#few").click()
        cancel = page.locator("#boot").get_by_role("button", name="Cancel")
        cancel.wait_for(timeout=START)
        seen(cancel)
        cancel.press("Enter")
        expect(page.locator("#boot")).to_have_count(0)
        drawn(page)
        expect(page.locator("#run")).to_be_focused()
        seen(page.locator("#run"))
