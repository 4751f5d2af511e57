"""Results as promptfoo's JSON (`promptfoo eval -o`, results of version 3), which `promptfoo import` reads.

A column of promptfoo is a prompt at a provider, as a contestant is here; a test asked several times is
several tests.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from playground.evaluate.evaluation import LeftOut
from playground.evaluate.exporting.asked import messages_of
from playground.evaluate.exporting.results_csv import reasons
from playground.evaluate.exporting.saved import Differences, Exported, File, Saved
from playground.evaluate.matrix import Cell
from playground.evaluate.results.results_json import Head
from playground.evaluate.results.tallies import State, state_of
from playground.json_text import write_json

#: Why a result failed, as promptfoo counts: by no fault, by an assertion, by an error.
_NONE, _ASSERT, _ERROR = 0, 1, 2
_NOT_JUDGED = "promptfoo has no answers that are not checked; they are errors there, with the reason"
_NO_TOKENS = {"total": 0, "prompt": 0, "completion": 0, "cached": 0, "numRequests": 0}


def as_promptfoo_results(saved: Saved) -> Exported:
    """One file; what is neither passed nor failed is an error, for promptfoo has no third."""
    return Exported(files=(File(ending=".promptfoo.json", text=_text(saved)),), left_out=_left_out(saved))


def _left_out(saved: Saved) -> tuple[LeftOut, ...]:
    differences = Differences()
    for number, one in enumerate(saved.tallies.contestants):
        if count := saved.tallies.counts(number)[State.UNCHECKED]:
            differences.add(one.name, f"{count:,} not checked", _NOT_JUDGED)
    return differences.parts


def _text(saved: Saved) -> Iterator[str]:
    head, tallies = saved.head, saved.tallies
    name = hashlib.sha256(write_json([head.evaluation.name, saved.saved, head.models]).encode()).hexdigest()
    columns = [_column(saved, number) for number in range(len(tallies.contestants))]
    yield f'{{"evalId":{write_json(f"eval-{name[:12]}")},"results":{{"version":3,'
    yield f'"timestamp":{write_json(saved.saved)},"prompts":{write_json(columns)},"results":['
    for number, (cell, row) in enumerate(saved.results()):
        yield ("\n" if number == 0 else ",\n") + write_json(_result(head, cell, row))
    counts = [tallies.counts(number) for number in range(len(columns))]
    stats = {
        "successes": sum(count[State.PASSED] for count in counts),
        "failures": sum(count[State.FAILED] for count in counts),
        "errors": sum(count[State.UNCHECKED] + count[State.MISSING] for count in counts),
        "tokenUsage": _NO_TOKENS,
    }
    description = {"description": head.evaluation.name, "prompts": [], "providers": [], "tests": []}
    yield f'\n],"stats":{write_json(stats)}}},"config":{write_json(description)},"shareableUrl":null}}\n'


def _column(saved: Saved, number: int) -> dict[str, Any]:
    contestant, counts = saved.tallies.contestants[number], saved.tallies.counts(number)
    prompt = saved.head.evaluation.prompts[contestant.prompt]
    system = [{"role": "system", "content": prompt.system}] if prompt.system else []
    raw = write_json([*system, *({"role": str(one.role), "content": one.text} for one in prompt.messages)])
    metrics = {
        "score": counts[State.PASSED],
        "testPassCount": counts[State.PASSED],
        "testFailCount": counts[State.FAILED],
        "testErrorCount": counts[State.UNCHECKED] + counts[State.MISSING],
        "assertPassCount": 0,
        "assertFailCount": 0,
        "totalLatencyMs": 0,
        "tokenUsage": _NO_TOKENS,
        "namedScores": {},
        "namedScoresCount": {},
        "cost": 0,
    }
    model = saved.head.models[contestant.model]
    return {"raw": raw, "label": prompt.name, "id": _digest(raw), "provider": model, "metrics": metrics}


def _result(head: Head, cell: Cell, row: Mapping[str, Any]) -> dict[str, Any]:
    evaluation = head.evaluation
    case, model, state = evaluation.cases[cell.case], head.models[cell.model], state_of(row)
    prompt = evaluation.prompts[cell.prompt]
    raw = write_json(messages_of(evaluation, cell))
    failed = state in (State.UNCHECKED, State.MISSING)
    error = reasons(row) or "There is no check." if failed else None
    reason = {State.PASSED: _NONE, State.FAILED: _ASSERT}.get(state, _ERROR)
    score = int(state is State.PASSED)
    variables = {name: "null" if value is None else value for name, value in case.variables.items()}
    return {
        "promptIdx": cell.model * len(evaluation.prompts) + cell.prompt,
        "testIdx": cell.case * evaluation.repeats + cell.repeat,
        "testCase": {"description": case.name, "vars": variables, "assert": []},
        "promptId": _digest(raw),
        "provider": {"id": model, "label": model},
        "prompt": {"raw": raw, "label": prompt.name},
        "vars": variables,
        "response": _response(row) if state is not State.MISSING else {"error": row["failure"]},
        "error": error,
        "failureReason": reason,
        "success": state is State.PASSED,
        "score": score,
        "latencyMs": round((row.get("seconds") or 0) * 1000),
        "gradingResult": None if failed else _grading(row, state),
        "namedScores": {},
        "cost": row.get("cost") or 0,
        "metadata": {},
    }


def _response(row: Mapping[str, Any]) -> dict[str, Any]:
    calls = [
        {"type": "function", "function": {"name": call["name"], "arguments": call["arguments"]}}
        for call in row.get("calls") or ()
    ]
    out: dict[str, Any] = {"output": calls if calls and not row["text"] else row["text"], "cached": False}
    if row.get("tokens") is not None:
        out["tokenUsage"] = {"completion": row["tokens"], "numRequests": 1}
    if row.get("cost") is not None:
        out["cost"] = row["cost"]
    return out


def _grading(row: Mapping[str, Any], state: State) -> dict[str, Any]:
    passed = state is State.PASSED
    components = [
        {
            "pass": bool(one.get("passed")),
            "score": int(bool(one.get("passed"))),
            "reason": str(one.get("reason", "")),
        }
        for one in row["verdicts"]
    ]
    return {
        "pass": passed,
        "score": int(passed),
        "reason": reasons(row),
        "namedScores": {},
        "componentResults": components,
    }


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
