"""A server that answers at once: prints its port, then serves until it is killed.

In a process of its own, since what it costs would otherwise be part of what is measured. `/paced/` streams 10
tokens, one each 20 ms, `/fast/` 2,000 without waiting.
"""

from __future__ import annotations

import asyncio
import re
import sys

CORS = (
    b"access-control-allow-origin: *\r\n"
    b"access-control-allow-headers: *, authorization\r\n"
    b"access-control-max-age: 600\r\n"
)
START = b'data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,'
TOKEN = START + b'"delta":{"content":"word "}}]}\n\n'
END = START + b'"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n'


async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Each request of a connection, until it is closed."""
    try:
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            if length := re.search(rb"(?i)\r\ncontent-length: *(\d+)", head):
                await reader.readexactly(int(length[1]))
            if head.startswith(b"OPTIONS"):
                writer.write(b"HTTP/1.1 204 No Content\r\n" + CORS + b"\r\n")
                continue
            writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n" + CORS)
            writer.write(b"transfer-encoding: chunked\r\n\r\n")
            fast = b"/fast/" in head.split(b"\r\n", 1)[0]
            for _ in range(2000 if fast else 10):
                writer.write(_chunk(TOKEN))
                await (writer.drain() if fast else asyncio.sleep(0.02))
            writer.write(_chunk(END) + _chunk(b""))
    except (asyncio.IncompleteReadError, ConnectionError):
        pass  # the browser has closed it
    finally:
        writer.close()


def _chunk(content: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(content), content)


async def main() -> None:
    """Serve at a free port of the loopback."""
    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
