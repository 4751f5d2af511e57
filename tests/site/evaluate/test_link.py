"""A set-up as a link: opened elsewhere it is the same, without answers or keys, and a broken one says so."""

from __future__ import annotations

import base64
import json
import zlib

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.rounds import FULL, nightly
from tests.site.evaluate.evaluating import ask, check, opened, read
from tests.site.playground.playing import START, drawn, without_python


def linked(page: Page) -> str:
    """The link that the page gives where it may not copy."""
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')); }")
    page.locator("#share").click()
    expect(page.locator("#told")).to_contain_text("Copy the link from its field.")
    expect(page.locator("#link")).to_be_focused()
    return page.locator("#link").input_value()


def test_a_set_up_is_opened_from_its_link_and_nothing_is_asked(browser: Browser, address: str) -> None:
    with opened(browser, address, "http://127.0.0.1:9") as page:
        without_python(page)
        page.get_by_role("button", name="Type cases").click()
        for number, (question, expected) in enumerate((("Why? 😀", "because"), ("How?", "so")), 1):
            if number > 1:
                page.locator("#add-case").click()
            page.get_by_label(f"question of case {number}").fill(question)
            page.get_by_label(f"expected of case {number}").fill(expected)
        ask(page, "http://127.0.0.1:9", "Answer: {{question}}", "m")
        check(page, "contains", "{{expected}}")
        page.locator(".pane input.key").first.fill("not-a-key-9fK2mQ7xLw84TzB1")
        link = linked(page)
    assert "9fK2mQ7xLw84TzB1" not in link
    fragment = link.partition("#evaluation=")[2]
    held = zlib.decompress(base64.urlsafe_b64decode(fragment + "=" * (-len(fragment) % 4)), -15).decode()
    assert "9fK2mQ7xLw84TzB1" not in held
    assert "127.0.0.1" not in held
    with opened(browser, address, at=link) as page:
        told = page.locator("#told")
        expect(told).to_contain_text("2 cases read from the link.", timeout=START)
        expect(told).to_contain_text("A link carries no keys or typed addresses. Missing: an address (an")
        expect(page.locator(".lack")).to_contain_text("A link carries no address.")
        expect(page.locator("#prompt")).to_have_value("Answer: {{question}}")
        expect(page.locator(".check .value")).to_have_value("{{expected}}")
        expect(page.get_by_label("question of case 1")).to_have_value("Why? 😀")
        assert page.evaluate("location.hash") == ""
        drawn(page)


def deflated(text: bytes) -> str:
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    return base64.urlsafe_b64encode(packed.compress(text) + packed.flush()).decode().rstrip("=")


BROKEN = (
    (deflated(b" " * 5 * 1024 * 1024), "This link is broken"),
    (deflated(json.dumps({"almanac_evaluation": 9}).encode()), "this page reads version 1"),
    ("!", "This link is broken"),
    ("AAAA", "This link is broken"),
    (deflated(b"{"), "this is no JSON"),
)


@nightly("test_a_set_up_is_opened_from_its_link_and_nothing_is_asked")
@pytest.mark.parametrize(
    ("fragment", "told"),
    BROKEN if FULL else BROKEN[:2],
)
def test_a_link_that_cannot_be_opened_says_why_and_the_page_works(
    browser: Browser, address: str, fragment: str, told: str
) -> None:
    with opened(browser, address) as page:
        page.goto("about:blank")
        page.goto(f"/evaluate/#evaluation={fragment}")
        expect(page.locator("#told")).to_contain_text(told, timeout=START)
        read(page, "question\nWhy?\n")


@nightly("nothing; it is one comparison of lengths")
def test_a_set_up_that_is_too_long_for_a_link_is_said(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        rows = "\n".join(f"{n * 7919 % 104729} {n * 15485863 % 982451653}" for n in range(3000))
        read(page, f"question\n{rows}\n")
        page.locator("#share").click()
        expect(page.locator("#told")).to_contain_text("too long for a link")
