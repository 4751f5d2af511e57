"""Sources that misbehave: a server that answers as a test says, and every bad answer there is."""

from __future__ import annotations

import gzip
import json
import socket
import socketserver
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from importlib.util import find_spec
from pathlib import Path

LITELLM = find_spec("litellm")
assert LITELLM is not None
assert LITELLM.origin is not None
#: Read beside the package, which takes seconds to import.
ROWS = json.loads(Path(LITELLM.origin).with_name("model_prices_and_context_window_backup.json").read_bytes())
#: Enough rows that a tenth of them is a loss.
GOOD = json.dumps(dict([*ROWS.items()][:240])).encode()

type Answer = Callable[[socket.socket, dict[str, str]], None]


class _Handler(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        head = b""
        while b"\r\n\r\n" not in head:
            part = self.request.recv(65536)
            if not part:
                return
            head += part
        first, *lines = head.decode("latin-1").split("\r\n\r\n")[0].split("\r\n")
        headers = {k.lower(): v for k, _, v in (line.partition(": ") for line in lines)}
        answer = self.server.answers[first.split()[1]]  # type: ignore[attr-defined]
        try:
            answer(self.request, headers)
        except OSError:
            return  # The reader had enough.


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers: dict[str, Answer] = {}
        self.url = f"http://127.0.0.1:{self.server_address[1]}"


def http(body: bytes = b"", status: str = "200 OK", **headers: str) -> Answer:
    """A whole answer; `_` stands for `-` in headers."""
    lines = {"content-type": "application/json", "content-length": str(len(body)), "connection": "close"}
    lines |= {k.replace("_", "-"): v for k, v in headers.items()}
    head = "".join(f"{k}: {v}\r\n" for k, v in lines.items())
    return lambda out, _: out.sendall(f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body)


def slow_headers(out: socket.socket, _: dict[str, str]) -> None:
    for letter in b"HTTP/1.1 200 OK\r\nx-long: " + b"x" * 60:
        out.sendall(bytes([letter]))
        time.sleep(0.05)


def slow_body(out: socket.socket, _: dict[str, str]) -> None:
    out.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n")
    for _ in range(100):
        out.sendall(b" ")
        time.sleep(0.05)


def silent(out: socket.socket, _: dict[str, str]) -> None:
    out.recv(1)


def endless(out: socket.socket, _: dict[str, str]) -> None:
    out.sendall(b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n")
    while True:
        out.sendall(b" " * 65536)


def bomb() -> Answer:
    return http(gzip.compress(b" " * 60_000_000), content_encoding="gzip")


def in_turn(*answers: Answer) -> Answer:
    left = list(answers)
    return lambda out, headers: (left.pop(0) if len(left) > 1 else left[0])(out, headers)


def tenth() -> bytes:
    rows = json.loads(GOOD)
    return json.dumps({k: rows[k] for k in [*rows][: len(rows) // 10]}).encode()


def without_limits() -> bytes:
    rows = json.loads(GOOD)
    return json.dumps(
        {k: {f: v for f, v in row.items() if "_tokens" not in f} for k, row in rows.items()}
    ).encode()


def twice() -> bytes:
    name, row = next((k, v) for k, v in json.loads(GOOD).items() if k != "sample_spec")
    again = json.dumps({**row, "input_cost_per_token": 9e-6})
    return GOOD.rstrip().removesuffix(b"}") + f", {json.dumps(name)}: {again}}}".encode()


BAD: dict[str, tuple[Answer, str]] = {
    "301 loop": (
        lambda out, _: http(status="301 Moved", location="/litellm.json")(out, {}),
        "redirects more than 5 times",
    ),
    "404": (http(b"no", "404 Not Found"), "answered 404"),
    "429": (http(status="429 Too Many Requests"), "answered 429; tried twice"),
    "429, a long pause": (
        http(status="429 Too Many Requests", retry_after="3600"),
        "asks to wait 3600 s",
    ),
    "429, a pause until a date": (
        http(
            status="429 Too Many Requests",
            retry_after=format_datetime(datetime.now(UTC) + timedelta(days=1), usegmt=True),
        ),
        "answered 429 and asks to wait 8",
    ),
    "503": (http(status="503 Service Unavailable"), "answered 503; tried twice"),
    "slow headers": (slow_headers, "took longer than 1.5 s"),
    "slow body": (slow_body, "took longer than 1.5 s"),
    "silence": (silent, "went silent; tried twice"),
    "cut connection": (lambda _out, _: None, "tried twice"),
    "truncated": (http(GOOD[:-500], content_length=str(len(GOOD))), "tried twice"),
    "truncated, length unknown": (
        lambda out, _: out.sendall(b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n" + GOOD[:-500]),
        "expected JSON",
    ),
    "truncated gzip": (http(gzip.compress(GOOD)[:-2000], content_encoding="gzip"), "JSON"),
    "not gzip": (http(GOOD, content_encoding="gzip"), "cannot be unpacked"),
    "gzip bomb": (bomb(), "more than 50 MB"),
    "1 GB": (http(content_length="1000000000"), "1000 MB, more than 50 MB"),
    "endless": (endless, "more than 50 MB"),
    "web page": (http(b"<p>Sign in</p>", content_type="text/html; charset=utf-8"), "a web page"),
    "web page called JSON": (http(b"<!doctype html><p>"), "expected JSON, got '<!doctype html"),
    "picture": (http(b"\x89PNG", content_type="image/png"), "(image/png), not data"),
    "invalid UTF-8": (http(GOOD.replace(b"chat", b"ch\xff\xfet")), "expected JSON"),
    "UTF-16": (http(GOOD.decode().encode("utf-16")), "expected JSON"),
    "invalid JSON": (http(GOOD + b"]"), "expected JSON"),
    "nothing": (http(b""), "expected JSON"),
    "JSON of another shape": (http(b'{"models": [{"name": "a"}]}'), "not one row could be parsed"),
    "nested without end": (http(b"[" * 200_000), "nested deeper than any catalog"),
    "duplicated keys": (http(twice()), "stands there twice and says different things"),
    "empty list": (http(b"[]"), "expected dict"),
    "empty object": (http(b"{}"), "not one row could be parsed"),
    "a tenth of the rows": (http(tenth()), "rows fell from"),
    "no limits any more": (http(without_limits()), "limits fell from"),
    "a copy from a cache": (http(GOOD, age=str(3 * 24 * 3600)), "a copy 72 hours old"),
    "an older copy": (
        http(GOOD, last_modified="Sat, 21 Nov 2026 10:00:00 GMT"),
        "the copy of 2026-11-21 10:00, older than the last one read",
    ),
    "304 to a question that was none": (http(status="304 Not Modified"), "answered 304"),
}
