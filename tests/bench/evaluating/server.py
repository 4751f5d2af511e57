"""A server of Chat Completions on the loopback which answers after a fixed time and counts what is asked.

An answer repeats the last message. It is streamed to whoever asks for a stream, in ten pieces spread over
that time, unless the server is to answer everyone in one piece.
"""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

PIECES = 10
USAGE = {"prompt_tokens": 20, "completion_tokens": PIECES, "total_tokens": 20 + PIECES}
ALLOWED = (
    "access-control-allow-origin: *\r\naccess-control-allow-headers: *, authorization\r\n"
    "access-control-max-age: 600\r\nconnection: keep-alive\r\n"
)


class Asked:
    """What was asked of a server since it was last reset. Times are seconds of `time.perf_counter`."""

    def __init__(self, *, by_name: bool = False) -> None:
        """`by_name`: count each question of each model; without it memory does not grow."""
        self.requests = self.answers = self.connections = 0
        self.open = self.most_open = 0
        self.first = self.last = 0.0
        #: How often each question was asked of each model.
        self.names: Counter[tuple[str, str]] | None = Counter() if by_name else None

    def begin(self, name: tuple[str, str]) -> None:
        """A request is here."""
        self.first = self.first or time.perf_counter()
        self.requests += 1
        self.open += 1
        self.most_open = max(self.most_open, self.open)
        if self.names is not None:
            self.names[name] += 1

    def end(self) -> None:
        """All of the answer has gone out."""
        self.last = time.perf_counter()
        self.answers += 1

    @property
    def seconds(self) -> float:
        """From the first request until the last answer."""
        return self.last - self.first


class Server:
    """Answers after `pause` seconds; with `whole` in one piece, also where a stream is asked for."""

    def __init__(self, pause: float, *, whole: bool = False) -> None:
        self.pause = pause
        self.whole = whole
        self.asked = Asked()
        self.url = ""

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, until its client closes it."""
        counted: Asked | None = None
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
                if counted is not self.asked:
                    counted = self.asked
                    counted.connections += 1
                if head.startswith("options"):
                    writer.write(f"HTTP/1.1 204 No Content\r\n{ALLOWED}\r\n".encode())
                    continue
                length = int(head.partition("\r\ncontent-length:")[2].partition("\r\n")[0])
                await self._answer(json.loads(await reader.readexactly(length)), writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def _answer(self, body: Any, writer: asyncio.StreamWriter) -> None:
        asked, text = self.asked, body["messages"][-1]["content"]
        asked.begin((body["model"], text))
        try:
            if body.get("stream") and not self.whole:
                await self._stream(body["model"], text, writer)
            else:
                await asyncio.sleep(self.pause)
                message = {"role": "assistant", "content": text}
                choice = {"index": 0, "message": message, "finish_reason": "stop"}
                answer = {"id": "a", "object": "chat.completion", "created": 1, "model": body["model"]}
                data = json.dumps({**answer, "choices": [choice], "usage": USAGE}).encode()
                kind = f"content-type: application/json\r\ncontent-length: {len(data)}\r\n"
                writer.write(f"HTTP/1.1 200 OK\r\n{ALLOWED}{kind}\r\n".encode() + data)
                await writer.drain()
            if not writer.is_closing():
                asked.end()
        finally:
            asked.open -= 1

    async def _stream(self, model: str, text: str, writer: asyncio.StreamWriter) -> None:
        kind = "content-type: text/event-stream\r\ntransfer-encoding: chunked\r\n"
        writer.write(f"HTTP/1.1 200 OK\r\n{ALLOWED}{kind}\r\n".encode())
        begun, size = time.perf_counter(), -(-len(text) // PIECES)
        chunk: dict[str, Any] = {"id": "a", "object": "chat.completion.chunk", "created": 1, "model": model}
        for number in range(PIECES):
            if self.pause:
                due = begun + self.pause * (number + 1) / PIECES
                await asyncio.sleep(max(0.0, due - time.perf_counter()))
            delta = {"content": text[number * size : (number + 1) * size]}
            _send(writer, {**chunk, "choices": [{"index": 0, "delta": delta, "finish_reason": None}]})
            await writer.drain()
        _send(writer, {**chunk, "choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})
        _send(writer, {**chunk, "choices": [], "usage": USAGE})
        writer.write(b"e\r\ndata: [DONE]\n\n\r\n0\r\n\r\n")
        await writer.drain()


def _send(writer: asyncio.StreamWriter, chunk: Any) -> None:
    data = f"data: {json.dumps(chunk)}\n\n".encode()
    writer.write(b"%x\r\n%s\r\n" % (len(data), data))


@contextmanager
def serving(pause: float, *, whole: bool = False) -> Iterator[Server]:
    """Such a server in a thread of its own; `url` is its address."""
    server, ready = Server(pause, whole=whole), threading.Event()
    stop: list[Callable[[], object]] = []

    async def serve() -> None:
        loop, ended = asyncio.get_running_loop(), asyncio.Event()
        stop.append(lambda: loop.call_soon_threadsafe(ended.set))
        listening = await asyncio.start_server(server.answer, "127.0.0.1", 0, backlog=256)
        server.url = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}/v1"
        ready.set()
        await ended.wait()
        listening.close()

    thread = threading.Thread(target=lambda: asyncio.run(serve()), daemon=True)
    thread.start()
    ready.wait()
    try:
        yield server
    finally:
        stop[0]()
        thread.join()
