"""Reads a file that may be anything: only regular ones, and no more of them than is bounded."""

from __future__ import annotations

import os
import stat
from pathlib import Path

#: What stands where a file could be, for people.
KINDS = (
    (stat.S_ISFIFO, "is a pipe"),
    (stat.S_ISSOCK, "is a socket"),
    (stat.S_ISCHR, "is a device"),
    (stat.S_ISBLK, "is a device"),
    (stat.S_ISDIR, "is a folder"),
    (stat.S_ISLNK, "is a link"),
)
#: Opening never waits for somebody who writes, and never makes a terminal this process's own.
FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_CLOEXEC", 0)


def read_within(path: Path, most: int, *, follow: bool) -> bytes | str:
    """The bytes of a regular file of at most `most`; else why it is passed over, in words."""
    try:
        # What it is is asked before it is opened: opening a device can do something to it.
        if reason := _unreadable(path.stat() if follow else path.lstat(), most):
            return reason
        handle = os.open(path, FLAGS | (0 if follow else getattr(os, "O_NOFOLLOW", 0)))
    except (FileNotFoundError, NotADirectoryError):
        return "is not there"
    except OSError as error:
        return f"cannot be read: {error.strerror or error}"
    try:
        # And of what was opened again: it may be another by now.
        return _unreadable(os.fstat(handle), most) or _bytes_of(handle, most)
    except OSError as error:
        return f"cannot be read: {error.strerror or error}"
    finally:
        os.close(handle)


def _bytes_of(handle: int, most: int) -> bytes | str:
    parts, size = [], 0
    while part := os.read(handle, min(1 << 16, most + 1 - size)):
        parts.append(part)
        size += len(part)
        if size > most:
            return larger_than(most)
    return b"".join(parts)


def _unreadable(status: os.stat_result, most: int) -> str:
    if not stat.S_ISREG(status.st_mode):
        return next((kind for is_one, kind in KINDS if is_one(status.st_mode)), "is no file")
    return larger_than(most) if status.st_size > most else ""


def larger_than(most: int) -> str:
    """Why a file past the bound is passed over, in words."""
    return f"is larger than {most // 1000:,} kB"
