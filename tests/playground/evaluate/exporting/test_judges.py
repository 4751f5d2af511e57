"""promptfoo and Inspect AI read what we write, in `make test-all`: installing them takes minutes."""

from __future__ import annotations

import json
import os
import random
import subprocess
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from playground.evaluate.checks.check import Answer
from playground.evaluate.checks.judging import judgement
from playground.evaluate.evaluation_json import evaluation_from_json
from playground.evaluate.exporting.asked import messages_of
from playground.evaluate.exporting.saved import saved_from_json
from playground.evaluate.matrix import Cell
from playground.evaluate.results.tallies import State
from tests.patience import PATIENCE_S
from tests.playground.evaluate.exporting.evaluations import results, some_results, turn, written
from tests.playground.evaluate.exporting.judges import inspect_python, promptfoo
from tests.playground.evaluate.exporting.test_promptfoo import EXACT, PIECES, SAME, TEXTS, check
from tests.rounds import FULL
from tests.site.playground.playing import Served

pytestmark = pytest.mark.skipif(not FULL, reason="the judges are installed in `make test-all`")

QUERIES = ("{{n}} {% if", "x", "#}{")
READ = """
import json, sys
from inspect_ai.log import read_eval_log
for path in sys.argv[1:]:
    log = read_eval_log(path)
    scores = [s.scores["checks"].value if s.scores else None for s in log.samples]
    texts = [s.output.completion for s in log.samples]
    asked = [[m.text for m in s.messages] for s in log.samples]
    errors = len([s for s in log.samples if s.error])
    print(json.dumps([log.eval.model, log.status, scores, texts, asked, errors]))
"""


def test_inspect_reads_the_logs_with_our_verdicts_and_texts(tmp_path: Path) -> None:
    value = some_results(random.Random(13))
    saved = saved_from_json(value)
    paths = [tmp_path / f"{number}.json" for number in range(4)]
    for path, text in zip(paths, written("inspect", value)[0], strict=True):
        path.write_text(text, "utf-8")
    command = [str(inspect_python()), "-c", READ, *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=PATIENCE_S * 10)
    for number, line in enumerate(done.stdout.splitlines()):
        model, status, scores, texts, asked, errors = json.loads(line)
        counts = saved.tallies.counts(number)
        rows = [row for _, row in saved.results((number,))]
        assert (model, status) == (value["models"][number // 2], "success")
        assert (scores.count("C"), scores.count("I"), errors) == (
            counts[State.PASSED],
            counts[State.FAILED],
            counts[State.MISSING],
        )
        assert texts == [json.loads(json.dumps(row["text"]).replace("\\ud800", "\\ufffd")) for row in rows]
        cells = [cell for cell, _ in saved.results((number,))]
        for cell, seen in zip(cells, asked, strict=True):
            own = [one["content"] for one in messages_of(saved.head.evaluation, cell)]
            assert seen[: len(own)] == [text.replace("\ud800", "\ufffd") for text in own]
    assert done.stdout.count("\n") == 4


@pytest.fixture
def echoing() -> Iterator[Served]:
    """A server that answers with the last message."""

    def answer(body: Any, handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("content-type", "application/json")
        message = {"role": "assistant", "content": body["messages"][-1]["content"]}
        reply = {"choices": [{"index": 0, "finish_reason": "stop", "message": message}], "model": "tiny"}
        text = json.dumps({**reply, "usage": {"prompt_tokens": 1, "completion_tokens": 2, "total_tokens": 3}})
        handler.send_header("content-length", str(len(text)))
        handler.end_headers()
        handler.wfile.write(text.encode())

    served = Served(answer)
    yield served
    served.close()


def run_promptfoo(folder: Path, *arguments: str, url: str = "") -> None:
    """promptfoo with a home and an environment of its own; tests that fail are no error of it."""
    env = {"PATH": os.environ["PATH"], "HOME": str(folder), "PROMPTFOO_CONFIG_DIR": str(folder / "own")}
    env |= {f"PROMPTFOO_DISABLE_{what}": "1" for what in ("TELEMETRY", "UPDATE", "REMOTE_GENERATION")}
    env |= {"OPENAI_API_KEY": "none", "ALMANAC_URL": url, "PROMPTFOO_FAILED_TEST_EXIT_CODE": "0"}
    command = [*promptfoo(), *arguments]
    done = subprocess.run(
        command, cwd=folder, env=env, capture_output=True, text=True, check=False, timeout=PATIENCE_S * 10
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]


def evaluation(chance: random.Random) -> dict[str, Any]:
    """Hostile templates and values; the answer is the case's `answer`, and every check is judged on each."""
    pieces = [piece for piece in PIECES if "deep" not in piece and "flag" not in piece]
    system = "x".join(chance.choice(pieces) for _ in range(40)) + "".join(pieces)
    odd = {
        "a-b": "dash",
        "3": "three",
        "f": 1.0,
        "null": None,
        "größe": "ü",
        "env": {"HOME": "mine"},
        "d.e": 2,
    }
    named = "|".join(f"{{{{{name}}}}}" for name in (*odd, "env.HOME", "list", "obj.x"))
    shared = {**odd, "n": 7, "list": [1, "two"], "obj": {"x": {"y": "{{n}}"}}}
    cases = [
        {
            "name": str(n),
            "variables": {**shared, "q": chance.choice(["{{n}} {% if", "x", "#}{"]), "answer": text},
        }
        for n, text in enumerate(text for text in TEXTS if text.strip() == text)
    ]
    asked = {
        "name": "p",
        "system": system,
        "messages": [turn(named), turn("so", "assistant"), turn("{{answer}}")],
    }
    judged = [one for one in (*EXACT, *SAME) if one["name"] not in ("latency", "cost", "edits")]
    judged += [check("edits", value="x", exact=True, at_most=n) for n in (0, 1)]
    judged += [{**one, "not": True} for one in judged if one["name"] not in ("group", "one_of")]
    for n, case in enumerate(cases):
        case["checks"] = chance.sample(judged, 12)
        case["needed"] = ("all", "any", 0.5)[n % 3]
        if case["needed"] != "all":
            case["checks"] = [one for one in case["checks"] if one["name"] not in ("group", "one_of")]
    models = [{"name": "tiny", "provider": "own", "model": "tiny"}]
    return {"prompts": [asked], "cases": cases, "models": models, "repeats": 2}


def test_promptfoo_asks_what_we_ask_and_judges_as_we_judge(tmp_path: Path, echoing: Served) -> None:
    value = results(evaluation(random.Random(17)), [])
    own = evaluation_from_json(value["evaluation"])
    ((text,), left_out) = written("promptfoo", value)
    assert {part["where"].partition(" ")[0] for part in left_out} <= {"models", "null"}
    (tmp_path / "config.json").write_text(text, "utf-8")
    options = ("--no-cache", "--no-table", "--no-progress-bar", "--no-share", "-o", "out.json")
    run_promptfoo(tmp_path, "eval", "-c", "config.json", *options, url=f"{echoing.origin}/v1")
    rows = json.loads((tmp_path / "out.json").read_text("utf-8"))["results"]["results"]
    assert len(rows) == 2 * len(own.cases)
    for row in rows:
        place = int(row["testCase"]["description"])
        case = own.cases[place]
        asked = messages_of(own, Cell(case=place, prompt=0, model=0, repeat=0))
        assert json.loads(row["prompt"]["raw"]) == asked
        answer = Answer(text=asked[-1]["content"])
        here = judgement(answer, case.checks, case.needed or own.needed, case.variables)
        assert row["success"] == here.passed, (case, row["gradingResult"])
    assert all(body["messages"][0]["role"] == "system" for _, _, body in echoing.seen)


def test_promptfoo_imports_results_with_our_counts(tmp_path: Path) -> None:
    value = some_results(random.Random(19))
    ((text,), _) = written("promptfoo-results", value)
    ours = json.loads(text)
    (tmp_path / "results.json").write_text(text, "utf-8")
    run_promptfoo(tmp_path, "import", "results.json")
    run_promptfoo(tmp_path, "export", "eval", ours["evalId"], "-o", "back.json")
    back = json.loads((tmp_path / "back.json").read_text("utf-8"))["results"]
    assert {name: back["stats"][name] for name in ("successes", "failures", "errors")} == {
        name: ours["results"]["stats"][name] for name in ("successes", "failures", "errors")
    }
    assert len(back["results"]) == len(ours["results"]["results"])
