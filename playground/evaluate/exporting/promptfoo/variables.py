"""What variables are called and hold in promptfoo, so that its templates give the texts that ours give.

Nunjucks reads `{{a-b}}` as a difference, writes an object as `[object Object]` and null as nothing; promptfoo
fills in what stands in `{{…}}` within a variable's own text, and opens what begins with `file://`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from playground.evaluate.cases.promptfoo.literal import as_nunjucks
from playground.evaluate.cases.promptfoo.tests import opened_by_promptfoo
from playground.evaluate.evaluation import Case
from playground.evaluate.template import as_text, names, value_of
from playground.json_text import texts_in

_SIMPLE = re.compile(r"[^\W\d]\w*")
#: Names that Nunjucks or promptfoo read as something of their own.
_TAKEN = {"true", "false", "none", "null", "not", "and", "or", "in", "is", "if", "else"}
_TAKEN |= {"env", "_conversation", "__proto__", "prototype", "constructor"}
_WITHIN = re.compile(r"\{\{\s*(\w+)\s*\}\}")
_OPENS = re.compile(r"\{[{%#]")
_ENVIRONMENT = re.compile(r"\{\{(?:[^}]|\}(?!\}))*\benv(?:\.|\[)")
#: Whole numbers up to here are written alike in Python and JavaScript.
_LARGEST = 2**53 - 1


class Variables:
    """The names of all cases' variables in promptfoo, for templates that name these."""

    def __init__(self, cases: Iterable[Case], templates: Iterable[str]) -> None:
        every = tuple(cases)
        named = names(templates)
        filled_within = {name for case in every for name in _filled_within(case.variables)}
        odd = {name for name in named if name in filled_within or not _alike(name, every)}
        roots = {name.partition(".")[0] for name in odd if "." not in name}
        odd |= {name for name in named if name.partition(".")[0] in roots}
        self._taken = {name for case in every for name in case.variables} | set(named)
        #: By the name in our templates, the other one that it has in promptfoo.
        self._called = {name: self._free(name, again=name in filled_within) for name in named if name in odd}
        #: Variables that are a template's root by their own names.
        self._roots = {name.partition(".")[0] for name in named if name not in odd}

    def _free(self, name: str, *, again: bool) -> str:
        """The name itself where it can stay and only what it holds is written otherwise; else one like it."""
        if not again and _is_simple(name):
            return name
        base = re.sub(r"\W", "_", name, flags=re.ASCII)
        base = base if _is_simple(base) and base != name else f"_{base}"
        while base in self._taken or not _is_simple(base):
            base += "_"
        self._taken.add(base)
        return base

    def template(self, text: str) -> str:
        """The template as promptfoo's."""
        return as_nunjucks(text, lambda name: self._called.get(name, name))

    def of(self, case: Case) -> dict[str, Any]:
        """What the case's variables are in promptfoo."""
        out = {
            name: "null" if value is None else value
            for name, value in case.variables.items()
            if self._called.get(name, name) == name or name in self._roots
        }
        for name, called in self._called.items():
            value, there = value_of(name, case.variables)
            if there:
                out[called] = as_text(value)
        return out


def _is_simple(name: str) -> bool:
    return bool(_SIMPLE.fullmatch(name)) and name not in _TAKEN


def _alike(name: str, cases: Iterable[Case]) -> bool:
    """Whether Nunjucks finds and writes it as it is filled in here, in every case."""
    root, *steps = name.split(".")
    if not _is_simple(root) or not all(_SIMPLE.fullmatch(step) for step in steps):
        return False
    for case in cases:
        value, there = value_of(name, case.variables)
        if there and (
            not _written_alike(value) or (steps and (name in case.variables or _opens(case.variables[root])))
        ):
            return False
    return True


def _written_alike(value: Any) -> bool:
    return isinstance(value, str | bool) or (isinstance(value, int) and abs(value) <= _LARGEST)


def _filled_within(variables: Mapping[str, Any]) -> Iterator[str]:
    """The variables that promptfoo would fill in within the texts of others."""
    for text in variables.values():
        if isinstance(text, str):
            yield from _WITHIN.findall(text)


def why_unsafe(case: Case) -> str:
    """Why promptfoo cannot be given the case's variables as they are; empty where it can."""
    texts = list(texts_in(case.variables, names=False))
    if any(map(opened_by_promptfoo, texts)):
        return "promptfoo would open the file or run the program that a variable begins with"
    if any(map(_ENVIRONMENT.search, texts)):
        return "promptfoo would fill in your environment where a variable has {{env…}}"
    return ""


def _opens(value: Any) -> bool:
    return any(map(_OPENS.search, texts_in(value, names=False)))
