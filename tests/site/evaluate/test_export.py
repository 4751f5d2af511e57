"""Results saved from the page in other forms: what Python writes, what differs, and no key."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Download, Page, expect

from tests.generator.cli.evaluating.asking import CASES, capitals
from tests.patience import PATIENCE_S
from tests.rounds import nightly
from tests.site.evaluate.evaluating import ask, check, opened, read, run
from tests.site.playground.playing import Served


@pytest.fixture
def served() -> Iterator[Served]:
    server = Served(capitals)
    yield server
    server.close()


@pytest.fixture
def page(browser: Browser, address: str, served: Served) -> Iterator[Page]:
    """The page with the results of two models."""
    with opened(browser, address, served.origin) as page:
        read(page, CASES)
        ask(page, served.origin, "What is the capital of {{country}}?", "good", "one")
        check(page, "equals", "{{capital}}")
        run(page, "Finished: 6 of 6 requests.")
        yield page


def save(page: Page, form: str, files: int = 1) -> dict[str, str]:
    """The files that come of saving the results so, by their names."""
    page.locator("#save-form").select_option(form)
    taken: list[Download] = []

    def take(one: Download) -> None:
        taken.append(one)

    page.on("download", take)
    page.locator("#save-results").click()
    while len(taken) < files:
        page.wait_for_event("download", timeout=PATIENCE_S * 1000)
    expect(page.locator("#told")).to_contain_text("Saved as", timeout=PATIENCE_S * 1000)
    page.remove_listener("download", take)
    return {one.suggested_filename: one.path().read_text("utf-8") for one in taken}


@nightly("tests/playground/evaluate/exporting, by the same code")
def test_results_leave_in_each_form_and_what_differs_is_listed(page: Page, served: Served) -> None:
    ((name, text),) = save(page, "csv").items()
    assert name == "cases.csv"
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["outcome"] for row in rows] == ["passed"] * 3 + ["failed"] * 3
    expect(page.locator("#not-saved")).to_have_count(0)
    ((name, text),) = save(page, "promptfoo").items()
    config = json.loads(text)
    assert name == "cases.promptfooconfig.json"
    assert [one["id"] for one in config["providers"]] == ["openai:chat:good", "openai:chat:one"]
    assert served.origin not in text
    expect(page.locator("#told")).to_contain_text("2 parts are not the same there")
    expect(page.locator("#not-saved tbody tr")).to_have_count(2)
    ((name, text),) = save(page, "promptfoo-results").items()
    assert json.loads(text)["results"]["stats"]["successes"] == 3
    expect(page.locator("#not-saved")).to_have_count(0)
    logs = save(page, "inspect", files=2)
    assert sorted(logs) == ["cases.1-good.eval.json", "cases.2-one.eval.json"]
    assert [len(json.loads(text)["samples"]) for text in logs.values()] == [3, 3]
    ((name, _),) = save(page, "json").items()
    assert name == "cases.results.json"
