"""The site stays light: every folder keeps to its budget, every page to what a phone draws quickly."""

from __future__ import annotations

import os
import re
from collections import Counter
from pathlib import Path

import pytest
from playwright.sync_api import Browser

#: MB (of a million bytes) that each folder may have, uncompressed; what is not named here is in the last.
BUDGETS = {
    "catalog": 86,
    "models": 57,
    "assets/runtime": 25,
    "providers": 13,
    "assets/playground": 12,
    "versus": 9,
    "everything else": 26,
}
#: Without the small model's weights.
MOST_MB = 220
MOST_FILES = 20_000
PAGE_BYTES, PAGE_ELEMENTS, SHELL_BYTES = 250_000, 5_000, 12_000
#: Hosts take no larger file.
FILE_BYTES = 25 * 1024 * 1024
WEIGHTS = "assets/models"


@pytest.fixture(scope="module")
def files(site: Path) -> dict[str, int]:
    """Every file of the site with its bytes."""
    return {
        path.relative_to(site).as_posix(): path.stat().st_size
        for folder, _, names in os.walk(site)
        for path in (Path(folder) / name for name in names)
    }


def test_each_folder_keeps_to_its_budget(files: dict[str, int]) -> None:
    spent: Counter[str] = Counter()
    for name, size in files.items():
        if name.endswith((".br", ".gz")) or name.startswith(WEIGHTS):
            continue
        parts = name.split("/")
        folder = "/".join(parts[:2]) if parts[0] == "assets" else parts[0]
        spent[folder if folder in BUDGETS else "everything else"] += size
    over = {folder: size / 1e6 for folder, size in spent.items() if size > BUDGETS[folder] * 1e6}
    assert over == {}
    assert sum(spent.values()) <= MOST_MB * 1e6


def test_no_source_map_of_the_theme_is_in_it(files: dict[str, int]) -> None:
    assert [name for name in files if name.endswith(".map") and name.startswith("assets/")] == []


def test_any_host_takes_it(files: dict[str, int]) -> None:
    assert len(files) < MOST_FILES
    assert {name: size for name, size in files.items() if size >= FILE_BYTES} == {}


def test_no_page_is_more_than_a_phone_draws_quickly(site: Path, files: dict[str, int]) -> None:
    heavy = {}
    for name, size in files.items():
        if name.endswith(".html"):
            text = (site / name).read_text("utf-8")
            elements = len(re.findall("<[a-zA-Z]", text))
            if size > PAGE_BYTES or elements > PAGE_ELEMENTS:
                heavy[name] = (size, elements)
    assert heavy == {}


def test_the_theme_around_a_page_is_small(site: Path) -> None:
    page = (site / "models/openai/gpt-5/index.html").read_text("utf-8")
    begin, end = page.index("<h1 id=page>"), page.index("</article>")
    assert len(page.encode()) - len(page[begin:end].encode()) <= SHELL_BYTES


def test_the_heaviest_model_page_lays_out_what_is_near(site: Path, address: str, browser: Browser) -> None:
    """At a phone's width: what is far below costs no layout at first, and is there when it is asked for."""
    heaviest = max((site / "models").glob("*/*/index.html"), key=lambda page: page.stat().st_size)
    place = heaviest.parent.relative_to(site).as_posix()
    context = browser.new_context(viewport={"width": 412, "height": 823})
    page = context.new_page()
    page.goto(f"{address}/{place}/")
    folds = page.locator("details.evidence > summary")
    drawn = "all => all.filter(e => e.checkVisibility({ contentVisibilityAuto: true })).length"
    assert folds.count() > 50
    assert folds.evaluate_all(drawn) == 0
    folds.last.scroll_into_view_if_needed()
    page.wait_for_function(f"() => ({drawn})([...document.querySelectorAll('details.evidence > summary')])")
    last = folds.last.locator("xpath=..").locator("p[id]").get_attribute("id")
    for address_of in (f"{address}/{place}/#{last}", f"{address}/{place}/#evidence"):
        page.goto("about:blank")
        page.goto(address_of)
        asked = address_of.partition("#")[2]
        near = f"document.getElementById('{asked}').getBoundingClientRect().top"
        page.wait_for_function(f"() => {near} >= 0 && {near} < innerHeight")
    context.close()
