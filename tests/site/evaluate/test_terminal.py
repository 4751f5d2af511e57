"""What the terminal saved opens in the page and goes back, and both send the same of one file."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, expect

from tests.catalogs import CATALOG
from tests.generator.cli.evaluating.asking import capitals, cases_file, evaluate, results_in
from tests.rounds import nightly
from tests.site.evaluate.evaluating import opened, read, run
from tests.site.playground.playing import START, Served, choose, counted, drawn, said

PROMPT = ("--prompt", "What is the capital of {{country}}?", "--check", "contains={{capital}}")

#: One file with tools, a schema and parameters of each model.
SCHEMA = {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}
WEATHER = {"name": "weather", "description": "Of a city.", "parameters": SCHEMA}
EVALUATION = {
    "almanac_evaluation": 1,
    "name": "requests",
    "prompts": [
        {
            "name": "Ask",
            "system": "Be brief.",
            "messages": [
                {"role": "user", "text": "Hello"},
                {"role": "assistant", "text": "Hi"},
                {"role": "user", "text": "Weather in {{city}}?"},
            ],
        }
    ],
    "parameters": {"tools": [WEATHER], "schema": {"name": "answer", "schema": SCHEMA}, "max_tokens": 50},
    "cases": [{"name": city, "variables": {"city": city}} for city in ("Lima", "Oslo")],
    "models": [
        {"name": "cold", "provider": "own", "model": "cold", "parameters": {"temperature": 0, "seed": 7}},
        {
            "name": "warm",
            "provider": "own",
            "model": "warm",
            "parameters": {"temperature": 1.5, "stop": ["."]},
        },
    ],
}


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
        expect(page.locator("#told")).to_contain_text(
            "cases.results.json is open: 12 results.", timeout=START
        )
        expect(page.locator(".headline")).to_have_text(report["headline"], timeout=START)
        rates = page.locator(".rates tbody tr")
        expect(rates.nth(0)).to_contain_text(re.compile(r"^good\s*100 %\s*44 % to 100 %"))
        expect(rates.nth(1)).to_contain_text(re.compile(r"^one\s*33 %"))
        # The page knows each answer by the same hash and the same checks, so it asks nobody.
        choose(page, server.origin, "good", "one")
        run(page, "Checked 12 answers from before. Nothing was sent.")
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


def answer(body: Any, handler: Any) -> None:
    said(handler, {"content": json.dumps({"city": body["model"]})})


def bodies(server: Served) -> list[str]:
    return sorted(json.dumps(body, sort_keys=True) for _, _, body in server.seen)


@nightly(
    "test_a_file_of_cases_is_asked_of_two_models_and_every_answer_is_checked; tests/generator/cli/evaluating"
)
def test_what_a_file_asks_is_what_page_and_terminal_send(
    browser: Browser, address: str, tmp_path: Path
) -> None:
    file = tmp_path / "requests.json"
    file.write_text(json.dumps(EVALUATION))
    terminal, server = Served(answer), Served(answer)
    ended = evaluate(file, "--url", f"{terminal.origin}/v1", "--catalog", CATALOG)
    assert ended.status == 0, ended
    for body in (body for _, _, body in terminal.seen):
        assert [one["role"] for one in body["messages"]] == ["system", "user", "assistant", "user"]
        (tool,) = body["tools"]
        assert tool["function"]["name"] == "weather"
        assert tool["function"]["parameters"] == SCHEMA
        assert body["response_format"]["json_schema"]["schema"] == SCHEMA
        own = {name: body.get(name) for name in ("temperature", "seed", "stop")}
        cold = {"temperature": 0, "seed": 7, "stop": None}
        assert own == (cold if body["model"] == "cold" else {"temperature": 1.5, "seed": None, "stop": ["."]})

    with opened(browser, address, server.origin) as page:
        read(page, file.read_text(), "requests.json")
        expect(page.locator("#told")).to_contain_text("Its models are filled in")
        for pane in counted(page, 2).all():
            pane.locator(".places input").fill(f"{server.origin}/v1")
            drawn(page)
        run(page, "Finished: 4 of 4 requests.")
    assert bodies(server) == bodies(terminal)
    for one in (terminal, server):
        one.close()
