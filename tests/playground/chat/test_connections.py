"""Answers one after the other over one connection, and what a server may do once an answer has ended."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import httpx2
import pytest

from playground.catalog.endpoints import Endpoint, Wire
from playground.chat import client
from playground.chat.adapters import ADAPTERS
from playground.chat.chat import Chat, user
from playground.chat.client import stream
from playground.chat.events import Event, Finished
from playground.chat.target import Target
from tests import running
from tests.playground.chat.dialects.streamed import delta, sse

ANSWER = sse(delta(content="Hi"), delta("stop")) + b"data: [DONE]\n\n"
CLOSED = b"0\r\n\r\n"
PIECE = b"1\r\n\n\r\n"
ASKED = 3


class Answering:
    """Gives the answer to each request, and then `rest`, over and over where that is `endless`."""

    def __init__(self, rest: bytes, *, endless: bool = False) -> None:
        self.rest = rest
        self.endless = endless
        self.connections = self.written = 0

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).lower()
                await reader.readexactly(int(head.partition(b"content-length: ")[2].partition(b"\r\n")[0]))
                kind = b"content-type: text/event-stream\r\ntransfer-encoding: chunked"
                writer.write(b"HTTP/1.1 200 OK\r\n%s\r\n\r\n%x\r\n%s\r\n" % (kind, len(ANSWER), ANSWER))
                await self._end(writer)
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()

    async def _end(self, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.001)  # a packet of its own
        writer.write(self.rest)
        await writer.drain()
        self.written += 1
        if not self.rest:
            writer.close()
        while self.endless:
            await asyncio.sleep(0.001)
            writer.write(self.rest)
            await writer.drain()
            self.written += 1


def asked(server: Answering) -> list[list[Event]]:
    """The events of some answers, one after the other, by one client."""

    async def one(http: httpx2.AsyncClient, port: int) -> list[Event]:
        target = Target(
            endpoint=Endpoint(wire=Wire.OPENAI_CHAT, url=f"http://127.0.0.1:{port}/v1"), model="m"
        )
        request = ADAPTERS[Wire.OPENAI_CHAT].build_request(Chat(messages=(user("Hello"),)), target)
        return [event async for event in stream(request, Wire.OPENAI_CHAT, http)]

    async def work() -> list[list[Event]]:
        listening = await asyncio.start_server(server, "127.0.0.1", 0)
        port = listening.sockets[0].getsockname()[1]
        async with httpx2.AsyncClient(trust_env=False) as http:
            answers = [await one(http, port) for _ in range(ASKED)]
        listening.close()
        await listening.wait_closed()
        return answers

    return running.run(work())


def test_answers_one_after_the_other_use_one_connection() -> None:
    server = Answering(CLOSED)
    answers = asked(server)
    assert server.connections == 1
    assert [type(events[-1]) for events in answers] == [Finished] * ASKED


@pytest.mark.parametrize(
    ("rest", "endless"),
    [(PIECE, False), (PIECE, True), (b"no length\r\n", False), (b"", False)],
    ids=["a body that is left open", "pieces for ever", "no piece at all", "a closed connection"],
)
def test_what_follows_an_answer_takes_nothing_from_it(
    monkeypatch: pytest.MonkeyPatch, rest: bytes, endless: bool
) -> None:
    monkeypatch.setattr(client, "REST_SECONDS", 0.05)
    server = Answering(rest, endless=endless)
    answers = asked(server)
    assert server.connections == ASKED
    assert [type(events[-1]) for events in answers] == [Finished] * ASKED
    assert len({len(events) for events in answers}) == 1
