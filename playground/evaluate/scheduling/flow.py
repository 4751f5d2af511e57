"""How fast one model may be asked, learned from what its provider takes, refuses and tells of its limits.

Two bounds: a window (requests at once) and a pace (requests a second). Both are unknown until a refusal. From
one refusal to the next a provider has taken exactly what its limit allows, so that count is the pace. Later
both rise in steps, rarely where a rise was refused. All times are seconds of one clock, given by the caller.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

from playground.chat.events import Limits

#: Requests at once in the beginning; one more for each answer, until one is refused.
FIRST_WINDOW = 4
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
#: Seconds under which a limit's reset is no reason to go slower: refusals say more of it.
SHORT_RESET = 5.0
#: Refusals one after another after which it may be the requests at once that are too many.
ONE_AFTER_ANOTHER = 3
#: Above its last limit by so much a pace shows that the limit has changed.
ANOTHER = 1.3
#: Seconds by which a start may be late and the next be the sooner for it.
LATE = 0.02
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
        self._began = now
        #: Since when the provider has been at its limit, and how many requests it has taken since.
        self._measured_from = now
        self._taken = 0
        self._paused_until = now
        self._pause = FIRST_PAUSE
        self._careful = AFTER_PAUSE
        self._since_pause = CAREFUL
        self._next = now
        self._told_pace = inf
        self._told_until = now
        self._starts = 0
        #: The starts since the bounds were set, and those that filled the window.
        self._lately, self._lately_full = 0, 0
        #: Refusals since the provider has been at its limit, and the pace that they taught.
        self._events = 0
        self._limit = inf
        self._share = 1.0
        self._left: tuple[int, int] | None = None
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
        pace = min(self.pace, self._told_pace if now < self._told_until else inf)
        gap = 0.0 if pace == inf else 1 / pace
        # A start that came a little late is made up for, or the pace would never be reached.
        self._next = max(self._next, now - min(gap, LATE)) + gap
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
            self.window += 1

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
            pause = self._pause if wait is None else wait
            self._paused_until = max(self._paused_until, now + pause)
        self._quiet_from = self._paused_until
        return news

    def hold(self, seconds: float, now: float) -> None:
        """Start nothing for so long: the server or the network has a fault, which is no limit."""
        self._paused_until = max(self._paused_until, now + seconds)
        self._since_pause = 0

    def heard(self, limits: Limits, start: Start, now: float, tokens: float) -> None:
        """What the answer to a request tells is left; `tokens` are those of a request."""
        later = self._starts - start.number
        pace = inf
        until = 0.0
        if limits.requests_left is not None:
            self._compare(limits.requests_left, start.number, now)
        counts = (
            (limits.requests_left, limits.requests_reset, 1.0),
            (limits.tokens_left, limits.tokens_reset, tokens),
        )
        for left, reset, each in counts:
            if left is None or not reset or each <= 0:
                continue
            if reset < SHORT_RESET and now >= self._told_until:
                continue
            free = left / each - later
            if free < 1:
                self._paused_until = max(self._paused_until, now + reset / max(left / each, 1))
                free = 1
            if reset >= SHORT_RESET:
                until = max(until, reset)
                pace = min(pace, free * self._share / reset)
        if until:
            self._told_pace, self._told_until = pace, now + until

    def _compare(self, left: int, number: int, now: float) -> None:
        """See from two answers which share of a limit is this flow's: others may use it up, too."""
        if self._left is not None and now < self._told_until:
            dropped, own = self._left[0] - left, number - self._left[1]
            if own > 0 and dropped >= own:
                self._share += (own / dropped - self._share) / 4
        self._left = (left, number)

    def _learn(self, now: float, start: Start) -> None:
        """A limit is reached now."""
        quiet = now - self.refused_at
        span = max(now - self._measured_from, 0.001)
        self._events += 1
        if self._before is not None:
            pace, self.window = self._before
            self._before = None
            self._doubled += 1
        else:
            if start.full or self._events >= ONE_AFTER_ANOTHER:
                self.window = min(self.window, float(max(1, self.in_flight)))
            pace = SAFE * (self._taken + 0.5) / span
        if quiet > PATIENCE:  # what was taken at ease says nothing of the limit from now on
            self._measured_from, self._taken, self._events = now, 0, 0
        self._limit = self.pace = min(self.pace, pace)
        self._step = STEP
        self._lately = self._lately_full = 0

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
        if self._lately_full > self._lately / 2:
            self.window += max(1.0, self.window * self._step)
        else:
            self.pace *= 1 + self._step
        if self.pace > ANOTHER * self._limit:
            self._doubled, self._limit = 0, self.pace
        self._step = min(self._step * 2, MOST_STEP)
        self._lately = self._lately_full = 0

    def level(self, pace: float) -> None:
        """Take this pace: others at the same limit have it, too."""
        self.pace = pace
