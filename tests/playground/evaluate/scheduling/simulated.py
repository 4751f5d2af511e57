"""An event loop whose time passes only in what is waited for, and providers whose limits nobody is told."""

from __future__ import annotations

import asyncio
import selectors
from collections import Counter, deque
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random
from typing import Any, Protocol

from playground.chat.events import Cause, Failed, Limits
from playground.evaluate.matrix import Cell
from playground.evaluate.scheduling.scheduler import Outcome


class _Selector(selectors.DefaultSelector):
    """Passes the time that it is to wait for at once."""

    passed = 0.0

    def select(self, timeout: float | None = None) -> Any:
        if timeout is None:
            raise AssertionError("the scheduler waits for nothing, for ever")
        self.passed += timeout
        return super().select(0)


class _Loop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self._time = _Selector()
        super().__init__(self._time)

    def time(self) -> float:
        return self._time.passed if hasattr(self, "_time") else 0.0


def in_simulated_time[Value](main: Coroutine[Any, Any, Value]) -> Value:
    """What comes of it; hours pass in no time."""
    with asyncio.Runner(loop_factory=_Loop) as runner:
        return runner.run(main)


def clock() -> float:
    """Seconds of the loop that runs."""
    return asyncio.get_running_loop().time()


class Limit(Protocol):
    def take(self, now: float) -> float | None:
        """None where the request is taken, else the seconds until one would be."""
        ...


@dataclass
class Bucket:
    """`rate` requests a second; `burst` of them may come at once."""

    rate: float
    burst: float
    level: float | None = None
    last: float = 0.0

    def take(self, now: float) -> float | None:
        level = self.burst if self.level is None else self.level
        self.level = min(self.burst, level + (now - self.last) * self.rate)
        self.last = now
        if self.level < 1:
            return (1 - self.level) / self.rate
        self.level -= 1
        return None


@dataclass
class Window:
    """`most` requests from one whole minute (of `seconds`) to the next."""

    most: int
    seconds: float = 60.0
    begun: float = 0.0
    count: int = 0

    @property
    def rate(self) -> float:
        return self.most / self.seconds

    def take(self, now: float) -> float | None:
        if now - self.begun >= self.seconds:
            self.begun += (now - self.begun) // self.seconds * self.seconds
            self.count = 0
        if self.count >= self.most:
            return self.begun + self.seconds - now
        self.count += 1
        return None


@dataclass
class Provider:
    """Answers after `seconds` (spread by a half), refuses what its limit does not allow after `way` seconds.

    `limits` are by model, `None` for all of the key; `tells` says how a refusal tells the wait: "wait" in
    seconds, or not at all; with "headers" each answer says what is left.
    """

    limits: dict[int | None, Limit]
    seconds: Callable[[int], float] = lambda _: 1.0
    way: float = 0.1
    tells: str = ""
    at_once: int = 10**9
    random: Random = field(default_factory=lambda: Random(7))
    open: int = 0
    answered: Counter[int] = field(default_factory=Counter)
    times: list[tuple[float, int]] = field(default_factory=list)
    refused: list[float] = field(default_factory=list)
    asked: Counter[Cell] = field(default_factory=Counter)
    most_open: int = 0

    async def ask(self, cell: Cell) -> Outcome[Cell]:
        self.asked[cell] += 1
        self.open += 1
        self.most_open = max(self.most_open, self.open)
        try:
            await asyncio.sleep(self.way / 2)
            now = clock()
            waits = [
                wait
                for model in (None, cell.model)
                if (limit := self.limits.get(model)) and (wait := limit.take(now)) is not None
            ]
            if waits or self.open > self.at_once:
                self.refused.append(now)
                await asyncio.sleep(self.way / 2)
                wait = max(waits, default=None) if self.tells else None
                failed = Failed(cause=Cause.RATE, message="Too many requests", status=429, retry_after=wait)
                return Outcome(result=cell, failed=failed)
            limits = self._left(cell, now)
            await asyncio.sleep(self.seconds(cell.model) * self.random.uniform(0.5, 1.5))
            self.answered[cell.model] += 1
            self.times.append((now, cell.model))
            return Outcome(result=cell, tokens=100, usd=Decimal("0.001"), limits=limits)
        finally:
            self.open -= 1

    def _left(self, cell: Cell, now: float) -> Limits | None:
        if self.tells != "headers":
            return None
        for model in (None, cell.model):
            match self.limits.get(model):
                case Bucket() as bucket:
                    level = bucket.level or 0
                    return Limits(
                        requests_left=int(level), requests_reset=(bucket.burst - level) / bucket.rate
                    )
                case Window() as window:
                    left = window.begun + window.seconds - now
                    return Limits(requests_left=window.most - window.count, requests_reset=left)
        return None


def cells(model: int, count: int) -> Iterator[Cell]:
    return (Cell(case=case, prompt=0, model=model, repeat=0) for case in range(count))


def refusals_between(times: deque[float] | list[float], begin: float, end: float) -> int:
    return sum(begin <= time < end for time in times)
