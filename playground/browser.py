"""The worker's side of Python: messages from the page in, events out. The only file that knows js.

The page sends one JSON text for each run; what comes back is plain values, made here:

    {"id": 3, "kind": "sent", "at": "2026-11-27T12:00:00.000Z", "request": {…}}   each time that it goes out
    {"id": 3, "kind": "events", "events": [{"type": "TextDelta", "text": "Hi"}, …]}
    {"id": 3, "kind": "waiting", "attempt": 1, "seconds": 2.0, "message": "…"}
    {"id": 1, "kind": "local", "url": "page:…", "body": {…}}       for a model that runs in the page; a
                                                                   number of its own, not the run's
    {"number": 1, "kind": "wanted", "model": "openai/gpt-5", "chat": {…}}    a cell's question, which the page
                                                                   answers, since it has the keys
    {"id": 3, "kind": "done", "end": {…}, "metrics": {…}, "message": {…}, "advice": [{…}], "part": "",
     "field": "", "at": "2026-11-27T12:00:03.000Z",
     "response": {"id": "…", "request": "…", "model": "…"}}
    {"id": 3, "kind": "refused", "message": "…", "field": "key"}   nothing was sent, or nothing can be told;
                                                                   the field that the reader has to look at
    {"id": 5, "kind": "listed", "ids": ["…"], "base": "http://…/v1"}    models of a server of the reader's
                                                                   own, and the address that has them

An evaluation tells what evaluate/page_evaluation.py says. Code of its checks is run elsewhere: the page is
asked, and answers with the outcome's JSON, which a Python that runs nothing else gave:

    {"number": 2, "kind": "code", "job": {…}}
    {"id": 4, "kind": "coded", "outcome": "{…}"}

Questions that need no network (code, export, import) are answered at once by `ask`.
"""

from __future__ import annotations

import asyncio
import io
import itertools
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping
from contextlib import redirect_stdout
from dataclasses import asdict
from functools import partial
from typing import Any

import httpx2
from js import AbortController, Object, fetch
from pyodide.code import eval_code_async
from pyodide.ffi import JsException, to_js

from playground.catalog.endpoints import Wire
from playground.chat.adapters import ADAPTERS
from playground.chat.adapters.request import Request
from playground.chat.chat import Chat
from playground.chat.chat_json import chat_to_json, images_from_json
from playground.chat.client import IDLE, SILENCE, read_events, stream
from playground.chat.events import Event
from playground.chat.transport import Browser, FetchClient
from playground.json_text import read_json, write_json
from playground.run import run as runs
from playground.run.own.listing import LISTED, listed_models
from playground.run.page_run import page_run, refused
from playground.run.probe import probe

type Post = Callable[[str], None]


async def _reach(url: str) -> bool:
    """Whether anything answers there at all, CORS or not: the answer is opaque and carries no key."""
    controller = AbortController.new()
    options = {
        # No cookie and no address of this page.
        "mode": "no-cors",
        "credentials": "omit",
        "referrerPolicy": "no-referrer",
        "cache": "no-store",
        "signal": controller.signal,
    }
    try:
        async with asyncio.timeout(10):
            await fetch(url, to_js(options, dict_converter=Object.fromEntries))
    except (JsException, TimeoutError):
        return False
    finally:
        controller.abort()
    return True


class _Printed(io.TextIOBase):
    def __init__(self, write: Post) -> None:
        self._write = write

    def write(self, text: str) -> int:
        self._write(text)
        return len(text)


async def _line(queue: asyncio.Queue[str | None]) -> str | None:
    """What a model in the page says next; None at its end."""
    try:
        async with asyncio.timeout(IDLE):
            return await queue.get()
    except TimeoutError as error:
        raise TimeoutError(f"the model in the page gave nothing for {IDLE // 60} minutes") from error


def _named(message: dict[str, Any]) -> bool:
    return bool(str(message.get("model") or "").strip())


def _asked(message: dict[str, Any]) -> runs.Run:
    """What a pane asks, whether or not it has a model yet."""
    return runs.run_from_json(message if _named(message) else message | {"model": "any"})


def _reply(question: dict[str, Any]) -> Any:
    if question.get("room") == "evaluate":
        from playground.evaluate.page_evaluation import evaluation_reply  # one page asks for it

        return evaluation_reply(question)
    if question.get("kind") == "estimate":
        from playground.evaluate.scheduling.estimate import estimate_to_json  # once Python is there

        return estimate_to_json(question["panes"])
    return runs.page_reply(question)


class Runs:
    """The runs in the worker, by the id the page gave them."""

    def __init__(self, post: Post, network: Browser) -> None:
        self._post = post
        self._http = FetchClient(network, SILENCE)
        self._tasks: dict[int, asyncio.Task[None]] = {}
        #: The evaluations that run.
        self._steered: dict[int, Any] = {}
        self._local: dict[int, asyncio.Queue[str | None]] = {}
        self._numbers = itertools.count(1)
        #: A cell's questions that the page has not answered yet.
        self._questions: dict[int, asyncio.Future[str]] = {}
        #: What earlier cells defined.
        self._scope: dict[str, Any] = {}

    def start(self, number: int, text: str) -> None:
        """Begin the run that the page describes in JSON; whatever comes of it, the page is told."""
        # At once, as far as its request: several that begin together are all asked before any goes on.
        loop = asyncio.get_running_loop()
        task = self._tasks[number] = asyncio.Task(self._begun(number, text), loop=loop, eager_start=True)

        def ended(done: asyncio.Task[None]) -> None:
            # Once begun a run catches its cancellation and reports; one cancelled before cannot.
            self._tasks.pop(number, None)
            if done.cancelled():
                self._say(number, "refused", message="Stopped before anything was sent.")

        task.add_done_callback(ended)

    async def _begun(self, number: int, text: str) -> None:
        try:
            message = read_json(text)
            kinds = {"probe": self._probe, "cell": self._cell, "evaluation": self._evaluation}
            kinds |= {"code": self._code, "models": self._models}
            await kinds.get(message.get("kind", ""), self._run)(number, message)
        except Exception as error:  # noqa: BLE001 (whatever happens, the page gets a word)
            self._say(number, "refused", **refused(error))

    def stop(self, run: int) -> None:
        """Close its connection now."""
        if task := self._tasks.get(run):
            task.cancel()

    def steer(self, number: int, text: str) -> None:
        """What the reader does to a run that goes on, in JSON: pause it, or let it go on."""
        if run := self._steered.get(number):
            run.steer(read_json(text))

    def local(self, number: int, piece: str | None) -> None:
        """More lines from a model that runs in the page; None at the end."""
        if queue := self._local.get(number):
            queue.put_nowait(piece)

    def fetched(self, number: int, kind: str, value: Any, head: str) -> None:
        """What came of a request that the worker fetches (see FetchClient.heard)."""
        self._http.heard(number, kind, value.to_bytes() if kind == "piece" else value, head)

    def answered(self, number: int, text: str) -> None:
        """What came of a cell's question, in JSON."""
        future = self._questions.get(number)
        if future and not future.done():
            future.set_result(text)

    def ask(self, text: str) -> str:
        """The answer, in JSON, to a question that needs no network."""
        try:
            question = read_json(text)
            return write_json({"answer": _reply(question)})
        except Exception as error:  # noqa: BLE001 (the page waits for a word, whatever it asked)
            reply = refused(error)
            return write_json({"error": reply["message"], "field": reply["field"]})

    async def _run(self, number: int, message: dict[str, Any]) -> None:
        await page_run(message, self._send, partial(self._say, number))

    async def _evaluation(self, number: int, message: dict[str, Any]) -> None:
        from playground.evaluate.page_evaluation import PageEvaluation  # one page asks for it

        run = self._steered[number] = PageEvaluation(
            self._send, partial(self._say, number), shut_in=self._shut_in
        )
        try:
            await run.run(message)
        finally:
            del self._steered[number]

    async def _shut_in(self, job: dict[str, Any]) -> str:
        """What came of a check's code, in JSON: the page has it run where it reaches nothing."""
        return await self._answer("code", job=job)

    async def _code(self, number: int, message: dict[str, Any]) -> None:
        """Run a check's code; nothing else ever runs in this Python."""
        from playground.evaluate.code.inside import run  # only there

        self._say(number, "coded", outcome=run(write_json(message["job"])))

    def _send(self, request: Request, wire: Wire) -> AsyncGenerator[Event]:
        if wire == Wire.LANGUAGE_MODEL:
            return read_events(self._pieces(request.url, request.body), ADAPTERS[wire])
        return stream(request, wire, self._http)

    async def _pieces(self, url: str, body: Any) -> AsyncIterator[bytes]:
        """The lines of a model that runs in the page; each such stream has a number of its own."""
        number = next(self._numbers)
        queue = self._local[number] = asyncio.Queue()
        ended = False
        self._say(number, "local", url=url, body=dict(body))
        try:
            while (piece := await _line(queue)) is not None:
                yield piece.encode()
            ended = True
        finally:
            del self._local[number]
            if not ended:
                self._say(number, "local stop")

    async def _probe(self, number: int, message: dict[str, Any]) -> None:
        try:
            async for step in probe(
                _asked(message), self._send, _reach, self._get, has_model=_named(message)
            ):
                self._say(number, "step", step=asdict(step))
            self._say(number, "tested")
        except asyncio.CancelledError:
            self._say(number, "refused", message="Stopped before the test was over.")

    async def _models(self, number: int, message: dict[str, Any]) -> None:
        """The ids that a server of the reader's own lists; who asks has no model to name yet."""
        listing = await listed_models(_asked(message).target, self._get)
        self._say(number, "listed", ids=list(listing.ids), base=listing.base)

    async def _get(self, url: str, headers: Mapping[str, str]) -> tuple[int, str]:
        try:
            async with asyncio.timeout(LISTED), self._http.stream("GET", url, headers=headers) as answer:
                body = b"".join([piece async for piece in answer.aiter_bytes()])
        except httpx2.HTTPError as error:
            raise ConnectionError(str(error)) from error
        return answer.status_code, body.decode("utf-8", "replace")

    async def _cell(self, number: int, message: dict[str, Any]) -> None:
        """Run a cell's code: what it prints and its last value go to the page as text."""
        from playground.run.cell.cell import NAMES, Cell, readable  # few readers open it

        def write(text: str) -> None:
            self._say(number, "output", text=text)

        try:
            images = images_from_json(message.get("images", []))
            scope = self._scope | Cell(message["models"], self._question, write, images).names()
            with redirect_stdout(_Printed(write)):
                value = await eval_code_async(message["code"], scope, filename="<cell>")
            self._scope |= {n: v for n, v in scope.items() if n not in NAMES}
            if value is not None:
                write(f"{value!r}\n")
        except asyncio.CancelledError:
            write("Stopped.\n")
        except (Exception, SystemExit, KeyboardInterrupt) as error:  # noqa: BLE001 (theirs to see)
            write(readable(error))
        self._say(number, "ran")

    async def _question(self, model: str, chat: Chat) -> dict[str, Any]:
        """Have the page ask a model: keys and network are there and not here."""
        outcome: dict[str, Any] = read_json(
            await self._answer("wanted", model=model, chat=chat_to_json(chat))
        )
        return outcome

    async def _answer(self, kind: str, **values: Any) -> str:
        """What the page answers to a question."""
        number = next(self._numbers)
        self._questions[number] = asyncio.get_running_loop().create_future()
        self._post(write_json({"kind": kind, "number": number, **values}))
        try:
            return await self._questions[number]
        finally:
            del self._questions[number]

    def _say(self, number: int, kind: str, **values: Any) -> None:
        self._post(write_json({"id": number, "kind": kind, **values}))
