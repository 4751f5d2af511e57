"""Checks that run code: what they ask to be run, and what they make of what came of it."""

from __future__ import annotations

import builtins
import json
from pathlib import Path
from typing import Any

import pytest

from generator.curated.first_minute import FirstMinute
from generator.exports.playground import page_data
from playground.evaluate.checks.check import Answer, Verdict
from playground.evaluate.checks.judging import jobs, judged
from playground.evaluate.code.inside import run
from playground.evaluate.code.job import MEMORY, Job, Outcome, State, What, job_to_json, outcome_from_json
from playground.evaluate.evaluation import Check

ANSWER = "Here:\n```python\ndef add(a, b):\n    return a + b\n```\nand\n```\n$ run it\n```"
TESTS = Check(name="code_tests", arguments={"tests": "assert add(1, {{n}}) == 3"})


def inside(job: Job) -> Outcome:
    """The job run here and now, as the page's worker and the terminal's process run it."""
    return outcome_from_json(run(json.dumps(job_to_json(job))))


def verdict(check: Check, text: str = ANSWER, **variables: Any) -> Verdict:
    return judged(Answer(text=text, ran=inside), check, variables)


def test_code_that_is_not_allowed_is_not_checked() -> None:
    made = judged(Answer(text=ANSWER), TESTS, {"n": 2})
    assert (made.passed, made.reason) == (None, "it runs code, which has not been allowed")


def test_the_jobs_of_all_checks_are_known_before_any_is_run() -> None:
    group = Check(name="group", checks=(TESTS, Check(name="contains", arguments={"value": "x"}), TESTS))
    (job,) = jobs(Answer(text=ANSWER), [group, TESTS], {"n": 2})
    assert (job.what, job.tests) == (What.TESTS, "assert add(1, 2) == 3")
    assert job.code == "def add(a, b):\n    return a + b\n"
    assert jobs(Answer(text=ANSWER), [Check(name="refusal")], {}) == []


def test_the_answers_code_passes_its_tests_or_not() -> None:
    assert verdict(TESTS, n=2).passed is True
    assert verdict(TESTS, n=3).reason == "AssertionError (line 1 of the tests: assert add(1, 3) == 3)"
    assert verdict(TESTS, "add = lambda a, b: a + b", n=2).passed is True
    assert verdict(TESTS, "no code", n=2).passed is False
    exits = "import sys\nsys.exit(0)"
    assert verdict(TESTS, exits, n=2).reason == "it ended itself by exit(0)"


def test_tests_see_the_built_in_names_as_they_were(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(builtins, "abs", abs)  # what the code changes is put back
    cheats = "import builtins\nbuiltins.abs = lambda x: 7\ndef add(a, b): return -3"
    assert verdict(Check(name="code_tests", arguments={"tests": "assert abs(add(1, 2)) == 3"}), cheats).passed


@pytest.mark.parametrize(
    ("calls", "passed", "reason"),
    [
        ("add(2, 3) -> 5\nadd('a', 'b') -> 'ab'", True, "its code gives what it should in 2 calls"),
        ("add(2, 3) -> 6", False, "add(2, 3) gives “5”, not 6"),
        ("add(2, 3) -> 5.0", False, "add(2, 3) gives “5”, not 5.0"),
        ("add(0.1, 0.2) -> 0.3", True, "1 call"),
        ("add([1], [2]) -> [1, 2]", True, "1 call"),
        ("add(1) -> 1", False, "add(1) raises TypeError"),
        ("add(print, 1) -> 1", False, "raises TypeError"),
        ("add(2, 3) = 5", None, "write call -> value"),
        ("add(2, -> 5", None, "which is no Python"),
        ("add(2, 3) -> os.exit()", None, "which is no Python"),
    ],
)
def test_calls_give_what_they_should(calls: str, passed: bool | None, reason: str) -> None:
    made = verdict(Check(name="code_returns", arguments={"calls": calls}))
    assert made.passed is passed
    assert reason in made.reason


def test_what_calls_should_give_never_reaches_the_code() -> None:
    (job,) = jobs(Answer(text="x"), [Check(name="code_returns", arguments={"calls": "f() -> 'secret'"})], {})
    assert "secret" not in json.dumps(job_to_json(job))
    # An object that says it is equal to everything is not what is expected.
    sly = "class Any:\n    def __eq__(self, other): return True\n    def __repr__(self): return '5 or 6'\n"
    sly += "def add(*_): return Any()"
    assert verdict(Check(name="code_returns", arguments={"calls": "add(2, 3) -> 5"}), sly).passed is False


@pytest.mark.parametrize(
    ("source", "passed", "reason"),
    [
        ("def check(answer, case):\n    return 'add' in answer", True, "check gives True"),
        ("def check(answer, case):\n    return case['n'] == 3, 'n is ' + str(case['n'])", False, "n is 2"),
        ("check = lambda answer, case: True", True, "check gives True"),
        ("def check(answer, case):\n    return 1", None, "it has to give True or False"),
        ("def check(answer, case):\n    1 / 0", None, "ZeroDivisionError"),
        ("def judge(answer): return True", None, "source defines no function check(answer, case)"),
        ("def check(:", None, "source is no Python"),
    ],
)
def test_a_function_of_the_readers_own_says_it(source: str, passed: bool | None, reason: str) -> None:
    made = verdict(Check(name="function", arguments={"source": source}), n=2)
    assert made.passed is passed
    assert reason in made.reason


def test_the_page_bounds_memory_as_the_terminal_does() -> None:
    assert page_data([], small=False, sha256="", first=FirstMinute())["code_memory"] == MEMORY
    assert "memory: page.data.code_memory" in Path("generator/web/evaluate/closed.js").read_text()


@pytest.mark.parametrize(
    ("outcome", "passed", "reason"),
    [
        (Outcome(state=State.SLOW), False, "takes more than 5 s and was ended"),
        (Outcome(state=State.MEMORY), False, "takes more memory than it may have"),
        (Outcome(state=State.ENDED), False, "ends before it is done: it was killed"),
        (Outcome(state=State.REFUSED, reason="no"), None, "it was not run: no"),
        (Outcome(state=State.DONE), False, "ends before it is done"),
    ],
)
def test_what_was_ended_has_failed_and_what_was_refused_is_not_checked(
    outcome: Outcome, passed: bool | None, reason: str
) -> None:
    made = judged(Answer(text=ANSWER, ran=lambda _: outcome), TESTS, {"n": 2})
    assert (made.passed, made.reason) == (passed, reason)
