"""Where a comment begins in a line of code, and which lines a docstring runs through."""

from __future__ import annotations

import re
from collections.abc import Iterable

#: Quotes that hold text; an apostrophe within a word is none.
QUOTES = "\"'`"
TRIPLE = re.compile(r'"""|\'\'\'')


def documented(lines: Iterable[str]) -> set[int]:
    """The lines of Python, from 0, within a text in triple quotes that stands by itself; a value is none."""
    hit: set[int] = set()
    closing, documents = "", False
    for number, line in enumerate(lines):
        if closing and documents:
            hit.add(number)
        at = 0
        while mark := TRIPLE.search(line, at):
            at = mark.end()
            if not closing:
                closing, documents = mark[0], not line[: mark.start()].strip(" \trRuUbB")
                if documents:
                    hit.add(number)
            elif mark[0] == closing:
                closing = ""
    return hit


def comment_start(line: str, marks: tuple[str, ...]) -> int:
    """Where a comment begins that is not within quotes, -1 where there is none."""
    quote = ""
    for at, letter in enumerate(line):
        if quote:
            if letter == quote and line[at - 1] != "\\":
                quote = ""
        elif letter in QUOTES:
            quote = "" if at and line[at - 1].isalnum() else letter
        elif any(line.startswith(mark, at) for mark in marks) and (not at or line[at - 1] in " \t;{}(),"):
            return at
    # A quote that is never closed was none: an apostrophe in a configuration.
    if quote:
        for mark in marks:
            if (hit := re.search(rf"(?:^|\s){re.escape(mark)}(?=\s|$|!)", line)) is not None:
                return hit.end() - len(mark)
    return -1
