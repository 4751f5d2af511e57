"""Requests by the browser's fetch: asked first, read a piece ahead, closed when they are left."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, Callable
from typing import Any

import pytest

from playground.catalog.endpoints import Wire
from playground.chat.adapters.request import Request
from playground.chat.client import stream
from playground.chat.events import Event
from playground.chat.transport import FetchClient
from playground.run.page_run import page_run
from tests import running
from tests.playground.chat.dialects.streamed import delta, sse
from tests.playground.run import bodies

MESSAGE = bodies.Judge(Wire.OPENAI_CHAT).message
HEAD = json.dumps([200, {"content-type": "text/event-stream"}])
FIRST = ("piece", sse(delta(content="Hi")))
ANSWER: list[tuple[str, str | bytes]] = [
    ("head", HEAD),
    ("piece", sse(delta(content="Hi"), delta("stop"))),
    ("end", ""),
]


def begun(fetching: Fetching, tell: Callable[..., None], count: int) -> list[asyncio.Task[None]]:
    """So many runs, each as far as its request, as the page begins them."""
    loop = asyncio.get_running_loop()
    return [
        asyncio.Task(page_run(MESSAGE, fetching.send, tell), loop=loop, eager_start=True)
        for _ in range(count)
    ]


async def stopped(runs: list[asyncio.Task[None]]) -> None:
    for run in runs:
        run.cancel()
    await asyncio.gather(*runs)


class Fetching:
    """What worker.mjs does, by what is to come of each request; notes what it is called for."""

    def __init__(self, *coming: tuple[str, str | bytes]) -> None:
        self.calls: list[str] = []
        self.client = FetchClient(self, seconds=9)
        self._coming = list(coming)

    def ask(self, number: int, method: str, url: str, headers: str, body: str, seconds: float) -> None:
        assert (method, seconds, json.loads(headers)["content-type"]) == ("POST", 9, "application/json")
        assert json.loads(body)["model"] == MESSAGE["model"]
        self.calls.append(f"ask {number}")
        # The head is told with what comes first.
        asyncio.get_running_loop().call_soon(self._tell, number, 2)

    def read(self, number: int) -> None:
        self.calls.append("read")
        asyncio.get_running_loop().call_soon(self._tell, number, 1)

    def abort(self, number: int) -> None:
        self.calls.append(f"abort {number}")

    def send(self, request: Request, wire: Wire) -> AsyncGenerator[Event]:
        return stream(request, wire, self.client)

    def _tell(self, number: int, count: int) -> None:
        for _ in range(count):
            if self._coming:
                self.client.heard(number, *self._coming.pop(0))


def ends(*coming: tuple[str, str | bytes]) -> tuple[dict[str, Any], list[str]]:
    """How the page is told that the run ended, and what the browser was called for."""
    fetching = Fetching(*coming)
    told: list[dict[str, Any]] = []
    running.run(
        page_run(MESSAGE, fetching.send, lambda kind, **values: told.append({"kind": kind, **values}))
    )
    assert [t["kind"] for t in told].count("sent") == 1
    assert told[-1]["kind"] == "done"
    return told[-1]["end"], fetching.calls


def test_an_answer_is_read_a_piece_ahead_and_left_at_its_end() -> None:
    end, calls = ends(*ANSWER)
    assert (end["type"], calls) == ("Finished", ["ask 1", "read", "abort 1"])


@pytest.mark.parametrize(
    ("coming", "cause", "message"),
    [
        ([("failed", "Failed to fetch")], "unreachable", "Failed to fetch"),
        ([("late", "")], "timeout", "no answer within the time limit"),
        ([("head", HEAD), ("failed", "network error")], "stream cut off", "network error"),
        ([("head", HEAD), ("late", "")], "timeout", "no answer within the time limit"),
        (
            [("head", HEAD), ("piece", sse(delta(content="Hi"))), ("end", "")],
            "stream cut off",
            "the stream ended before the answer was finished",
        ),
    ],
    ids=["no connection", "no head", "broken", "no piece", "cut off"],
)
def test_what_breaks_a_request_ends_its_run_and_closes_it(
    coming: list[tuple[str, str | bytes]], cause: str, message: str
) -> None:
    end, calls = ends(*coming)
    assert (end["cause"], end["message"]) == (cause, message)
    assert calls[-1] == "abort 1"


def test_the_status_and_headers_of_a_refusal_are_read() -> None:
    head = json.dumps([429, {"retry-after": "3000"}])
    end, _ = ends(("head", head), ("piece", b'{"error": {"message": "Slow down"}}'), ("end", ""))
    assert (end["cause"], end["status"], end["message"]) == ("rate limit", 429, "Slow down")


def test_stop_closes_a_request_that_has_no_answer_yet() -> None:
    fetching = Fetching()

    async def work() -> None:
        task = asyncio.ensure_future(page_run(MESSAGE, fetching.send, lambda *_, **__: None))
        while not fetching.calls:
            await asyncio.sleep(0)
        task.cancel()
        await task

    running.run(work())
    assert fetching.calls == ["ask 1", "abort 1"]
    fetching.client.heard(1, "piece", b"too late")  # nobody is there for it, and nothing breaks


def test_all_are_asked_before_the_page_is_told_of_any() -> None:
    fetching = Fetching()
    told: list[str] = []

    async def work() -> None:
        runs = begun(fetching, lambda kind, **_: told.append(kind), 6)
        assert fetching.calls == [f"ask {n}" for n in range(1, 7)]
        assert told == []
        async with asyncio.timeout(5):
            while len(told) < 6:
                await asyncio.sleep(0.01)  # it is told without an answer, too
        assert told == ["sent"] * 6
        await stopped(runs)

    running.run(work())


def test_first_words_are_told_as_they_come_and_wait_for_no_other_pane() -> None:
    fetching = Fetching()
    told: list[tuple[str, list[str]]] = []
    counted: list[int] = []

    def tell(kind: str, **values: Any) -> None:
        told.append((kind, [event["type"] for event in values.get("events", [])]))

    async def work() -> None:
        runs = begun(fetching, tell, 2)

        def come() -> None:
            for number in (1, 2):
                fetching.client.heard(number, *FIRST, HEAD)
                # Before the browser goes on, and without what only the record has of an answer, as its id.
                counted.append(told.count(("events", ["TextDelta"])))

        asyncio.get_running_loop().call_soon(come)  # the browser calls while no task is at work
        await asyncio.sleep(0.01)
        await stopped(runs)

    running.run(work())
    assert counted == [1, 2]


def test_a_run_that_is_stopped_as_its_answer_comes_ends_once() -> None:
    fetching = Fetching()
    told: list[str] = []

    async def work() -> None:
        runs = begun(fetching, lambda kind, **_: told.append(kind), 1)
        runs[0].cancel()
        fetching.client.heard(1, *FIRST, HEAD)
        await asyncio.gather(*runs)

    running.run(work())
    assert told == ["sent", "done"]
    assert fetching.calls == ["ask 1", "abort 1"]
