"""Results as logs of Inspect AI (EvalLog, version 2), one for each model and prompt.

Format: src/inspect_ai/log/_log.py of UKGovernmentBEIS/inspect_ai (read 2026-11-28). A case is a sample, a
time it was asked an epoch. What was not checked has no score; what has no answer has its error.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from playground.evaluate.exporting.asked import messages_of
from playground.evaluate.exporting.results_csv import reasons
from playground.evaluate.exporting.saved import Differences, Exported, File, Saved
from playground.evaluate.matrix import Cell
from playground.evaluate.results.tallies import State, state_of
from playground.json_text import read_json, write_json

_SCORER = "checks"
#: Inspect's letters for right and wrong.
_LETTERS = {State.PASSED: "C", State.FAILED: "I"}
_NO_DAY = "1970-01-01T00:00:00+00:00"


def as_inspect_logs(saved: Saved) -> Exported:
    """A file for each model and prompt."""
    contestants = saved.tallies.contestants
    differences = Differences()
    if _created(saved.saved) == _NO_DAY:
        differences.add("saved", saved.saved, "it is no time; Inspect asks for one, and 1970 stands there")
    several = len(contestants) > 1
    files = tuple(
        File(ending=f".{_file_name(one.name, number)}.eval.json" if several else ".eval.json", text=text)
        for number, one in enumerate(contestants)
        for text in [_log(saved, number)]
    )
    return Exported(files=files, left_out=differences.parts)


def _file_name(name: str, number: int) -> str:
    return f"{number + 1}-{re.sub(r'[^A-Za-z0-9-]+', '-', name).strip('-')[:60]}"


def _log(saved: Saved, number: int) -> Iterator[str]:
    contestant, evaluation = saved.tallies.contestants[number], saved.head.evaluation
    model = saved.head.models[contestant.model]
    counts = saved.tallies.counts(number)
    created = _created(saved.saved)
    spec = {
        "eval_id": _id(saved, "eval", number),
        "run_id": _id(saved, "run", 0),
        "created": created,
        "task": evaluation.name or "evaluation",
        "task_id": _id(saved, "task", number),
        "dataset": {
            "name": evaluation.name or "cases",
            "samples": len(evaluation.cases),
            "sample_ids": list(range(1, len(evaluation.cases) + 1)),
            "shuffled": False,
        },
        "model": model,
        "config": {"epochs": evaluation.repeats},
        "metadata": {"prompt": evaluation.prompts[contestant.prompt].name},
        "scorers": [{"name": _SCORER}],
    }
    status = "cancelled" if counts[State.OPEN] else "success"
    yield f'{{"version":2,"status":"{status}","eval":{write_json(spec)},"plan":{{"name":"plan","steps":[]}},'
    yield f'"results":{write_json(_results(saved, number))},"stats":{{"started_at":"","completed_at":""}},'
    yield '"samples":['
    for place, (cell, row) in enumerate(saved.results((number,))):
        yield ("\n" if place == 0 else ",\n") + write_json(_sample(saved, cell, row, model))
    yield "\n]}\n"


def _results(saved: Saved, number: int) -> dict[str, Any]:
    counts = saved.tallies.counts(number)
    judged = counts[State.PASSED] + counts[State.FAILED]
    means = []
    for case in range(len(saved.head.evaluation.cases)):
        scores = [score for score in saved.tallies.scores(number, case) if score is not None]
        if scores:
            means.append(sum(scores) / len(scores))
    accuracy = {"name": "accuracy", "value": sum(means) / len(means)} if means else None
    answered = judged + counts[State.UNCHECKED]
    return {
        "total_samples": answered + counts[State.MISSING] + counts[State.OPEN],
        "completed_samples": answered,
        "scores": [
            {
                "name": _SCORER,
                "scorer": _SCORER,
                "reducer": "mean",
                "scored_samples": judged,
                "unscored_samples": counts[State.UNCHECKED],
                "metrics": {"accuracy": accuracy} if accuracy else {},
            }
        ],
    }


def _sample(saved: Saved, cell: Cell, row: Mapping[str, Any], model: str) -> dict[str, Any]:
    evaluation, state = saved.head.evaluation, state_of(row)
    case = evaluation.cases[cell.case]
    asked = messages_of(evaluation, cell)
    out: dict[str, Any] = {
        "id": cell.case + 1,
        "epoch": cell.repeat + 1,
        "input": asked,
        "target": "",
        "metadata": {"case": case.name, "variables": dict(case.variables)},
    }
    if state is State.MISSING:
        error = {"message": row["failure"], "traceback": "", "traceback_ansi": ""}
        return {**out, "messages": asked, "output": {"model": model}, "error": error}
    reply = _reply(row, model)
    choice = {"message": reply, "stop_reason": "tool_calls" if row.get("calls") else "stop"}
    output: dict[str, Any] = {"model": model, "choices": [choice], "completion": row["text"]}
    if row.get("tokens") is not None:
        used = {"output_tokens": row["tokens"], "total_tokens": row["tokens"]}
        if row.get("cost") is not None:
            used["total_cost"] = row["cost"]
        output["usage"] = used
        out["model_usage"] = {model: used}
    if row.get("seconds") is not None:
        output["time"] = out["total_time"] = row["seconds"]
    out |= {"messages": [*asked, reply], "output": output}
    if letter := _LETTERS.get(state):
        out["scores"] = {_SCORER: {"value": letter, "answer": row["text"], "explanation": reasons(row)}}
    return out


def _reply(row: Mapping[str, Any], model: str) -> dict[str, Any]:
    reply: dict[str, Any] = {
        "role": "assistant",
        "content": row["text"],
        "model": model,
        "source": "generate",
    }
    if calls := row.get("calls"):
        reply["tool_calls"] = [
            {
                "id": f"call-{number}",
                "function": call["name"],
                "type": "function",
                **_arguments(call["arguments"]),
            }
            for number, call in enumerate(calls, 1)
        ]
    return reply


def _arguments(text: str) -> dict[str, Any]:
    try:
        value = read_json(text)
    except ValueError:
        value = None
    if isinstance(value, dict):
        return {"arguments": value}
    return {"arguments": {}, "parse_error": f"The arguments are no JSON object: {text}"}


def _created(text: str) -> str:
    """A time with its zone, as Inspect has it."""
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        return _NO_DAY
    return (time if time.tzinfo else time.replace(tzinfo=UTC)).isoformat(timespec="seconds")


def _id(saved: Saved, what: str, number: int) -> str:
    """A name that is the same each time the same results are written."""
    parts = write_json([what, number, saved.saved, saved.head.evaluation.name, saved.head.models])
    return hashlib.sha256(parts.encode("utf-8", "replace")).hexdigest()[:22]
