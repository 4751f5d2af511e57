"""Answers of servers by others with words mixed in that nobody foresaw, and a judge of what the page gets.

On 2026-11-27 1,001,000 (143,000 of each wire) were judged: 0 exceptions, 0 ends missing. Of the answers
276,140 finished, 514,510 were malformed, 26,158 were cut off, 184,192 were refused or failed in the
provider's own words. `make test-all` judges 105,000, `make test` 2,800 (test_page_run.py).

As many as wanted, in seeded parts, perhaps from a seed on:  python -m tests.playground.run.bodies 1000000 0
"""

from __future__ import annotations

import asyncio
import json
import random
import re
import struct
import sys
import tempfile
from collections import Counter
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from zlib import crc32

import httpx2

from generator.fetch.by_npm import node
from playground.catalog.endpoints import Wire
from playground.chat.adapters import ADAPTERS
from playground.chat.adapters.request import Request
from playground.chat.chat import Chat, user
from playground.chat.chat_json import chat_to_json, message_from_json
from playground.chat.client import read_events, stream
from playground.chat.events import Event
from playground.errors import PlaygroundError
from playground.json_text import write_json
from playground.run.page_run import page_run
from playground.run.run import event_to_json
from tests.listening import listening
from tests.playground.chat.asking import HTTP, WEATHER, question, raw, target

#: In place of a text, a number or a whole value.
WORDS = (
    *(b'"retry after 27.11.2026"', b'"try again in ..."', b'"Please try again in 1h2m3s."'),
    *(b"true", b"null", b"NaN", b"-Infinity", b"1e400", b"-1", b"0.5", b"{}", b"[]", b'""', b"[[1]]"),
    *(b"1" + b"0" * 320, b"9" * 5000, b'"9' + b"9" * 400 + b'"', b'"\\ud83d"', b'"\\ude00\\ud83d"'),
    *(b'"\xff\xfe"', b'"\\u0000\\u001b[2J"', b'"<html>"', b'"[DONE]"', b'{"done": true}', b'"2026-13-45"'),
    *(b"[" * 300 + b"]" * 300, b"[" * 5000, b'{"a":' * 300 + b"1" + b"}" * 300, b'"' + b"x" * 3000 + b'"'),
    *(b'"stop"', b'"tool_use"', b'"error"', b'{"message": "rate limit", "code": 429}', b'"\xe2\x80\xa8"'),
)
#: A text, a number or a name of JSON.
VALUE = re.compile(rb'"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\b(?:true|false|null)\b')
#: What ends an answer at once, so that no test waits for another try.
STATUSES = (400, 401, 403, 404, 413, 422)
RETRIED = (429, 500, 503, 529)


def replies() -> dict[str, Any]:
    """What aimock answers, by a word of the prompt."""
    call = {"toolCalls": [{"name": "weather", "arguments": '{"city":"Oslo"}'}]}
    return {
        "fixtures": [
            {"match": {"userMessage": "works"}, "response": {"content": "It “works”: 🙂, " * 3}},
            {"match": {"userMessage": "think"}, "response": {"content": "42.", "reasoning": "Let me see."}},
            {"match": {"userMessage": "weather"}, "response": call},
        ]
    }


@contextmanager
def seeds() -> Iterator[dict[Wire, list[bytes]]]:
    """Whole answers of each wire by servers of others."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "all.json").write_text(json.dumps(replies()))
        script = "tests/servers/node_modules/.bin/llmock"
        with listening(lambda port: [*node(), script, "-p", str(port), "-f", folder]) as origin:
            asked = (question("works"), question("think"), question("weather", tools=(WEATHER,)))
            bodies = {wire: [raw(wire, target(wire, origin), one) for one in asked] for wire in HTTP}
    program = str(Path(sys.executable).with_name("llmock"))
    with listening(lambda port: [program, "serve", "--port", str(port), "--host", "127.0.0.1"]) as origin:
        for wire, path in ((Wire.OPENAI_CHAT, "/xai/v1"), (Wire.OPENAI_RESPONSES, "/v1")):
            bodies[wire].append(raw(wire, target(wire, origin, path), question("Hello")))
    bodies[Wire.LANGUAGE_MODEL] = [
        b'{"text":"It "}\n{"text":"works"}\n{"usage":{"input":9,"output":4}}\n{"done":"stop"}\n'
    ]
    yield bodies


def mutated(chance: random.Random, wire: Wire, all_bodies: dict[Wire, list[bytes]]) -> bytes:
    """One of the wire's answers with up to four changes."""
    body = chance.choice(all_bodies[wire])
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        body = _framed(chance, body) if wire == Wire.BEDROCK_CONVERSE else _worded(chance, body)
        match chance.randrange(12):
            case 0:
                body = body[: chance.randint(0, len(body))]
            case 1:
                other = chance.choice(all_bodies[chance.choice(list(all_bodies))])
                at = chance.randint(0, len(body))
                body = body[:at] + other + body[at:]
            case 2 if body:
                at = chance.randrange(len(body))
                body = body[:at] + chance.randbytes(chance.randint(0, 3)) + body[at + 1 :]
            case 3:
                lines = body.split(b"\n")
                chance.shuffle(lines)
                body = b"\n".join(lines)
            case 4:
                body = chance.choice((b"\r\n", b"\r", b"\n: ping\n")).join(body.split(b"\n"))
            case _:
                pass
    return body


def _worded(chance: random.Random, text: bytes) -> bytes:
    values = list(VALUE.finditer(text))
    if not values:
        return text + chance.choice(WORDS)
    value = chance.choice(values)
    return text[: value.start()] + chance.choice(WORDS) + text[value.end() :]


def _framed(chance: random.Random, body: bytes) -> bytes:
    """The same for Amazon's binary messages: the payload of one is changed, and its checksums are right."""
    messages, at = [], 0
    while at + 16 <= len(body):
        total, headers = struct.unpack_from(">II", body, at)
        if not 16 + headers <= total <= len(body) - at:
            break
        messages.append((body[at + 12 : at + 12 + headers], body[at + 12 + headers : at + total - 4]))
        at += total
    if not messages:
        return body
    place = chance.randrange(len(messages))
    messages[place] = (messages[place][0], _worded(chance, messages[place][1]))
    return b"".join(message(*one) for one in messages) + body[at:]


def message(headers: bytes, payload: bytes) -> bytes:
    """A message of Amazon's event stream."""
    prelude = struct.pack(">II", 16 + len(headers) + len(payload), len(headers))
    whole = prelude + struct.pack(">I", crc32(prelude)) + headers + payload
    return whole + struct.pack(">I", crc32(whole))


class Judge:
    """Gives bodies to a run of the page, and holds that each ends once, in JSON that any reader takes."""

    def __init__(self, wire: Wire) -> None:
        self.wire = wire
        self.ends: Counter[str] = Counter()
        to = target(wire, "http://127.0.0.1:1") if wire in HTTP else None
        self.request = Request(url="http://127.0.0.1:1/", body={})
        self.to = to
        self.chat = Chat(messages=(user("Hi"),))
        self.message = {
            "endpoint": {"wire": str(wire), "url": "http://127.0.0.1:1" if to else "page:smollm2"},
            "model": "m",
            "prices": {"price.input": "1", "price.output": "2"},
            "chat": chat_to_json(self.chat),
        }

    async def judge(self, chance: random.Random, body: bytes) -> None:
        """Raises AssertionError, or whatever the playground lets through."""
        told: list[str] = []

        def tell(kind: str, **values: Any) -> None:
            told.append(write_json({"kind": kind, **values}))

        async def send(request: Request, wire: Wire) -> AsyncGenerator[Event]:
            if self.to is None or chance.random() < 0.7:
                (size,) = chance.choices((1, 7, 64, 10**6), (1, 4, 8, 8))  # bytes; one by one takes long
                events = read_events(_pieces(body, size), ADAPTERS[wire])
            else:
                status = 200 if chance.random() < 0.3 else chance.choice(STATUSES)
                events = stream(request, wire, _answering(status, body, chance))
            async for event in events:
                yield event

        await page_run(self.message, send, tell)
        values = [_strict(text) for text in told]
        kinds = [value["kind"] for value in values]
        assert kinds[-1] == "done", values[-1]
        assert not {"done", "refused"} & set(kinds[:-1]), kinds
        last = values[-1]
        assert last["end"]["type"] in ("Finished", "Failed")
        assert last["end"].get("cause") != "fault of the playground", last["end"]
        self.ends[last["end"].get("cause") or "finished"] += 1
        self._goes_on(last["message"])
        if self.to is not None and chance.random() < 0.1:
            await self._tried_again(chance, body)

    def _goes_on(self, message: dict[str, Any]) -> None:
        turns = (*self.chat.messages, message_from_json(message), user("And then?"))
        if self.to is not None and message["parts"]:
            with suppress(PlaygroundError):  # told to the reader before anything is sent
                _strict(write_json(ADAPTERS[self.wire].build_request(Chat(messages=turns), self.to).body))

    async def _tried_again(self, chance: random.Random, body: bytes) -> None:
        http = _answering(chance.choice(RETRIED), body, chance)
        events = [event async for event in stream(self.request, self.wire, http)]
        (end,) = [_strict(write_json(event_to_json(event))) for event in events]
        assert end["type"] == "Failed"
        assert end["cause"] != "fault of the playground", end


def _answering(status: int, body: bytes, chance: random.Random) -> httpx2.AsyncClient:
    after = chance.choice(("", "5", "soon", "nan", "1e999", "Fri, 27 Nov 2026 12:00:00 GMT", "-3"))
    headers = {"retry-after": after} if after else {}
    answer = httpx2.Response(status, content=body, headers=headers)
    return httpx2.AsyncClient(transport=httpx2.MockTransport(lambda _: answer), trust_env=False)


def _strict(text: str) -> Any:
    """As JSON.parse reads it."""

    def refuse(name: str) -> None:
        raise AssertionError(f"{name} is no JSON")

    text.encode()
    return json.loads(text, parse_constant=refuse)


async def _pieces(body: bytes, size: int) -> AsyncIterator[bytes]:
    for at in range(0, len(body), size):
        yield body[at : at + size]


def judged(wire: Wire, bodies: dict[Wire, list[bytes]], seed: int, count: int) -> Counter[str]:
    """How so many bodies of a wire ended. Raises AssertionError with the body that did not, by its seed."""
    judge = Judge(wire)

    async def work() -> None:
        for number in range(seed, seed + count):
            chance = random.Random(number)
            body = mutated(chance, wire, bodies)
            try:
                await judge.judge(chance, body)
            except Exception as error:
                raise AssertionError(f"{wire}, seed {number}: {body[:2000]!r}") from error

    asyncio.run(work())
    return judge.ends


def main(count: int, first: int = 0) -> None:
    """So many bodies, in parts of a thousand for each wire, from a seed on; what came of them so far."""
    with seeds() as bodies:
        ends: Counter[str] = Counter()
        part = 1000
        for seed in range(first, first + count // len(ADAPTERS) + 1, part):
            for wire in ADAPTERS:
                ends += judged(wire, bodies, seed, part)
            print(f"{ends.total():,} bodies, {dict(ends)}", flush=True)  # noqa: T201


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
