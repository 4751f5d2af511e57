"""Chromium's traces: what main threads of pages did, by their own clock: other load does not count."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

_EVENT = json.JSONDecoder()


def of_main_threads(trace: bytes) -> list[dict[str, Any]]:
    """The events of pages' main threads.

    Chromium writes one a line: those of other threads, which may be a million, are not decoded.
    """
    named = _decoded(line for line in trace.splitlines() if b'"CrRendererMain"' in line)
    threads = [(b'"pid":%d,' % event["pid"], b'"tid":%d,' % event["tid"]) for event in named]
    return list(
        _decoded(
            line
            for line in trace.splitlines()
            if any(process in line and thread in line for process, thread in threads)
        )
    )


def _decoded(lines: Iterator[bytes]) -> Iterator[dict[str, Any]]:
    """The event that each line begins with: a comma follows it, or the end of the list."""
    for line in lines:
        yield _EVENT.raw_decode(line.decode())[0]
