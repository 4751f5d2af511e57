"""What the terminal saved opens in the page, which asks nobody again, and what the page saves goes back."""

from __future__ import annotations

import json
import re
from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.generator.cli.evaluating.asking import capitals, cases_file, evaluate, results_in
from tests.rounds import nightly
from tests.site.evaluate.evaluating import opened, run
from tests.site.playground.playing import START, Served, choose

PROMPT = ("--prompt", "What is the capital of {{country}}?", "--check", "contains={{capital}}")


@nightly("test_a_file_of_the_page_leaves_as_well, both ways by Python")
def test_results_go_from_the_terminal_to_the_page_and_back(
    browser: Browser, address: str, tmp_path: Path
) -> None:
    server = Served(capitals)
    results = tmp_path / "cases.results.json"
    asked = ("--model", "own/good", "--model", "own/one", "--url", f"{server.origin}/v1")
    ended = evaluate(cases_file(tmp_path), *PROMPT, *asked, "--repeat", "2", "--json")
    report = json.loads(ended.out)
    assert len(server.seen) == 12
    with opened(browser, address, server.origin) as page:
        page.locator("#file").set_input_files(results)
        expect(page.locator("#told")).to_have_text("cases.results.json is open: 12 results.", timeout=START)
        expect(page.locator(".headline")).to_have_text(report["headline"], timeout=START)
        rates = page.locator(".rates tbody tr")
        expect(rates.nth(0)).to_contain_text(re.compile(r"^good\s*100 %\s*44 % to 100 %"))
        expect(rates.nth(1)).to_contain_text(re.compile(r"^one\s*33 %"))
        # The page knows each answer by the same hash and the same checks, so it asks nobody.
        choose(page, server.origin, "good", "one")
        run(page, "Finished: 12 of 12 requests.")
        assert len(server.seen) == 12
        with page.expect_download() as download:
            page.get_by_role("button", name="Save the results").click()
        page_file = tmp_path / "page.results.json"
        page_file.write_text(Path(download.value.path()).read_text())
    again = evaluate(page_file, *asked, "--json")
    assert len(server.seen) == 12
    assert {**json.loads(again.out), "results": ""} == {**report, "results": ""}
    hashes = [sorted(row["hash"] for row in results_in(path)["results"]) for path in (results, page_file)]
    assert hashes[0] == hashes[1]

    server.close()
