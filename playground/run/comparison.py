"""One model asked, or several at once: a stream and a transcript each; page, cell and terminal use it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing

from playground.catalog.endpoints import Wire
from playground.chat.adapters import ADAPTERS
from playground.chat.adapters.request import Request
from playground.chat.client import ATTEMPTS, with_retries
from playground.chat.events import Cause, Event, Failed, broken
from playground.chat.transcript import Transcript
from playground.errors import PlaygroundError
from playground.run.run import Run

#: Sends a request and gives its events: by HTTP (client.stream), or to a model that runs in the page.
type Send = Callable[[Request, Wire], AsyncGenerator[Event]]
type Heard = Callable[[int, Event], None]
type Waiting = Callable[[int, int, float, Failed], None]


def _unheard(*_: object) -> None:
    """For a caller who reads the transcripts at the end."""


async def ask(
    run: Run,
    transcript: Transcript,
    send: Send,
    *,
    heard: Callable[[Event], None],
    waiting: Callable[[int, float, Failed], None],
    sent: Callable[[Request], None] = _unheard,
    attempts: int = ATTEMPTS,
) -> None:
    """Ask one model and fold its events into the transcript, with retries while nothing has come.

    `sent` gets the request each time that it goes out.

    Whatever goes wrong, the transcript has an end. Cancelling closes the connection and the transcript says
    so. Raises PlaygroundError where nothing could be sent.
    """
    try:
        await _asked(run, transcript, send, heard, waiting, sent, attempts)
    except asyncio.CancelledError:
        transcript.stop()
        raise
    except PlaygroundError:
        raise
    except Exception as error:  # noqa: BLE001 (one model's fault is told, and takes no other's answer)
        transcript.add(broken(error))
    if transcript.end is None:
        transcript.add(Failed(cause=Cause.TRUNCATED, message="the answer ended without saying why"))


async def _asked(
    run: Run,
    transcript: Transcript,
    send: Send,
    heard: Callable[[Event], None],
    waiting: Callable[[int, float, Failed], None],
    sent: Callable[[Request], None],
    attempts: int,
) -> None:
    request = ADAPTERS[transcript.wire].build_request(run.chat, run.target)

    def begin() -> AsyncGenerator[Event]:
        transcript.restart()
        sent(request)
        return send(request, transcript.wire)

    def pause(attempt: int, seconds: float, failed: Failed) -> None:
        transcript.pause()
        waiting(attempt, seconds, failed)

    async with aclosing(with_retries(begin, waiting=pause, attempts=attempts)) as events:
        async for event in events:
            transcript.add(event)
            heard(event)


async def compare(
    runs: Sequence[Run],
    transcripts: Sequence[Transcript],
    send: Send,
    *,
    heard: Heard = _unheard,
    waiting: Waiting = _unheard,
) -> None:
    """Ask all at once, each into its transcript; every one has an end. Cancelling closes every connection."""

    async def one(place: int) -> None:
        try:
            await ask(
                runs[place],
                transcripts[place],
                send,
                heard=lambda event: heard(place, event),
                waiting=lambda attempt, seconds, failed: waiting(place, attempt, seconds, failed),
            )
        except PlaygroundError as error:
            transcripts[place].add(Failed(cause=Cause.REQUEST, message=str(error)))

    await asyncio.gather(*(one(place) for place in range(len(runs))))
