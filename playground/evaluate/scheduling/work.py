"""What is left to be asked of one model, how often it was refused, and when that is reason to stop it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from itertools import islice

from playground.chat.events import Cause, Failed
from playground.evaluate.matrix import Cell
from playground.evaluate.scheduling.flow import LONGEST_PAUSE, Flow

#: Refusals for now: of a limit, of a busy server; and faults that may be over at the next try.
LIMITS = (Cause.RATE, Cause.OVERLOADED)
FAULTS = (Cause.SERVER, Cause.UNREACHABLE, Cause.TRUNCATED)
#: How often one cell is asked where the provider refuses for now, and where something breaks.
MOST_REFUSALS, MOST_FAULTS = 8, 3
#: Without any answer a model is stopped after so many refusals in so many seconds, or after more seconds.
REFUSALS, REFUSAL_SECONDS, MOST_SECONDS = 12, 300.0, 600.0
#: Ends of cells by which it is told how fast they come.
RECENT = 60
#: What no other cell would be answered better: at once, where nothing was answered before.
FINAL = (Cause.KEY, Cause.NO_KEY, Cause.QUOTA)
FIRST_FINAL = (Cause.MODEL, Cause.PERMISSION, Cause.FOREIGN)
#: Failures in a row and without any answer after which the rest is not asked: those that asking again may
#: mend, and all others.
FAULTS_IN_A_ROW, IN_A_ROW = 6, 10


class Work:
    """One model's cells, in their order, those to be asked again first."""

    def __init__(self, model: int, cells: Iterator[Cell], now: float) -> None:
        self.model = model
        self.flow = Flow(now)
        self.started = 0
        self.answered = 0
        self.in_flight = 0
        #: Why it is not asked any more; empty while it is.
        self.stopped = ""
        #: The failure by which it was stopped; None where it was the budget.
        self.stopped_by: Failed | None = None
        #: What the last refusal said, while it is waited for.
        self.refusal = ""
        #: How many cells have come to their end, and when the last ones did.
        self.over = 0
        self._ends: deque[float] = deque(maxlen=RECENT)
        self._cells = cells
        self._again: deque[Cell] = deque()
        self._tries: dict[Cell, int] = {}
        self._refused_since: float | None = None
        self._refusals = 0
        self._faults = 0
        self._failed_in_a_row = 0

    def next(self) -> Cell | None:
        """The next cell, which stays the next until it is taken."""
        if self.stopped:
            return None
        if not self._again:
            self._again.extend(islice(self._cells, 1))
        return self._again[0] if self._again else None

    def take(self) -> Cell:
        """Take the next cell."""
        self.started += 1
        self.in_flight += 1
        return self._again.popleft()

    def rate(self, now: float) -> float:
        """Cells a second that have come to their end lately; 0 where that cannot be told yet."""
        if len(self._ends) < 2 or now <= self._ends[0]:
            return 0.0
        return (len(self._ends) - 1) / (now - self._ends[0])

    def came(self, cell: Cell, failed: Failed | None, now: float) -> bool:
        """Whether that is the cell's end; where it is not, the cell is asked again."""
        before = self.stopped
        over = self._is_over(cell, failed, now)
        if self.stopped and not before:
            self.stopped_by = failed
        self.in_flight -= 1
        if over:
            self.over += 1
            self._ends.append(now)
        return over

    def _is_over(self, cell: Cell, failed: Failed | None, now: float) -> bool:
        tries = self._tries.pop(cell, 0) + 1
        if failed is None:
            self.answered += 1
            self._refused_since, self._refusals, self._failed_in_a_row, self.refusal = None, 0, 0, ""
            self._faults = 0
            return True
        # One that was never reached is given up by its own rule.
        self._faults += failed.cause in FAULTS and failed.cause != Cause.UNREACHABLE
        lost = failed.cause == Cause.UNREACHABLE and self.answered > 0
        if failed.cause in LIMITS or lost:
            # A refusal of all is the provider's or the network's, and no reason to give up a cell.
            again = tries < MOST_REFUSALS or self._refusals >= tries
            return not self._wait(cell, failed, tries, now, again=again)
        if failed.cause in FAULTS:
            return not self._wait(cell, failed, tries, now, again=tries < MOST_FAULTS)
        self._failed_in_a_row += 1
        self._stop_where_all_fail(failed)
        return True

    def _wait(self, cell: Cell, failed: Failed, tries: int, now: float, *, again: bool) -> bool:
        """Whether the cell is asked again, as it is where neither the model nor the cell is given up."""
        self.refusal = failed.message
        self._refused_since = now if self._refused_since is None else self._refused_since
        self._refusals += 1
        seconds = now - self._refused_since
        asked = failed.retry_after or 0
        if asked > MOST_SECONDS:
            self.stopped = f"It asks to wait for {_minutes(asked)}: {failed.message}"
        elif failed.cause == Cause.UNREACHABLE and not self.answered and not again:
            self.stopped = f"It could not be reached: {failed.message}"
        elif not self.answered and self._faults >= FAULTS_IN_A_ROW:
            self.stopped = _none_came(self._faults, failed)
        elif seconds > MOST_SECONDS or (self._refusals >= REFUSALS and seconds > REFUSAL_SECONDS):
            after = f"after {self._refusals} refusals in {_minutes(seconds)}"
            self.stopped = f"Not asked any more {after} ({failed.cause}): {failed.message}"
        if self.stopped or not again:
            return False
        self._tries[cell] = tries
        self._again.appendleft(cell)
        return True

    @property
    def pause(self) -> float:
        """Seconds to wait after a fault: the longer, the more there were in a row."""
        return min(2.0 ** (self._refusals - 1), LONGEST_PAUSE)

    def _stop_where_all_fail(self, failed: Failed) -> None:
        if self.stopped:
            return
        cause = failed.cause
        first = cause in FIRST_FINAL and (not self.answered or self._failed_in_a_row > 2)
        if cause in FINAL or first:
            status = f", {failed.status}" if failed.status else ""
            self.stopped = f"Not asked any more ({cause}{status}): {failed.message}"
        elif not self.answered and self._failed_in_a_row >= IN_A_ROW:
            self.stopped = _none_came(self._failed_in_a_row, failed)


def _none_came(requests: int, last: Failed) -> str:
    return (
        f"Not asked any more: the first {requests} requests all failed, "
        f"the last with {last.cause}: {last.message}"
    )


def _minutes(seconds: float) -> str:
    if seconds < 120:
        return f"{seconds:.0f} seconds"
    return f"{seconds / 60:.0f} minutes" if seconds < 7200 else f"{seconds / 3600:.0f} hours"
