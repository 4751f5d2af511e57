"""Wheels from Python's index, by pip."""

from __future__ import annotations

import json
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from generator.errors import FetchError
from generator.fetch.clients import ran
from generator.sources.pins import Pin

_PIP = (sys.executable, "-m", "pip")
_WHEELS = ("--only-binary=:all:", "--ignore-requires-python")


async def download(pin: Pin, folder: Path) -> Path:
    """The pinned wheel in the folder; pip checks its hash. Raises FetchError."""
    await _download(pin, folder, f"{pin.package}=={pin.version} --hash={pin.hash}\n", "--require-hashes")
    wheel = folder / pin.wheel
    if not wheel.exists():
        raise FetchError(f"{pin.package} {pin.version}: pip downloaded no {pin.wheel}; look at its pin")
    return wheel


async def download_newer(pin: Pin, version: str, folder: Path) -> Path:
    """The wheel of another version for the same platform. Raises FetchError."""
    await _download(pin, folder, f"{pin.package}=={version}\n")
    if wheel := next(folder.glob("*.whl"), None):
        return wheel
    raise FetchError(f"{pin.package} {version}: pip downloaded no wheel; look at what its index has")


async def _download(pin: Pin, folder: Path, asked: str, *options: str) -> None:
    wanted = folder / "pinned.txt"
    wanted.write_text(asked)
    done = await ran(
        [
            *(*_PIP, "download", "--quiet", "--no-deps", "--no-cache-dir", "--disable-pip-version-check"),
            *(*_WHEELS, *options, *_platform(pin), "--dest", str(folder), "--requirement", str(wanted)),
        ],
        pin.package,
    )
    if done.code:
        version = asked.split()[0].partition("==")[2]
        raise FetchError(
            f"{pin.package} {version}: pip could not download it{done.last_error('ERROR')}; check that pip "
            "reaches its index, and that the version still exists there"
        )


def _platform(pin: Pin) -> tuple[str, ...]:
    """A wheel for one platform is read, never run: any machine may take it."""
    *_, abi, platform = pin.wheel.removesuffix(".whl").split("-")
    if platform == "any":
        return ()
    return (
        *("--platform", platform, "--abi", abi, "--implementation", "cp"),
        *("--python-version", "312"),
    )


async def newest(pin: Pin) -> str:
    """The newest version of its package; the pinned one where none is newer. Raises FetchError."""
    versions = await _versions(pin)
    if pin.version not in versions:
        raise FetchError(
            f"{pin.package}: its index has no {pin.version} any more; the newest is {versions[0]}. "
            "Find out why before you take another"
        )
    return versions[0]


async def published(pin: Pin, version: str) -> date:
    """The day on which a version newer than the pinned one came. Raises FetchError.

    pip does not tell the day, but lists what came before one: the day is found by halving.
    """
    first, last = pin.published, datetime.now(UTC).date()
    while first < last:
        middle = first + (last - first) // 2
        if version in await _versions(pin, before=middle + timedelta(days=1)):
            last = middle
        else:
            first = middle + timedelta(days=1)
    return first


async def _versions(pin: Pin, before: date | None = None) -> list[str]:
    """The versions of the package that have a wheel for its platform, the newest first."""
    limit = () if before is None else (f"--uploaded-prior-to={before}T00:00:00Z",)
    done = await ran(
        [
            *(*_PIP, "index", "versions", pin.package, "--json", "--disable-pip-version-check"),
            *("--retries", "1", "--timeout", "20", *_WHEELS, *_platform(pin), *limit),
        ],
        pin.package,
    )
    try:
        return [str(version) for version in json.loads(done.out)["versions"]]
    except (ValueError, KeyError, TypeError) as error:
        if before is not None and "No matching distribution" in done.errors:
            return []
        raise FetchError(
            f"{pin.package}: pip could not list its versions{done.last_error('ERROR')}; "
            "check that pip reaches its index"
        ) from error
