"""An evaluation asked from the terminal: by the page's scheduler, over HTTP, into a results file."""

from __future__ import annotations

import asyncio
import os
import threading
import time
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import httpx2

from generator.cli.evaluating.results_file import ResultsFile, ResultsReader
from generator.cli.evaluating.secrets import Secrets
from generator.errors import SetupError
from generator.fetch.http_client import http_client
from generator.sandbox.code_runner import run_code
from playground.chat.client import TIMEOUT, stream
from playground.evaluate.answers import answer_of_row, judge, judgement_to_json
from playground.evaluate.asking import Asking
from playground.evaluate.checks.check import counted
from playground.evaluate.code.job import Job, Outcome
from playground.evaluate.matrix import Cell, Matrix
from playground.evaluate.planning import Plan
from playground.evaluate.results.results_json import Head
from playground.evaluate.results.tallies import ANSWERED, Tallies
from playground.evaluate.running import Result, ask_cell, result_to_json
from playground.evaluate.scheduling.ledger import Ledger

#: How many requests are open says the scheduler. Servers close a connection that is idle for five seconds or
#: more, and a request that meets that is lost: idle ones are given up before.
LIMITS = httpx2.Limits(keepalive_expiry=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What is asked, where the results go, and what it may cost: `most_output` by model, in tokens."""

    matrix: Matrix
    head: Head
    path: Path
    secrets: Secrets
    most_output: Sequence[int | None]
    budget: Decimal | None = None
    unpriced: bool = False
    #: Requests open at an address at most; None leaves it to the scheduler.
    at_once: int | None = None


class EvaluationRun:
    """One run. What was answered is in the file and in `tallies` whenever it ends, and however."""

    def __init__(self, setting: Setting) -> None:
        """Raises EditError where the file holds something else."""
        self._setting = setting
        self._tell: Callable[[dict[str, Any]], None] = lambda _: None
        self.path = setting.path
        self.tallies = Tallies(setting.head)
        #: How the run stood last.
        self.report: dict[str, Any] = {}
        self._stop = threading.Event()
        self._codes = asyncio.Semaphore(max(1, (os.cpu_count() or 1) // 2))
        self._before = _Before(setting.path)
        self._file = ResultsFile(setting.path, setting.head, setting.secrets, self._before.unanswered)
        size = setting.matrix.count
        self._places = array("Q", bytes(8 * size))

    @property
    def cells(self) -> int:
        """How many answers there are to be."""
        return self._setting.matrix.count

    @property
    def unanswered(self) -> Decimal:
        """What requests without an answer may have cost, in US dollars."""
        return self._file.unanswered

    @property
    def answered(self) -> int:
        """How many answers are in the file."""
        every = [self.tallies.counts(place) for place in range(len(self.tallies.contestants))]
        return sum(counts[state] for counts in every for state in ANSWERED)

    def run(self, tell: Callable[[dict[str, Any]], None] = lambda _: None) -> None:
        """Ask what the file has no answer to; `tell` gets reports on how it goes on (progress.py).

        Ctrl-C closes every connection, and is raised on. Raises SetupError where the file has answers to
        something else.
        """
        self._tell = tell
        try:
            asyncio.run(self._until_stopped())
        except BaseExceptionGroup as group:
            raise group.exceptions[0] from None

    async def _until_stopped(self) -> None:
        try:
            await self._run()
        finally:
            # The loop waits for its threads, and code of a check may take a minute in one.
            self._stop.set()

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def row(self, contestant: int, case: int, repeat: int) -> Any:
        """The result of a cell; None where there is none."""
        one = self.tallies.contestants[contestant]
        cell = Cell(case=case, prompt=one.prompt, model=one.model, repeat=repeat)
        place = self._places[self.tallies.number(cell)]
        return self._file.at(place) if place else None

    async def _run(self) -> None:
        setting = self._setting
        plan = Plan(setting.matrix)
        file = self._file
        ledger = Ledger(
            setting.matrix,
            setting.most_output,
            setting.budget,
            unpriced=setting.unpriced,
            unanswered=file.unanswered,
            note=lambda: file.note_unanswered(ledger.unanswered),
        )
        await self._take_in(plan, ledger)
        async with http_client(timeout=TIMEOUT, limits=LIMITS) as http:
            send = partial(stream, http=http)
            asking = Asking(
                plan,
                ledger,
                lambda cell: ask_cell(setting.matrix, cell, send, time.perf_counter, self._runner),
                partial(self._hear, ledger),
                self._progress,
                time.perf_counter,
                at_once=setting.at_once,
            )
            try:
                await asking.run()
            finally:
                file.note_unanswered(ledger.unanswered)

    async def _take_in(self, plan: Plan, ledger: Ledger) -> None:
        """Put what the file has answered where it belongs now, judged by the checks of now."""
        matrix, before = self._setting.matrix, self._before
        placed: list[tuple[Cell, str]] = []
        await plan.leave_out(before.rows, None, placed.extend)
        if foreign := len(before.rows) - len({name for _, name in placed}):
            raise SetupError(before.foreign(foreign))
        for cell, name in placed:
            row = before.row(name)
            row |= {"case": cell.case, "prompt": cell.prompt, "model": cell.model, "repeat": cell.repeat}
            if row["checked"] != (checked := matrix.checked(cell.case)):
                made = await judge(matrix, cell.case, answer_of_row(row), self._runner)
                row |= {"checked": checked, **judgement_to_json(made)}
            self._add(cell, row)
            cost = row["cost"]
            ledger.paid_before(cell, None if cost is None else Decimal(repr(cost)))
        self._file.take_place()

    @property
    def _runner(self) -> Callable[[Job], Any] | None:
        return self._run_code if self._setting.matrix.allows_code else None

    async def _run_code(self, job: Job) -> Outcome:
        async with self._codes:
            return await asyncio.to_thread(run_code, job, stopped=self._stop)

    def _hear(self, ledger: Ledger, result: Result) -> None:
        self._add(result.cell, result_to_json(result))
        # After the answer: killed in between, the budget counts it twice and not never.
        self._file.note_unanswered(ledger.unanswered)

    def _add(self, cell: Cell, row: Any) -> None:
        self._places[self.tallies.number(cell)] = self._file.add(row)
        self.tallies.add(cell, row)

    def _progress(self, report: dict[str, Any]) -> None:
        self.report = self._setting.secrets.without(report)
        self._tell(self.report)


class _Before:
    """The answers that the results file has, by the hash of what was asked; failures are asked again."""

    def __init__(self, path: Path) -> None:
        self.path = path
        #: Hash → by which checks it was judged.
        self.rows: dict[str, str] = {}
        self._reader = ResultsReader(path) if path.exists() and path.stat().st_size else None
        #: What requests without an answer may have cost, in US dollars.
        self.unanswered = self._reader.unanswered if self._reader else Decimal(0)
        self._places: dict[str, list[int]] = {}
        for place, _, row in self._reader.placed() if self._reader else ():
            if not row["failure"]:
                self.rows[row["hash"]] = row["checked"]
                self._places.setdefault(row["hash"], []).append(place)

    def row(self, name: str) -> dict[str, Any]:
        """The answer of that hash; cases that ask the same have one each, as long as there are enough."""
        assert self._reader  # noqa: S101 (it has rows)
        places = self._places[name]
        return dict(self._reader.at(places.pop(0) if len(places) > 1 else places[0]))

    def foreign(self, count: int) -> str:
        """That the file has answers to what this run does not ask."""
        assert self._reader  # noqa: S101 (it has rows)
        models = ", ".join(self._reader.head.models)
        return (
            f"{self.path} has {counted(count, 'answer')} to what this run does not ask: a model, prompt, "
            f"parameter or case is another, or --repeat is less (its models are {models}). Nothing was "
            "asked. Name another file with --results, or move this one away; --baseline compares with it"
        )
