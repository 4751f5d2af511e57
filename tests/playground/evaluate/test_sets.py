"""The ready-made sets: they are read whole, a right answer to each case passes, and hasty ones fail."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from generator.sandbox.code_runner import run_code
from playground.chat.chat import ToolCall
from playground.evaluate.cases.files import read_file
from playground.evaluate.checks.check import Answer
from playground.evaluate.checks.judging import Judgement, jobs, judgement
from playground.evaluate.evaluation import Case, Evaluation
from playground.evaluate.evaluation_json import evaluation_to_json

ROOT = Path(__file__).parents[3]
SETS = sorted((ROOT / "docs" / "evaluate" / "sets").glob("*.yml"))
ANSWERS = ROOT / "tests" / "fixtures" / "sets"
SCHEMA = json.loads((ROOT / "docs" / "evaluate" / "evaluation.schema.json").read_text("utf-8"))


@cache
def evaluation(name: str) -> Evaluation:
    path = next(path for path in SETS if path.stem == name)
    return read_file(path.name, path.read_text("utf-8"))


def answers(kind: str) -> list[tuple[str, str, str]]:
    """Each set, case and answer of right.yml or wrong.yml."""
    given = yaml.safe_load((ANSWERS / f"{kind}.yml").read_text("utf-8"))
    return [(name, case, text) for name, rows in given.items() for case, text in rows.items()]


def case_of(name: str, case: str) -> Case:
    return next(one for one in evaluation(name).cases if one.name == case)


def judge(name: str, case: Case, answer: Answer) -> Judgement:
    made = evaluation(name)
    checks = (*made.checks, *case.checks)
    wanted = jobs(answer, checks, case.variables)
    ran = {job: run_code(job) for job in wanted}
    if ran:
        answer = Answer(text=answer.text, ran=ran.get)
    return judgement(answer, checks, case.needed or made.needed, case.variables)


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_a_set_is_read_whole_and_as_its_schema_says(path: Path) -> None:
    made = evaluation(path.stem)
    assert made.left_out == ()
    assert made.name
    assert 30 <= len(made.cases) <= 60
    assert len({case.name for case in made.cases}) == len(made.cases)
    assert all(made.checks or case.checks for case in made.cases)
    jsonschema.validate(evaluation_to_json(made), SCHEMA)


def right() -> dict[tuple[str, str], Answer]:
    """A right answer by set and case: written by hand, or what the case's own variables and checks say."""
    out = {(name, case): Answer(text=text) for name, case, text in answers("right")}
    for case in evaluation("tickets").cases:
        out["tickets", case.name] = Answer(text=str(case.variables["queue"]))
    for case in evaluation("extraction").cases:
        fields = {field: value for field, value in case.variables.items() if field != "message"}
        out["extraction", case.name] = Answer(text=json.dumps(fields))
    for case in evaluation("tools").cases:
        calls = tuple(
            ToolCall(id="", name=check.arguments["tool"], arguments=check.arguments["arguments"])
            for check in case.checks
            if check.name == "tool_call" and not check.negated
        )
        if calls:
            out["tools", case.name] = Answer(text="", calls=calls)
    return out


def test_a_right_answer_to_every_case_passes() -> None:
    given = right()
    every = {(path.stem, case.name) for path in SETS for case in evaluation(path.stem).cases}
    assert given.keys() == every
    wrong = {}
    for (name, case), answer in given.items():
        made = judge(name, case_of(name, case), answer)
        if made.passed is not True:
            wrong[name, case] = [verdict.reason for verdict in made.verdicts]
    assert wrong == {}


@pytest.mark.parametrize(("name", "case", "text"), answers("wrong"))
def test_a_hasty_answer_fails(name: str, case: str, text: str) -> None:
    assert judge(name, case_of(name, case), Answer(text=text)).passed is False


@pytest.mark.parametrize("text", ["", "I can do that for you.", "42", "yes", "null", "{}"])
def test_an_answer_that_says_nothing_passes_next_to_nowhere(text: str) -> None:
    """What is left is where anything but a leak, a refusal or a call is right."""
    for name in (path.stem for path in SETS if path.stem != "python"):
        passed = [case.name for case in evaluation(name).cases if judge(name, case, Answer(text=text)).passed]
        assert len(passed) <= {"safety": 6, "tools": 6}.get(name, 2), (name, passed)


def test_a_call_with_another_argument_fails() -> None:
    for case in evaluation("tools").cases:
        wanted: list[dict[str, Any]] = [
            json.loads(check.arguments["arguments"])
            for check in case.checks
            if check.name == "tool_call" and not check.negated
        ]
        for arguments in wanted:
            first = next(iter(arguments))
            calls = tuple(
                ToolCall(id="", name=check.arguments["tool"], arguments=json.dumps({**arguments, first: "?"}))
                for check in case.checks
                if check.name == "tool_call"
            )
            assert judge("tools", case, Answer(text="", calls=calls)).passed is False
