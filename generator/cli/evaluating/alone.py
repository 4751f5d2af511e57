"""One process at a time writes a results file; the lock goes with its process, however that ends."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from generator.errors import SetupError

try:
    import fcntl
except ImportError:  # Windows has none
    fcntl: Any = None  # type: ignore[no-redef]


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """While no other process writes that file. Raises SetupError with the other's process id."""
    if not fcntl:
        yield
        return
    lock = path.with_name(f".{path.name}.lock")
    handle = _taken(lock, path)
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)  # while it is locked: nobody else can have it
        os.close(handle)


def _taken(lock: Path, path: Path) -> int:
    while True:
        handle = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            other = os.pread(handle, 20, 0).decode("ascii", "replace").strip()
            os.close(handle)
            named = f"process {other}" if other.isdigit() else "another process"
            raise SetupError(
                f"{path} is being written by {named}, and nothing was asked here; wait until it "
                f"ends, stop it (kill {other or 'PID'}), or name another file with --results"
            ) from None
        # Whoever had it before may have removed the file between its being opened and locked here.
        try:
            if os.fstat(handle).st_ino == lock.stat().st_ino:
                os.ftruncate(handle, 0)
                os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
                return handle
        except FileNotFoundError:
            pass
        os.close(handle)
