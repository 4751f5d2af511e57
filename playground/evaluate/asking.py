"""A plan's cells asked of their models within a budget, with reports on how it goes on: page and terminal."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from playground.evaluate.matrix import Cell
from playground.evaluate.planning import Plan
from playground.evaluate.progress import Progress
from playground.evaluate.running import Result
from playground.evaluate.scheduling.ledger import Ledger
from playground.evaluate.scheduling.scheduler import Outcome, Scheduler


class Asking:
    """One run of a plan; cancelling `run` closes every connection."""

    def __init__(
        self,
        plan: Plan,
        ledger: Ledger,
        ask: Callable[[Cell], Awaitable[Outcome[Result]]],
        hear: Callable[[Result], None],
        tell: Callable[[dict[str, Any]], None],
        clock: Callable[[], float],
        *,
        at_once: int | None = None,
    ) -> None:
        """`hear` gets each result, `tell` a report twice a second at most; `at_once` is the scheduler's."""
        models = ledger.matrix.models
        cells = [plan.cells_of(model) for model in range(len(models))]
        self.scheduler = Scheduler(models, cells, ask, hear, clock, ledger, at_once)
        for work in self.scheduler.works:
            work.stopped = ledger.refusal(work.model)
        self._progress = Progress(self.scheduler, ledger, plan.counts, tell, clock)

    async def run(self) -> None:
        """Ask all that is planned, and report at the end."""
        await self.scheduler.run(self._progress.look)
        self._progress.report()
