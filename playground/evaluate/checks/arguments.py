"""Arguments of checks as they come from a form or a file, read into what a judge works with."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from playground.errors import PlaygroundError
from playground.evaluate.checks.check import ArgumentError, Field, quoted
from playground.evaluate.template import as_text
from playground.json_text import read_numbers_held, strict_json


def text_of(arguments: Mapping[str, Any], name: str, default: str | None = None) -> str:
    """The argument as text; a number or an object as JSON. Raises ArgumentError where it is missing."""
    value = arguments.get(name)
    if value is None or value == "":
        if default is None:
            raise ArgumentError(f"{name} is empty; fill it in", argument=name)
        return default
    return as_text(value)


def list_of(arguments: Mapping[str, Any], name: str) -> list[str]:
    """The entries of the argument: a list, a list as JSON text, or one entry a line. Raises ArgumentError."""
    value = arguments.get(name)
    if isinstance(value, str):
        stripped = value.strip()
        value = _json_list(stripped) if stripped.startswith("[") else None
        if value is None:
            value = [line.strip() for line in stripped.splitlines()]
    if not isinstance(value, list | tuple):
        value = [] if value is None else [value]
    entries = [text for text in map(as_text, value) if text]
    if not entries:
        raise ArgumentError(f"{name} is empty; write one entry a line", argument=name)
    return entries


def _json_list(text: str) -> list[Any] | None:
    try:
        value = read_numbers_held(text)
    except ValueError:
        return None
    return value if isinstance(value, list) else None


def number_of(arguments: Mapping[str, Any], name: str) -> float | None:
    """The argument as a number, 0 or more; None where it is left out. Raises ArgumentError."""
    value = arguments.get(name)
    if value is None or value == "":
        return None
    try:
        number = math.nan if isinstance(value, bool) else float(value)
    except (TypeError, ValueError, OverflowError):
        number = math.nan
    if not math.isfinite(number) or number < 0:
        shown = quoted(as_text(value), 40)
        raise ArgumentError(f"{name} is {shown}; write a number, 0 or more", argument=name)
    return number


def choice_of(arguments: Mapping[str, Any], field: Field) -> str:
    """Which of the field's choices it is. Raises ArgumentError."""
    choices = list(field.choices or {})
    value = arguments.get(field.name) or choices[0]
    if value in choices:
        return str(value)
    shown = quoted(as_text(value), 40)
    raise ArgumentError(f"{field.name} is {shown}; write one of {', '.join(choices)}", argument=field.name)


def json_of(arguments: Mapping[str, Any], name: str) -> Any:
    """The argument as a value of JSON, whether it comes as one or as its text. Raises ArgumentError."""
    value = arguments.get(name)
    if not isinstance(value, str):
        return value
    try:
        return strict_json(value)
    except ValueError as error:
        raise ArgumentError(f"{name} is no JSON ({error})", argument=name) from error


def reason_of(error: PlaygroundError) -> str:
    """The error as the reason of a verdict."""
    return f"the check cannot be used: {error}"
