"""What the strings of a notebook's file are: text, output, or code with its own comments and docstrings.

A line of code is a JSON string there, in which quotes and ends of lines are escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from playground.lifecycle.mentions.comments import comment_start, documented

#: What a cell is, what of it follows, or any other string.
TOKEN = re.compile(
    r'"cell_type":\s*"(?P<cell>\w+)"|"(?P<part>source|outputs|metadata)":|"(?P<string>(?:[^"\\]|\\.)*+)"'
)
ESCAPED = re.compile(r"\\(.)")


class _Code(NamedTuple):
    """A line of a cell's code, with its escapes, as it stands in a line of the file from `start` on."""

    number: int
    start: int
    text: str


class Notebook:
    """Why what stands in a notebook's file is only talked about."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._asides: dict[int, list[tuple[int, int, str]]] = {}
        cell = part = ""
        code: list[_Code] = []
        for number, line in enumerate(lines):
            for token in TOKEN.finditer(line):
                if token["cell"]:
                    self._read(code)
                    cell, part, code = token["cell"], "", []
                elif token["part"]:
                    part = token["part"]
                elif cell in ("markdown", "raw"):
                    self._note(number, *token.span(), "in a document")
                elif part == "outputs":
                    self._note(number, *token.span(), "in an output")
                else:
                    code += _code_of(number, token.start("string"), token["string"])
        self._read(code)

    def reason(self, number: int, start: int) -> str:
        """Why what begins at a place of a line (from 0) is only talked about; empty where it is used."""
        return next((why for a, b, why in self._asides.get(number, ()) if a <= start < b), "")

    def _read(self, code: Sequence[_Code]) -> None:
        """Notes where comments and docstrings stand in a cell's code."""
        inside = documented(ESCAPED.sub(r"\1", line.text) for line in code)
        for place, line in enumerate(code):
            end = line.start + len(line.text)
            if place in inside:
                self._note(line.number, line.start, end, "in a docstring")
            elif (at := comment_start(ESCAPED.sub(_as_wide, line.text), ("#",))) >= 0:
                self._note(line.number, line.start + at, end, "in a comment")

    def _note(self, number: int, start: int, end: int, why: str) -> None:
        self._asides.setdefault(number, []).append((start, end, why))


def _code_of(number: int, start: int, string: str) -> Iterator[_Code]:
    """The lines of a string; a backslash before an n is no end of one."""
    at = 0
    for escaped in ESCAPED.finditer(string):
        if escaped[1] == "n":
            yield _Code(number, start + at, string[at : escaped.start()])
            at = escaped.end()
    yield _Code(number, start + at, string[at:])


def _as_wide(escaped: re.Match[str]) -> str:
    return f" {escaped[1]}" if escaped[1] in '"\\/' else "  "
