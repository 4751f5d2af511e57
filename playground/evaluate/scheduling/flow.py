"""How fast one model may be asked, learned from what its provider takes, refuses and tells of its limits.

Two bounds: a window (requests at once) and a pace (requests a second). Both are unknown until a refusal. From
one refusal to the next a provider has taken exactly what its limit allows, so that count is the pace. Later
both rise in steps, rarely where a rise was refused. All times are seconds of one clock, given by the caller.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from math import inf, sqrt

from playground.chat.events import Limits
from playground.evaluate.scheduling.allowance import Allowance

#: Requests at once in the beginning, and at most; one more for each answer, until one is refused.
FIRST_WINDOW, WIDEST = 4, 64
#: Seconds of the first pause after a refusal that does not say how long, and of the longest.
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 20.0
#: Requests without a refusal after which a bound rises, in so many seconds at least and at most; and the most
#: seconds where a rise was refused before.
QUIET, LEAST_PATIENCE, PATIENCE, MOST_PATIENCE = 25, 5.0, 30.0, 240.0
#: The share of a pace that was learned which is used, and the first step by which it rises.
SAFE, STEP, MOST_STEP = 0.96, 0.05, 1.0
#: Seconds between the first requests after a pause, at least and at most: a refusal comes sooner, and is then
#: one and not many.
AFTER_PAUSE, MOST_AFTER_PAUSE = 0.25, 5.0
#: Requests that a provider has taken without which its pace cannot be told, and those that tell it well.
FEW, WELL = 2, 5
#: Refusals in a row beside as many open requests which show that it is those at once that are too many.
ALIKE = 2
#: How often the patience is doubled at most.
MOST_DOUBLED = 5
#: Above its last limit by so much a pace shows that the limit has changed.
ANOTHER = 1.3
#: The share of the time between two starts by which one may be late and the next be the sooner for it.
LATE = 0.05
#: Seconds since a limit was reached under which a pause weighs so much that it may have been too long.
BRIEF = 10.0
#: The share of starts that are not held up by one bound for the other to be raised.
MOSTLY = 0.75
#: Starts after a pause that are so spaced.
CAREFUL = 4


@dataclass(frozen=True, slots=True)
class Start:
    """A request that went out: when, as the how manieth of its flow, and whether it filled the window."""

    at: float
    number: int
    full: bool


class Flow:
    """The bounds of one model."""

    def __init__(self, now: float) -> None:
        self.in_flight = 0
        self.window = float(FIRST_WINDOW)
        self.pace = inf
        #: When the last refusal was that taught something; before the first, when the flow began.
        self.refused_at = -inf
        #: Since when the provider has been at its limit, and how many requests it has taken since.
        self._measured_from = now
        self._taken = 0
        self._idle = 0.0
        self._paused_until = now
        self._pause = FIRST_PAUSE
        self._careful = AFTER_PAUSE
        self._since_pause = CAREFUL
        self._next = now
        self._allowance = Allowance()
        self._starts = 0
        #: The starts since the bounds were set, and those that filled the window.
        self._lately, self._lately_full = 0, 0
        #: How many others were open at the last refusals, and the pace that these taught.
        self._others: deque[int] = deque(maxlen=ALIKE)
        self._limit = inf
        #: How often the patience was doubled.
        self._doubled = 0
        self._step = STEP
        self._quiet_from = now
        #: The bounds before they were raised, as long as nobody knows whether the rise holds.
        self._before: tuple[float, float] | None = None

    def wait(self, now: float) -> float | None:
        """Seconds until one more may start, 0 for now; None where one that runs must end first."""
        if self.in_flight >= int(self.window):
            return None
        return max(0.0, self._paused_until - now, self._next - now)

    def started(self, now: float) -> Start:
        """A request goes out now."""
        self._raise(now)
        self.in_flight += 1
        self._starts += 1
        self._taken += 1
        pace = min(self.pace, self._allowance.pace(now))
        gap = 0.0 if pace == inf else 1 / pace
        # A start that came a little late is made up for, or the pace would never be reached.
        self._next = max(self._next, now - gap * LATE) + gap
        if self._since_pause < CAREFUL:
            self._next = max(self._next, now + self._careful)
        self._since_pause += 1
        full = self.in_flight >= int(self.window)
        self._lately += 1
        self._lately_full += full
        return Start(now, self._starts, full)

    def answered(self) -> None:
        """A request was answered."""
        self.in_flight -= 1
        if self.refused_at == -inf:
            self.window = min(self.window + 1, WIDEST)

    def ended(self) -> None:
        """A request ended without an answer, and not for a limit."""
        self.in_flight -= 1

    def refused(self, start: Start, now: float, wait: float | None) -> bool:
        """A request was refused, with the wait that was asked for, in seconds.

        Whether that is news: requests that went out before the last refusal are refused with it.
        """
        self.in_flight -= 1
        if start.at > self._measured_from and self._taken:
            self._taken -= 1
        news = start.at > self.refused_at
        again = news and self._since_pause <= 1
        self._careful = max(AFTER_PAUSE, min(1.5 * (now - start.at), MOST_AFTER_PAUSE))
        if news:
            self._since_pause -= 1
            if self._since_pause > 0:
                self._pause = FIRST_PAUSE
                self._learn(now, start)
            else:
                self._pause = min(self._pause * 2, LONGEST_PAUSE)
            self.refused_at = now
            self._since_pause = 0
        if news or wait is not None:
            # Where the first request after a wait is refused again, the wait was too short.
            pause = self._pause if wait is None else max(wait, self._pause if again else 0.0)
            until = max(self._paused_until, now + pause)
            self._idle += until - max(self._paused_until, now)
            self._paused_until = until
        self._quiet_from = self._paused_until
        return news

    def hold(self, seconds: float, now: float) -> None:
        """Start nothing for so long: the server or the network has a fault, which is no limit."""
        self._paused_until = max(self._paused_until, now + seconds)
        self._since_pause = 0

    def heard(self, limits: Limits, start: Start, now: float, tokens: float) -> None:
        """What the answer to a request tells is left; `tokens` are those of a request."""
        later = self._starts - start.number
        pause = self._allowance.heard(limits, start.number, later, now, tokens)
        self._paused_until = max(self._paused_until, now + pause)

    def _learn(self, now: float, start: Start) -> None:
        """A limit is reached now."""
        quiet = now - self.refused_at
        span = max(now - self._measured_from, 0.001)
        self._others.append(self.in_flight)
        if self._before is not None:
            pace, self.window = self._before
            self._before = None
            self._doubled = min(self._doubled + 1, MOST_DOUBLED)
        else:
            if start.full or (len(self._others) == ALIKE and len(set(self._others)) == 1):
                self.window = min(self.window, float(max(1, self.in_flight)))
            pace = SAFE * self._measured(span) if self._taken >= FEW else inf
        # What was taken at ease says nothing of the limit from now on.
        if quiet == inf or (quiet > PATIENCE and self._taken >= WELL):
            self._measured_from, self._taken, self._idle = now, 0, 0.0
        self._limit = self.pace = min(self.pace, pace)
        self._step = STEP
        self._lately = self._lately_full = 0

    def _measured(self, span: float) -> float:
        """Requests a second that the provider has taken since it was at its limit.

        Where a short time was mostly a pause, that is too few if nothing is saved up in a pause, and too
        many without the pause if something is: between the two.
        """
        with_pause = (self._taken + 0.5) / span
        without = (self._taken + 0.5) / max(span - self._idle, 0.001)
        return sqrt(with_pause * without) if span < BRIEF else with_pause

    @property
    def _patience(self) -> float:
        least = min(max(QUIET / self.pace, LEAST_PATIENCE), PATIENCE)
        return min(least * 2.0**self._doubled, MOST_PATIENCE)

    def _raise(self, now: float) -> None:
        """Raise the bounds where nothing was refused for long."""
        if self.refused_at == -inf or now - self._quiet_from < self._patience:
            return
        self._before = (self.pace, self.window)
        self._quiet_from = now
        full = self._lately_full / max(self._lately, 1)
        if full > 1 - MOSTLY:
            self.window = min(self.window + max(1.0, self.window * self._step), WIDEST)
        if full < MOSTLY:
            self.pace *= 1 + self._step
        if self.pace > ANOTHER * self._limit:
            self._doubled, self._limit = 0, self.pace
        elif self._step > 2 * STEP:  # the third rise in a row
            self._doubled = max(self._doubled - 1, 0)
        self._step = min(self._step * 2, MOST_STEP)
        self._lately = self._lately_full = 0

    def level(self, pace: float) -> None:
        """Take this pace: others at the same limit have it, too."""
        self.pace = pace
