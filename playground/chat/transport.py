"""HTTP by the browser's fetch, which really stops, in as few calls over its border as there can be.

Leaving the answer or cancelling the task aborts the fetch, so the server sees the connection close and stops
generating. The browser keeps the time limit, too: a timer of Python's costs more there than a piece.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable, Mapping
from contextvars import Context, copy_context
from functools import partial
from itertools import count
from typing import Any, Protocol

import httpx2

from playground.json_text import read_json, write_json


class Browser(Protocol):
    """What fetches for Python (worker.mjs); what comes of it goes to FetchClient.heard."""

    def ask(self, number: int, method: str, url: str, headers: str, body: str, seconds: float) -> None:
        """Send a request now. `headers` are JSON, `seconds` the longest wait for its answer or a piece."""

    def read(self, number: int) -> None:
        """Read one more piece; the first is read without being asked for."""

    def abort(self, number: int) -> None:
        """Close the connection now."""


class FetchClient:
    """Asks by the browser's fetch: for client.stream what httpx2.AsyncClient is elsewhere."""

    def __init__(self, browser: Browser, seconds: float) -> None:
        # Looked up once: each look over the border costs as much as a call.
        self._ask, self._read, self._abort = browser.ask, browser.read, browser.abort
        self._seconds = seconds
        self._numbers = count(1)
        self._open: dict[int, FetchAnswer] = {}

    def stream(
        self, method: str, url: str, *, content: bytes = b"", headers: Mapping[str, str]
    ) -> FetchAnswer:
        """An answer: entering it sends the request, leaving it closes the connection."""
        number = next(self._numbers)
        sent = (number, method, url, write_json(dict(headers)), content.decode(), self._seconds)
        answer = self._open[number] = FetchAnswer(
            ask=partial(self._ask, *sent),
            read=partial(self._read, number),
            leave=partial(self._leave, number),
        )
        return answer

    def heard(self, number: int, kind: str, value: str | bytes, head: str = "") -> None:
        """What came of a request: a `piece`, the `end`, `late`, or `failed` with the browser's own words.

        With what comes first there is the `head`: status and headers as JSON.
        """
        if answer := self._open.get(number):
            came = (kind, value)
            answer.hear(*[("head", head), came] if head else [came])

    def _leave(self, number: int) -> None:
        del self._open[number]
        self._abort(number)


class _Wait(asyncio.Future[None]):
    """A wait of one task, which goes on at once when it is over, and not after a timer of the browser's."""

    def add_done_callback(self, go_on: Callable[[_Wait], object], *, context: Context | None = None) -> None:
        within = context or copy_context()

        def go() -> None:
            within.run(go_on, self)

        self._go_on = go

    def over(self) -> None:
        """Called by the browser, so no other task is at work."""
        if not self.done():
            self.set_result(None)
            self._go_on()

    def cancel(self, msg: Any = None) -> bool:  # whoever calls it is at work
        cancelled = super().cancel(msg)
        if cancelled:
            self.get_loop().call_soon(self._go_on)
        return cancelled


class FetchAnswer:
    """An answer as it comes. Raises httpx2's exceptions."""

    status_code = 0
    #: By their names in small letters.
    headers: Mapping[str, str]

    def __init__(
        self, *, ask: Callable[[], None], read: Callable[[], None], leave: Callable[[], None]
    ) -> None:
        self._ask, self._read, self._leave = ask, read, leave
        self._came: deque[tuple[str, str | bytes]] = deque()
        self._waiter: _Wait | None = None

    def hear(self, *came: tuple[str, str | bytes]) -> None:
        """Something came of it (see FetchClient.heard)."""
        self._came += came
        if self._waiter:
            self._waiter.over()

    async def __aenter__(self) -> FetchAnswer:
        try:
            self._ask()
            kind, value = await self._next()
        except BaseException:
            self._leave()
            raise
        if kind != "head":
            self._leave()
            if kind == "late":
                raise httpx2.ReadTimeout("no answer within the time limit")
            raise httpx2.ConnectError(str(value))
        self.status_code, self.headers = read_json(str(value))
        return self

    async def __aexit__(self, *_: object) -> None:
        self._leave()

    async def aiter_bytes(self) -> AsyncIterator[bytes]:
        """The pieces of its body; the next is on its way while one is worked on."""
        while True:
            kind, value = await self._next()
            if isinstance(value, bytes):
                self._read()
                yield value
            elif kind == "end":
                return
            elif kind == "late":
                raise httpx2.ReadTimeout("no byte within the time limit")
            else:
                raise httpx2.ReadError(value)

    async def _next(self) -> tuple[str, str | bytes]:
        while not self._came:
            self._waiter = _Wait()
            await self._waiter
        return self._came.popleft()
