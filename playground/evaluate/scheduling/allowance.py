"""What answers tell in their headers is left of a limit, and how fast that lets a flow go until its reset."""

from __future__ import annotations

from math import inf

from playground.chat.events import Limits

#: Seconds under which a limit's reset is no reason to go slower: refusals say more of it.
SHORT_RESET = 5.0


class Allowance:
    """What is left lasts until the reset, spread evenly; nothing is known before an answer tells of it."""

    def __init__(self) -> None:
        self._pace = inf
        self._until = -inf
        #: The share of the limit that is this flow's, and what was left as of which of its requests.
        self._share = 1.0
        self._left: tuple[int, int] | None = None

    def pace(self, now: float) -> float:
        """Requests a second at most."""
        return self._pace if now < self._until else inf

    def heard(self, limits: Limits, number: int, later: int, now: float, tokens: float) -> float:
        """What the answer to the `number`-th request tells, `later` requests after which have gone out.

        `tokens` are those of a request. Gives for how many seconds nothing may start.
        """
        if limits.requests_left is not None:
            self._compare(limits.requests_left, number, now)
        pause, pace, until = 0.0, inf, 0.0
        for left, reset, each in (
            (limits.requests_left, limits.requests_reset, 1.0),
            (limits.tokens_left, limits.tokens_reset, tokens),
        ):
            if left is None or not reset or each <= 0 or (reset < SHORT_RESET and now >= self._until):
                continue
            free = left / each - later
            if free < 1:
                pause = max(pause, reset / max(left / each, 1))
            if reset >= SHORT_RESET:
                until = max(until, reset)
                pace = min(pace, max(free, 1) * self._share / reset)
        if until:
            self._pace, self._until = pace, now + until
        return pause

    def _compare(self, left: int, number: int, now: float) -> None:
        """See from two answers which share of a limit is this flow's: others may use it up, too."""
        if self._left is not None and now < self._until:
            dropped, own = self._left[0] - left, number - self._left[1]
            if own > 0 and dropped >= own:
                self._share += (own / dropped - self._share) / 4
        self._left = (left, number)
