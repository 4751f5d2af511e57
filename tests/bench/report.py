"""What the measurements share: a site on the loopback, medians, tables."""

from __future__ import annotations

import functools
import statistics
import threading
from collections.abc import Iterable
from http.server import ThreadingHTTPServer
from pathlib import Path

from tests.site.conftest import Quiet


def serve(folder: Path) -> str:
    """The folder on the loopback for as long as this process lives; its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}"


def middle(values: list[float]) -> float:
    return statistics.median(values)


def table(head: list[str], rows: Iterable[list[str]]) -> str:
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])
