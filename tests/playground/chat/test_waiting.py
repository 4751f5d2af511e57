"""How long an answer is waited for: not for ever while bytes come, and not long once it has ended."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable

import httpx2
import pytest

from playground.catalog.endpoints import Wire
from playground.chat import client
from playground.chat.adapters import ADAPTERS
from playground.chat.client import IDLE, LINGER, read_events
from playground.chat.events import Cause, Event, Failed, Finished, Usage
from tests import running
from tests.playground.chat.dialects.streamed import delta, sse
from tests.playground.run.bodies import message

MINUTE = 60
EMPTY_GEMINI = b'data: {"candidates":[{"content":{"parts":[{"text":""}]}}]}\n\n'
ROLE = b'data: {"choices":[{"delta":{"role":"assistant","content":""}}]}\n\n'
COUNTED = b'data: {"choices":[],"usage":{"prompt_tokens":9,"completion_tokens":0}}\n\n'
QUEUED = b'data: {"type":"response.in_progress","response":{}}\n\n'
#: What servers send to keep a connection open, and nothing of an answer is in it.
ALIVE = {
    "a comment": (Wire.OPENAI_CHAT, b": OPENROUTER PROCESSING\n\n"),
    "an empty line": (Wire.OPENAI_CHAT, b"\n"),
    "one byte of a comment": (Wire.OPENAI_CHAT, b":"),
    "an event without data": (Wire.OPENAI_CHAT, b"event: ping\n\n"),
    "a role alone": (Wire.OPENAI_CHAT, ROLE),
    "counts alone": (Wire.OPENAI_CHAT, COUNTED),
    "Anthropic's ping": (Wire.ANTHROPIC_MESSAGES, b'event: ping\ndata: {"type": "ping"}\n\n'),
    "a state of Responses": (Wire.OPENAI_RESPONSES, QUEUED),
    "an empty part of Gemini": (Wire.GEMINI, EMPTY_GEMINI),
    "an empty line of JSON lines": (Wire.OLLAMA, b"\n"),
    "an empty message of Ollama": (Wire.OLLAMA, b'{"message":{"content":""},"done":false}\n'),
    "an empty message of Bedrock": (Wire.BEDROCK_CONVERSE, message(b"\x0b:event-type\x07\x00\x01x", b"{}")),
}


class Clock:
    """Time goes on by a minute, or as told, whenever a piece comes."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


type Pieces = Callable[[Clock], AsyncIterator[bytes]]


def read(wire: Wire, pieces: Pieces) -> tuple[list[Event], float]:
    """The events, and the seconds after which the last came."""
    clock = Clock()

    async def work() -> list[Event]:
        events = read_events(pieces(clock), ADAPTERS[wire], clock=clock)
        return [event async for event in events if not isinstance(event, Usage)]

    return running.run(work()), clock.now


def for_ever(
    piece: bytes, first: bytes = b"", step: float = MINUTE
) -> Callable[[Clock], AsyncIterator[bytes]]:
    async def pieces(clock: Clock) -> AsyncGenerator[bytes]:
        if first:
            yield first
        while True:
            clock.now += step
            assert clock.now < 10 * IDLE, "this would go on for ever"
            yield piece

    return pieces


@pytest.mark.parametrize("name", ALIVE)
def test_bytes_without_an_answer_end_it_after_half_an_hour(name: str) -> None:
    wire, piece = ALIVE[name]
    (end,), seconds = read(wire, for_ever(piece))
    assert isinstance(end, Failed)
    assert end.cause == Cause.TIMEOUT
    assert end.message == "nothing but keep-alives came for 30 minutes"
    assert IDLE < seconds <= IDLE + MINUTE


def test_an_answer_may_come_as_slowly_as_it_likes() -> None:
    async def pieces(clock: Clock) -> AsyncGenerator[bytes]:
        for number in range(200):
            clock.now += MINUTE
            yield b": ping\n\n" if number % 20 else sse(delta(content="word "))
        yield sse(delta("stop"))

    events, seconds = read(Wire.OPENAI_CHAT, pieces)
    assert isinstance(events[-1], Finished)
    assert seconds > 5 * IDLE


@pytest.mark.parametrize("piece", [b": ping\n\n", ROLE, COUNTED])
def test_an_answer_that_has_ended_is_not_waited_for_though_bytes_come(piece: bytes) -> None:
    events, seconds = read(Wire.OPENAI_CHAT, for_ever(piece, sse(delta(content="Hi"), delta("stop")), 1))
    assert isinstance(events[-1], Finished)
    assert seconds <= LINGER + 1


def test_a_server_that_never_closes_the_connection_ends_no_answer_late(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(client, "LINGER", 0.05)
    closed = []

    async def pieces(_: Clock) -> AsyncGenerator[bytes]:
        try:
            yield sse(delta(content="Hi"), delta("stop"))
            await asyncio.Event().wait()
        finally:
            closed.append(True)

    events, _ = read(Wire.OPENAI_CHAT, pieces)
    assert isinstance(events[-1], Finished)
    assert closed == [True]


@pytest.mark.parametrize(
    "error",
    [
        httpx2.ReadError("network error"),
        httpx2.RemoteProtocolError("peer closed connection without sending complete message body"),
        httpx2.ReadTimeout("no byte within the time limit"),
    ],
)
def test_a_connection_that_breaks_after_the_end_takes_the_answer_not_back(error: Exception) -> None:
    async def pieces(_: Clock) -> AsyncGenerator[bytes]:
        yield sse(delta(content="Hi"), delta("stop"))
        raise error

    events, _ = read(Wire.OPENAI_CHAT, pieces)
    assert isinstance(events[-1], Finished)


def test_figures_that_follow_the_end_are_taken() -> None:
    async def pieces(clock: Clock) -> AsyncGenerator[bytes]:
        yield sse(delta(content="Hi"), delta("stop"))
        clock.now += LINGER - 1
        yield COUNTED

    async def work() -> list[Event]:
        clock = Clock()
        return [event async for event in read_events(pieces(clock), ADAPTERS[Wire.OPENAI_CHAT], clock=clock)]

    assert [event.input for event in running.run(work()) if isinstance(event, Usage)] == [9]
