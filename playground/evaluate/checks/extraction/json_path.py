"""Paths into JSON: a part of RFC 9535, `$.a.b[0]['x y'][-1].c[*]`; the first `$.` may be left out.

Filters, slices and `..` are refused.
"""

from __future__ import annotations

import re
from typing import Any

from playground.evaluate.checks.check import ArgumentError, quoted
from playground.json_text import strict_json

_STEP = re.compile(
    r"""\.?(?P<name>[^\s.\[\]'"*?@()]+)|\.?(?P<all>\*)|\[\s*(?P<every>\*)\s*\]|\[\s*(?P<place>-?\d{1,9})\s*\]"""
    r"""|\[\s*'(?P<single>[^'\\]*)'\s*\]|\[\s*"(?P<double>[^"\\]*)"\s*\]"""
)
#: Values that a path with `*` stands for.
_MOST = 10_000


def steps_of(path: str) -> list[str | int | None]:
    """The steps of the path: a name, a place, or None for every value. Raises ArgumentError."""
    text = path.strip().removeprefix("$")
    steps: list[str | int | None] = []
    at = 0
    while at < len(text):
        match = _STEP.match(text, at)
        if not match or (".." in text[at : at + 2]):
            raise ArgumentError(
                f"the path {quoted(path)} cannot be read at {quoted(text[at : at + 20])}; write names, "
                "places and *, such as $.items[0].name"
            )
        if match["place"] is not None:
            steps.append(int(match["place"]))
        elif match["all"] or match["every"]:
            steps.append(None)
        else:
            steps.append(next(t for t in (match["name"], match["single"], match["double"]) if t is not None))
        at = match.end()
    return steps


def at_path(value: Any, path: str) -> list[Any]:
    """The values that the path leads to; none where it leads nowhere. Raises ArgumentError."""
    values = [value]
    for step in steps_of(path):
        values = [inner for outer in values for inner in _within(outer, step)][:_MOST]
    return values


def _within(value: Any, step: str | int | None) -> list[Any]:
    if step is None:
        return list(value.values() if isinstance(value, dict) else value if isinstance(value, list) else [])
    if isinstance(value, dict):
        return [value[str(step)]] if str(step) in value else []
    if isinstance(value, list) and (isinstance(step, int) or step.isdecimal()):
        place = int(step)
        return [value[place]] if -len(value) <= place < len(value) else []
    return []


_FENCED = re.compile(r"```[^\n`]*\n(.*?)```", re.S)
#: Places in a text where a value of JSON may begin; more are not tried.
_TRIES = 50


def json_in(text: str) -> Any:
    """The first value of JSON in the text: all of it, in a code block, or the first object or list in it.

    Raises ValueError, in words.
    """
    try:
        return strict_json(text)
    except ValueError as error:
        whole = error
    for match in _FENCED.finditer(text):
        try:
            return strict_json(match[1])
        except ValueError:
            continue
    for place in [match.start() for match in re.finditer(r"[{\[]", text)][:_TRIES]:
        if end := _end_of(text, place):
            try:
                return strict_json(text[place:end])
            except ValueError:
                continue
    raise whole


_SIGNS = re.compile(r'[{}\[\]]|"(?:[^"\\]|\\.)*"', re.S)


def _end_of(text: str, start: int) -> int:
    """Where the brackets that open at `start` are closed; 0 where they are not."""
    depth = 0
    for match in _SIGNS.finditer(text, start):
        depth += {"{": 1, "[": 1, "}": -1, "]": -1}.get(match[0], 0)
        if not depth:
            return match.end()
    return 0
