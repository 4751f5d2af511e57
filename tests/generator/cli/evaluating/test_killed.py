"""A run that is killed, stopped or begun twice loses no answer, and asks again only what was open."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from generator.cli.evaluating.results_file import ResultsReader
from tests.catalogs import CATALOG
from tests.generator.cli.evaluating.asking import USAGE, cases_file, evaluate, program, results_in, saying
from tests.patience import PATIENCE_S, started
from tests.rounds import nightly, rounds
from tests.site.playground.playing import Served, said

CASES = 40
PAUSE = 0.05
PIPES: Any = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}


def slow(body: Any, handler: BaseHTTPRequestHandler) -> None:
    time.sleep(PAUSE)
    said(handler, {"content": body["messages"][-1]["content"]}, usage=USAGE)


def command(folder: Path, server: Served) -> tuple[str | Path, ...]:
    file = cases_file(folder, "q\n" + "".join(f"question {n}\n" for n in range(CASES)))
    asked = ("--prompt", "{{q}}", "--check", "contains={{q}}", "--model", "own/a", "--model", "own/b")
    return (file, *asked, "--url", f"{server.origin}/v1", "--catalog", CATALOG)


def questions(server: Served) -> Counter[tuple[str, str]]:
    return Counter((body["model"], body["messages"][-1]["content"]) for _, _, body in server.seen)


def until(enough: int, server: Served, process: subprocess.Popen[str]) -> None:
    """Wait until so many requests have come."""
    for _ in range(PATIENCE_S * 100):
        if len(server.seen) >= enough or process.poll() is not None:
            return
        time.sleep(0.01)
    raise AssertionError(f"{len(server.seen)} requests of {enough} came")


def answered(path: Path) -> dict[str, str]:
    """The answers that the file holds, by hash; read as the command itself reads them."""
    if not path.exists():
        return {}
    return {row["hash"]: row["text"] for _, row in ResultsReader(path).rows() if not row["failure"]}


@nightly("test_ctrl_c_stops_at_once_and_says_how_to_go_on; a torn last line")
def test_a_kill_loses_no_answer_and_only_what_was_open_is_asked_again(tmp_path: Path) -> None:
    chance = random.Random(28)
    for number in rounds(8):
        server = Served(slow)
        folder = tmp_path / str(number)
        folder.mkdir()
        results = folder / "cases.results.json"
        before: dict[str, str] = {}
        kills = 0
        while True:
            with started(program(*command(folder, server)), **PIPES) as run:
                enough = len(server.seen) + chance.randrange(1, 20)
                if kills < 3:
                    until(enough, server, run)
                    run.kill()
                _, errors = run.communicate(timeout=PATIENCE_S)
            now = answered(results)
            # What was answered before the kill is there still, and as it was.
            assert before.items() <= now.items()
            before = now
            if run.returncode == 0:
                break
            assert run.returncode == -signal.SIGKILL, errors
            kills += 1
        rows = results_in(results)["results"]
        assert len(rows) == len({row["hash"] for row in rows}) == 2 * CASES
        asked = questions(server)
        assert len(asked) == 2 * CASES
        # At most those that were open at a kill are asked twice: two models, six connections at an address.
        assert sum(count - 1 for count in asked.values()) <= 6 * kills
        assert sorted(path.name for path in folder.iterdir()) == ["cases.csv", "cases.results.json"]
        server.close()


def test_a_torn_last_line_is_dropped_and_asked_again(tmp_path: Path) -> None:
    server = Served(slow)
    assert evaluate(*command(tmp_path, server)).status == 0
    results = tmp_path / "cases.results.json"
    whole = results.read_bytes()
    rows = answered(results)
    begin = whole.rindex(b'\n{"case"') + 1
    for end in (begin + 1, begin + 40, len(whole) - 4):
        results.write_bytes(whole[:end])
        assert len(answered(results)) >= len(rows) - 1
        asked = len(server.seen)
        assert evaluate(*command(tmp_path, server)).status == 0
        assert len(server.seen) - asked <= 1
        assert answered(results).keys() == rows.keys()
    middle = whole.index(b'\n{"case"') + 30
    results.write_bytes(whole[:middle] + b"\n" + whole[middle:])
    ended = evaluate(*command(tmp_path, server))
    assert ended.status == 2
    assert "line 2 cannot be read" in ended.err
    server.close()


def test_ctrl_c_stops_at_once_and_says_how_to_go_on(tmp_path: Path) -> None:
    server = Served(slow)
    arguments = command(tmp_path, server)
    with started(program(*arguments), **PIPES) as run:
        until(10, server, run)
        begun = time.monotonic()
        run.send_signal(signal.SIGINT)
        out, errors = run.communicate(timeout=PATIENCE_S)
        seconds = time.monotonic() - begun
    assert run.returncode == 130, errors
    assert out == ""
    assert f"answers are in {tmp_path / 'cases.results.json'}; the same command goes on with it" in errors
    assert "Traceback" not in errors
    assert seconds < PATIENCE_S / 10
    count = len(answered(tmp_path / "cases.results.json"))
    assert 0 < count < 2 * CASES
    assert f"Stopped; {count} of {2 * CASES} answers" in errors
    assert evaluate(*arguments).status == 0
    server.close()


def test_ctrl_c_ends_code_that_runs_for_ever(tmp_path: Path) -> None:
    server = saying("```python\nwhile True: pass\n```")
    file = {
        "almanac_evaluation": 1,
        "prompts": [{"messages": [{"role": "user", "text": "Write it."}]}],
        "cases": [{"name": "one"}],
        "checks": [{"name": "code_tests", "arguments": {"tests": "assert True", "seconds": 60}}],
    }
    cases = cases_file(tmp_path, json.dumps(file), "code.json")
    asked = ("--allow-code", "--model", "own/a", "--url", f"{server.origin}/v1", "--catalog", CATALOG)
    with started(program(cases, *asked), **PIPES) as run:
        until(1, server, run)
        time.sleep(2)
        if run.poll() is not None:
            pytest.skip("this system does not let code be shut in")
        begun = time.monotonic()
        run.send_signal(signal.SIGINT)
        _, errors = run.communicate(timeout=PATIENCE_S)
        seconds = time.monotonic() - begun
    assert run.returncode == 130, errors
    assert seconds < 30
    server.close()


def test_cases_that_ask_the_same_have_an_answer_each(tmp_path: Path) -> None:
    numbers = iter(range(100))
    server = saying(lambda _: f"answer {next(numbers)}")
    file = cases_file(tmp_path, "q\nsame\nsame\nsame\n")
    asked = ("--prompt", "{{q}}", "--model", "own/a", "--url", f"{server.origin}/v1", "--catalog", CATALOG)
    for _ in range(3):
        assert evaluate(file, *asked).status == 0
        rows = results_in(tmp_path / "cases.results.json")["results"]
        assert sorted(row["text"] for row in rows) == ["answer 0", "answer 1", "answer 2"]
        assert sorted(row["case"] for row in rows) == [0, 1, 2]
    assert len(server.seen) == 3
    server.close()


def test_a_second_process_on_the_file_is_refused_with_the_firsts_id(tmp_path: Path) -> None:
    go = threading.Event()

    def held(body: Any, handler: BaseHTTPRequestHandler) -> None:
        go.wait(PATIENCE_S)
        said(handler, {"content": body["messages"][-1]["content"]}, usage=USAGE)

    server = Served(held)
    arguments = command(tmp_path, server)
    with started(program(*arguments), **PIPES) as first:
        until(1, server, first)
        ended = evaluate(*arguments)
        go.set()
        assert ended.status == 2
        assert f"is being written by process {first.pid}, and nothing was asked here" in ended.err
        assert f"kill {first.pid}" in ended.err
        first.communicate(timeout=PATIENCE_S)
    assert first.returncode == 0
    assert set(questions(server).values()) == {1}
    server.close()


def test_a_folder_that_is_not_there_is_named_before_anything_is_asked(tmp_path: Path) -> None:
    server = Served(slow)
    results = tmp_path / "none" / "x.results.json"
    arguments = (*command(tmp_path, server), "--results", results)
    ended = subprocess.run(
        program(*arguments), capture_output=True, text=True, timeout=PATIENCE_S, check=False
    )
    assert ended.returncode == 2
    assert str(results.parent) in ended.stderr
    assert "Traceback" not in ended.stderr
    assert server.seen == []
    server.close()


def test_a_full_disk_ends_the_run_and_leaves_what_can_be_gone_on_with(tmp_path: Path) -> None:
    """By a limit on the size of files, which is as a full disk to whoever writes."""
    server = Served(slow)
    arguments = command(tmp_path, server)
    limited = ["bash", "-c", 'ulimit -f 12; trap "" XFSZ; exec "$@"', "bash", *program(*arguments)]
    ended = subprocess.run(limited, capture_output=True, text=True, timeout=PATIENCE_S, check=False)
    assert ended.returncode == 2, ended.stderr
    assert "cases.results.json" in ended.stderr
    assert "Traceback" not in ended.stderr
    before = answered(tmp_path / "cases.results.json")
    assert 0 < len(before) < 2 * CASES
    assert evaluate(*arguments).status == 0
    assert before.items() <= answered(tmp_path / "cases.results.json").items()
    server.close()


def test_a_report_for_programs_is_json_alone(tmp_path: Path) -> None:
    server = Served(slow)
    ended = evaluate(*command(tmp_path, server), "--json")
    report = json.loads(ended.out)
    assert (report["exit"], report["missing"]) == (0, 0)
    assert ended.err == ""
    server.close()
