"""One process at a time moves the catalog's files, and none reads them meanwhile."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows has none: there who reads looks whether all was of one day
    fcntl = None  # type: ignore[assignment]


@contextmanager
def locked(folder: Path, *, alone: bool) -> Iterator[None]:
    """While nobody moves files in the folder and, where `alone`, nobody reads them either.

    The lock is on the folder itself, leaves no file, and goes with its process. A folder that cannot be
    locked is used without.
    """
    lock = -1
    if fcntl:
        with suppress(OSError):
            lock = os.open(folder, os.O_RDONLY)
            fcntl.flock(lock, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
    try:
        yield
    finally:
        if lock >= 0:
            os.close(lock)
