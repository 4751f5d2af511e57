"""How many requests are open at once at an address.

By HTTP/1.1 a browser opens six connections to an origin and lets the others wait, whose seconds would then be
no model's. Which HTTP an https address speaks a page cannot see, so more than six are tried there, and taken
back where answers become slower by it.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

HTTP1, MOST = 6, 32
#: Answers of a model at six connections that say how long they take without waiting, and those that are
#: compared with them.
SAMPLE = 12
#: How much longer answers may take with more connections before they count as waiting in line.
SLOWER = 1.4


class Connections:
    """The most requests at once at one address."""

    def __init__(self, url: str, asked: int | None = None) -> None:
        """`asked`: how many the reader wants, and then no more are tried."""
        page = url.startswith("page:")
        self.most = asked or (1 if page else HTTP1)
        self._grows = not (page or asked) and url.startswith("https:")
        #: The most that are tried.
        self.most_ever = MOST if self._grows else self.most
        self._usual: dict[int, list[float]] = {}
        self._ratios: list[float] = []

    def answered(self, model: int, seconds: float, open_then: int, open_now: int) -> None:
        """An answer took so long; so many were open, it among them, when it began and when it ended."""
        if not self._grows or seconds <= 0:
            return
        usual = self._usual.setdefault(model, [])
        if open_then <= HTTP1 and len(usual) < SAMPLE:
            usual.append(seconds)
        if len(usual) < SAMPLE or min(open_then, open_now) < self.most:
            return
        self._ratios.append(seconds / median(usual))
        if len(self._ratios) >= self.most:
            self._judge(self._ratios)
            self._ratios = []

    def _judge(self, ratios: Sequence[float]) -> None:
        if self.most > HTTP1 and median(ratios) > SLOWER:
            self.most = max(HTTP1, self.most * 2 // 3)
            self._grows = False
        else:
            self.most = min(MOST, self.most + max(1, self.most // 3))
