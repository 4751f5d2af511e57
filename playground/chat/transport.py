"""HTTP by the browser's fetch, as an httpx2 transport that really stops.

Leaving the response, cancelling the task or a time limit aborts the fetch, so the server sees the
connection close and stops generating. (The stock Pyodide transport never aborts.)
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Protocol

import httpx2

#: What only the browser may set; fetch refuses or ignores them, and strict preflights object to the rest.
_BROWSERS = frozenset(
    ("host", "connection", "content-length", "accept-encoding", "user-agent", "accept", "cookie")
)


class Fetched(Protocol):
    """An answer whose headers have come."""

    status: int
    headers: list[tuple[str, str]]

    async def read(self) -> bytes:
        """The next piece, empty at the end. Raises OSError where the connection breaks."""
        ...

    def abort(self) -> None:
        """Close the connection now."""
        ...


class Fetch(Protocol):
    """What the browser gives (browser.py): raises OSError with the browser's own words."""

    async def __call__(self, method: str, url: str, headers: dict[str, str], body: bytes) -> Fetched: ...


class FetchTransport(httpx2.AsyncBaseTransport):
    """Sends by `fetch`; read and connect limits of the request's timeout hold."""

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        limits = request.extensions.get("timeout", {})
        headers = {n: v for n, v in request.headers.items() if n.lower() not in _BROWSERS}
        body = await request.aread()
        try:
            async with asyncio.timeout(limits.get("read")):
                fetched = await self._fetch(request.method, str(request.url), headers, body)
        except TimeoutError as error:
            raise httpx2.ReadTimeout("no answer within the time limit", request=request) from error
        except OSError as error:
            raise httpx2.ConnectError(str(error), request=request) from error
        return httpx2.Response(
            status_code=fetched.status,
            headers=fetched.headers,
            stream=_Body(fetched, limits.get("read"), request),
        )


class _Body(httpx2.AsyncByteStream):
    def __init__(self, fetched: Fetched, limit: float | None, request: httpx2.Request) -> None:
        self._fetched = fetched
        self._limit = limit
        self._request = request

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while True:
            try:
                async with asyncio.timeout(self._limit):
                    piece = await self._fetched.read()
            except TimeoutError as error:
                self._fetched.abort()
                raise httpx2.ReadTimeout("no byte within the time limit", request=self._request) from error
            except OSError as error:
                raise httpx2.ReadError(str(error), request=self._request) from error
            if not piece:
                return
            yield piece

    async def aclose(self) -> None:
        self._fetched.abort()
