"""Several models asked at once: N streams, one transcript each; in the terminal and in the page's cell."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing

import httpx2

from playground.adapters import ADAPTERS
from playground.client import stream, with_retries
from playground.errors import PlaygroundError
from playground.events import Cause, Event, Failed
from playground.run import Run
from playground.transcript import Transcript

type Heard = Callable[[int, Event], None]
type Waiting = Callable[[int, float, Failed], None]


async def compare(
    runs: list[Run], http: httpx2.AsyncClient, *, heard: Heard, waiting: Waiting
) -> list[Transcript]:
    """Ask all at once; every transcript has an end. Cancelling it closes every connection."""
    transcripts = [Transcript(run.target.endpoint.wire, time.perf_counter) for run in runs]

    async def one(place: int) -> None:
        run, transcript = runs[place], transcripts[place]
        try:
            request = ADAPTERS[transcript.wire].build_request(run.chat, run.target)

            def begin() -> AsyncGenerator[Event]:
                transcript.restart()
                return stream(request, transcript.wire, http)

            def wait(_: int, seconds: float, failed: Failed) -> None:
                waiting(place, seconds, failed)

            async with aclosing(with_retries(begin, waiting=wait)) as events:
                async for event in events:
                    transcript.add(event)
                    heard(place, event)
        except PlaygroundError as error:
            transcript.add(Failed(cause=Cause.REQUEST, message=str(error)))
        except asyncio.CancelledError:
            transcript.stop()
            raise

    await asyncio.gather(*(one(place) for place in range(len(runs))))
    return transcripts
