"""Checks of an answer's text: equals, one of, contains, begins and ends with.

Letters count the same however Unicode composes them (é as one character or as two).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

from playground.evaluate.checks.arguments import choice_of, list_of, text_of
from playground.evaluate.checks.check import (
    Answer,
    ArgumentError,
    Field,
    Verdict,
    counted,
    failed,
    passed,
    quoted,
)

WHICH = Field(
    name="which",
    label="How many of them",
    kind="choice",
    choices={"all": "all of them", "any": "at least one of them"},
)


def compared(text: str, arguments: Mapping[str, Any]) -> str:
    """The text as it is compared: without white space at its ends, and without case where that is asked."""
    text = unicodedata.normalize("NFC", text)
    if arguments.get("ignore_case"):
        text = unicodedata.normalize("NFC", text.casefold())
    return text if arguments.get("exact") else text.strip()


def equals(answer: Answer, arguments: Mapping[str, Any]) -> Verdict:
    """Whether the answer is the value."""
    value = text_of(arguments, "value", "")
    if compared(answer.text, arguments) == compared(value, arguments):
        return passed(f"equals {quoted(value)}")
    ends = ", with other white space at its ends" if answer.text.strip() == value.strip() else ""
    return failed(f"is {quoted(answer.text)}, not {quoted(value)}{ends}")


def one_of(answer: Answer, arguments: Mapping[str, Any]) -> Verdict:
    """Whether the answer is one of the values."""
    values = list_of(arguments, "values")
    text = compared(answer.text, arguments)
    for value in values:
        if text == compared(value, arguments):
            return passed(f"is {quoted(value)}")
    return failed(f"is {quoted(answer.text)}, none of {_listed(values)}")


def contains(answer: Answer, arguments: Mapping[str, Any]) -> Verdict:
    """Whether the value stands somewhere in the answer."""
    value = text_of(arguments, "value")
    if _within(value, answer.text, arguments):
        return passed(f"contains {quoted(value)}")
    return failed(f"does not contain {quoted(value)}")


def contains_each(answer: Answer, arguments: Mapping[str, Any]) -> Verdict:
    """Whether all of the values stand in the answer, or any."""
    values = list_of(arguments, "values")
    absent = [value for value in values if not _within(value, answer.text, arguments)]
    if choice_of(arguments, WHICH) == "all":
        if absent:
            return failed(f"does not contain {_listed(absent)}")
        return passed(f"contains {_listed(values)}")
    there = [value for value in values if value not in absent]
    if there:
        return passed(f"contains {_listed(there)}")
    return failed(f"contains none of {_listed(values)}")


def begins(answer: Answer, arguments: Mapping[str, Any]) -> Verdict:
    """Whether the answer begins with the value."""
    return _at_end(answer, arguments, str.startswith, "begins with")


def ends(answer: Answer, arguments: Mapping[str, Any]) -> Verdict:
    """Whether the answer ends with the value."""
    return _at_end(answer, arguments, str.endswith, "ends with")


def _at_end(
    answer: Answer, arguments: Mapping[str, Any], test: Callable[[str, str], bool], does: str
) -> Verdict:
    value = text_of(arguments, "value")
    wanted = _wanted(value, arguments)
    text = compared(answer.text, arguments)
    if test(text, wanted):
        return passed(f"{does} {quoted(value)}")
    end = text[: len(value) + 20] if does == "begins with" else text[-len(value) - 20 :]
    return failed(f"{does} {quoted(end)}, not {quoted(value)}")


def _within(value: str, text: str, arguments: Mapping[str, Any]) -> bool:
    whole = {**arguments, "exact": True}
    return _wanted(value, whole) in compared(text, whole)


def _wanted(value: str, arguments: Mapping[str, Any]) -> str:
    """What is looked for: nothing stands in every answer, and so says nothing of any."""
    wanted = compared(value, arguments)
    if not wanted:
        raise ArgumentError("the text to look for is empty; fill it in")
    return wanted


def _listed(values: list[str]) -> str:
    shown = ", ".join(quoted(value, 40) for value in values[:5])
    rest = len(values) - 5
    return f"{shown} and {counted(rest, 'other')}" if rest > 0 else shown
