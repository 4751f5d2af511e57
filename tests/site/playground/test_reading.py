"""An answer as it is read: from its start, with a sign of what lies out of sight, in short lines."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.rounds import nightly
from tests.site.axe import PHONE
from tests.site.playground.panes.test_heavy import streaming
from tests.site.playground.playing import (
    DONE,
    START,
    Served,
    at_playground,
    beside_the_window,
    choose,
    run,
    said,
    wait,
)

pytestmark = nightly("nothing: no other test reads an answer to its end")

PROSE = "The tide comes in and goes out twice a day, more or less, and with it come the boats. " * 4
CODE = f"def tide(n):  # {'a comment that a phone has no room for ' * 3}\n    return n"
TABLE = "| place | unbreakable_name_of_a_harbour | another_unbreakable_name |\n|---|---|---|\n| a | b | c |"
#: Its code ends above the middle, and its end lies far below.
ANSWER = "\n\n".join([PROSE, f"```py\n{CODE}\n```", TABLE, *[PROSE] * 12, "The end."])
#: In so many pieces it comes; after so many of them only once its test has looked at what is there.
PIECES, HELD = 48, 34


@pytest.fixture(scope="module")
def going() -> threading.Event:
    """Set while the rest of an answer may come."""
    return threading.Event()


@pytest.fixture(scope="module")
def page(browser: Browser, address: str, going: threading.Event) -> Iterator[Page]:
    server = Served(streaming(ANSWER, "content", PIECES, lambda n: n == HELD and going.wait()))
    with at_playground(browser, address) as opened:
        choose(opened, server.origin, "m")
        yield opened
    going.set()
    server.close()


def begun(page: Page, going: threading.Event) -> Locator:
    """An answer that is longer than its place, and still comes."""
    going.clear()
    page.set_viewport_size({"width": 1440, "height": 900})
    page.locator("#prompt").fill("Tell me of the tide")
    page.locator("#run").click()
    expect(page.locator("#told")).to_have_text("Asking one model.", timeout=START)
    answer = page.locator(".answer")
    # Its end is shown as it comes; that of the run before stands at its start.
    wait(page, lambda: answer.count() == 1 and place(answer) > 0, "its end was not shown")
    expect(answer.locator("p").nth(6)).to_be_attached(timeout=START)
    return answer


def finished(page: Page, answer: Locator, going: threading.Event) -> None:
    going.set()
    expect(page.locator("#told")).to_have_text(DONE, timeout=START)
    expect(answer).to_contain_text("The end.")
    page.wait_for_timeout(200)


def place(answer: Locator) -> int:
    return int(answer.evaluate("(it) => it.scrollTop"))


@pytest.fixture
def whole(page: Page, going: threading.Event) -> Locator:
    """A whole answer; whichever test comes first in its process makes it."""
    answer = page.locator(".answer")
    if not answer.count():
        finished(page, begun(page, going), going)
    return answer


def test_a_whole_answer_is_shown_from_its_start_and_the_page_stays(
    page: Page, going: threading.Event
) -> None:
    answer = begun(page, going)
    page.wait_for_timeout(1000)  # it is brought into sight as it begins
    at = page.evaluate("() => scrollY")
    finished(page, answer, going)
    assert place(answer) == 0
    assert page.evaluate("() => scrollY") == at


def test_who_has_begun_to_read_in_an_answer_stays_there(page: Page, going: threading.Event) -> None:
    answer = begun(page, going)
    answer.evaluate("(it) => getSelection().selectAllChildren(it.querySelectorAll('p')[5])")
    finished(page, answer, going)
    assert place(answer) > 0
    page.evaluate("() => getSelection().empty()")


def test_what_lies_out_of_sight_casts_a_shadow(whole: Locator) -> None:
    """The covers move with what is scrolled, the shadows stay."""
    for it in (whole, whole.locator("pre")):
        attached = it.evaluate("(it) => getComputedStyle(it).backgroundAttachment").split(", ")
        assert attached[:8] == ["local"] * 4 + ["scroll"] * 4


def test_code_keeps_its_lines_on_a_phone_and_scrolls_by_the_keyboard(page: Page, whole: Locator) -> None:
    page.set_viewport_size({"width": PHONE[0], "height": 800})
    code = whole.locator("pre")
    code.evaluate("(it) => it.scrollIntoView({ block: 'center' })")  # what is out of sight is not laid out
    page.wait_for_timeout(200)
    lines, wide = code.evaluate(
        """(it) => {
          const { height } = it.querySelector("code").getBoundingClientRect();
          const style = getComputedStyle(it.querySelector("code"));
          const inner = height - parseFloat(style.paddingTop) - parseFloat(style.paddingBottom);
          return [inner / parseFloat(style.lineHeight), it.scrollWidth > it.clientWidth + 100];
        }"""
    )
    assert round(lines) == 2
    assert wide
    code.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(300)
    assert code.evaluate("(it) => it.scrollLeft") > 0
    assert beside_the_window(page) == []


def test_a_line_of_prose_has_no_more_than_eighty_characters(page: Page, whole: Locator) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    prose = whole.locator("p").first
    lines = prose.evaluate(
        """(it) => {
          const range = document.createRange();
          range.selectNodeContents(it);
          return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size;
        }"""
    )
    assert 60 < len(PROSE) / lines <= 80


#: Hebrew, with a paragraph of English in it.
HEBREW = "שלום עולם.\n\n- פריט ראשון\n\n> ציטוט\n\nIn English.\n\n| שם | ערך |\n|---|---|\n| אחד | 1 |\n"
#: Where the letters of an element stand, and the element, from the left.
LETTERS = """(one) => {
    const range = document.createRange();
    range.selectNodeContents(one);
    const [letters, all] = [range, one].map((it) => it.getBoundingClientRect());
    return [letters.left, letters.right, all.left, all.right];
}"""


def test_what_is_written_from_the_right_begins_there_with_its_marks(browser: Browser, address: str) -> None:
    """https://github.com/pingdotgg/t3code/pull/7574: bullets, bars and tables, too; English does not."""
    server = Served(lambda _, handler: said(handler, {"content": HEBREW}))
    with at_playground(browser, address) as page:
        choose(page, server.origin, "m")
        run(page, "Hi")
        answer = page.locator(".answer")
        for selector in ("p >> nth=0", "ul li", "th >> nth=0", "td >> nth=1", "blockquote p"):
            _, right, _, end = answer.locator(selector).evaluate(LETTERS)
            assert 0 <= end - right < 12, selector
        left, _, start, _ = answer.get_by_text("In English.").evaluate(LETTERS)
        assert left == start
        edge = answer.bounding_box()
        item = answer.locator("ul li").bounding_box()
        assert edge
        assert item
        assert edge["x"] + edge["width"] - item["x"] - item["width"] > 15  # its bullet is in sight
        style = answer.locator("blockquote").evaluate(
            "(one) => [getComputedStyle(one).borderLeftWidth, getComputedStyle(one).borderRightWidth]"
        )
        assert style[0] == "0px" != style[1]
    server.close()
