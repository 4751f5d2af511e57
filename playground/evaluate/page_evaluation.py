"""The Evaluate page's side of Python: files read into an evaluation, and an evaluation run.

A run tells `placed` with the cells whose answers the page has already (those that other checks looked at come
back by `steer` and are told as `judged`), `planned` with the number of cells, `cell` for each result,
`progress` about twice a second, then exactly one `evaluated` or `refused`.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict
from decimal import Decimal
from functools import partial
from typing import Any

from playground.chat.adapters.reading import count_in
from playground.errors import RequestError
from playground.evaluate.answers import answer_of_row, judge, judgement_to_json
from playground.evaluate.asking import Asking
from playground.evaluate.cases.files import read_file
from playground.evaluate.checks.judging import refuse_unusable_checks
from playground.evaluate.code.job import Job, Outcome, State, job_to_json, outcome_from_json
from playground.evaluate.evaluation_json import evaluation_from_json, evaluation_to_json
from playground.evaluate.matrix import Cell, Matrix
from playground.evaluate.observing import observe
from playground.evaluate.planning import Plan
from playground.evaluate.progress import range_to_json
from playground.evaluate.running import Result, ask_cell, result_to_json
from playground.evaluate.scheduling.beforehand import time_before
from playground.evaluate.scheduling.ledger import Ledger, budget_of
from playground.evaluate.scheduling.scheduler import Scheduler
from playground.evaluate.summary import summary_to_json
from playground.run.comparison import Send
from playground.run.page_run import Tell, refused
from playground.run.run import Run, run_from_json


def evaluation_reply(question: Mapping[str, Any]) -> Any:
    """What the page asks without the network, by `kind`. Raises RequestError."""
    match question.get("kind"):
        case "cases":
            evaluation = read_file(str(question.get("name") or ""), str(question["text"]))
            return evaluation_to_json(evaluation)
        case "summary":
            return summary_to_json(question["models"])
        case "observed":
            return observe(question)
        case "forecast":
            return _forecast(question)
        case "export":
            from playground.evaluate.exporting.forms import export_to_json  # few ask for it

            return export_to_json(question.get("to"), question["results"])
        case other:
            raise RequestError(f"the page asked {other!r}, which this version does not know; load it again")


class PageEvaluation:
    """One run. `steer` takes what the reader does meanwhile; cancelling `run` stops it.

    `shut_in` runs code of checks where it reaches nothing, from a job's JSON to its outcome's; it is asked
    only where the reader allows code.
    """

    def __init__(
        self,
        send: Send,
        tell: Tell,
        clock: Callable[[], float] = time.perf_counter,
        shut_in: Callable[[dict[str, Any]], Awaitable[str]] | None = None,
    ) -> None:
        self._send = send
        self._tell = tell
        self._clock = clock
        self._shut_in = shut_in
        self._judging: set[asyncio.Task[None]] = set()
        self._scheduler: Scheduler[Result] | None = None
        self._paused = False
        self._matrix: Matrix | None = None
        #: The cells whose answers the page is to send to be judged anew. Two that ask the same have one hash.
        self._unjudged: set[Cell] = set()
        self._all_judged = asyncio.Event()

    def steer(self, message: Mapping[str, Any]) -> None:
        """Pause or go on, or judge anew an answer that the page had before its checks were changed."""
        if "paused" in message:
            self._paused = bool(message["paused"])
            if self._scheduler:
                self._scheduler.paused = self._paused
        for row in message.get("judge") or ():
            task = asyncio.ensure_future(self._judge(row))
            self._judging.add(task)
            task.add_done_callback(self._judging.discard)

    async def _judge(self, row: Mapping[str, Any]) -> None:
        """The judgement of an answer that was given before, by the checks of now."""
        matrix = self._matrix
        if matrix is None:
            return
        cell = Cell(**{name: int(row[name]) for name in ("case", "prompt", "model", "repeat")})
        run_code = self._run_code if matrix.allows_code else None
        made = judgement_to_json(await judge(matrix, cell.case, answer_of_row(row), run_code))
        named = {"hash": row["hash"], "checked": matrix.checked(cell.case)}
        self._tell("judged", cell={**asdict(cell), **named, **made})
        self._unjudged.discard(cell)
        if not self._unjudged:
            self._all_judged.set()

    async def _run_code(self, job: Job) -> Outcome:
        if not self._shut_in:
            return Outcome(state=State.REFUSED, reason="there is nowhere to shut it in")
        return outcome_from_json(await self._shut_in(job_to_json(job)))

    async def run(self, message: Mapping[str, Any]) -> None:
        """Run what the page describes. Cancelling stops it, and the page is told so."""
        try:
            await self._run(message)
            self._tell("evaluated", stopped=False)
        except asyncio.CancelledError:
            self._tell("evaluated", stopped=True)
        except Exception as error:  # noqa: BLE001 (whatever happens, the page gets a word)
            self._tell("refused", **refused(error))
        finally:
            for task in self._judging:
                task.cancel()

    async def _run(self, message: Mapping[str, Any]) -> None:
        matrix = _matrix(message)
        ledger = _ledger(matrix, message)
        plan = Plan(matrix)
        self._matrix = matrix
        only, skip = message.get("only"), dict(message.get("skip") or {})
        await plan.leave_out(
            skip, None if only is None else frozenset(only), partial(self._placed, matrix, skip)
        )
        self._tell("planned", cells=sum(plan.counts))
        asking = Asking(
            plan,
            ledger,
            lambda cell: ask_cell(
                matrix, cell, self._send, self._clock, self._run_code if matrix.allows_code else None
            ),
            self._result,
            self._progress,
            self._clock,
        )
        self._scheduler = asking.scheduler
        self._scheduler.paused = self._paused
        await asking.run()
        if self._unjudged:
            await self._all_judged.wait()

    def _result(self, one: Result) -> None:
        self._tell("cell", cell=result_to_json(one))

    def _placed(self, matrix: Matrix, skip: Mapping[str, str], cells: list[tuple[Cell, str]]) -> None:
        """Tell where answers of before belong; those that other checks looked at come back to be judged."""
        rows: list[list[Any]] = []
        for cell, name in cells:
            current = skip[name] == matrix.checked(cell.case)
            if not current:
                self._unjudged.add(cell)
            rows.append([cell.case, cell.prompt, cell.model, cell.repeat, name, current])
        self._tell("placed", cells=rows)

    def _progress(self, report: dict[str, Any]) -> None:
        self._tell("progress", **report)


def _matrix(message: Mapping[str, Any]) -> Matrix:
    evaluation = evaluation_from_json(message["evaluation"])
    refuse_unusable_checks(evaluation)
    models = [_model(row) for row in message["models"]]
    return Matrix(evaluation, models, allows_code=bool(message.get("allow_code")))


def _ledger(matrix: Matrix, message: Mapping[str, Any]) -> Ledger:
    most = [count_in(row, "most_output") for row in message["models"]]
    return Ledger(matrix, most, budget_of(message.get("budget")), unpriced=bool(message.get("unpriced")))


def _forecast(question: Mapping[str, Any]) -> dict[str, Any]:
    """What all cells would cost and how long they take, before any is asked.

    `seen` has what answers of each model cost and took in the run before; `over` says why a model cannot run
    under the budget.
    """
    matrix = _matrix(question)
    ledger = _ledger(matrix, question)
    seen = question.get("seen") or [{}] * len(matrix.models)
    for model, row in enumerate(seen):
        ledger.seen_before(model, (Decimal(repr(cost)) for cost in row.get("costs", ())))
    seconds = time_before(matrix, ledger.outputs, [row.get("seconds", ()) for row in seen])
    return {
        "cells": matrix.count,
        "cost": range_to_json(ledger.forecast()),
        "seconds": seconds,
        "unpriced": ledger.unpriced,
        "over": [ledger.refusal(model) for model in range(len(matrix.models))],
    }


def _model(row: Mapping[str, Any]) -> Run:
    """A model as the page asks it, with its parameters; the messages are each cell's."""
    chat = {**row["chat"], "messages": [{"role": "user", "parts": []}]}
    return run_from_json({**row, "chat": chat})
