"""Answers as checks look at them, from a transcript or as they were stored, and their judgement."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict, replace
from decimal import Decimal
from typing import Any

from playground.chat.chat import Message, ToolCall
from playground.chat.events import Failed, Finished, Reason
from playground.chat.metrics import Known, Metrics
from playground.evaluate.checks.check import Answer
from playground.evaluate.checks.judging import Judgement, jobs, judgement
from playground.evaluate.code.job import Job, Outcome
from playground.evaluate.matrix import Matrix

#: Runs a check's code where it reaches nothing.
type RunCode = Callable[[Job], Awaitable[Outcome]]


def answer_of(message: Message, end: Finished | Failed | None, metrics: Metrics) -> Answer:
    """The answer of a transcript that ended so."""
    reason = end.reason if isinstance(end, Finished) else None
    known: Any = metrics.output.value if metrics.output.known is Known.REPORTED else None
    cost = metrics.cost.value
    return Answer(
        text=message.text,
        calls=tuple(part for part in message.parts if isinstance(part, ToolCall)),
        refused=reason in (Reason.REFUSED, Reason.FILTERED),
        tokens=known,
        seconds=_number(metrics.seconds.value),
        first_token=_number(metrics.first_answer.value),
        cost=None if cost is None else Decimal(str(cost)),
    )


def answer_of_row(row: Mapping[str, Any]) -> Answer:
    """The answer as the page stores it (running.result_to_json)."""
    calls = row.get("calls") or ()
    cost, tokens = row.get("cost"), row.get("tokens")
    return Answer(
        text=str(row["text"]),
        calls=tuple(
            ToolCall(id="", name=str(call["name"]), arguments=str(call["arguments"])) for call in calls
        ),
        refused=bool(row.get("refused")),
        tokens=None if tokens is None else int(tokens),
        seconds=_number(row.get("seconds")),
        first_token=_number(row.get("first_token")),
        cost=None if cost is None else Decimal(str(cost)),
    )


async def judge(matrix: Matrix, case: int, answer: Answer, run_code: RunCode | None) -> Judgement:
    """The judgement of an answer to a case by all checks for it."""
    evaluation, row = matrix.evaluation, matrix.evaluation.cases[case]
    checks = (*evaluation.checks, *row.checks)
    if run_code:
        ran = {job: await run_code(job) for job in jobs(answer, checks, row.variables)}
        answer = replace(answer, ran=ran.get)
    return judgement(answer, checks, row.needed or evaluation.needed, row.variables)


def judgement_to_json(made: Judgement) -> dict[str, Any]:
    """Whether the answer passed, and each check with why."""
    return {"passed": made.passed, "verdicts": [asdict(verdict) for verdict in made.verdicts]}


def _number(value: Any) -> float | None:
    return None if value is None else float(value)
