"""How long an answer takes: the chooser over the whole catalog, in CPython and in the browser; the bill."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from generator import store
from generator.curated.named_needs import load_needs
from generator.curated.need_file import need
from generator.store.abilities import load_abilities
from playground.decide.chooser import Chooser
from tests import browser as chromium
from tests.bench.report import built, middle, serve, table

ROUNDS = int(os.environ.get("ROUNDS", "20"))
CATALOG = Path("docs/catalog")
#: The named needs that are measured: the usual one, and those that ask and weigh the most different things.
NEEDS = ("default", "eu", "coding", "rag", "on-premises", "classification")
#: A need that eliminates hardly anybody and uses every meter, and one that asks for a model's like.
ADDRESSES = {
    "nothing asked but the work": "requests=2000&cached=0.5&batch=0.5&reasoning=0.3&written=0.1",
    "as good as a model, by right answers": "able=openai/gpt-6-astra&task=code&accepted=true",
}
#: Writes a value into a control and waits until an answer to it is drawn; milliseconds, for each value.
MOVED = """async ([selector, values]) => {
  const control = document.querySelector(selector);
  const times = [];
  for (const value of values) {
    const shown = () => [...document.querySelectorAll(".c-cost span")].map((e) => e.innerText).join();
    const before = shown();
    control.value = value;
    const start = performance.now();
    control.dispatchEvent(new Event("input", { bubbles: true }));
    while (document.querySelector(".c-stale") || shown() === before) {
      if (performance.now() - start > 5000) break;
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    times.push(performance.now() - start);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return times;
}"""


REPORT = """### An answer of the chooser

Over every offering of the committed catalog with its abilities, a number of the need changed each time,
{rounds} times; milliseconds. In the browser from the control's event until the answer is drawn, Python in a
worker, warm. `make bench PARTS=choosing` measures this alone.

{answers}

A named need is answered {static:.0f} ms after the page was asked for, without Python. Python is up and has
read the catalog {boot:.1f} s after the first touch, from the loopback.

### The bill page

Nine offerings, a number of the work changed each time: {billed:.0f} ms until drawn."""


def measured() -> str:
    """The part of the report."""
    with tempfile.TemporaryDirectory() as name:
        address = serve(built(Path(name)))
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.FLAGS)
            page = browser.new_page(base_url=address)
            found = {"static": _static(page), "boot": _boot(page)}
            in_browser = list(_in_browser(page))
            found["billed"] = _billed(page)
            browser.close()
    answers = table(["what", "median", "slowest", "wanted, at most"], [*_terminal(), *in_browser])
    return REPORT.format(answers=answers, rounds=ROUNDS, **found)


def _terminal() -> list[list[str]]:
    catalog = store.load(CATALOG)
    chooser = Chooser(catalog, date(2026, 11, 24), load_abilities(CATALOG))
    rows = []
    for named in load_needs(CATALOG / "needs.yml"):
        if named.id not in NEEDS:
            continue
        asked = need(named.need, catalog, named.id)
        chooser.answer(asked)
        times = []
        for i in range(ROUNDS):
            work = replace(asked.work, output_tokens=asked.work.output_tokens + Decimal(i + 1))
            start = time.perf_counter()
            chooser.answer(replace(asked, work=work), flips=15)
            times.append(1000 * (time.perf_counter() - start))
        rows.append([f"in CPython, {named.title}", f"{middle(times):.0f}", f"{max(times):.0f}", "–"])
    return rows


def _static(page: Page) -> float:
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        page.goto("/choose/?need=support")
        page.locator(".c-item").first.wait_for()
        times.append(1000 * (time.perf_counter() - start))
    return middle(times)


def _boot(page: Page) -> float:
    """Seconds from the first touch until Python has read the catalog and an answer of it is drawn."""
    page.goto("/choose/?need=default")
    page.locator(".c-item").first.wait_for()
    start = time.perf_counter()
    page.locator("input[name=input_tokens]").fill("2001")
    _ready(page)
    return time.perf_counter() - start


def _ready(page: Page) -> None:
    page.locator(".c-answer:not(.c-stale)").wait_for(timeout=120_000)
    page.wait_for_function("!document.querySelector('.c-boot')", timeout=120_000)


def _in_browser(page: Page) -> Iterator[list[str]]:
    titles = {named.id: named.title for named in load_needs(CATALOG / "needs.yml")}
    asked = {titles[name]: f"need={name}" for name in NEEDS} | ADDRESSES
    for title, address in asked.items():
        page.goto(f"/choose/?{address}")
        page.locator(".c-item").first.wait_for(timeout=120_000)
        page.locator("input[name=input_tokens]").fill("2001")
        _ready(page)
        # The first answers of a kind read facts that none has asked for yet.
        page.evaluate(MOVED, ["input[name=input_tokens]", ["2003", "2005"]])
        values = [str(2100 + 37 * i) for i in range(ROUNDS)]
        times = page.evaluate(MOVED, ["input[name=input_tokens]", values])
        yield [f"in the browser, {title}", f"{middle(times):.0f}", f"{max(times):.0f}", "100"]


def _billed(page: Page) -> float:
    page.goto("/bill/")
    page.locator(".c-item").first.wait_for()
    page.locator("input[name=requests]").fill("100001")
    page.locator(".c-answer:not(.c-stale)").wait_for(timeout=120_000)
    page.wait_for_function("!document.querySelector('.c-boot')", timeout=120_000)
    values = [str(110_000 + 3700 * i) for i in range(ROUNDS)]
    return middle(page.evaluate(MOVED, ["input[name=requests]", values]))
