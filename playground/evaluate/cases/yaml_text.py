"""YAML at the border: the JSON values of YAML 1.2, read with bounds and without any tag that makes an object.

YAML 1.1, which PyYAML reads by itself, takes `no` for false and 1:30 for ninety; promptfoo and GitHub read 1.2.
The browser gets PyYAML as pure Python, and only where a page asks for it (generator/site/runtime.py).
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from playground.errors import RequestError

DEPTH = 100
#: Characters: pure Python reads about 50,000 a second in a browser.
SIZE = 1024 * 1024
#: Values, those behind an alias counted as often as it is used: ten short lines can stand for millions.
VALUES = 500_000


class _Loader(yaml.SafeLoader):
    """YAML 1.2's own kinds of plain values, and bounds on depth and merged keys."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
    _depth = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        self._depth += 1
        if self._depth > DEPTH:
            raise RequestError(f"the YAML is nested more than {DEPTH} deep")
        try:
            return super().compose_node(parent, index)  # type: ignore[no-untyped-call]
        finally:
            self._depth -= 1

    def flatten_mapping(self, node: Any) -> None:
        plain = [key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode) and key.value != "<<"]
        if len(set(plain)) < len(plain):
            twice = next(name for place, name in enumerate(plain) if name in plain[:place])
            line = node.start_mark.line + 1
            raise RequestError(
                f"the YAML names {twice!r} twice in what begins in line {line}; one would be lost"
            )
        super().flatten_mapping(node)
        if len(node.value) > VALUES:
            raise RequestError("the YAML merges itself into more values than can be read")


for _tag, _pattern, _first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("null", r"~|null|Null|NULL|", "~nN\0"),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", "-+0123456789"),
    ("float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", "-+.0123456789"),
    ("merge", r"<<", "<"),
):
    _Loader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}",
        re.compile(f"^(?:{_pattern})$"),
        [first if first != "\0" else "" for first in _first],
    )


def _whole(loader: _Loader, node: Any) -> int:
    text = str(loader.construct_scalar(node)).replace("0o", "0O")
    return int(text, 0) if text[:2] in ("0x", "0O") else int(text)


_Loader.add_constructor("tag:yaml.org,2002:int", _whole)


def read_yaml(text: str) -> Any:
    """The value of a document, as JSON could hold it. Raises RequestError with line and column."""
    if len(text) > SIZE:
        raise RequestError(
            f"the YAML has {len(text):,} characters; at most {SIZE:,} are read: save the cases as CSV or JSON"
        )
    try:
        value = yaml.load(text, Loader=_Loader)  # noqa: S506 (a SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f" in line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        raise RequestError(f"this is no YAML: {error.problem or error.context}{where}") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise RequestError(f"this is no YAML: {str(error).splitlines()[0][:200]}") from error
    return _plain(value, [VALUES], 0)


def _plain(value: Any, left: list[int], depth: int) -> Any:
    """The value with texts as keys; `left` is how many values may still come."""
    left[0] -= 1
    if left[0] < 0:
        raise RequestError(f"the YAML stands for more than {VALUES:,} values; most are behind its aliases")
    if depth > DEPTH:
        raise RequestError(f"the YAML is nested more than {DEPTH} deep, or within itself")
    match value:
        case dict():
            return {str(name): _plain(entry, left, depth + 1) for name, entry in value.items()}
        case list():
            return [_plain(entry, left, depth + 1) for entry in value]
        case str() | bool() | int() | float() | None:
            return value
        case _:  # a date, bytes, a set: what a tag of YAML 1.1 asks for
            return str(value)
