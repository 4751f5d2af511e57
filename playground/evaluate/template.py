"""Templates: `{{name}}` stands for a variable, `{{name.part}}` for a part of one; no more is filled in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from playground.json_text import write_json

#: What a template language does beyond names: logic, comments, filters, expressions.
_LOGIC = re.compile(r"\{%.*?%\}|\{#.*?#\}|\{\{(?!-?\s*[\w-]+(?:\.[\w-]+)*\s*-?\}\}).*?\}\}", re.S)
_NAMED = re.compile(r"\{\{-?\s*([\w-]+(?:\.[\w-]+)*)\s*-?\}\}")


def names(texts: Iterable[str]) -> list[str]:
    """The variables that the templates name, each once, in their order."""
    return list(dict.fromkeys(match[1] for text in texts for match in _NAMED.finditer(text)))


def logic_in(template: str) -> str:
    """The first piece of a template language that is not filled in here; empty where there is none."""
    match = _LOGIC.search(template)
    return match[0] if match else ""


def named_pieces(template: str) -> Iterator[tuple[str, str]]:
    """The template in pieces: a text as it stands, and the name after it, which is empty at the end."""
    begin = 0
    for match in _NAMED.finditer(template):
        yield template[begin : match.start()], match[1]
        begin = match.end()
    yield template[begin:], ""


def filled(template: str, variables: Mapping[str, Any]) -> str:
    """The template with its variables; one that is not given stays as it is written."""

    def value(match: re.Match[str]) -> str:
        given, there = value_of(match[1], variables)
        return as_text(given) if there else match[0]

    return _NAMED.sub(value, template)


def missing(template: str, variables: Mapping[str, Any]) -> list[str]:
    """The variables that the template names and the case does not give."""
    return [name for name in names([template]) if not value_of(name, variables)[1]]


def filled_in(value: Any, variables: Mapping[str, Any]) -> Any:
    """The same value with every text in it filled in."""
    match value:
        case str():
            return filled(value, variables)
        case Mapping():
            return {name: filled_in(entry, variables) for name, entry in value.items()}
        case list() | tuple():
            return [filled_in(entry, variables) for entry in value]
        case _:
            return value


def as_text(value: Any) -> str:
    """A variable as it stands in a prompt: text as it is, anything else as JSON."""
    return value if isinstance(value, str) else write_json(value)


def value_of(name: str, variables: Mapping[str, Any]) -> tuple[Any, bool]:
    """What a name in a template stands for, and whether it is given."""
    if name in variables:
        return variables[name], True
    value: Any = variables
    for part in name.split("."):
        if not isinstance(value, Mapping) or part not in value:
            return None, False
        value = value[part]
    return value, True
