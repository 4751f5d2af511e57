"""A pattern as Python's own parser reads it: read here, and nowhere else."""

from __future__ import annotations

import importlib
import re
from functools import lru_cache
from typing import Any
from warnings import catch_warnings, simplefilter

from playground.evaluate.checks.check import ArgumentError, quoted
from playground.evaluate.checks.patterns.javascript import as_python

#: Python's parser and compiler of patterns. They are not public, and a test holds them to what is used here.
_PARSER: Any = importlib.import_module("re._parser")
_COMPILER: Any = importlib.import_module("re._compiler")
#: Characters of a pattern.
_LONGEST = 10_000


class Tree:
    """A pattern: compiled, and as a tree of (operation's name, its arguments)."""

    def __init__(self, text: str, flags: int) -> None:
        """Raises ArgumentError where it is no pattern."""
        if len(text) > _LONGEST:
            raise ArgumentError(f"the pattern has {len(text):,} characters; at most {_LONGEST:,} are read")
        try:
            with catch_warnings():
                simplefilter("ignore")  # of what may be read otherwise in years to come
                self.compiled = re.compile(text, flags)
                self.parsed = _PARSER.parse(text, flags)
        except (re.error, OverflowError, RecursionError) as error:
            what = "is nested too deep" if isinstance(error, RecursionError) else f"cannot be read: {error}"
            raise ArgumentError(f"the pattern {quoted(text)} {what}") from error
        self.flags = int(self.compiled.flags)

    @staticmethod
    def leaf(item: Any, flags: int) -> re.Pattern[str]:
        """One operation of a tree as a pattern of its own."""
        state = _PARSER.State()
        state.flags = flags
        compiled: re.Pattern[str] = _COMPILER.compile(_PARSER.SubPattern(state, [item]), flags)
        return compiled


@lru_cache(maxsize=256)
def tree_of(text: str, *, ignore_case: bool, javascript: bool) -> Tree:
    """The pattern as Python or JavaScript reads it. Raises ArgumentError."""
    pattern = as_python(text) if javascript else text
    return Tree(pattern, re.IGNORECASE if ignore_case else 0)


def inner_flags(flags: int, add: int, remove: int) -> int:
    """The flags within a group; the three that say what a letter is exclude each other."""
    if add & (re.ASCII | re.UNICODE):
        flags &= ~int(re.ASCII | re.UNICODE)
    return (flags | add) & ~remove
