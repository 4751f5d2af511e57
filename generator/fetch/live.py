"""A source's data from where it is served.

Conditional requests against the last good answer, limits on time, size and redirects, retries with backoff
on what passes by itself. An answer is remembered for the next conditional request only once the caller has
found it good (`remembered.remember`).
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import random
import re
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import httpx2
import stamina

from generator.errors import FetchError
from generator.fetch.faults import PassingError, causes, times, tls_fault, transport_fault
from generator.fetch.fetched import Fetched, Limits, Progress, Response, no_progress
from generator.fetch.http_client import http_client, trusted
from generator.fetch.linked import read_linked
from generator.fetch.remembered import remember, remembered
from generator.sources import Live, Scores, Source
from generator.sources.bundle import bundled

MAX_PAGES = 600
RETRIED = {408, 429, 500, 502, 503, 504}
#: Media types that are no data, whatever the body holds.
NOT_DATA = re.compile(r"text/html|application/xhtml|image/|video/|audio/|font/|application/pdf")
USER_AGENT = "model-almanac (+https://github.com/model-almanac)"
# A retry is no news on a terminal; what stays broken is said at the end.
stamina.instrumentation.set_on_retry_hooks(())


async def fetch_live(
    source: Source | Scores,
    cache: Path,
    progress: Progress = no_progress,
    limits: Limits = Limits(),  # noqa: B008 (frozen)
) -> Fetched:
    """The source's data from where it is served. Raises FetchError."""
    async with _client(limits) as client:
        return await _Reader(client, source.id, source.live, cache / "live", progress, limits).read()


def _client(limits: Limits) -> httpx2.AsyncClient:
    return http_client(
        timeout=httpx2.Timeout(limits.quiet_s, connect=limits.connect_s),
        follow_redirects=True,
        max_redirects=limits.redirects,
        headers={"user-agent": USER_AGENT},
        verify=trusted(),
    )


async def fetch_files(
    urls: Sequence[str],
    cache: Path,
    limits: Limits = Limits(),  # noqa: B008 (frozen)
) -> dict[str, bytes]:
    """Files by their addresses, a few at a time; what did not change is not sent again. Raises FetchError."""
    at_once = asyncio.Semaphore(8)
    async with _client(limits) as client:

        async def one(url: str) -> bytes:
            async with at_once:
                reader = _Reader(client, url, Live(url=url), cache / "live", no_progress, limits)
                fetched = await reader.read()
                remember(fetched, cache)
                return fetched.raw

        return dict(zip(urls, await asyncio.gather(*map(one, urls)), strict=True))


@dataclass(frozen=True, slots=True)
class _Reader:
    """One source being read."""

    client: httpx2.AsyncClient
    name: str
    live: Live
    cache: Path
    progress: Progress
    limits: Limits

    async def read(self) -> Fetched:
        if self.live.follow == "pages":
            return await self._pages()
        if self.live.files:
            return await self._files()
        if self.live.follow == "links":
            return await read_linked(self.name, self.live, self._get, self.limits)
        first = await self._get(self.live.url)
        if self.live.follow != "pointer":
            return first
        wanted = self._pointed(first.raw)
        target = str(httpx2.URL(self.live.url).join(f"{wanted}.json"))
        second = await self._get(target)
        if hashlib.sha256(second.raw).hexdigest() != wanted:
            raise FetchError(
                f"{self.name}: {target} is not the file its pointer names (sha256 differs); try again"
            )
        return Fetched(
            raw=second.raw,
            fresh=first.fresh and second.fresh,
            modified=first.modified,
            age_s=first.age_s,
            responses=first.responses + second.responses,
        )

    async def _files(self) -> Fetched:
        """Every file of a source that is several, as one bundle by their names."""
        base = httpx2.URL(self.live.url)
        answers = [await self._get(str(base.join(name))) for name in self.live.files]
        return Fetched(
            raw=bundled({name: one.raw for name, one in zip(self.live.files, answers, strict=True)}),
            fresh=any(one.fresh for one in answers),
            modified=max((one.modified for one in answers if one.modified), default=None),
            age_s=max(one.age_s for one in answers),
            responses=tuple(response for one in answers for response in one.responses),
        )

    def _pointed(self, raw: bytes) -> str:
        """The sha256 that a pointer names, which is also the name of the file beside it."""
        url = self.live.url
        try:
            sha256 = json.loads(raw)["sha256"]
        except (ValueError, KeyError, TypeError) as error:
            raise FetchError(
                f"{self.name}: {url} should name the file with the data and does not; look at what it answers"
            ) from error
        if not isinstance(sha256, str) or not re.fullmatch(r"[0-9a-f]{64}", sha256):
            raise FetchError(
                f"{self.name}: {url} names {sha256!r:.80}, which is no sha256; look at what it answers"
            )
        return sha256

    async def _pages(self) -> Fetched:
        """Every page of a list whose pages name the next (`NextPageLink`), as one list."""
        name, live = self.name, self.live
        items: list[Any] = []
        url: str | None = live.url
        origin = httpx2.URL(live.url).host
        size = age_s = 0
        for _ in range(MAX_PAGES):
            if url is None:
                return Fetched(raw=json.dumps({"items": items}).encode(), age_s=age_s)
            page = await self._get(url, keeps=False)
            size, age_s = size + len(page.raw), max(age_s, page.age_s)
            if size > live.limit_mb * 1_000_000:
                raise FetchError(f"{name}: its pages hold more than {live.limit_mb} MB; stopped reading")
            try:
                data = json.loads(page.raw)
                items.extend(data["Items"])
                url = data.get("NextPageLink") or None
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise FetchError(
                    f"{name}: a page is not the JSON list it should be; look at {live.url}"
                ) from error
            if url and httpx2.URL(url).host != origin:
                raise FetchError(f"{name}: a page leads to another host, {httpx2.URL(url).host}")
        raise FetchError(f"{name}: more than {MAX_PAGES} pages; stopped reading")

    async def _get(self, url: str, *, keeps: bool = True) -> Fetched:
        known = remembered(self.cache, url) if keeps else None
        limits = self.limits
        try:
            async for attempt in stamina.retry_context(
                on=PassingError, attempts=limits.tries, timeout=None, wait_initial=0.5, wait_max=20.0
            ):
                with attempt:
                    return await self._get_in_time(url, known, keeps=keeps)
        except PassingError as error:
            raise FetchError(
                f"{self.name}: {error}; tried {times(limits.tries)}. "
                "Check the connection, or take the pinned package: --pinned"
            ) from error
        raise AssertionError("a retry context ends by returning or raising")

    async def _get_in_time(self, url: str, known: Response | None, *, keeps: bool) -> Fetched:
        try:
            async with asyncio.timeout(self.limits.deadline_s):
                return await self._get_once(url, known, keeps=keeps)
        except TimeoutError as error:
            raise FetchError(
                f"{self.name}: {httpx2.URL(url).host} took longer than {self.limits.deadline_s:g} s to answer"
            ) from error
        except PassingError as error:
            # Outside the deadline: the server asked for it.
            await asyncio.sleep(error.pause_s)
            raise

    async def _get_once(self, url: str, known: Response | None, *, keeps: bool) -> Fetched:
        name, host = self.name, httpx2.URL(url).host
        headers = {}
        if known and known.validators.get("etag"):
            headers["if-none-match"] = known.validators["etag"]
        elif known and known.validators.get("last-modified"):
            headers["if-modified-since"] = known.validators["last-modified"]
        try:
            async with self.client.stream("GET", url, headers=headers) as response:
                received = response.headers
                if response.status_code == 304 and known:
                    return Fetched(
                        raw=known.raw,
                        fresh=False,
                        modified=_moment(known.validators.get("last-modified", "")),
                        age_s=_number(received.get("age", "")),
                    )
                if response.status_code in RETRIED:
                    pause_s = self._pause_s(received.get("retry-after", ""), host, response.status_code)
                    raise PassingError(f"{host} answered {response.status_code}", pause_s)
                if response.status_code != 200:
                    raise FetchError(
                        f"{name}: {host} answered {response.status_code} for {url}; "
                        "see whether the source has moved"
                    )
                if httpx2.URL(url).scheme == "https" != response.url.scheme:
                    raise FetchError(f"{name}: {host} leads to {response.url.host} without TLS; not followed")
                kind = received.get("content-type", "")
                if NOT_DATA.match(kind):
                    page = " a web page" if "html" in kind else ""
                    raise FetchError(f"{name}: {host} answered{page} ({kind}), not data")
                raw = await self._body(response)
                validators = {k: received[k] for k in ("etag", "last-modified") if k in received}
                good = (Response(url=url, raw=raw, validators=validators),) if keeps and validators else ()
                return Fetched(
                    raw=raw,
                    modified=_moment(received.get("last-modified", "")),
                    age_s=_number(received.get("age", "")),
                    responses=good,
                )
        except httpx2.TooManyRedirects as error:
            raise FetchError(
                f"{name}: {host} redirects more than {self.limits.redirects} times; "
                "see where the source is now"
            ) from error
        except httpx2.DecodingError as error:
            raise FetchError(f"{name}: {host}'s answer cannot be unpacked ({error})") from error
        except httpx2.TransportError as error:
            if insecure := next((e for e in causes(error) if isinstance(e, ssl.SSLError)), None):
                raise FetchError(
                    f"{name}: {host} cannot be trusted: {tls_fault(insecure)}. Check this machine's clock "
                    "and certificates, and that no proxy stands between"
                ) from error
            raise PassingError(f"{host}: {transport_fault(error)}") from error

    async def _body(self, response: httpx2.Response) -> bytes:
        """The decoded body, up to the limit: what a packed answer unpacks to counts, not what was sent."""
        limit, parts, size = self.live.limit_mb * 1_000_000, [], 0
        length = _number(response.headers.get("content-length", ""))
        total = length if length and not response.headers.get("content-encoding") else None
        if total and total > limit:
            raise FetchError(
                f"{self.name}: the answer has {total / 1e6:.0f} MB, more than {self.live.limit_mb} MB"
            )
        async for part in response.aiter_bytes(65536):
            size += len(part)
            if size > limit:
                raise FetchError(
                    f"{self.name}: the answer has more than {self.live.limit_mb} MB; stopped reading"
                )
            parts.append(part)
            self.progress(size, total)
        return b"".join(parts)

    def _pause_s(self, asked: str, host: str, status: int) -> float:
        """How long a server asks to be left alone: a number of seconds or a date. Raises FetchError."""
        until = None if asked.isdigit() else _moment(asked)
        wait_s = max((until - datetime.now(UTC)).total_seconds(), 0) if until else _number(asked)
        if wait_s > self.limits.longest_pause_s:
            raise FetchError(
                f"{self.name}: {host} answered {status} and asks to wait {wait_s:.0f} s; try again later"
            )
        return wait_s + random.random() / 10 if wait_s else 0  # noqa: S311 (spreads requests, no secret)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 16 else 0


def _moment(text: str) -> datetime | None:
    """The moment that an HTTP date names."""
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
