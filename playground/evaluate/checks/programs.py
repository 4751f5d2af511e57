"""Checks that run code: unit tests, calls with the values that they should give, a function of the reader's.

A judge asks `answer.ran` for what came of its job; where code is not allowed there is nothing to ask.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from typing import Any

from playground.evaluate.checks.arguments import list_of, number_of, text_of
from playground.evaluate.checks.check import (
    Answer,
    ArgumentError,
    Verdict,
    counted,
    failed,
    passed,
    quoted,
    unchecked,
)
from playground.evaluate.checks.extraction.kinds import EXTRACTIONS, NothingThereError
from playground.evaluate.code.job import MOST_CODE, MOST_SECONDS, SECONDS, Job, Outcome, State, What
from playground.json_text import write_json

NOT_ALLOWED = "it runs code, which has not been allowed"


def code_tests(answer: Answer, arguments: Mapping[str, Any]) -> Verdict:
    """Whether the answer's code passes unit tests: assertions, and functions whose names begin with test."""
    tests = _parsed(text_of(arguments, "tests"), "tests")
    job = Job(what=What.TESTS, code=_code(answer.text), tests=tests, seconds=_seconds(arguments))
    outcome = answer.ran(job)
    if outcome is None:
        return unchecked(NOT_ALLOWED)
    if outcome.state is State.DONE and outcome.passed:
        return passed("its code passes the tests")
    return _unfinished(outcome, job)


def code_returns(answer: Answer, arguments: Mapping[str, Any]) -> Verdict:
    """Whether calls of the answer's code give what they should, which the code never sees."""
    pairs = [_pair(line) for line in list_of(arguments, "calls")]
    calls = tuple(call for call, _ in pairs)
    job = Job(what=What.CALLS, code=_code(answer.text), calls=calls, seconds=_seconds(arguments))
    outcome = answer.ran(job)
    if outcome is None:
        return unchecked(NOT_ALLOWED)
    if outcome.state is not State.DONE or len(outcome.values) != len(pairs):
        return _unfinished(outcome, job)
    for (call, expected), value in zip(pairs, outcome.values, strict=True):
        if value.startswith("!"):
            return failed(f"{call} raises {value[1:]}")
        if not _same(value, expected):
            return failed(f"{call} gives {quoted(value, 60)}, not {expected!r}")
    return passed(f"its code gives what it should in {counted(len(pairs), 'call')}")


def function(answer: Answer, arguments: Mapping[str, Any]) -> Verdict:
    """Whether the reader's function `check(answer, case)` says so."""
    source = _parsed(text_of(arguments, "source"), "source")
    if not re.search(r"^(?:async )?def check\b|^check\s*=", source, re.M):
        raise ArgumentError("source defines no function check(answer, case); write one")
    values = write_json({"answer": answer.text, "case": dict(answer.variables)})
    job = Job(what=What.FUNCTION, code=source, values=values, seconds=_seconds(arguments))
    outcome = answer.ran(job)
    if outcome is None:
        return unchecked(NOT_ALLOWED)
    if outcome.state is State.DONE and outcome.passed is not None:
        reason = outcome.reason or f"check gives {outcome.passed}"
        return passed(reason) if outcome.passed else failed(reason)
    # The reader's function is at fault and not the answer.
    return unchecked(_unfinished(outcome, job).reason)


def _unfinished(outcome: Outcome, job: Job) -> Verdict:
    match outcome.state:
        case State.REFUSED:
            return unchecked(f"it was not run: {outcome.reason}")
        case State.SLOW:
            return failed(f"takes more than {job.seconds:g} s and was ended")
        case State.MEMORY:
            return failed("takes more memory than it may have")
        case State.ENDED:
            return failed(f"ends before it is done: {outcome.reason or 'it was killed'}")
        case _:
            return failed(outcome.reason or "ends before it is done")


def _code(text: str) -> str:
    """The answer's code: its last block in Python, else its last block, else all of it."""
    code = text
    for arguments in ({}, {"language": "py"}, {"language": "python"}):
        try:
            code = EXTRACTIONS["code"].extract(text, arguments)
        except NothingThereError:
            continue
    if len(code) > MOST_CODE:
        return f"raise ValueError('the code has more than {MOST_CODE:,} characters')"
    return code


def _parsed(source: str, name: str) -> str:
    if len(source) > MOST_CODE:
        raise ArgumentError(f"{name} has {len(source):,} characters; at most {MOST_CODE:,} are run")
    try:
        ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise ArgumentError(f"{name} is no Python ({error})") from error
    return source


def _seconds(arguments: Mapping[str, Any]) -> float:
    seconds = number_of(arguments, "seconds")
    if seconds is None:
        return SECONDS
    if not 0 < seconds <= MOST_SECONDS:
        text = f"seconds is {seconds:g}; write a number above 0, at most {MOST_SECONDS:g}"
        raise ArgumentError(text, argument="seconds")
    return seconds


def _pair(line: str) -> tuple[str, Any]:
    """`add(2, 3) -> 5` as the call and its value, which is written as Python writes values."""
    call, arrow, value = line.rpartition("->")
    if not arrow:
        raise ArgumentError(f"calls has {quoted(line, 40)}; write call -> value, such as add(2, 3) -> 5")
    try:
        ast.parse(call.strip(), mode="eval")
        return call.strip(), ast.literal_eval(value.strip())
    except (SyntaxError, ValueError, TypeError, RecursionError, MemoryError) as error:
        raise ArgumentError(
            f"calls has {quoted(line, 40)}, which is no Python ({error}); write add(2, 3) -> 5"
        ) from error


def _same(written: str, expected: Any) -> bool:
    try:
        value = ast.literal_eval(written)
    except (SyntaxError, ValueError, TypeError, RecursionError, MemoryError):
        return False
    if isinstance(value, float) and isinstance(expected, float):
        return abs(value - expected) <= 1e-9 * max(1.0, abs(expected))
    return type(value) is type(expected) and bool(value == expected)
