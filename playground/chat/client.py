"""One request over the network: Request → events. The only place that sends anything.

`stream` always ends in exactly one Finished or Failed, whatever the server does.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import AbstractAsyncContextManager, aclosing
from dataclasses import replace
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Protocol

import httpx2

from playground.catalog.endpoints import Wire
from playground.chat.adapters import ADAPTERS, Adapter
from playground.chat.adapters.answer_id import HEADERS, name_in
from playground.chat.adapters.limits import limits_in, with_retry_after
from playground.chat.adapters.request import Request
from playground.chat.auth import auth_headers
from playground.chat.document import DocumentOrStream, check_error
from playground.chat.events import (
    NAME,
    Cause,
    Checking,
    Event,
    Failed,
    Finished,
    Limits,
    Named,
    ReasoningDelta,
    TextDelta,
    ToolCallDelta,
    broken,
    plain,
)
from playground.chat.framing import DOCUMENT, Frame, Framing
from playground.errors import FrameError, NoAnswerError
from playground.json_text import write_json
from playground.pricing.usage import Usage

#: Seconds without a byte after which a stream counts as dead; models may think long before the first.
SILENCE = 300
TIMEOUT = httpx2.Timeout(connect=30, read=SILENCE, write=60, pool=None)
#: An error's body is read up to here, in bytes, and for so many seconds.
ERROR_LIMIT = 256 * 1024
ERROR_SECONDS = 30
#: Seconds of keep-alives and pings and nothing of an answer after which a stream counts as dead.
IDLE = 1800
#: No model's answer is as long, in characters: thoughts, text and the arguments of calls together.
ANSWER = 16_000_000
#: An answer is named in one of so many frames at its begin, or not at all.
FIRST = 4
#: Seconds for which figures may follow an answer that has ended; some servers never close the connection.
LINGER = 10
#: How many pieces after an answer's last frame are read, and for how many seconds, so that its connection can
#: be used again: what closes a body comes with that frame or not at all.
REST, REST_SECONDS = 4, 0.25
#: How often a request goes out at most where it is refused for now.
ATTEMPTS = 4
#: Seconds of reading after which others have their turn: no stream is so fast that it keeps out Stop.
SLICE = 0.03


type Clock = Callable[[], float]


class Answer(Protocol):
    """An answer whose headers have come; what breaks it are httpx2's exceptions."""

    @property
    def status_code(self) -> int: ...
    @property
    def headers(self) -> Mapping[str, str]: ...
    def aiter_bytes(self) -> AsyncIterator[bytes]: ...


class Http(Protocol):
    """What sends a request: httpx2.AsyncClient, or in the browser transport.FetchClient."""

    def stream(
        self, method: str, url: str, *, content: bytes, headers: dict[str, str]
    ) -> AbstractAsyncContextManager[Answer]: ...


def _now() -> datetime:
    return datetime.now(UTC)


async def stream(
    request: Request,
    wire: Wire,
    http: Http,
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
            if 300 <= response.status_code < 400:
                yield plain(_moved(response))
                return
            if response.status_code >= 400:
                failure = plain(adapter.failure(response.status_code, await _head(response)))
                if failure.cause is Cause.KEY and request.key is None:
                    failure = replace(failure, cause=Cause.NO_KEY)
                event = replace(with_retry_after(failure, response.headers, now()), request=name)
                yield event
                return
            if name:
                yield Named(request=name)
            if limits := limits_in(response.headers, now()):
                yield limits
            pieces = response.aiter_bytes()
            content_type = response.headers.get("content-type", "")
            async with aclosing(read_events(pieces, adapter, content_type)) as events:
                async for event in events:
                    yield event
            if isinstance(event, Finished):
                await _read_out(pieces)
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
    pieces: AsyncIterator[bytes], adapter: Adapter, content_type: str = "", *, clock: Clock = time.monotonic
) -> AsyncGenerator[Event]:
    """The events of a stream of bytes, cut anywhere, with one honest end as its last.

    `content_type` is what its server calls it.
    """
    end: Finished | None = None
    check = Checking()
    naming, length = _Naming(), 0
    patience = _Patience(clock)
    try:
        framing = DocumentOrStream(adapter.framing(), content_type)
        async for frame in _frames(patience.pieces(pieces), framing, clock):
            for parsed in naming(frame, _events_of(frame, adapter, content_type)):
                for event in check(parsed):
                    patience.came(event)
                    length += _length(event)
                    if length > ANSWER:
                        raise FrameError(f"an answer of more than {ANSWER:,} characters")
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
    except NoAnswerError as error:
        end, failed = None, Failed(cause=Cause.FOREIGN, message=str(error))
    except FrameError as error:
        end, failed = None, Failed(cause=Cause.MALFORMED, message=f"the stream is malformed: {error}")
    except TimeoutError as error:
        end, failed = None, Failed(cause=Cause.TIMEOUT, message=str(error))
    except httpx2.RequestError:
        if end is None:
            raise  # of the connection, which the caller knows
    except Exception as error:  # noqa: BLE001 (one answer's fault ends that answer, and nothing else)
        end, failed = None, broken(error)
    for event in check(end or failed):
        yield event


def _length(event: Event) -> int:
    """How many characters of an answer it brings."""
    if isinstance(event, TextDelta | ReasoningDelta):
        return len(event.text)
    return len(event.arguments) if isinstance(event, ToolCallDelta) else 0


def _events_of(frame: Frame, adapter: Adapter, content_type: str) -> Iterator[Event]:
    none = True
    for event in adapter.parse(frame):
        none = False
        yield event
    if none and frame.event == DOCUMENT:
        # Neither an answer nor an error of this wire's form: what it says is all there is to tell.
        check_error(frame.data, content_type)
        yield adapter.failure(HTTPStatus.OK, frame.data.encode("utf-8", "replace"))


class _Naming:
    """Says what an answer is called once the first words that come with it are on their way to a reader."""

    def __init__(self) -> None:
        self._frames = FIRST

    def __call__(self, frame: Frame, events: Iterator[Event]) -> Iterator[Event]:
        for event in events:
            if isinstance(event, Failed):  # nothing is heard after it
                yield from self._name(frame)
            yield event
        yield from self._name(frame)

    def _name(self, frame: Frame) -> Iterator[Named]:
        if self._frames > 0:
            self._frames -= 1
            if named := name_in(frame):
                self._frames = 0
                yield named


class _Patience:
    """Waits for the pieces of an answer: not for ever for its first words, and not long once it has ended."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last = clock()
        self._ended = False

    def came(self, event: Event) -> None:
        """Something of the answer is there; figures alone are no progress."""
        if not isinstance(event, Usage):
            self._last = self._clock()
        self._ended = self._ended or isinstance(event, Finished)

    async def pieces(self, pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        """The pieces until nothing more is worth waiting for. Raises TimeoutError where that is no answer."""
        while (piece := await self._next(pieces)) is not None:
            yield piece
            waited = self._clock() - self._last
            if self._ended and waited > LINGER:
                return
            if waited > IDLE:
                raise TimeoutError(f"nothing but keep-alives came for {IDLE // 60} minutes")

    async def _next(self, pieces: AsyncIterator[bytes]) -> bytes | None:
        if not self._ended:
            return await anext(pieces, None)
        try:
            async with asyncio.timeout(LINGER):
                return await anext(pieces, None)
        except TimeoutError:
            return None


async def _frames(pieces: AsyncIterator[bytes], framing: Framing, clock: Clock) -> AsyncIterator[Frame]:
    async for piece in pieces:
        begun = clock()
        for frame in framing.feed(piece):
            yield frame
            if clock() - begun > SLICE:
                await asyncio.sleep(0)
                begun = clock()
    for frame in framing.close():
        yield frame


async def _read_out(pieces: AsyncIterator[bytes]) -> None:
    """Read what closes the body of an answer that has ended; else its connection serves no other request."""
    try:
        async with asyncio.timeout(REST_SECONDS):
            for _ in range(REST):
                if await anext(pieces, None) is None:
                    return
    except (httpx2.RequestError, TimeoutError):
        pass  # the answer is whole all the same


async def _head(response: Answer) -> bytes:
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


def _moved(response: Answer) -> Failed:
    """No key follows to another address, so a person has to say whether it is the right one."""
    target = response.headers.get("location", "") or "another address"  # a browser does not say which
    return Failed(
        cause=Cause.REQUEST,
        status=response.status_code,
        message=f"the server sends on to {target}, where no key follows; give that address if you trust it",
    )


async def with_retries(
    start: Callable[[], AsyncGenerator[Event]],
    *,
    waiting: Callable[[int, float, Failed], None],
    attempts: int = ATTEMPTS,
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
                # What the answer is called, and what is left of a limit, is none of it yet.
                begun = begun or not isinstance(event, Named | Limits)
                yield event
        if delay is None:
            return
        await sleep(delay)


def _passing(failed: Failed) -> bool:
    return failed.cause in (Cause.RATE, Cause.OVERLOADED, Cause.SERVER) and failed.status is not None
