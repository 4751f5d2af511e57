"""How long a test waits for what must come, and processes that end with the test.

A busy machine is no failure, so only what never comes is one.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

#: Who writes a test wants to hear sooner that something never comes: ALMANAC_PATIENCE=15.
PATIENCE_S = int(os.environ.get("ALMANAC_PATIENCE", "300"))
PATIENCE_MS = PATIENCE_S * 1000


_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None
_PR_SET_PDEATHSIG = 1


def _bound() -> None:
    # A shell's background job ignores SIGINT, and so would all that it starts.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if _LIBC:
        _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


@contextmanager
def started(command: list[str], **options: Any) -> Iterator[subprocess.Popen[str]]:
    """A process that is ended whatever becomes of the test, even where the test's own process is killed.

    It can be told to stop as a terminal tells it (SIGINT).
    """
    bound = {"preexec_fn": _bound} if os.name == "posix" else {}
    with subprocess.Popen(command, text=True, **bound, **options) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()
