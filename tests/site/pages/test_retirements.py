"""The calendar of retirements, and what of the reader's own dies when, in a real browser."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.patience import PATIENCE_MS
from tests.site.axe import faults, faults_on_both

CONFIG = """model_list:
  - model_name: smart
    litellm_params: {model: azure/gpt-4o}
  - model_name: other
    litellm_params: {model: openai/gpt-5}
OPENAI_MODEL=gpt-4-turbo
"""


def test_every_month_of_the_calendar_leads_to_its_retirements(page: Page) -> None:
    page.goto("/retirements/")
    months = page.locator(".months > li")
    expect(months).to_have_count(18)
    busy = months.filter(has=page.locator("a")).first
    count = int(busy.locator("b").inner_text())
    busy.locator("a").click()
    month = page.locator("h2:target")
    expect(month).to_be_in_viewport()
    rows = page.locator("h2:target + .sortable tbody tr")
    expect(rows).to_have_count(count)
    assert "day" in rows.first.locator("time").inner_text()


def test_what_is_pasted_is_read_in_the_page_and_sent_nowhere(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url + (request.post_data or "")))
    page.goto("/retirements/yours/")
    page.get_by_label("A configuration, source code, or names of models").fill(CONFIG)
    rows = page.locator(".y-table tbody tr")
    expect(rows).to_have_count(3, timeout=PATIENCE_MS)
    told = "\n".join(rows.all_inner_texts())
    for part in (
        "azure/gpt-4o",
        "line 3",
        "openai/gpt-5",
        "line 5",
        "gpt-4-turbo",
        "line 6",
        "nearest there by rule",
    ):
        assert part in told
    assert not [url for url in asked if "gpt-4-turbo" in url or "litellm_params" in url]
    assert all(url.startswith((page.url.split("/retirements")[0], "blob:")) for url in asked)


def test_the_page_and_the_terminal_find_the_same(page: Page) -> None:
    page.goto("/retirements/yours/")
    page.get_by_label("A configuration, source code, or names of models").fill(CONFIG)
    rows = page.locator(".y-table tbody tr")
    expect(rows).to_have_count(3, timeout=PATIENCE_MS)
    result = subprocess.run(
        [sys.executable, "-m", "generator.cli", "lint", "-", "--format", "json", "--never-fail"],
        input=CONFIG,
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(result.stdout)["findings"]
    for one in found:
        row = rows.filter(has_text=one["text"])
        expect(row.locator("th a")).to_have_text(one["name"])
        if one["replacement"]:
            expect(row.locator("td a")).to_have_text(one["replacement"]["name"])


def test_what_names_no_model_says_so_and_the_text_stays(page: Page) -> None:
    page.goto("/retirements/yours/")
    box = page.get_by_label("A configuration, source code, or names of models")
    box.fill("nothing of the kind <img src=x onerror=alert(1)>")
    expect(page.locator(".c-told")).to_have_text(
        "No model of the catalog is named in it.", timeout=PATIENCE_MS
    )
    expect(box).to_have_value("nothing of the kind <img src=x onerror=alert(1)>")


def test_files_are_read_and_a_line_is_told_in_its_file(page: Page) -> None:
    page.goto("/retirements/yours/")
    page.locator("input[name=files]").set_input_files(
        [
            {"name": "a.env", "mimeType": "text/plain", "buffer": b"X=1\nMODEL=gpt-4-turbo\n"},
            {"name": "b.yaml", "mimeType": "text/plain", "buffer": b"\n\nmodel: openai/gpt-5"},
        ]
    )
    rows = page.locator(".y-table tbody tr")
    expect(rows).to_have_count(2, timeout=PATIENCE_MS)
    expect(rows.filter(has_text="gpt-4-turbo")).to_contain_text("a.env, line 2")
    expect(rows.filter(has_text="openai/gpt-5")).to_contain_text("b.yaml, line 3")
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").click()
    assert download.value.suggested_filename.startswith("what-dies-when-")


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
def test_it_is_accessible(browser: Browser, address: str, width: int, scheme: str) -> None:
    context = browser.new_context(
        base_url=address,
        viewport={"width": width, "height": 900},
        color_scheme=scheme,  # type: ignore[arg-type]
    )
    page = context.new_page()
    page.goto("/retirements/yours/")
    page.get_by_role("button", name="Try an example").click()
    expect(page.locator(".y-table tbody tr")).to_have_count(2, timeout=PATIENCE_MS)
    assert faults(page) == []
    context.close()


def test_the_calendar_is_accessible(page: Page) -> None:
    assert faults_on_both(page, "/retirements/") == []
