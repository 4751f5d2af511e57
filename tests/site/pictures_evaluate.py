"""The pictures of docs/evaluate/first.md: cases, results and a decision, with a test server's answers."""

from __future__ import annotations

import csv
import io
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import Browser, Page, expect

from tests.patience import PATIENCE_MS
from tests.site.choose.choosing import live
from tests.site.evaluate.evaluating import check, fill_models, opened, read, run
from tests.site.playground.playing import Served, rewired, said
from tests.site.quiet import unmarked

TICKETS = Path("docs/evaluate/sets/tickets.yml")
QUEUES = ("billing", "access", "bug", "request", "delivery", "cancellation")
#: Row of the page, model, and how often in a hundred the server answers rightly in its place.
MODELS = (
    ("openai.1", "gpt-6-sol", 97),
    ("deepseek", "deepseek-v4-flash", 94),
    ("mistral", "mistral-small-2603", 69),
)
PROMPT = f"{{{{ticket}}}}\n\nWhich queue is it for? Answer with one word: {', '.join(QUEUES)}."


def take(browser: Browser, address: str, folder: Path) -> None:
    """Go the way that the page describes, and take a picture at each of its stations."""
    folder.mkdir(parents=True, exist_ok=True)
    right = {
        c["variables"]["ticket"]: c["variables"]["queue"]
        for c in yaml.safe_load(TICKETS.read_text())["cases"]
    }
    places = {ticket: place for place, ticket in enumerate(right)}
    shares = {model: share for _, model, share in MODELS}

    def answer(body: Any, handler: BaseHTTPRequestHandler) -> None:
        ticket = body["messages"][-1]["content"].partition("\n\n")[0]
        # A share of the cases, spread over them and not the same for each model.
        sure = (places[ticket] * 37 + len(body["model"]) * 11) % 100 < shares[body["model"]]
        word = right[ticket] if sure else "request" if right[ticket] != "request" else "bug"
        said(handler, {"content": word}, usage={"prompt_tokens": 90, "completion_tokens": 3})

    server = Served(answer)
    with opened(browser, address, server.origin) as page:
        rewired(page, server.origin)
        page.set_viewport_size({"width": 1280, "height": 900})
        read(page, _csv(right), "tickets.csv")
        page.locator("#prompt").fill(PROMPT)
        check(page, "equals", "{{queue}}")
        page.locator(".check .ignore_case").check()
        fill_models(page, "a-key-that-is-made-up", *((row, model) for row, model, _ in MODELS))
        _between(page, folder / "asked.png", "#cases-title", "#models-title")
        run(page, f"Finished: {len(right) * len(MODELS)} of {len(right) * len(MODELS)} requests.")
        expect(page.locator(".headline")).to_be_visible(timeout=PATIENCE_MS)
        _between(page, folder / "results.png", "#results-title", ".matrix tbody tr:nth-child(7)")
        with page.context.expect_page() as coming:
            page.locator("#use-in-choose").click()
        choose = coming.value
        choose.set_viewport_size({"width": 1280, "height": 900})
        choose.locator("input[name=floor]").fill("85")
        choose.locator("input[name=floor]").blur()
        heading = choose.get_by_role("heading", name="By your own cases")
        heading.wait_for(timeout=PATIENCE_MS)
        expect(choose.locator(".c-ran").first).to_contain_text("meets your pass rate", timeout=PATIENCE_MS)
        live(choose)
        heading.scroll_into_view_if_needed()
        unmarked(choose)
        choose.screenshot(path=folder / "decided.png")
    server.close()


def _csv(right: dict[str, str]) -> str:
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerows([("ticket", "queue"), *right.items()])
    return text.getvalue()


def _between(page: Page, path: Path, first: str, last: str) -> None:
    """A picture from the top of one element to the top of another, as wide as the page."""
    unmarked(page)
    tops = [
        page.locator(css).first.evaluate("e => e.getBoundingClientRect().top + scrollY")
        for css in (first, last)
    ]
    clip = {"x": 0, "y": tops[0] - 12, "width": 1280, "height": tops[1] - tops[0]}
    page.screenshot(path=path, full_page=True, clip=clip)
