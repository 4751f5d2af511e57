"""`almanac evaluate`: the page's numbers, a results file that goes on, errors that name the next step."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any

import httpx2
import pytest

from generator.cli.evaluating.set_up import evaluation_in, with_options
from generator.exports.playground import OWN_ID, OWN_ROWS
from playground.catalog.endpoints import endpoint_to_json
from playground.chat.client import stream
from playground.evaluate.evaluation_json import evaluation_to_json
from playground.evaluate.page_evaluation import PageEvaluation, evaluation_reply
from tests import running
from tests.generator.cli.evaluating.asking import (
    CASES,
    CHECK,
    PROMPT,
    capitals,
    cases_file,
    evaluate,
    results_in,
    saying,
    url,
)
from tests.site.playground.playing import Served

pytestmark = pytest.mark.usefixtures("among_few")
TWO = ("--model", "own/good", "--model", "own/one")


def by_page(evaluation: Any, server: Served, *models: str) -> list[dict[str, Any]]:
    """The results of the same evaluation by the code of the page."""
    cells: list[dict[str, Any]] = []
    ends: list[str] = []

    def tell(kind: str, **parts: Any) -> None:
        if kind == "cell":
            cells.append(parts["cell"])
        elif kind in ("evaluated", "refused"):
            ends.append(kind)

    async def run() -> None:
        endpoint = endpoint_to_json(OWN_ROWS[OWN_ID][1])
        rows = [
            {"endpoint": endpoint, "model": m, "base_url": f"{server.origin}/v1", "chat": {"messages": []}}
            for m in models
        ]
        async with httpx2.AsyncClient() as http:
            page = PageEvaluation(partial(stream, http=http), tell)
            await page.run({"evaluation": evaluation, "models": rows})

    running.run(run())
    assert ends == ["evaluated"]
    return sorted(cells, key=lambda one: (one["model"], one["case"], one["prompt"], one["repeat"]))


#: What a run measures and no other run repeats.
TIMES = ("seconds", "first_token")


def untimed(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{name: value for name, value in row.items() if name not in TIMES} for row in rows]


def test_hashes_verdicts_and_figures_are_those_of_the_page(server: Served, tmp_path: Path) -> None:
    file = cases_file(tmp_path)
    ended = evaluate(file, *PROMPT, *CHECK, *TWO, "--repeat", "2", "--json", *url(server))
    assert ended.status == 0, ended
    saved = results_in(tmp_path / "cases.results.json")
    own = with_options(evaluation_in(file), PROMPT[1:], "", CHECK[1:], 2)
    asked = [{"name": name, "provider": "own", "model": name} for name in ("good", "one")]
    assert saved["evaluation"] == {**evaluation_to_json(own), "models": asked}
    assert saved["models"] == ["good", "one"]
    rows = sorted(saved["results"], key=lambda one: (one["model"], one["case"], one["prompt"], one["repeat"]))
    page = by_page(evaluation_to_json(own), server, "good", "one")
    assert untimed(rows) == untimed(page)
    scores = {
        name: [
            [int(row["passed"]) for row in page if (row["model"], row["case"]) == (place, case)]
            for case in range(3)
        ]
        for place, name in enumerate(saved["models"])
    }
    costs = [[None, None]] * 3
    models = [{"name": name, "scores": each, "costs": costs} for name, each in scores.items()]
    summary = json.loads(json.dumps(evaluation_reply({"kind": "summary", "models": models})))
    report = json.loads(ended.out)
    assert {name: report[name] for name in summary} == summary


def test_the_table_says_who_wins_and_the_same_command_asks_nothing_again(
    server: Served, tmp_path: Path
) -> None:
    command = (cases_file(tmp_path), *PROMPT, *CHECK, *TWO, *url(server))
    first = evaluate(*command)
    assert first.status == 0
    for text in ("good", "100 %", "44 % to 100 %", "33 %", "Your 3 cases can't tell good from one"):
        assert text in first.out
    assert len(server.seen) == 6
    again = evaluate(*command)
    assert len(server.seen) == 6
    assert again.out == first.out


def test_results_say_whom_they_asked_so_that_they_go_on_by_themselves(server: Served, tmp_path: Path) -> None:
    file = cases_file(tmp_path)
    assert evaluate(file, *PROMPT, *CHECK, *TWO, "--temperature", "0.5", *url(server)).status == 0
    results = tmp_path / "cases.results.json"
    sent = {"temperature": 0.5}
    assert results_in(results)["evaluation"]["models"] == [
        {"name": name, "provider": "own", "model": name, "parameters": sent} for name in ("good", "one")
    ]
    assert evaluate(results, *url(server)).status == 0
    assert len(server.seen) == 6


def test_only_what_is_new_is_asked_and_a_changed_check_asks_nobody(server: Served, tmp_path: Path) -> None:
    file = cases_file(tmp_path)
    results = tmp_path / "cases.results.json"
    evaluate(file, *PROMPT, *CHECK, "--model", "own/one", *url(server))
    evaluate(file, *PROMPT, *CHECK, *TWO, *url(server))
    assert [body["model"] for _, _, body in server.seen] == ["one"] * 3 + ["good"] * 3
    file.write_text(f"{CASES}Peru again,Lima\n")
    evaluate(file, *PROMPT, *CHECK, *TWO, *url(server))
    assert len(server.seen) == 8
    saved = evaluate(file, *PROMPT, "--check", "contains=Paris", *TWO, "--json", *url(server))
    assert len(server.seen) == 8
    rates = [row["rate"]["estimate"] for row in json.loads(saved.out)["models"]]
    assert rates == [0.25, 1.0]
    assert len(results_in(results)["results"]) == 8


def test_answers_to_something_else_are_never_written_over(server: Served, tmp_path: Path) -> None:
    file = cases_file(tmp_path)
    evaluate(file, *PROMPT, *CHECK, "--model", "own/one", *url(server))
    before = (tmp_path / "cases.results.json").read_bytes()
    ended = evaluate(file, "--prompt", "{{country}}?", *CHECK, "--model", "own/one", *url(server))
    assert ended.status == 2
    assert "3 answers to what this run does not ask" in ended.err
    assert "--results" in ended.err
    assert (tmp_path / "cases.results.json").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cases.csv", "cases.results.json"]


def test_results_go_on_in_their_own_file_also_those_that_the_page_saved(
    server: Served, tmp_path: Path
) -> None:
    evaluate(cases_file(tmp_path), *PROMPT, *CHECK, "--model", "own/one", *url(server))
    saved = results_in(tmp_path / "cases.results.json")
    page = tmp_path / "page.results.json"
    page.write_text(json.dumps({**saved, "results": saved["results"][:2]}, separators=(",", ":")))
    ended = evaluate(page, "--model", "own/one", *url(server))
    assert ended.status == 0, ended
    assert len(server.seen) == 4
    files = (page, tmp_path / "cases.results.json")
    both = [sorted(untimed(results_in(path)["results"]), key=str) for path in files]
    assert both[0] == both[1]


def test_every_form_of_the_page_is_read_and_nothing_of_a_file_is_run(server: Served, tmp_path: Path) -> None:
    marker = tmp_path / "ran"
    file = cases_file(
        tmp_path,
        json.dumps(
            {
                "prompts": ["Capital of {{country}}?", f"exec: touch {marker}"],
                "providers": [f"exec: touch {marker}", f"python: {marker}.py"],
                "tests": [
                    {
                        "vars": {"country": "Peru"},
                        "assert": [
                            {"type": "icontains", "value": "lima"},
                            {"type": "javascript", "value": "file://x.js"},
                        ],
                    }
                ],
            }
        ),
        "promptfooconfig.yaml",
    )
    ended = evaluate(file, "--model", "own/good", *url(server))
    assert ended.status == 0, ended
    assert "Not run: " in ended.err
    assert "javascript" in ended.err
    assert not marker.exists()
    assert [body["messages"][0]["content"] for _, _, body in server.seen] == ["Capital of Peru?"]


def test_a_missing_answer_is_no_wrong_one_and_is_asked_again(tmp_path: Path) -> None:
    down = [True]

    def answer(body: Any, handler: Any) -> None:
        if down[0] and "Peru" in body["messages"][-1]["content"]:
            handler.send_response(400)
            handler.end_headers()
            handler.wfile.write(b'{"error":{"message":"not today"}}')
        else:
            capitals(body, handler)

    server = Served(answer)
    command = (cases_file(tmp_path), *PROMPT, *CHECK, "--model", "own/good", *url(server))
    ended = evaluate(*command)
    assert ended.status == 4
    assert "100 %, 1 missing" in ended.out
    assert "not today" in ended.out
    down[0] = False
    assert evaluate(*command).status == 0
    assert len(server.seen) == 4
    server.close()


CODE = {
    "almanac_evaluation": 1,
    "prompts": [{"messages": [{"role": "user", "text": "Write add(a, b)."}]}],
    "cases": [{"name": "add"}],
    "checks": [{"name": "code_tests", "arguments": {"tests": "assert add(2, 3) == 5"}}],
}


def test_code_runs_only_where_it_is_allowed(tmp_path: Path) -> None:
    server = saying("```python\ndef add(a, b):\n    return a + b\n```")
    command = (cases_file(tmp_path, json.dumps(CODE), "code.json"), "--model", "own/x", *url(server))
    ended = evaluate(*command)
    assert "code_tests run code, which has not been allowed; --allow-code" in ended.err
    assert "1 answer not checked" in ended.out
    allowed = evaluate(*command, "--allow-code", "--json")
    (row,) = results_in(tmp_path / "code.results.json")["results"]
    if row["passed"] is None:
        pytest.skip(row["verdicts"][0]["reason"])
    assert row["passed"] is True
    assert json.loads(allowed.out)["models"][0]["rate"]["estimate"] == 1
    assert len(server.seen) == 1
    server.close()


def test_two_models_of_one_id_have_names_of_their_own(server: Served, tmp_path: Path) -> None:
    evaluate(cases_file(tmp_path), *PROMPT, "--model", "own/one", "--model", "own/one", *url(server))
    assert results_in(tmp_path / "cases.results.json")["models"] == [
        "one, Your own server (OpenAI-compatible) (1)",
        "one, Your own server (OpenAI-compatible) (2)",
    ]
