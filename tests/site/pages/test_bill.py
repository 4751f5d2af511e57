"""The bill page in a real browser."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.patience import PATIENCE_MS
from tests.playground.pricing.test_usage_export import ANTHROPIC, OPENAI_CSV
from tests.rounds import nightly
from tests.site.axe import faults_on_both
from tests.site.conftest import revisited
from tests.site.terminal import in_terminal


def opened(page: Page, query: str = "") -> Page:
    revisited(page, "/bill/", query)
    page.locator(".c-item").first.wait_for(timeout=PATIENCE_MS)
    page.locator(".c-answer:not(.c-stale)").wait_for(timeout=PATIENCE_MS)
    return page


def costs(page: Page) -> list[str]:
    return page.locator(".b-row > summary .c-cost span").all_inner_texts()


def test_it_is_answered_without_python_and_without_scripts(
    page: Page, browser: Browser, address: str
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    opened(page)
    assert len(costs(page)) >= 6
    assert not [url for url in asked if "pyodide" in url]
    context = browser.new_context(base_url=address, java_script_enabled=False)
    plain = context.new_page()
    plain.goto("/bill/")
    assert plain.locator(".c-named tbody tr").count() == len(costs(page))
    context.close()


def test_the_page_bills_as_the_terminal_does(warm: Page) -> None:
    names = ["openai/gpt-6-luna", "azure/data-zone-eu/openai/gpt-5", "microsoft/mai-thinking-1"]
    page = opened(
        warm, f"?o={','.join(names)}&input_tokens=3000&output_tokens=700&requests=20000&cached=0.3&batch=0.5"
    )
    options = ["--input-tokens", "3000", "--output-tokens", "700", "--requests", "20000"]
    bills = in_terminal("cost", *names, *options, "--cached", "0.3", "--batch", "0.5", "--json")["bills"]
    assert costs(page) == [bill["cost"] for bill in bills]
    expect(page.locator("input[name=input_tokens]")).to_have_attribute("placeholder", "1000")
    with page.expect_download() as got:
        page.get_by_role("button", name="CSV").click()
    rows = list(csv.DictReader(io.StringIO(Path(got.value.path()).read_text())))
    luna = [r for r in rows if r["offering"] == "openai/direct/openai/gpt-6-luna"]
    assert {(r["mode"], r["meter"]) for r in luna} >= {("standard", "input"), ("batch", "output")}


def test_work_by_the_piece_is_billed_as_in_the_terminal_and_says_what_one_costs(warm: Page) -> None:
    names = ["black-forest-labs/flux-pro-1.1", "openai/direct/openai/gpt-image-2"]
    names += ["amazon-bedrock/regional/stability/stable-diffusion-xl-1.0"]
    page = opened(warm, f"?o={','.join(names)}&images=1&input_tokens=100&requests=2000")
    bills = in_terminal(
        "cost", *names, "--images", "1", "--input-tokens", "100", "--requests", "2000", "--json"
    )
    assert costs(page) == [bill["cost"] for bill in bills["bills"]]
    assert {"$80.00", "$80.00 to $160.00", "from $1.00"} <= {*costs(page)}
    expect(page.locator("input[name=images]")).to_have_value("1")
    # Tokens that are not given are none beside it.
    expect(page.locator("input[name=output_tokens]")).to_have_attribute("placeholder", "0")
    row = page.locator(".b-row", has_text="FLUX").first
    row.locator("summary").click()
    expect(row.locator(".c-table tbody tr").first).to_have_text("Images made2,000$0.04$80.00")


@nightly("test_the_page_bills_as_the_terminal_does")
def test_what_is_changed_stands_in_the_address_and_a_model_is_added(page: Page) -> None:
    opened(page)
    before = costs(page)
    page.locator("input[name=requests]").fill("200000")
    expect(page.locator(".b-row > summary .c-cost span").first).not_to_have_text(
        before[0], timeout=PATIENCE_MS
    )
    assert "requests=200000" in page.url
    page.locator("input[name=add]").fill("xai/grok-4.7")
    page.get_by_role("button", name="Add it").click()
    expect(page.locator(".c-item")).to_have_count(len(before) + 1)
    found = costs(page)
    page.reload()
    opened_again = page.locator(".c-answer:not(.c-stale)")
    opened_again.wait_for(timeout=PATIENCE_MS)
    expect(page.locator(".c-item")).to_have_count(len(found), timeout=PATIENCE_MS)
    assert costs(page) == found


@nightly("tests/playground/pricing/test_usage_export.py")
@pytest.mark.parametrize(
    ("text", "said", "cached"),
    [
        (
            json.dumps(ANTHROPIC),
            "Read as Anthropic's usage report: 1 row, 10 days, brought to a month.",
            "70 %",
        ),
        (OPENAI_CSV, "OpenAI's usage CSV: 1 row", "25 %"),
    ],
)
def test_a_usage_export_is_read_in_the_page(warm: Page, text: str, said: str, cached: str) -> None:
    page = opened(warm)
    page.get_by_text("Paste a usage export", exact=True).click()
    page.locator("textarea[name=usage]").fill(text)
    page.locator("textarea[name=usage]").blur()
    expect(page.locator(".b-read")).to_contain_text(said, timeout=PATIENCE_MS)
    expect(page.locator("input[name=cached] >> xpath=..").locator("output")).to_have_text(cached)


def test_the_models_that_an_export_names_are_held_against_the_others(warm: Page) -> None:
    page = opened(warm)
    before = page.locator(".c-item").count()
    page.get_by_text("Paste a usage export", exact=True).click()
    export = "model,input_tokens,output_tokens\ngpt-4.1-2025-04-14,900000000,9000000\n"
    page.locator("textarea[name=usage]").fill(export)
    page.locator("textarea[name=usage]").blur()
    expect(page.locator(".b-read")).to_contain_text("It counts no requests", timeout=PATIENCE_MS)
    expect(page.locator("input[name=input_tokens]")).to_have_value("1000")
    expect(page.locator(".c-item")).to_have_count(before + 1, timeout=PATIENCE_MS)
    expect(page.locator(".c-who b").filter(has_text="GPT-4.1")).to_have_count(1)


@nightly("tests/playground/pricing/test_bills.py")
def test_sound_region_and_hour_count(warm: Page) -> None:
    names = "deepseek/deepseek-v4-pro,azure/regional/openai/gpt-4o-mini,openai/gpt-realtime"
    page = opened(warm, f"?o={names}&audio_in=0.5&at=02:00&region=westeurope&requests=20000")
    options = ["--audio-in", "0.5", "--at", "02:00", "--region", "westeurope", "--requests", "20000"]
    bills = in_terminal("cost", *names.split(","), *options, "--json")["bills"]
    assert costs(page) == [bill["cost"] for bill in bills]
    expect(page.locator("[name=region]")).to_have_value("westeurope")
    rows = {row.locator("b").first.inner_text(): row for row in page.locator(".c-item").all()}
    expect(rows["GPT-4o mini"].locator(".c-doubt")).to_have_text("not listed in westeurope")
    rows["DeepSeek V4 Pro"].locator("summary").first.click()
    expect(rows["DeepSeek V4 Pro"]).to_contain_text("Its prices go by the hour")
    expect(rows["DeepSeek V4 Pro"].locator("tr", has_text="Input audio")).to_contain_text("unknown")
    page.locator("[name=region]").fill("westerope")
    page.locator("[name=region]").blur()
    expect(page.locator("#fault-region")).to_contain_text("did you mean westeurope")


def test_what_is_no_export_is_said_and_what_was_there_stays(warm: Page) -> None:
    page = opened(warm)
    before = costs(page)
    page.get_by_text("Paste a usage export", exact=True).click()
    page.locator("textarea[name=usage]").fill("my notes: we spend a lot")
    page.locator("textarea[name=usage]").blur()
    expect(page.locator(".c-told")).to_contain_text("This is no usage export known here", timeout=PATIENCE_MS)
    assert costs(page) == before
    expect(page.locator("textarea[name=usage]")).to_have_value("my notes: we spend a lot")


def test_what_cannot_be_read_is_said(warm: Page) -> None:
    page = opened(warm, "?o=openai/gpt-5,openai/gpt-5x&requests=many")
    asked = page.get_by_role("status").filter(has_text="There is no model “openai/gpt-5x”. Did you mean")
    expect(page.locator("#fault-requests")).to_contain_text("such as 1500, 200k or 1.5M, not 'many'")
    expect(page.locator("input[name=requests]")).to_have_value("many")
    asked.get_by_role("button", name="openai/gpt-5", exact=False).first.click()
    expect(asked).to_have_count(0)


@nightly("test_it_is_accessible_open_and_closed, of the chooser, whose form it has")
def test_it_is_accessible(page: Page) -> None:
    def open_parts(page: Page) -> None:
        page.locator(".b-row > summary").nth(1).click()
        page.get_by_text("Paste a usage export", exact=True).click()
        page.get_by_text("Finer work", exact=True).click()

    assert faults_on_both(page, "/bill/", ".c-item", open_parts) == []
