"""Start a server written by others on a free port of the loopback, and end it, by its process."""

from __future__ import annotations

import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, Any

from tests.patience import PATIENCE_S, started


def closed_port() -> int:
    """A port of the loopback where nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def listening(command: Callable[[int], list[str]], **options: Any) -> Iterator[str]:
    """The origin of the server that the command for a port starts, once it answers; `options` are Popen's."""
    port = closed_port()
    with (
        tempfile.TemporaryFile("w+") as errors,
        started(command(port), stdout=subprocess.DEVNULL, stderr=errors, **options) as process,
    ):
        try:
            _wait(process, port, errors)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(PATIENCE_S)


def _wait(process: subprocess.Popen[str], port: int, errors: IO[str]) -> None:
    for _ in range(20 * PATIENCE_S):
        if process.poll() is not None:
            errors.seek(0)
            raise AssertionError(f"{process.args} ended with {process.returncode}: {errors.read()}")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError(f"{process.args} does not answer within {PATIENCE_S} s")
