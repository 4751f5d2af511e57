"""What takes time to make, kept in the user's cache.

A copy begins with the hash of what it was made of and that of its content: it counts only while both are so.
Where one is missing, old, damaged or cannot be written, what it is a copy of is made: the answer is the same.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path

#: How many copies a folder holds, those written last.
MOST = 5
_SIZE = hashlib.sha256().digest_size


def copy_of(place: Path, cache: Path, kind: str) -> Path:
    """Where the copy of a kind is kept that is made of a file or folder."""
    return cache / kind / f"{hashlib.sha256(os.fsencode(place.resolve())).hexdigest()[:16]}.json"


def read_copy(copy: Path, state: bytes) -> bytes | None:
    """What the copy holds, where it is whole and was made of this state."""
    try:
        raw = copy.read_bytes()
    except OSError:
        return None
    content = raw[2 * _SIZE :]
    return content if raw[: 2 * _SIZE] == state + hashlib.sha256(content).digest() else None


def write_copy(copy: Path, state: bytes, content: bytes) -> None:
    """Put the copy in the place of the one before; leave things as they are where that cannot be done."""
    part = copy.with_name(f"{copy.name}.{os.getpid()}.part")
    try:
        copy.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(state + hashlib.sha256(content).digest() + content)
        part.replace(copy)
        # Of what is gone, and of writers that were killed.
        for old in sorted(copy.parent.iterdir(), key=lambda p: p.stat().st_mtime)[:-MOST]:
            old.unlink()
    except OSError:
        with suppress(OSError):
            part.unlink()


def state_of(parts: list[str]) -> bytes:
    """The state that these texts describe."""
    return hashlib.sha256("\n".join(parts).encode()).digest()


def files_state(place: Path) -> tuple[float, list[str]]:
    """When a file of the catalog or of code in a folder last changed, in seconds, and how each stands."""
    with os.scandir(place) as entries:
        listed = sorted((e for e in entries if e.name.endswith((".json", ".py"))), key=lambda e: e.name)
    stats = [(entry.path, entry.stat()) for entry in listed]
    newest = max((stat.st_mtime for _, stat in stats), default=0.0)
    return newest, [f"{path} {s.st_size} {s.st_mtime_ns} {s.st_ctime_ns}" for path, s in stats]
