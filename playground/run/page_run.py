"""One run for the page: from its description to what the page is told, whatever happens on the way.

The page gets `sent`, `events` and `waiting`, then exactly one `done` or `refused`; browser.py says what they
hold. First words that come at once may come before `sent`.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any, Protocol

from playground.chat.adapters.request import Request
from playground.chat.chat_json import message_to_json
from playground.chat.events import Event, Failed, Finished, Limits, Named, broken
from playground.chat.transcript import Transcript
from playground.errors import PlaygroundError
from playground.run.comparison import Send, ask
from playground.run.explain import explain, faulty_field
from playground.run.objection import part_refused
from playground.run.run import Run, event_to_json, metrics_to_json, run_from_json
from playground.run.sent import request_to_json

#: Seconds after which the page is told at the latest that a request went out.
NOTICE = 0.05


class Tell(Protocol):
    """Tells the page something of one run: its kind, and values that JSON can hold."""

    def __call__(self, kind: str, **values: Any) -> None: ...


async def page_run(
    message: Mapping[str, Any],
    send: Send,
    tell: Tell,
    clock: Callable[[], float] = time.perf_counter,
) -> None:
    """Ask the model that the page describes. Cancelling stops it, and the page is told so."""
    asked: Run | None = None
    transcript: Transcript | None = None
    #: What went out, until the page is told.
    out: list[tuple[datetime, Request]] = []
    #: What the page does not draw, until there is something to draw.
    unseen: list[Event] = []

    def sent(request: Request) -> None:
        # Others are to be asked before the page is told of this one, and their first words come first.
        out.append((datetime.now(UTC), request))
        asyncio.get_running_loop().call_later(NOTICE, tell_sent)

    def tell_sent() -> None:
        while out and asked:
            at, request = out.pop(0)
            tell("sent", at=_written(at), request=request_to_json(request, asked.chat))

    def heard(event: Event) -> None:
        unseen.append(event)
        if not isinstance(event, Named | Limits):
            tell("events", events=[event_to_json(each) for each in unseen])
            unseen.clear()

    def waiting(attempt: int, seconds: float, failed: Failed) -> None:
        tell_sent()
        tell("waiting", attempt=attempt, seconds=seconds, message=failed.message)

    try:
        asked = run_from_json(message)
        transcript = Transcript(asked.target.endpoint.wire, clock, asked.target.giver)
        await ask(asked, transcript, send, heard=heard, waiting=waiting, sent=sent)
    except asyncio.CancelledError:
        pass  # the transcript says so
    except Exception as error:  # noqa: BLE001 (whatever happens, the pane gets a word)
        tell_sent()
        tell("refused", **refused(error))
        return
    tell_sent()
    if asked is None or transcript is None or transcript.end is None:
        tell("refused", message="Stopped before anything was sent.")
        return
    try:
        outcome = outcome_to_json(asked, transcript, transcript.end)
    except Exception as error:  # noqa: BLE001 (figures that cannot be made take no answer with them)
        outcome = {"metrics": {}, "message": {"role": "assistant", "parts": []}, "advice": []}
        outcome |= {"part": "", "field": "", "end": event_to_json(broken(error))}
    tell("done", at=_written(datetime.now(UTC)), response=asdict(transcript.name), **outcome)


def _written(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def refusal(error: Exception) -> str:
    """Why nothing came of what the page asked: our own words, or that something broke here."""
    return str(error) if isinstance(error, PlaygroundError) else broken(error).message


def refused(error: Exception) -> dict[str, str]:
    """The same as the page gets it, with the field that it is about."""
    field = error.field if isinstance(error, PlaygroundError) else ""
    return {"message": refusal(error), "field": field}


def outcome_to_json(run: Run, transcript: Transcript, end: Finished | Failed) -> dict[str, Any]:
    """How an answer ended, with its figures, what to do about a failure, and its turn of the chat."""
    failed = end if isinstance(end, Failed) else None
    return {
        "end": event_to_json(end),
        "metrics": metrics_to_json(transcript.metrics(run.price)),
        "message": message_to_json(transcript.message),
        "advice": [asdict(advice) for advice in explain(failed, run.situation)] if failed else [],
        "part": part_refused(failed) if failed else "",
        "field": faulty_field(failed, run.situation) if failed else "",
    }
