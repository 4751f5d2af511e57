"""The worker's side of Python: messages from the page in, events out. The only file that knows js.

The page sends one JSON text per run; what comes back is plain values, made here:

    {"id": 3, "kind": "events", "events": [{"type": "TextDelta", "text": "Hi"}, …]}
    {"id": 3, "kind": "waiting", "attempt": 1, "seconds": 2.0, "message": "…"}
    {"id": 3, "kind": "done", "end": {…}, "metrics": {…}}
"""

from __future__ import annotations

import asyncio
import base64
import json
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import fields, replace
from typing import Any

import httpx2
from js import AbortController, Object, fetch
from pyodide.ffi import JsException, to_js

from playground.adapters import ADAPTERS
from playground.chat import Chat, Image, user
from playground.client import TIMEOUT, stream, with_retries
from playground.endpoints import Key, Target, endpoint_from_json, origin_of
from playground.errors import PlaygroundError
from playground.events import Event, Failed
from playground.transcript import Metrics, Transcript
from playground.transport import FetchTransport

type Post = Callable[[str], None]


class _Fetched:
    def __init__(self, response: Any, controller: Any) -> None:
        self.status = int(response.status)
        self.headers = [(str(n), str(v)) for n, v in response.headers]
        self._controller = controller
        self._reader = response.body.getReader() if response.body else None

    async def read(self) -> bytes:
        if self._reader is None:
            return b""
        try:
            piece = await self._reader.read()
        except JsException as error:
            raise OSError(str(error)) from error
        return b"" if piece.done else bytes(piece.value.to_bytes())

    def abort(self) -> None:
        self._controller.abort()


async def _fetch(method: str, url: str, headers: dict[str, str], body: bytes) -> _Fetched:
    controller = AbortController.new()
    options = {
        "method": method,
        "headers": headers,
        "body": to_js(body),
        "signal": controller.signal,
        # No cookie, no address of this page, and a redirect could carry the key elsewhere.
        "credentials": "omit",
        "referrerPolicy": "no-referrer",
        "redirect": "error",
        "cache": "no-store",
    }
    try:
        response = await fetch(url, to_js(options, dict_converter=Object.fromEntries))
    except JsException as error:
        raise OSError(str(error)) from error
    except asyncio.CancelledError:
        controller.abort()
        raise
    return _Fetched(response, controller)


class Runs:
    """The runs in the worker, by the id the page gave them."""

    def __init__(self, post: Post) -> None:
        self._post = post
        self._http = httpx2.AsyncClient(transport=FetchTransport(_fetch), timeout=TIMEOUT, trust_env=False)
        self._tasks: dict[int, asyncio.Task[None]] = {}

    def start(self, text: str) -> None:
        """Begin the run that the page describes in JSON."""
        run = json.loads(text)
        self._tasks[run["id"]] = asyncio.ensure_future(self._run(run))

    def stop(self, run: int) -> None:
        """Close its connection now."""
        if task := self._tasks.get(run):
            task.cancel()

    async def _run(self, run: dict[str, Any]) -> None:
        number = run["id"]
        transcript: Transcript | None = None
        try:
            endpoint = endpoint_from_json(run["endpoint"])
            target = _target(endpoint, run)
            transcript = Transcript(endpoint.wire, time.perf_counter)
            request = ADAPTERS[endpoint.wire].build_request(_chat(run["chat"]), target)

            begun = transcript

            def begin() -> AsyncGenerator[Event]:
                begun.restart()
                return stream(request, endpoint.wire, self._http)

            def waiting(attempt: int, seconds: float, failed: Failed) -> None:
                said = {"attempt": attempt, "seconds": seconds, "message": failed.message}
                self._say(number, "waiting", **said)

            async with aclosing(with_retries(begin, waiting=waiting)) as events:
                async for event in events:
                    transcript.add(event)
                    self._say(number, "events", events=[event_to_json(event)])
        except asyncio.CancelledError:
            if transcript:
                transcript.stop()
        except PlaygroundError as error:
            self._say(number, "refused", message=str(error))
            return
        finally:
            self._tasks.pop(number, None)
        if transcript and transcript.end:
            self._say(
                number,
                "done",
                end=event_to_json(transcript.end),
                metrics=metrics_to_json(transcript.metrics()),
            )

    def _say(self, number: int, kind: str, **values: Any) -> None:
        self._post(json.dumps({"id": number, "kind": kind, **values}))


def _target(endpoint: Any, run: dict[str, Any]) -> Target:
    places = {str(n): str(v) for n, v in run.get("places", {}).items()}
    target = Target(endpoint=endpoint, model=run["model"], places=places, base_url=run.get("base_url", ""))
    origin_of(target.url)  # an address that is none is refused before anything is sent
    if not run.get("key"):
        return target
    key = Key(origin=run["key"]["origin"], auth=endpoint.auth[0], secret=run["key"]["secret"])
    return replace(target, key=key)


def _chat(said: dict[str, Any]) -> Chat:
    images = [Image(media_type=i["type"], data=base64.b64decode(i["base64"])) for i in said.get("images", ())]
    return Chat(
        messages=(user(said["prompt"], *images),),
        system=said.get("system", ""),
        max_tokens=said.get("max_tokens"),
        temperature=said.get("temperature"),
    )


def event_to_json(event: Event) -> dict[str, Any]:
    """The event with its type's name, for the page."""
    return {"type": type(event).__name__, **{f.name: getattr(event, f.name) for f in fields(event)}}


def metrics_to_json(metrics: Metrics) -> dict[str, Any]:
    """Each figure with how it is known."""
    return {
        f.name: {"value": figure.value, "known": str(figure.known), "note": figure.note}
        for f in fields(metrics)
        if (figure := getattr(metrics, f.name))
    }
