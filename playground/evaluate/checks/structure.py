"""Checks of an answer as JSON, and of the list it holds: valid, of a schema, a field's value, a set."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from playground.evaluate.checks.arguments import choice_of, json_of, list_of, text_of
from playground.evaluate.checks.check import (
    Answer,
    ArgumentError,
    Field,
    Verdict,
    failed,
    passed,
    quoted,
    unchecked,
)
from playground.evaluate.checks.extraction.json_path import at_path, json_in
from playground.evaluate.checks.schema.document import Document
from playground.evaluate.checks.schema.equal import same
from playground.evaluate.checks.schema.validator import TooLongError, faults
from playground.evaluate.checks.text import compared
from playground.evaluate.template import as_text
from playground.json_text import strict_json

AROUND = Field(name="around", label="Text or a code block around it is fine", kind="yes")
AS_SET = Field(
    name="compare",
    label="Its entries are",
    kind="choice",
    choices={
        "same": "these and no others",
        "least": "these, and there may be others",
        "most": "none but these",
        "order": "these, in this order",
    },
)


def _read(answer: Answer, arguments: Mapping[str, Any]) -> Any:
    return json_in(answer.text) if arguments.get("around") else strict_json(answer.text)


def json_valid(answer: Answer, arguments: Mapping[str, Any]) -> Verdict:
    """Whether the answer is JSON."""
    try:
        _read(answer, arguments)
    except ValueError as error:
        return failed(f"is not valid JSON: {error}")
    return passed("is valid JSON")


def json_schema(answer: Answer, arguments: Mapping[str, Any]) -> Verdict:
    """Whether the answer is JSON that the schema allows (schema/validator.py says what is read of one)."""
    schema = json_of(arguments, "schema")
    if not isinstance(schema, dict | bool):
        raise ArgumentError('schema is empty; write a JSON Schema, such as {"type": "object"}')
    document = Document(schema)
    try:
        value = _read(answer, arguments)
    except ValueError as error:
        return failed(f"is not valid JSON: {error}")
    try:
        wrong = faults(document, value)
    except TooLongError as error:
        return unchecked(str(error))
    if wrong:
        rest = f" (and {len(wrong) - 1} more)" if len(wrong) > 1 else ""
        return failed(f"is not what the schema allows: {wrong[0]}{rest}")
    return passed("is what the schema allows")


def field_equals(answer: Answer, arguments: Mapping[str, Any]) -> Verdict:
    """Whether the value at a path of the answer's JSON is this one.

    What reads as JSON is compared as JSON (1 is 1.0), anything else as text.
    """
    path = text_of(arguments, "path")
    expected = arguments.get("value", "")
    at_path(None, path)  # a path that cannot be read is refused, whatever the answer
    try:
        there = at_path(json_in(answer.text), path)
    except ValueError as error:
        return failed(f"is not valid JSON: {error}")
    if not there:
        return failed(f"has nothing at {quoted(path)}")
    seen = there[0] if len(there) == 1 else there
    wanted = quoted(as_text(expected))
    if _alike(seen, expected, arguments):
        return passed(f"has {wanted} at {quoted(path, 40)}")
    return failed(f"has {quoted(as_text(_plain(seen)))} at {quoted(path, 40)}, not {wanted}")


def _alike(seen: Any, expected: Any, arguments: Mapping[str, Any]) -> bool:
    if isinstance(expected, str):
        if isinstance(seen, str):
            return compared(seen, arguments) == compared(expected, arguments)
        try:
            expected = strict_json(expected)
        except ValueError:
            return False
    return same(seen, expected)


def _plain(value: Any) -> Any:
    """The value without Decimal, which is not written as JSON."""
    match value:
        case Decimal():
            return int(value) if value == value.to_integral_value() and abs(value) < 10**15 else float(value)
        case dict():
            return {name: _plain(entry) for name, entry in value.items()}
        case list():
            return [_plain(entry) for entry in value]
        case _:
            return value


_BULLET = re.compile(r"^\s*(?:[-*•‣·–]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)])\s+")
_AND = re.compile(r"\s(?:and|or|und|et|y)\s")
#: Entries of a list; of more nothing is said.
_ENTRIES = 10_000


def list_as_set(answer: Answer, arguments: Mapping[str, Any]) -> Verdict:
    """Whether the answer's list has these entries: JSON, one a line, or parted by commas; doubles are one."""
    expected = [compared(entry, arguments) for entry in list_of(arguments, "values")]
    how = choice_of(arguments, AS_SET)
    entries = [compared(entry, arguments) for entry in entries_of(answer.text)]
    if len(entries) > _ENTRIES:
        return unchecked(f"it has {len(entries):,} entries; at most {_ENTRIES:,} are compared")
    wanted, there = set(expected), set(entries)
    absent = [entry for entry in dict.fromkeys(expected) if entry not in there]
    others = [entry for entry in dict.fromkeys(entries) if entry not in wanted]
    wrong = []
    if absent and how != "most":
        wrong.append(f"lacks {_listed(absent)}")
    if others and how != "least":
        wrong.append(f"has {_listed(others)} besides")
    if not wrong and how == "order" and list(dict.fromkeys(entries)) != list(dict.fromkeys(expected)):
        wrong.append(f"has its entries in another order: {_listed(entries)}")
    if wrong:
        return failed(" and ".join(wrong))
    return passed(f"lists {_listed(entries)}")


def _listed(entries: list[str]) -> str:
    shown = ", ".join(quoted(entry, 40) for entry in entries[:5])
    return f"{shown} and {len(entries) - 5} more" if len(entries) > 5 else shown or "nothing"


def entries_of(text: str) -> list[str]:
    """The entries of the list that a text is."""
    try:
        value = json_in(text)
    except ValueError:
        value = None
    if isinstance(value, list):
        return [as_text(_plain(entry)) for entry in value]
    lines = [line for line in text.splitlines() if line.strip()]
    marked = [_BULLET.sub("", line) for line in lines if _BULLET.match(line)]
    if len(marked) >= 2 or len(lines) == len(marked) == 1:
        return [entry.strip() for entry in marked]
    if len(lines) > 1:
        return [line.strip() for line in lines]
    # A sentence's point, and the "and" before a last entry, belong to no entry.
    *first, last = re.split(r"[,;、]", text.strip().removesuffix("."))
    entries = [*first, *_AND.split(f" {last}")]
    return [entry.strip() for entry in entries if entry.strip()]
