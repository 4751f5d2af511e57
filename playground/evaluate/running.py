"""One cell asked and judged, and its result as the page stores it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from playground.chat.chat import ToolCall
from playground.chat.events import Cause, Failed, Finished
from playground.chat.metrics import Known, Metrics
from playground.chat.transcript import Transcript
from playground.errors import PlaygroundError
from playground.evaluate.answers import RunCode, answer_of, judge, judgement_to_json
from playground.evaluate.checks.judging import Judgement
from playground.evaluate.matrix import Cell, Matrix
from playground.evaluate.scheduling.scheduler import Outcome
from playground.run.comparison import Send, ask
from playground.run.ending import empty_text, end_text
from playground.run.run import event_to_json

#: The status of what was refused here, before anything was sent.
NOT_SENT = 400
UNJUDGED = Judgement(passed=None, share=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What came of a cell.

    `checked` names the checks that it was judged by; `failure` says why there is no answer, and then there is
    no verdict. `refused` says that the provider calls it a refusal; `empty` how an answer ended that has
    neither text nor call.
    """

    cell: Cell
    hash: str
    checked: str = ""
    text: str = ""
    calls: tuple[ToolCall, ...] = ()
    judgement: Judgement = UNJUDGED
    refused: bool = False
    empty: str = ""
    failure: str = ""
    metrics: Metrics | None = None


async def ask_cell(
    matrix: Matrix, cell: Cell, send: Send, clock: Callable[[], float], run_code: RunCode | None = None
) -> Outcome[Result]:
    """Ask a cell once and judge its answer. Cancelling closes the connection.

    Code of checks is run by `run_code`; without it those are not checked.
    """
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
    answer = answer_of(message, transcript.end, metrics)
    result = Result(
        cell=cell,
        hash=name,
        checked=matrix.checked(cell.case),
        text=message.text,
        calls=answer.calls,
        judgement=UNJUDGED if failed else await judge(matrix, cell.case, answer, run_code),
        refused=answer.refused,
        empty="" if failed or message.text.strip() or answer.calls else _empty(transcript, metrics),
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


def _empty(transcript: Transcript, metrics: Metrics) -> str:
    reasoned = bool(transcript.reasoning or metrics.reasoning.value)
    return empty_text(event_to_json(transcript.end), reasoned=reasoned) if transcript.end else ""


def _unheard(*_: object) -> None:
    """A cell is read at its end."""


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
        **judgement_to_json(result.judgement),
        "failure": result.failure,
        "seconds": metrics.seconds.value if metrics else None,
        "cost": float(cost) if metrics and (cost := metrics.cost.value) is not None else None,
    }
    if metrics:
        out["tokens"] = metrics.output.value if metrics.output.known is Known.REPORTED else None
        out["first_token"] = metrics.first_answer.value
    if result.empty:
        out["empty"] = result.empty
    if result.refused:
        out["refused"] = True
    if result.calls:
        out["calls"] = [{"name": call.name, "arguments": call.arguments} for call in result.calls]
    return out
