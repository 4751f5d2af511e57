"""What a check is: a kind with a name, fields for its arguments, and a judge that gives a verdict.

To add one, write a judge `(answer, arguments) -> Verdict` and its row in table.py.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a model gave, as far as checks look at it."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether an answer passes, and why in one sentence that quotes what was seen."""

    passed: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """An argument as a reader fills it in; `kind` is text or yes (a box to tick)."""

    name: str
    label: str
    kind: str = "text"
    required: bool = False


#: Arguments come with their variables filled in.
type Judge = Callable[[Answer, Mapping[str, Any]], Verdict]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of check as the page offers it."""

    name: str
    label: str
    judge: Judge
    fields: tuple[Field, ...]


def quoted(text: str, most: int = 80) -> str:
    """The text in quotation marks on one line, cut where it is long."""
    line = " ".join(text.split())
    return f"“{line if len(line) <= most else line[: most - 1] + '…'}”"
