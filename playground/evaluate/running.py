"""One cell asked and judged, and its result as the page stores it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from playground.chat.chat import ToolCall
from playground.chat.events import Cause, Failed, Finished
from playground.chat.metrics import Metrics
from playground.chat.transcript import Transcript
from playground.errors import PlaygroundError
from playground.evaluate.checks.check import Answer, Verdict
from playground.evaluate.checks.table import judged
from playground.evaluate.matrix import Cell, Matrix
from playground.evaluate.scheduling.scheduler import Outcome
from playground.run.comparison import Send, ask
from playground.run.ending import end_text
from playground.run.run import event_to_json

#: The status of what was refused here, before anything was sent.
NOT_SENT = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What came of a cell.

    `checked` names the checks that it was judged by; `failure` says why there is no answer, and then there is
    no verdict.
    """

    cell: Cell
    hash: str
    checked: str = ""
    text: str = ""
    calls: tuple[ToolCall, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    failure: str = ""
    metrics: Metrics | None = None


async def ask_cell(matrix: Matrix, cell: Cell, send: Send, clock: Callable[[], float]) -> Outcome[Result]:
    """Ask a cell once and judge its answer. Cancelling closes the connection."""
    run = matrix.run_of(cell)
    name = matrix.hash_of(cell)
    transcript = Transcript(run.target.endpoint.wire, clock, run.target.giver)
    try:
        await ask(run, transcript, send, heard=_unheard, waiting=_unheard, attempts=1)
    except PlaygroundError as error:
        refused = Failed(cause=Cause.REQUEST, message=str(error), status=NOT_SENT)
        return Outcome(
            result=Result(cell=cell, hash=name, checked=matrix.checked(cell.case), failure=str(error)),
            failed=refused,
        )
    metrics = transcript.metrics(run.price)
    cost, usage = metrics.cost.value, transcript.usage
    failed = _failure(transcript.end)
    message = transcript.message
    result = Result(
        cell=cell,
        hash=name,
        checked=matrix.checked(cell.case),
        text=message.text,
        calls=tuple(part for part in message.parts if isinstance(part, ToolCall)),
        verdicts=() if failed else _verdicts(matrix, cell, Answer(text=message.text)),
        failure=end_text(event_to_json(failed)) if failed else "",
        metrics=metrics,
    )
    return Outcome(
        result=result,
        failed=failed,
        limits=transcript.limits,
        tokens=(usage.input or 0) + (usage.output or 0) if usage else None,
        usd=None if cost is None else Decimal(str(cost)),
    )


def _failure(end: Finished | Failed | None) -> Failed | None:
    if end is None:
        return Failed(cause=Cause.TRUNCATED, message="The answer did not end.")
    return end if isinstance(end, Failed) else None


def _verdicts(matrix: Matrix, cell: Cell, answer: Answer) -> tuple[Verdict, ...]:
    case = matrix.evaluation.cases[cell.case]
    return tuple(judged(answer, (*matrix.evaluation.checks, *case.checks), case.variables))


def _unheard(*_: object) -> None:
    """A cell is read at its end."""


def judged_again(matrix: Matrix, cell: Cell, text: str) -> dict[str, Any]:
    """The verdicts on an answer that was given before, by the checks of now."""
    verdicts = _verdicts(matrix, cell, Answer(text=text))
    return {"verdicts": verdicts_to_json(verdicts), "checked": matrix.checked(cell.case)}


def verdicts_to_json(verdicts: Sequence[Verdict]) -> list[dict[str, Any]]:
    """Whether each check passed, and why."""
    return [{"passed": verdict.passed, "reason": verdict.reason} for verdict in verdicts]


def result_to_json(result: Result) -> Mapping[str, Any]:
    """The result as the page stores it: places, texts and plain numbers."""
    cell, metrics = result.cell, result.metrics
    out: dict[str, Any] = {
        "case": cell.case,
        "prompt": cell.prompt,
        "model": cell.model,
        "repeat": cell.repeat,
        "hash": result.hash,
        "checked": result.checked,
        "text": result.text,
        "verdicts": verdicts_to_json(result.verdicts),
        "failure": result.failure,
        "seconds": metrics.seconds.value if metrics else None,
        "cost": float(cost) if metrics and (cost := metrics.cost.value) is not None else None,
    }
    if result.calls:
        out["calls"] = [{"name": call.name, "arguments": call.arguments} for call in result.calls]
    return out
