"""Sections of a heavy page that a browser lays out when they come near, so that it opens like a light one.

Everything is in the page and is found in it: only its style and layout wait (`content-visibility`).
"""

from __future__ import annotations

import re

#: A page of fewer elements is laid out at once.
LIGHT = 600
#: How high a line of a table, a list or closed folds is: what is not laid out yet takes about its room.
LINE_REM = 1.9
_HEADING = re.compile(r"(<h2\b[^>]*>.*?</h2>)", re.S)
_ELEMENT = re.compile(r"<[a-zA-Z]")
_LINE = re.compile(r"<(?:tr|summary|li)\b")
_TAG = re.compile(r"<(/?)(div|section|details|figure|table|ul|ol|aside|article)\b")


def with_late_sections(body: str) -> str:
    """The body with what stands below each of its headings in an element of its own, where it is heavy."""
    if len(_ELEMENT.findall(body)) < LIGHT:
        return body
    first, *others = _HEADING.split(body)
    sections = zip(others[::2], others[1::2], strict=True)
    return first + "".join(heading + _late(content) for heading, content in sections)


def _late(content: str) -> str:
    """A section's content, as it is where a heading stands within another element."""
    if not content.strip() or not _is_whole(content):
        return content
    rem = max(1.0, LINE_REM * len(_LINE.findall(content)))
    return f'<div class="late" style="contain-intrinsic-block-size:auto {rem:.0f}rem">{content}</div>'


def _is_whole(content: str) -> bool:
    """Whether every element that begins in it ends in it, and none ends that began before."""
    depth = 0
    for end, _ in _TAG.findall(content):
        depth += -1 if end else 1
        if depth < 0:
            return False
    return depth == 0
