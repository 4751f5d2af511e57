"""What a check is: a kind with a name, fields for its arguments, and a judge that gives a verdict.

To add one, write a judge `(answer, arguments) -> Verdict` and its row in table.py. A judge raises
ArgumentError where the check itself cannot be meant, and gives `unchecked` where the answer lacks what it
looks at.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from playground.chat.chat import ToolCall
from playground.errors import PlaygroundError
from playground.evaluate.code.job import Job, Outcome


class ArgumentError(PlaygroundError):
    """An argument of a check that cannot be meant; says which, what was seen and what to write.

    `argument` is its name, where it is not the first that the kind cannot do without.
    """

    def __init__(self, message: str, *, argument: str = "") -> None:
        super().__init__(message)
        self.argument = argument


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a model gave, as far as checks look at it.

    What the provider did not report is None: tokens of the answer, `seconds` of the whole and to the first
    token, `cost` in US dollars. `refused` says that the provider itself calls it a refusal. `variables` are
    its case's. `ran` gives what came of code that a check has run, None where it was not run.
    """

    text: str
    calls: tuple[ToolCall, ...] = ()
    refused: bool = False
    tokens: int | None = None
    seconds: float | None = None
    first_token: float | None = None
    cost: Decimal | None = None
    variables: Mapping[str, Any] = field(default_factory=dict)
    ran: Callable[[Job], Outcome | None] = lambda _: None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether an answer passes, and why in one sentence that quotes what was seen.

    `passed` is None where it was not checked, and the reason says why not.
    """

    passed: bool | None
    reason: str
    weight: float = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """An argument as a reader fills it in.

    `kind`: text (one line), long (many lines), list (one entry a line), number, yes (a box to tick), choice
    (one of `choices`, the first where nothing is chosen), checks (checks within this one).
    """

    name: str
    label: str
    kind: Literal["text", "long", "list", "number", "yes", "choice", "checks"] = "text"
    required: bool = False
    choices: Mapping[str, str] | None = None


#: Arguments come with their variables filled in.
type Judge = Callable[[Answer, Mapping[str, Any]], Verdict]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of check as the page offers it; `label` goes on after "the answer"."""

    name: str
    label: str
    judge: Judge
    fields: tuple[Field, ...]
    #: Whether it runs code, which is asked for first.
    runs_code: bool = False


def passed(reason: str) -> Verdict:
    """The answer passes."""
    return Verdict(passed=True, reason=reason)


def failed(reason: str) -> Verdict:
    """The answer fails."""
    return Verdict(passed=False, reason=reason)


def unchecked(reason: str) -> Verdict:
    """The answer was not checked."""
    return Verdict(passed=None, reason=reason)


def quoted(text: str, most: int = 80) -> str:
    """The text in quotation marks on one line, cut where it is long."""
    line = " ".join(text.split())
    return f"“{line if len(line) <= most else line[: most - 1] + '…'}”"


def counted(number: int, noun: str) -> str:
    """`1 line`, `2 lines`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
