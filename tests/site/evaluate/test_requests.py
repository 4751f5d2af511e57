"""One file with tools, a schema and parameters of each model: page and terminal send the same of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, expect

from tests.catalogs import CATALOG
from tests.generator.cli.evaluating.asking import evaluate
from tests.site.evaluate.evaluating import opened, read, run
from tests.site.playground.playing import Served, counted, drawn, said

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


def answer(body: Any, handler: Any) -> None:
    said(handler, {"content": json.dumps({"city": body["model"]})})


def bodies(server: Served) -> list[str]:
    return sorted(json.dumps(body, sort_keys=True) for _, _, body in server.seen)


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
