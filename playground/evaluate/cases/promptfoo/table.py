"""Tests of promptfoo as a table: `__expected` columns hold assertions, other columns are variables."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from playground.evaluate.cases.promptfoo.asserts import checks
from playground.evaluate.cases.reading import Unread
from playground.evaluate.evaluation import Case, LeftOut

_EXPECTED = re.compile(r"__expected\d*")
_KIND = re.compile(r"((?:not-)?[a-z][a-z-]+)\s*(?:\(\s*([^)]*)\))?(?::|$)")
#: Kinds that a cell may name without a value.
_ALONE = {"is-json", "is-refusal", "cost", "latency"}
#: How promptfoo shortens kinds in a cell.
_SHORT = {"fn": "javascript", "eval": "javascript", "grade": "llm-rubric"}


def has_expectations(cases: Iterable[Case]) -> bool:
    """Whether a column of the table holds assertions."""
    return any(_EXPECTED.fullmatch(name) for case in cases for name in case.variables)


def with_expectations(cases: Iterable[Case]) -> tuple[tuple[Case, ...], tuple[LeftOut, ...]]:
    """The cases with their assertions as checks, and what of them cannot be checked."""
    unread = Unread()
    made = []
    for case in cases:
        listed = [_assertion(str(v)) for n, v in case.variables.items() if _EXPECTED.fullmatch(n) and v]
        for name, value in case.variables.items():
            if name.startswith("__") and not _EXPECTED.fullmatch(name) and value and name != "__description":
                unread.add(f"case {case.name}.{name}", value, "this column is not known here")
        variables = {name: value for name, value in case.variables.items() if not name.startswith("__")}
        title = str(case.variables.get("__description") or case.name)
        asked = checks(listed, {}, f"case {case.name}.__expected", unread)
        made.append(Case(name=title, variables=variables, checks=asked))
    return tuple(made), tuple(unread.parts)


def _assertion(cell: str) -> dict[str, Any]:
    match = _KIND.match(cell)
    if not match or (match.end() == len(cell) and match[1].removeprefix("not-") not in _ALONE):
        return {"type": "equals", "value": cell}
    row: dict[str, Any] = {"type": _SHORT.get(match[1], match[1])}
    if value := cell[match.end() :].strip():
        row["value"] = value
    if match[2]:
        try:
            row["threshold"] = float(match[2])
        except ValueError:
            row["threshold"] = match[2]
    return row
