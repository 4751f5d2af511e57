"""Whether a file was left in the middle of a merge."""

from __future__ import annotations

import re

_MARKER = re.compile(rb"^(?:<{7}|>{7})(?: .*)?\r?$", re.M)


def unfinished_merge(raw: bytes) -> str:
    """Where the first conflict marker stands, as an error says it; empty where there is none."""
    if not (match := _MARKER.search(raw)):
        return ""
    line = raw.count(b"\n", 0, match.start()) + 1
    return f"line {line} is a conflict marker: a merge was not finished"
