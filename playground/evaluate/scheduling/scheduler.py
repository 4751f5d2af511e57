"""Asks all cells: each address and key in a lane of its own, the models of a lane in turn.

In a lane the model of which the fewest cells were asked has the next turn, unless its own flow keeps it
waiting. No timer of the page takes part: in a browser this runs in a worker, whose timers run on in a hidden
tab.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import inf
from typing import Any, Protocol

from playground.chat.events import Failed, Limits
from playground.chat.target import origin_of
from playground.evaluate.matrix import Cell
from playground.evaluate.scheduling.connections import Connections
from playground.evaluate.scheduling.flow import Start
from playground.evaluate.scheduling.work import FAULTS, LIMITS, Work
from playground.run.run import Run

#: Seconds after which the scheduler looks up at least, and tells how it goes on.
LOOK = 1.0
#: Seconds between refusals of two models of a lane within which they count as refused by one limit.
TOGETHER = 20.0
#: How much faster one may go than another and still be taken to be at the same limit.
ALIKE = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome[Result]:
    """What came of a cell once it was asked: `failed` where there is no answer; dollars, tokens if known."""

    result: Result
    failed: Failed | None = None
    limits: Limits | None = None
    tokens: int | None = None
    usd: Decimal | None = None


class Spending(Protocol):
    """Says whether a cell may be asked, as far as money goes."""

    def reserve(self, cell: Cell) -> str:
        """Set aside what the cell costs at most; a reason where that would pass the budget."""
        ...

    def settle(self, cell: Cell, usd: Decimal | None, failed: Failed | None, *, answered: bool) -> None:
        """What the cell cost in fact; None is not known. Stopped, it has neither failed nor an answer."""
        ...


class _Lane:
    def __init__(self, url: str, at_once: int | None) -> None:
        self.connections = Connections(url, at_once)
        self.works: list[Work] = []
        self.in_flight = 0


class Scheduler[Result]:
    """Runs the cells of every model. `ask` asks one, `hear` gets what came of it at the end."""

    def __init__(
        self,
        models: Sequence[Run],
        cells: Sequence[Iterator[Cell]],
        ask: Callable[[Cell], Awaitable[Outcome[Result]]],
        hear: Callable[[Result], None],
        clock: Callable[[], float],
        spending: Spending | None = None,
        at_once: int | None = None,
    ) -> None:
        """`cells` has those of each model, in the order in which they are asked.

        `at_once`: requests open at an address at most, where the reader says so.
        """
        self._ask = ask
        self._hear = hear
        self._clock = clock
        self._spending = spending
        self._changed = asyncio.Event()
        self._tokens: dict[int, float] = {}
        self._open = 0
        self._paused = False
        now = clock()
        lanes: dict[Any, _Lane] = {}
        self.works: list[Work] = []
        for model, (run, own) in enumerate(zip(models, cells, strict=True)):
            lane = lanes.setdefault(lane_of(run), _Lane(run.target.url, at_once))
            lane.works.append(Work(model, own, now))
            self.works.append(lane.works[-1])
        self._lanes = list(lanes.values())

    @property
    def paused(self) -> bool:
        """Whether no new request goes out until it is told to go on; what runs comes to its end."""
        return self._paused

    @paused.setter
    def paused(self, yes: bool) -> None:
        self._paused = yes
        self._changed.set()

    @property
    def in_flight(self) -> int:
        """How many requests are open."""
        return self._open

    async def run(self, look: Callable[[], None] = lambda: None) -> None:
        """Ask all cells; `look` is called once a second and after each answer. Cancelling closes all."""
        async with asyncio.TaskGroup() as group:
            while True:
                self._changed.clear()
                wait = self._start(group)
                look()
                if wait is None and not self._open and not self._paused:
                    return
                try:
                    async with asyncio.timeout(LOOK if wait is None else min(wait, LOOK)):
                        await self._changed.wait()
                except TimeoutError:
                    pass

    def waits(self, work: Work) -> float:
        """Seconds until a model may be asked again; 0 where it may be now, or where an answer is awaited."""
        return work.flow.wait(self._clock()) or 0.0

    def _start(self, group: asyncio.TaskGroup) -> float | None:
        """Start what may start; seconds until more may, None where nothing can before something ends."""
        waits: list[float] = []
        if self._paused:
            return None
        for lane in self._lanes:
            while True:
                work, wait = self._turn(lane)
                if work is None:
                    waits += [] if wait is None else [wait]
                    break
                cell = work.take()
                start = work.flow.started(self._clock())
                lane.in_flight += 1
                self._open += 1
                group.create_task(self._one(lane, work, cell, start))
        return min(waits, default=None)

    def _turn(self, lane: _Lane) -> tuple[Work | None, float | None]:
        """The model whose turn it is, or seconds until it may be one's; None where one must end before."""
        if lane.in_flight >= lane.connections.most:
            return None, None
        now = self._clock()
        soonest: float | None = None
        for work in sorted(lane.works, key=lambda one: one.started):
            cell = work.next()
            if cell is None:
                continue
            wait = work.flow.wait(now)
            if wait is None:
                continue
            if wait > 0:
                soonest = wait if soonest is None else min(soonest, wait)
                continue
            if self._spending and (why := self._spending.reserve(cell)):
                if not self._open:
                    work.stopped = why
                continue
            return work, 0.0
        return None, soonest

    async def _one(self, lane: _Lane, work: Work, cell: Cell, start: Start) -> None:
        open_then = lane.in_flight
        outcome: Outcome[Result] | None = None
        try:
            outcome = await self._ask(cell)
        finally:
            if self._spending:
                usd, failed = (outcome.usd, outcome.failed) if outcome else (None, None)
                answered = outcome is not None and not failed
                self._spending.settle(cell, usd, failed, answered=answered)
            lane.in_flight -= 1
            self._open -= 1
            self._changed.set()
        now = self._clock()
        over = work.came(cell, outcome.failed, now)
        self._learn(lane, work, outcome, now, start)
        if outcome.failed is None:
            lane.connections.answered(work.model, now - start.at, open_then, lane.in_flight + 1)
        if over:
            self._hear(outcome.result)

    def _learn(self, lane: _Lane, work: Work, outcome: Outcome[Result], now: float, start: Start) -> None:
        flow, failed = work.flow, outcome.failed
        if failed is None:
            flow.answered()
        elif failed.cause in LIMITS:
            if flow.refused(start, now, failed.retry_after):
                _share(lane, work, now)
        else:
            flow.ended()
            if failed.cause in FAULTS:
                flow.hold(work.pause, now)
        if outcome.tokens:
            mean = self._tokens.get(work.model, float(outcome.tokens))
            self._tokens[work.model] = mean + (outcome.tokens - mean) / 10
        if outcome.limits:
            flow.heard(outcome.limits, start, now, self._tokens.get(work.model, 0.0))


def _share(lane: _Lane, work: Work, now: float) -> None:
    """Models that were refused together are at one limit, and each gets the same of it."""
    flows = [
        other.flow for other in lane.works if now - other.flow.refused_at < TOGETHER and not other.stopped
    ]
    paces = [flow.pace for flow in flows]
    if len(flows) > 1 and work.flow in flows and max(paces) < ALIKE * min(paces) < inf:
        for flow in flows:
            flow.level(sum(paces) / len(paces))


def lane_of(run: Run) -> Any:
    """What shares a provider's limits: an address and a key."""
    key = run.target.key
    address = run.target.url
    return address if address.startswith("page:") else (origin_of(address), key.secret if key else "")
