"""Running a registry's ordinary client, pip or npm, so that a mirror set up for it serves here too."""

from __future__ import annotations

import asyncio
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from generator.errors import FetchError
from generator.sources.pins import Pin

LONGEST_S = 600


class Client(Protocol):
    """What is asked of a registry, through its client. All raise FetchError."""

    async def download(self, pin: Pin, folder: Path) -> Path:
        """The pinned package in the folder."""

    async def download_newer(self, pin: Pin, version: str, folder: Path) -> Path:
        """Another version of it in the folder."""

    async def newest(self, pin: Pin) -> str:
        """The newest version; the pinned one where none is newer."""

    async def published(self, pin: Pin, version: str) -> date:
        """The day on which a version came."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """What a client answered."""

    code: int
    out: str
    errors: str

    def last_error(self, mark: str) -> str:
        """`: ` and the last line with the mark, as an end of a sentence; empty where there is none."""
        lines = [line for line in self.errors.splitlines() if mark in line]
        return f": {lines[-1].strip()}" if lines else ""


async def ran(command: Sequence[str], package: str, folder: Path | None = None) -> Ran:
    """What the client answers, asked in a folder. Raises FetchError where it takes too long."""
    client = subprocess.Popen(  # noqa: S603 (our own arguments)
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=folder
    )
    try:
        out, errors = await asyncio.to_thread(client.communicate, timeout=LONGEST_S)
    except subprocess.TimeoutExpired as error:
        raise FetchError(
            f"{package}: its registry took longer than {LONGEST_S // 60} minutes; try again"
        ) from error
    finally:
        client.kill()
    return Ran(code=client.returncode, out=out, errors=errors)
