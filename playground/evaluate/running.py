"""Runs the cells of a matrix: each address and key at once only so often, and a verdict for each answer."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from playground.chat.chat import ToolCall
from playground.chat.events import Failed, Reason
from playground.chat.metrics import Known, Metrics
from playground.chat.target import origin_of
from playground.chat.transcript import Transcript
from playground.errors import PlaygroundError
from playground.evaluate.checks.check import Answer, Verdict
from playground.evaluate.checks.judging import Judgement, jobs, judgement
from playground.evaluate.code.job import Job, Outcome
from playground.evaluate.matrix import Cell, Matrix
from playground.run.comparison import Send, ask
from playground.run.ending import end_text
from playground.run.run import Run, event_to_json

#: Requests at once for each address and key: a browser opens six connections to an origin by HTTP/1.1.
AT_ONCE = 6
#: Runs a check's code where it reaches nothing.
type RunCode = Callable[[Job], Awaitable[Outcome]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What came of a cell. `failure` says why there is no answer, and then there is no verdict.

    `passed` is None where nothing was checked, or too little to tell.
    """

    cell: Cell
    hash: str
    text: str = ""
    calls: tuple[ToolCall, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    passed: bool | None = None
    failure: str = ""
    metrics: Metrics | None = None


async def run_cells(
    matrix: Matrix,
    cells: Iterable[Cell],
    send: Send,
    tell: Callable[[Result], None],
    clock: Callable[[], float],
    run_code: RunCode | None = None,
) -> None:
    """Ask every cell; `tell` gets each result as it comes. Cancelling closes every connection.

    Code of checks is run by `run_code`; without it those are not checked.
    """
    lanes: dict[Any, deque[Cell]] = {}
    for cell in cells:
        lanes.setdefault(_lane(matrix.models[cell.model]), deque()).append(cell)

    async def work(lane: deque[Cell]) -> None:
        while lane:
            tell(await _result(matrix, lane.popleft(), send, clock, run_code))

    async with asyncio.TaskGroup() as group:
        for lane in lanes.values():
            for _ in range(min(AT_ONCE, len(lane))):
                group.create_task(work(lane))


def _lane(run: Run) -> Any:
    """What shares a provider's limits: an address and a key."""
    key = run.target.key
    address = run.target.url
    return address if address.startswith("page:") else (origin_of(address), key.secret if key else "")


async def _result(
    matrix: Matrix, cell: Cell, send: Send, clock: Callable[[], float], run_code: RunCode | None
) -> Result:
    run = matrix.run_of(cell)
    name = matrix.hash_of(cell)
    transcript = Transcript(run.target.endpoint.wire, clock, run.target.giver)
    try:
        await ask(run, transcript, send, heard=_unheard, waiting=_unheard)
    except PlaygroundError as error:
        return Result(cell=cell, hash=name, failure=str(error))
    end = transcript.end
    metrics = transcript.metrics(run.price)
    message = transcript.message
    calls = tuple(part for part in message.parts if isinstance(part, ToolCall))
    if end is None or isinstance(end, Failed):
        failure = end_text(event_to_json(end)) if end else "The answer did not end."
        return Result(cell=cell, hash=name, text=message.text, failure=failure, metrics=metrics)
    made = await _judgement(matrix, cell, _answer(message.text, calls, end.reason, metrics), run_code)
    return Result(
        cell=cell,
        hash=name,
        text=message.text,
        calls=calls,
        verdicts=made.verdicts,
        passed=made.passed,
        metrics=metrics,
    )


def _answer(text: str, calls: tuple[ToolCall, ...], reason: Reason, metrics: Metrics) -> Answer:
    """What checks look at."""

    def figure(name: str) -> Any:
        return getattr(metrics, name).value

    return Answer(
        text=text,
        calls=calls,
        refused=reason in (Reason.REFUSED, Reason.FILTERED),
        tokens=figure("output") if metrics.output.known is Known.REPORTED else None,
        seconds=figure("seconds"),
        first_token=figure("first_answer"),
        cost=figure("cost"),
    )


async def _judgement(matrix: Matrix, cell: Cell, answer: Answer, run_code: RunCode | None) -> Judgement:
    evaluation = matrix.evaluation
    case = evaluation.cases[cell.case]
    checks = (*evaluation.checks, *case.checks)
    if run_code:
        ran = {job: await run_code(job) for job in jobs(answer, checks, case.variables)}
        answer = replace(answer, ran=ran.get)
    return judgement(answer, checks, case.needed or evaluation.needed, case.variables)


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
        "text": result.text,
        "verdicts": [asdict(verdict) for verdict in result.verdicts],
        "passed": result.passed,
        "failure": result.failure,
        "seconds": metrics.seconds.value if metrics else None,
        "cost": float(cost) if metrics and (cost := metrics.cost.value) is not None else None,
    }
    if result.calls:
        out["calls"] = [{"name": call.name, "arguments": call.arguments} for call in result.calls]
    return out
