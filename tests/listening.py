"""Start a server written by others on a free port of the loopback, and end it, by its process."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tests.patience import PATIENCE_S, started


@contextmanager
def listening(command: Callable[[int], list[str]]) -> Iterator[str]:
    """The origin of the server that the command for a port starts, once it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    quiet = subprocess.DEVNULL
    with started(command(port), stdout=quiet, stderr=quiet) as process:
        try:
            _wait(process, port)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def _wait(process: subprocess.Popen[str], port: int) -> None:
    for _ in range(10 * PATIENCE_S):
        assert process.poll() is None, f"{process.args} ended with {process.returncode}"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError(f"{process.args} does not answer within {PATIENCE_S} s")
