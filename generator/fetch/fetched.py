"""What fetching gives, and how long it may take."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

#: (bytes read so far, bytes to come or None) → nothing; called as bytes arrive.
type Progress = Callable[[int, int | None], None]


def no_progress(done: int, total: int | None) -> None:
    """For a caller who shows none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How long a source may take and how often it is asked.

    `connect_s` and `quiet_s` bound a connection's making and any silence on it, `deadline_s` a whole
    response, however steadily it trickles, `pages_s` all the pages of one index; `longest_pause_s` is the
    longest that a server may ask us to wait before it is left alone until the next refresh.
    """

    connect_s: float = 10.0
    quiet_s: float = 30.0
    deadline_s: float = 180.0
    pages_s: float = 300.0
    tries: int = 4
    longest_pause_s: float = 60.0
    redirects: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """One good response as it is remembered: its body and what makes the next request conditional."""

    url: str
    raw: bytes
    validators: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A source's bytes; `fresh` is false where the server said that nothing changed.

    `modified` is when the server says that they were last changed, `age_s` how long some cache on the way has
    had them.
    """

    raw: bytes = field(repr=False)  # megabytes
    fresh: bool = True
    modified: datetime | None = None
    age_s: int = 0
    responses: tuple[Response, ...] = field(default=(), repr=False)


def complete[T](work: Coroutine[Any, Any, T]) -> T:
    """What the work comes to; also where a loop runs already in this thread, as in a notebook."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(work)
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()
