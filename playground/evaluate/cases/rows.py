"""Cases as a list of objects: JSON, JSONL or YAML that is of no tool's own form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from playground.errors import RequestError
from playground.evaluate.cases.reading import Unread, prompt_of
from playground.evaluate.checks.check import quoted
from playground.evaluate.evaluation import Case, Evaluation

#: Where a row may have a conversation of its own.
_MESSAGES = ("messages", "input")


def evaluation_of_rows(rows: Sequence[Any], name: str) -> Evaluation:
    """A case for each object, whose names are its variables. Raises RequestError naming the row."""
    unread = Unread()
    cases = [_case(row, place, unread) for place, row in enumerate(rows)]
    if not cases:
        raise RequestError("the list is empty; write an object for each case")
    made = tuple(case for case in cases if case)
    return Evaluation(name=name, prompts=(), cases=made, left_out=tuple(unread.parts))


def _case(row: Any, place: int, unread: Unread) -> Case | None:
    if not isinstance(row, dict):
        raise RequestError(f"case {place + 1} is {quoted(str(row), 60)}; write an object of names and values")
    name = str(place + 1)
    for key in _MESSAGES:
        if _is_chat(row.get(key)):
            prompt = prompt_of(name, row[key], f"case {name}.{key}", unread)
            if not prompt:
                return None
            rest = {other: value for other, value in row.items() if other != key}
            return Case(name=name, variables=rest, messages=prompt.messages, system=prompt.system)
    return Case(name=name, variables=row)


def _is_chat(value: Any) -> bool:
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(one, Mapping) and {"role", "content"} <= one.keys() for one in value)
    )
