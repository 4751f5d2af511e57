"""Checks of an answer's text: equals, contains."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from playground.evaluate.checks.check import Answer, Verdict, quoted
from playground.evaluate.template import as_text


def equals(answer: Answer, arguments: Mapping[str, Any]) -> Verdict:
    """Whether the answer is the value; white space at both ends of either does not count."""
    value, text = _compared(arguments, answer.text)
    if text.strip() == value.strip():
        return Verdict(passed=True, reason=f"equals {quoted(value)}")
    return Verdict(passed=False, reason=f"is {quoted(answer.text)}, not {quoted(value)}")


def contains(answer: Answer, arguments: Mapping[str, Any]) -> Verdict:
    """Whether the value stands somewhere in the answer."""
    value, text = _compared(arguments, answer.text)
    if value in text:
        return Verdict(passed=True, reason=f"contains {quoted(value)}")
    return Verdict(passed=False, reason=f"does not contain {quoted(value)}")


def _compared(arguments: Mapping[str, Any], text: str) -> tuple[str, str]:
    value = as_text(arguments.get("value", ""))
    return (value.casefold(), text.casefold()) if arguments.get("ignore_case") else (value, text)
