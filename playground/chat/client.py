"""One request over the network: Request → events. The only place that sends anything.

`stream` always ends in exactly one Finished or Failed, whatever the server does.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterator
from contextlib import aclosing
from dataclasses import replace
from datetime import UTC, datetime
from http import HTTPStatus

import httpx2

from playground.catalog.endpoints import Wire
from playground.chat.adapters import ADAPTERS, Adapter
from playground.chat.adapters.answer_id import HEADERS, name_in
from playground.chat.adapters.request import Request
from playground.chat.adapters.waits import seconds_in
from playground.chat.auth import auth_headers
from playground.chat.document import DocumentOrStream
from playground.chat.events import NAME, Cause, Checking, Event, Failed, Finished, Named, broken, plain
from playground.chat.framing import DOCUMENT, Frame, Framing
from playground.errors import FrameError
from playground.json_text import write_json

#: Seconds without a byte after which a stream counts as dead; models may think long before the first.
TIMEOUT = httpx2.Timeout(connect=30, read=300, write=60, pool=None)
#: An error's body is read up to here, in bytes, and for so many seconds.
ERROR_LIMIT = 256 * 1024
ERROR_SECONDS = 30
#: Seconds of keep-alives and nothing else after which a stream counts as dead, though bytes come.
IDLE = 1800
#: An answer is named in one of so many frames at its begin, or not at all.
FIRST = 4


def _now() -> datetime:
    return datetime.now(UTC)


async def stream(
    request: Request,
    wire: Wire,
    http: httpx2.AsyncClient,
    *,
    now: Callable[[], datetime] = _now,
) -> AsyncGenerator[Event]:
    """Send the request and give its events as they come; closing the iterator closes the connection.

    Raises KeyOriginError and RequestError before anything is sent; all else is a Failed event.
    """
    adapter = ADAPTERS[wire]
    body = write_json(request.body).encode()
    headers = {
        "content-type": "application/json",
        **request.headers,
        **auth_headers(request.key, request.url, body, now()),
    }
    event: Event | None = None
    try:
        async with http.stream("POST", request.url, content=body, headers=headers) as response:
            name = next((value for n in HEADERS if (value := response.headers.get(n))), "")[:NAME]
            if response.is_error or response.is_redirect:
                failure = plain(adapter.failure(response.status_code, await _head(response)))
                event = replace(_with_retry_after(failure, response, now()), request=name)
                yield event
                return
            if name:
                yield Named(request=name)
            async with aclosing(read_events(response.aiter_bytes(), adapter)) as events:
                async for event in events:
                    yield event
        return
    except httpx2.TimeoutException:
        failed = Failed(cause=Cause.TIMEOUT, message="no answer within the time limit")
    except httpx2.ConnectError as error:
        failed = Failed(cause=Cause.UNREACHABLE, message=str(error) or "the server could not be reached")
    except httpx2.RequestError as error:
        failed = Failed(cause=Cause.TRUNCATED, message=str(error) or "the connection broke")
    except Exception as error:  # noqa: BLE001 (the last boundary: no stream ends without a word)
        failed = broken(error)
    if not isinstance(event, Finished | Failed):
        yield failed


async def read_events(
    pieces: AsyncIterator[bytes], adapter: Adapter, *, clock: Callable[[], float] = time.monotonic
) -> AsyncGenerator[Event]:
    """The events of a stream of bytes, cut anywhere, with one honest end as its last."""
    end: Finished | None = None
    check = Checking()
    unnamed = FIRST
    try:
        async for frame in _frames(pieces, DocumentOrStream(adapter.framing()), clock):
            if unnamed > 0 and (named := name_in(frame)):
                unnamed = 0
                for event in check(named):
                    yield event
            unnamed -= 1
            for parsed in _events_of(frame, adapter):
                for event in check(parsed):
                    if isinstance(event, Failed):
                        yield event
                        return
                    if isinstance(event, Finished):
                        # The first reason holds; usage may still follow it.
                        end = end or event
                    else:
                        yield event
            if adapter.is_last(frame):
                break
        failed = Failed(cause=Cause.TRUNCATED, message="the stream ended before the answer was finished")
    except FrameError as error:
        end, failed = None, Failed(cause=Cause.MALFORMED, message=f"the stream is malformed: {error}")
    except TimeoutError as error:
        end, failed = None, Failed(cause=Cause.TIMEOUT, message=str(error))
    except httpx2.RequestError:
        raise  # of the connection, which the caller knows
    except Exception as error:  # noqa: BLE001 (one answer's fault ends that answer, and nothing else)
        end, failed = None, broken(error)
    for event in check(end or failed):
        yield event


def _events_of(frame: Frame, adapter: Adapter) -> Iterator[Event]:
    none = True
    for event in adapter.parse(frame):
        none = False
        yield event
    if none and frame.event == DOCUMENT:
        # Neither an answer nor an error of this wire's form: what it says is all there is to tell.
        yield adapter.failure(HTTPStatus.OK, frame.data.encode("utf-8", "replace"))


async def _frames(
    pieces: AsyncIterator[bytes], framing: Framing, clock: Callable[[], float]
) -> AsyncIterator[Frame]:
    last = clock()
    async for piece in pieces:
        for frame in framing.feed(piece):
            last = clock()
            yield frame
        if clock() - last > IDLE:
            raise TimeoutError(f"nothing but keep-alives came for {IDLE // 60} minutes")
    for frame in framing.close():
        yield frame


async def _head(response: httpx2.Response) -> bytes:
    body = bytearray()
    try:
        async with asyncio.timeout(ERROR_SECONDS):
            async for piece in response.aiter_bytes():
                body += piece
                if len(body) > ERROR_LIMIT:
                    break
    except (httpx2.RequestError, TimeoutError):
        pass  # what was read says more than that reading broke
    return bytes(body)


#: Headers that say when to come back, and the unit of a bare number in them.
_WAITS = (
    ("retry-after-ms", "ms"),
    ("retry-after", ""),
)
#: Headers that say when a limit is reset; it counts where the one beside it says that nothing remains.
_RESETS = (
    "x-ratelimit-reset-requests",
    "x-ratelimit-reset-tokens",
    "x-ratelimit-reset",
    "anthropic-ratelimit-requests-reset",
    "anthropic-ratelimit-tokens-reset",
)


def _with_retry_after(failed: Failed, response: httpx2.Response, now: datetime) -> Failed:
    """`Retry-After` goes before the body's own words, and those before the time at which a limit is reset."""
    for name, unit in _WAITS:
        if (seconds := seconds_in(response.headers.get(name, "") + unit, now)) is not None:
            return replace(failed, retry_after=seconds)
    if failed.retry_after is not None or failed.cause != Cause.RATE:
        return failed
    for name in _RESETS:
        used_up = response.headers.get(name.replace("reset", "remaining"), "").strip() == "0"
        if used_up and (seconds := seconds_in(response.headers.get(name, ""), now)) is not None:
            return replace(failed, retry_after=seconds)
    return failed


async def with_retries(
    start: Callable[[], AsyncGenerator[Event]],
    *,
    waiting: Callable[[int, float, Failed], None],
    attempts: int = 4,
    longest: float = 60,
    sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
) -> AsyncGenerator[Event]:
    """Start again on a rate limit, an overload or a server error, and never once output has begun.

    Waits what the provider asks, else 1, 2, 4 … seconds; `waiting(attempt, seconds, failure)` is called
    first. A provider that asks for more than `longest` seconds is not waited for.
    """
    for attempt in range(1, attempts + 1):
        begun = False
        delay: float | None = None
        async with aclosing(start()) as events:
            async for event in events:
                if isinstance(event, Failed) and not begun and attempt < attempts and _passing(event):
                    asked = event.retry_after if event.retry_after is not None else 2.0 ** (attempt - 1)
                    if asked <= longest:
                        waiting(attempt, asked, event)
                        delay = asked
                        break
                # What the answer is called is none of it yet.
                begun = begun or not isinstance(event, Named)
                yield event
        if delay is None:
            return
        await sleep(delay)


def _passing(failed: Failed) -> bool:
    return failed.cause in (Cause.RATE, Cause.OVERLOADED, Cause.SERVER) and failed.status is not None
