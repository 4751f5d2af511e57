"""An index and the pages that it links to: a few at a time, all within one deadline.

Only paths count that the source's row describes, and they are asked of the index's own host. A page that is
not there, or is no data, is noted with the reason. Where too many are, or where one fails as a network fails,
the source has failed and keeps its last good data: half a source would look like facts withdrawn.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Coroutine
from typing import Any

import httpx2

from generator.errors import FetchError
from generator.fetch.fetched import Fetched, Limits
from generator.sources import Live
from generator.sources.linked_pages import with_pages

AT_ONCE = 8
MOST_PAGES = 250
#: Of more than this share failed, the source has.
FAILED = 0.2
_LINK = re.compile(r"\]\(<?([^()<>\s]+)>?(?:\s+\"[^\"]*\")?\)|<(https?://[^<>\s]+)>")

type Get = Callable[[str], Coroutine[Any, Any, Fetched]]


async def read_linked(name: str, live: Live, get: Get, limits: Limits) -> Fetched:
    """The index and its pages as one. Raises FetchError."""
    index = await get(live.url)
    wanted = _pages(index.raw, live)
    if not wanted:
        raise FetchError(f"{name}: {live.url} links to no page of the kind expected; look at what it answers")
    if len(wanted) > MOST_PAGES:
        raise FetchError(f"{name}: {live.url} links to {len(wanted)} pages, more than {MOST_PAGES}")
    read: dict[str, Fetched] = {}
    faults: dict[str, str] = {}
    room = asyncio.Semaphore(AT_ONCE)

    async def one(page: str, url: str) -> None:
        async with room:
            try:
                read[page] = await get(url)
            except FetchError as error:
                if error.__cause__:  # of the network, which may pass: no answer of the server
                    raise
                faults[page] = str(error).removeprefix(f"{name}: ")
                if len(faults) > FAILED * len(wanted):
                    raise _failed(name, live, len(wanted), faults) from error

    try:
        async with asyncio.timeout(limits.pages_s), asyncio.TaskGroup() as group:
            for page, url in wanted.items():
                group.create_task(one(page, url))
    except TimeoutError as error:
        raise FetchError(
            f"{name}: {len(wanted)} pages took longer than {limits.pages_s:g} s, {len(read)} were read; "
            "try again later"
        ) from error
    except ExceptionGroup as errors:
        raise errors.exceptions[0] from None
    size = sum(len(page.raw) for page in read.values())
    if size > live.limit_mb * 1_000_000:
        raise FetchError(f"{name}: its pages hold {size / 1e6:.0f} MB, more than {live.limit_mb} MB")
    all_read = [index, *read.values()]
    return Fetched(
        raw=with_pages(index.raw, {page: one.raw for page, one in read.items()}, faults),
        fresh=any(one.fresh for one in all_read),
        modified=max((one.modified for one in all_read if one.modified), default=None),
        age_s=index.age_s,
        responses=tuple(response for one in all_read for response in one.responses),
    )


def _pages(index: bytes, live: Live) -> dict[str, str]:
    """The pages' addresses by name, in the order of their links."""
    base = httpx2.URL(live.url)
    pattern = re.compile(live.links)
    pages: dict[str, str] = {}
    for link in _LINK.findall(index.decode("utf-8", "replace")):
        try:
            path = base.join(link[0] or link[1]).path
        except (httpx2.InvalidURL, ValueError):
            continue
        if match := pattern.fullmatch(path.removesuffix(live.suffix)):
            name = f"{match['name']}{live.suffix}"
            pages.setdefault(name, str(base.copy_with(path=f"{match[0]}{live.suffix}", query=None)))
    return pages


def _failed(name: str, live: Live, count: int, faults: dict[str, str]) -> FetchError:
    page, reason = next(iter(faults.items()))
    return FetchError(
        f"{name}: {len(faults)} of the {count} pages that {live.url} links to were not read, such as {page}: "
        f"{reason}"
    )
