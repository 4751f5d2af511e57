"""How long a test waits for what must come: a busy machine is no failure, so only what never comes is one."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

PATIENCE_S = 300
PATIENCE_MS = PATIENCE_S * 1000


@contextmanager
def started(command: list[str], **options: Any) -> Iterator[subprocess.Popen[str]]:
    """A process that is told to stop as a terminal tells it (SIGINT), and ended whatever the test does.

    A shell's background job ignores SIGINT, and so would all that it starts.
    """
    listens = (
        {"preexec_fn": lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)} if os.name == "posix" else {}
    )
    with subprocess.Popen(command, text=True, **listens, **options) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()
