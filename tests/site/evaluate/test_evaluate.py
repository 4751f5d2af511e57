"""Cases of the reader's own in Chromium: a file, two models at a real server, checks, a table."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler
from typing import Any

from playwright.sync_api import Browser, expect

from tests.site.evaluate.evaluating import ask, check, opened, read, run
from tests.site.playground.playing import Served, said

CASES = "country,capital\nFrance,Paris\nPeru,Lima\nJapan,Tokyo\n"
CAPITALS = dict(line.split(",") for line in CASES.splitlines()[1:])


def capitals(body: Any, handler: BaseHTTPRequestHandler) -> None:
    """One model knows every capital, the other answers Paris to all."""
    text = body["messages"][-1]["content"]
    country = next(name for name in CAPITALS if name in text)
    said(handler, {"content": CAPITALS[country] if body["model"] == "good" else "It is Paris."})


def test_a_file_of_cases_is_asked_of_two_models_and_every_answer_is_checked(
    browser: Browser, address: str
) -> None:
    server = Served(capitals)
    with opened(browser, address, server.origin) as page:
        read(page, CASES)
        expect(page.locator("#told")).to_have_text("3 cases read from cases.csv.")
        ask(page, server.origin, "What is the capital of {{country}}?", "good", "one")
        check(page, "contains", "{{capital}}")
        run(page, "Finished: 6 of 6 requests.")
        rates = page.locator(".rates li")
        expect(rates.nth(0)).to_contain_text("good: 3 of 3 passed (100 %)")
        expect(rates.nth(1)).to_contain_text("one: 1 of 3 passed (33 %)")
        rows = page.locator(".matrix tbody tr")
        expect(rows.nth(1).locator("td").nth(0)).to_have_text("✓ Passed")
        expect(rows.nth(1).locator("td").nth(1)).to_have_text("✗ Failed")
        rows.nth(1).locator("button").nth(1).click()
        opened_answer = page.locator("#answer")
        expect(opened_answer.locator(".answer")).to_have_text("It is Paris.")
        expect(opened_answer).to_contain_text("Failed: does not contain “Lima”")
    assert sorted(body["messages"][0]["content"] for _, _, body in server.seen) == sorted(
        f"What is the capital of {name}?" for name in CAPITALS for _ in range(2)
    )
    server.close()
