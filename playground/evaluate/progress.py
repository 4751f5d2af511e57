"""How a run goes on, as the page shows it: what is open, what it costs, how long it takes, who waits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any

from playground.evaluate.scheduling.ledger import Ledger, Range
from playground.evaluate.scheduling.scheduler import Scheduler
from playground.evaluate.scheduling.work import Work
from playground.run.explain import explain, faulty_field

#: Seconds between two reports at least.
EVERY = 0.5
#: Waits under so many seconds are not worth a word.
WAITING = 2.0
#: Where no answer has come at all, who waits wants to know why.
NOTHING_YET = 0.1
#: Answers before which nobody knows how long the rest takes.
ENOUGH = 10


class Progress:
    """Reports on a run, not too often."""

    def __init__(
        self,
        scheduler: Scheduler[Any],
        ledger: Ledger,
        counts: Sequence[int],
        tell: Callable[[dict[str, Any]], None],
        clock: Callable[[], float],
    ) -> None:
        self._scheduler = scheduler
        self._ledger = ledger
        self._counts = counts
        self._tell = tell
        self._clock = clock
        self._next = 0.0

    def look(self) -> None:
        """Report, unless the last report was just now."""
        now = self._clock()
        if now >= self._next:
            self.report()
            self._next = self._clock() + EVERY

    def report(self) -> None:
        """Report now."""
        works, ledger = self._scheduler.works, self._ledger
        left = {work.model: self._left(work) for work in works}
        self._tell(
            {
                "in_flight": self._scheduler.in_flight,
                "paused": self._scheduler.paused,
                "spent": float(ledger.spent),
                "counted": float(ledger.counted),
                "unknown": ledger.unknown,
                "left": sum(left.values()),
                "cost": range_to_json(ledger.forecast(left)),
                "seconds": self._seconds(left),
                "waiting": [row for work in works if left[work.model] and (row := self._waiting(work))],
                "stopped": [self._stopped(work) for work in works if work.stopped],
            }
        )

    def _stopped(self, work: Work) -> dict[str, Any]:
        """Why, how many cells were left, and what the reader can do about it: the likeliest, and at which
        field."""
        failed, at = work.stopped_by, self._ledger.matrix.models[work.model].situation
        advice = explain(failed, at)[:1] if failed else []
        return {
            "model": work.model,
            "why": work.stopped,
            "cells": self._counts[work.model] - work.over,
            "field": faulty_field(failed, at) if failed else "",
            "advice": [asdict(one) for one in advice],
        }

    def _left(self, work: Work) -> int:
        return 0 if work.stopped else self._counts[work.model] - work.over

    def _waiting(self, work: Work) -> dict[str, Any] | None:
        seconds = self._scheduler.waits(work)
        if not work.refusal or seconds < (WAITING if work.answered else NOTHING_YET):
            return None
        return {"model": work.model, "seconds": seconds, "why": work.refusal}

    def _seconds(self, left: dict[int, int]) -> list[float] | None:
        """From where all capacity goes to whoever has cells left, to where each model goes on as it does."""
        works = [work for work in self._scheduler.works if left[work.model]]
        if self._scheduler.paused or sum(work.over for work in self._scheduler.works) < ENOUGH or not works:
            return None
        now = self._clock()
        rates = [work.rate(now) for work in works]
        if not all(rates):
            return None
        alone = [left[work.model] / rate for work, rate in zip(works, rates, strict=True)]
        together = sum(left.values()) / sum(rates)
        return [min(together, max(alone)), max(alone)]


def range_to_json(cost: Range) -> dict[str, float | None]:
    """Dollars from low to high; null is no bound that is known."""
    return {"low": float(cost.low), "high": None if cost.high is None else float(cost.high)}
