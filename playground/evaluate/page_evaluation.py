"""The Evaluate page's side of Python: files read into an evaluation, and an evaluation run.

A run tells `planned` with the number of cells, `cell` for each result, then exactly one `evaluated` or
`refused`.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from playground.errors import RequestError
from playground.evaluate.cases.files import read_file
from playground.evaluate.checks.judging import refuse_unusable
from playground.evaluate.code.job import Job, Outcome, State, job_to_json, outcome_from_json
from playground.evaluate.evaluation_json import evaluation_from_json, evaluation_to_json
from playground.evaluate.matrix import Matrix
from playground.evaluate.running import Result, result_to_json, run_cells
from playground.run.comparison import Send
from playground.run.page_run import Tell, refusal
from playground.run.run import Run, run_from_json


def evaluation_reply(question: Mapping[str, Any]) -> Any:
    """What the page asks without the network, by `kind`. Raises RequestError."""
    match question.get("kind"):
        case "cases":
            evaluation = read_file(str(question.get("name") or ""), str(question["text"]))
            return evaluation_to_json(evaluation)
        case other:
            raise RequestError(f"the page asked {other!r}, which this version does not know; load it again")


async def page_evaluation(
    message: Mapping[str, Any],
    send: Send,
    tell: Tell,
    clock: Callable[[], float] = time.perf_counter,
    shut_in: Callable[[dict[str, Any]], Awaitable[str]] | None = None,
) -> None:
    """Run what the page describes. Cancelling stops it, and the page is told so.

    `shut_in` runs code of checks where it reaches nothing, from a job's JSON to its outcome's; it is asked
    only where the reader allows code.
    """

    async def run_code(job: Job) -> Outcome:
        if not shut_in:
            return Outcome(state=State.REFUSED, reason="there is nowhere to shut it in")
        return outcome_from_json(await shut_in(job_to_json(job)))

    def result(one: Result) -> None:
        tell("cell", cell=result_to_json(one))

    try:
        evaluation = evaluation_from_json(message["evaluation"])
        for place, check in enumerate(evaluation.checks):
            refuse_unusable(check, f"check {place + 1}")
        for case in evaluation.cases:
            for place, check in enumerate(case.checks):
                refuse_unusable(check, f"check {place + 1} of case {case.name!r}")
        matrix = Matrix(evaluation, [_model(row) for row in message["models"]])
        tell("planned", cells=matrix.count)
        allowed = run_code if message.get("allow_code") else None
        await run_cells(matrix, matrix.cells(), send, result, clock, allowed)
        tell("evaluated", stopped=False)
    except asyncio.CancelledError:
        tell("evaluated", stopped=True)
    except Exception as error:  # noqa: BLE001 (whatever happens, the page gets a word)
        tell("refused", message=refusal(error))


def _model(row: Mapping[str, Any]) -> Run:
    """A model as the page asks it, with its parameters; the messages are each cell's."""
    chat = {**row["chat"], "messages": [{"role": "user", "parts": []}]}
    return run_from_json({**row, "chat": chat})
