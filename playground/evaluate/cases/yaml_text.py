"""YAML at the border: the values that JSON could hold, read with bounds and without making any object.

By ruamel.yaml, which reads YAML 1.2 as promptfoo and GitHub do: `no` is a text and 1:30 is no ninety. It is
pure Python; the browser gets it where a page asks for it (generator/site/runtime.py).
"""

from __future__ import annotations

from math import isfinite
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.composer import Composer
from ruamel.yaml.constructor import SafeConstructor
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from playground.errors import RequestError
from playground.json_text import no_number

DEPTH = 100
#: Characters: a browser's Python reads some tens of thousands a second.
SIZE = 512 * 1024
#: Values, those behind an alias counted as often as it is used: ten short lines can stand for millions.
VALUES = 300_000


class _Composer(Composer):
    _depth = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        self._depth += 1
        if self._depth > DEPTH:
            raise RequestError(f"the YAML is nested more than {DEPTH} deep")
        try:
            return super().compose_node(parent, index)
        finally:
            self._depth -= 1


class _Constructor(SafeConstructor):
    def flatten_mapping(self, node: Any) -> Any:
        merged = super().flatten_mapping(node)
        if len(node.value) > VALUES:
            raise RequestError("the YAML merges itself into more values than can be read")
        return merged

    def construct_held(self, node: Any) -> float:
        """The number. Raises RequestError for one that no value can hold, such as .nan and 1e400."""
        made = self.construct_yaml_int if node.tag.endswith(":int") else self.construct_yaml_float
        try:
            number: float = made(node)
            if isfinite(float(number)):
                return number
        except (ValueError, OverflowError):
            pass
        mark = node.start_mark
        raise RequestError(f"line {mark.line + 1}, column {mark.column + 1} has {no_number(str(node.value))}")


for _kind in ("int", "float"):
    _Constructor.add_constructor(f"tag:yaml.org,2002:{_kind}", _Constructor.construct_held)
# A day is the text that stands there.
_Constructor.add_constructor("tag:yaml.org,2002:timestamp", SafeConstructor.construct_yaml_str)


def read_yaml(text: str) -> Any:
    """The value of a document, as JSON could hold it. Raises RequestError with line and column."""
    if len(text) > SIZE:
        raise RequestError(
            f"the YAML has {len(text):,} characters; at most {SIZE:,} are read: save it as CSV or JSONL"
        )
    reader = YAML(typ="safe", pure=True)
    reader.Composer, reader.Constructor = _Composer, _Constructor
    try:
        value = reader.load(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f" in line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        problem = " ".join(str(error.problem or error.context).split())
        raise RequestError(f"this is no YAML: {problem}{where}") from error
    except (YAMLError, ValueError, RecursionError) as error:
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
        case _:  # what a tag asks for: bytes, a set
            return str(value)
