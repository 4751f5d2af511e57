"""A text by lines, with what is asked of a line again and again worked out once."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

#: A line that says so itself is left alone.
IGNORED = "almanac: ignore"
#: How much of a line beside a name is looked at.
BESIDE = 160


class TextLines:
    """The lines of a text and how far each is indented."""

    def __init__(self, text: str) -> None:
        self.texts = text.splitlines()

    @cached_property
    def indents(self) -> list[int]:
        """How far each line is indented, -1 where it is blank; a list's dash counts as indentation."""
        return [_indent(line) for line in self.texts]

    @cached_property
    def ignored(self) -> set[int]:
        """The lines, from 0, that say that they are to be left alone."""
        return {number for number, line in enumerate(self.texts) if IGNORED in line}

    def block(self, number: int, most: int) -> Iterator[int]:
        """The lines around one (from 0) that belong with it, the nearest first, of two the one above.

        They are indented as far or farther, up to a line that is less so, or, at the left edge, a blank one.
        """
        own = self.indents[number]
        ends = {-1: False, 1: False}
        for distance in range(1, most + 1):
            for step in (-1, 1):
                at = number + step * distance
                if ends[step] or not 0 <= at < len(self.texts):
                    continue
                indent = self.indents[at]
                # Below, a list's next item begins with its dash, and is another's.
                next_item = step == 1 and indent == own and _begins_item(self.texts[at])
                if next_item or (indent < own and (indent >= 0 or own == 0)):
                    ends[step] = True
                elif indent >= 0:
                    yield at
                    # A list's item begins with its dash.
                    ends[step] = step == -1 and indent == own and _begins_item(self.texts[at])
            if _begins_item(self.texts[number]):
                ends[-1] = True

    def headers(self, number: int, most: int) -> Iterator[int]:
        """The lines that a line stands under, the innermost first, looking back `most` lines."""
        own = self.indents[number]
        for at in range(number - 1, max(-1, number - 1 - most), -1):
            if 0 <= self.indents[at] < own:
                own = self.indents[at]
                yield at
                if not own:
                    return

    def opens(self, number: int) -> bool:
        """Whether the next line that is not blank stands under this one."""
        for at in range(number + 1, min(number + 4, len(self.texts))):
            if self.indents[at] >= 0:
                return self.indents[at] > self.indents[number]
        return False

    def beside(self, number: int, start: int, end: int) -> tuple[str, str]:
        """What stands before and after a place of a line, as far as it is looked at."""
        line = self.texts[number]
        return line[max(0, start - BESIDE) : start], line[end : end + BESIDE]


def _indent(line: str) -> int:
    head = line[:BESIDE].lstrip(" \t")
    if not head:
        return -1 if len(line) < BESIDE else BESIDE
    indent = min(len(line), BESIDE) - len(head)
    if head.startswith("- "):
        indent += len(head) - len(head[1:].lstrip())
    return indent


def _begins_item(line: str) -> bool:
    return line[:BESIDE].lstrip().startswith("- ")
