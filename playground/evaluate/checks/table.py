"""The kinds of checks and of extractions, in the page's order, as the page's form and a file name them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from playground.errors import RequestError
from playground.evaluate.checks.check import Answer, ArgumentError, Field, Kind, Verdict
from playground.evaluate.checks.conduct import MATCH, refusal, tool_call
from playground.evaluate.checks.extraction.kinds import EXTRACTIONS
from playground.evaluate.checks.language import language
from playground.evaluate.checks.limits import MOMENT, UNIT, cost, latency, length
from playground.evaluate.checks.numbers import DECIMAL, number_within
from playground.evaluate.checks.numbers import WHICH as WHICH_NUMBER
from playground.evaluate.checks.pattern import pattern
from playground.evaluate.checks.programs import code_returns, code_tests, function
from playground.evaluate.checks.similarity import MEASURE, edit_distance, similarity
from playground.evaluate.checks.structure import (
    AROUND,
    AS_SET,
    field_equals,
    json_schema,
    json_valid,
    list_as_set,
)
from playground.evaluate.checks.text import WHICH, begins, contains, contains_each, ends, equals, one_of
from playground.evaluate.evaluation import Check

#: The kind whose arguments are other checks (judging.py).
GROUP = "group"

_VALUE = Field(name="value", label="Text or {{column}}", required=True)
_VALUES = Field(name="values", label="One entry a line", kind="list", required=True)
_CASE = Field(name="ignore_case", label="Ignore upper and lower case", kind="yes")
_EXACT = Field(name="exact", label="White space at the ends counts", kind="yes")
_AT_MOST = Field(name="at_most", label="At most", kind="number")
_AT_LEAST = Field(name="at_least", label="At least", kind="number")
_SECONDS = Field(name="seconds", label="At most, in seconds (empty: 5)", kind="number")
_NEEDED = Field(name="needed", label="Needed (all, any or a share such as 0.5)")


def _grouped(_: Answer, __: Mapping[str, Any]) -> Verdict:
    raise ArgumentError("a group is judged by its checks")


KINDS = (
    Kind(name="contains", label="contains", judge=contains, fields=(_VALUE, _CASE)),
    Kind(name="contains_each", label="contains several", judge=contains_each, fields=(_VALUES, WHICH, _CASE)),
    Kind(name="equals", label="equals", judge=equals, fields=(_VALUE, _CASE, _EXACT)),
    Kind(name="one_of", label="is one of", judge=one_of, fields=(_VALUES, _CASE, _EXACT)),
    Kind(name="begins", label="begins with", judge=begins, fields=(_VALUE, _CASE, _EXACT)),
    Kind(name="ends", label="ends with", judge=ends, fields=(_VALUE, _CASE, _EXACT)),
    Kind(
        name="pattern",
        label="fits a regular expression",
        judge=pattern,
        fields=(
            Field(name="pattern", label="Pattern", required=True),
            _CASE,
            Field(name="whole", label="All of the answer, not some place in it", kind="yes"),
            Field(name="javascript", label="As JavaScript reads it, not Python", kind="yes"),
        ),
    ),
    Kind(
        name="number",
        label="has a number near",
        judge=number_within,
        fields=(
            Field(name="value", label="Number or {{column}}", required=True),
            Field(name="absolute", label="Give or take"),
            Field(name="relative", label="Or a share of it, such as 5 %"),
            WHICH_NUMBER,
            DECIMAL,
        ),
    ),
    Kind(name="json", label="is valid JSON", judge=json_valid, fields=(AROUND,)),
    Kind(
        name="json_schema",
        label="is JSON of a schema",
        judge=json_schema,
        fields=(Field(name="schema", label="JSON Schema", kind="long", required=True), AROUND),
    ),
    Kind(
        name="field",
        label="has a JSON field equal to",
        judge=field_equals,
        fields=(Field(name="path", label="Path, such as $.items[0].name", required=True), _VALUE, _CASE),
    ),
    Kind(name="set", label="lists", judge=list_as_set, fields=(_VALUES, AS_SET, _CASE)),
    Kind(
        name="similar",
        label="is similar to",
        judge=similarity,
        fields=(
            _VALUE,
            MEASURE,
            Field(name="at_least", label="At least (0 to 1, empty: 0.75)", kind="number"),
            _CASE,
        ),
    ),
    Kind(
        name="edits",
        label="is few edits from",
        judge=edit_distance,
        fields=(
            _VALUE,
            Field(name="at_most", label="At most so many edits", kind="number", required=True),
            _CASE,
            _EXACT,
        ),
    ),
    Kind(
        name="tool_call",
        label="calls a tool",
        judge=tool_call,
        fields=(
            Field(name="tool", label="Tool (empty: any)"),
            Field(name="arguments", label="Arguments, as a JSON object", kind="long"),
            MATCH,
        ),
    ),
    Kind(name="refusal", label="is a refusal", judge=refusal, fields=()),
    Kind(
        name="code_tests",
        label="is code that passes tests",
        judge=code_tests,
        fields=(Field(name="tests", label="Tests in Python", kind="long", required=True), _SECONDS),
        runs_code=True,
    ),
    Kind(
        name="code_returns",
        label="is code whose calls give",
        judge=code_returns,
        fields=(
            Field(name="calls", label="add(2, 3) -> 5, one a line", kind="list", required=True),
            _SECONDS,
        ),
        runs_code=True,
    ),
    Kind(
        name="function",
        label="passes a Python function",
        judge=function,
        fields=(
            Field(name="source", label="def check(answer, case): …", kind="long", required=True),
            _SECONDS,
        ),
        runs_code=True,
    ),
    Kind(
        name="language",
        label="is in a language",
        judge=language,
        fields=(Field(name="language", label="Language, such as English or en", required=True),),
    ),
    Kind(name="length", label="has a length", judge=length, fields=(UNIT, _AT_LEAST, _AT_MOST)),
    Kind(
        name="latency",
        label="comes within seconds",
        judge=latency,
        fields=(Field(name="at_most", label="At most, in seconds", kind="number", required=True), MOMENT),
    ),
    Kind(
        name="cost",
        label="costs no more than",
        judge=cost,
        fields=(Field(name="at_most", label="At most, in US dollars", kind="number", required=True),),
    ),
    Kind(
        name=GROUP,
        label="passes several checks",
        judge=_grouped,
        fields=(_NEEDED, Field(name="checks", label="Checks", kind="checks", required=True)),
    ),
)
CHECKS: Mapping[str, Kind] = {kind.name: kind for kind in KINDS}


def kind_of(check: Check) -> Kind:
    """The check's kind. Raises RequestError."""
    if kind := CHECKS.get(check.name):
        return kind
    known = ", ".join(CHECKS)
    raise RequestError(f"the check {check.name!r} is not known; known are {known}")


def checks_to_json() -> list[dict[str, Any]]:
    """The kinds of checks with their fields, for the page's form."""
    return [
        {
            "name": kind.name,
            "label": kind.label,
            "fields": _fields(kind.fields),
            "runs_code": kind.runs_code,
        }
        for kind in KINDS
    ]


def extractions_to_json() -> list[dict[str, Any]]:
    """The kinds of extraction with their fields, for the page's form."""
    return [
        {"name": row.name, "label": row.label, "fields": _fields(row.fields)} for row in EXTRACTIONS.values()
    ]


def _fields(fields: Iterable[Field]) -> list[dict[str, Any]]:
    return [
        {"name": f.name, "label": f.label, "kind": f.kind, "required": f.required}
        | ({"choices": [{"name": n, "label": label} for n, label in f.choices.items()]} if f.choices else {})
        for f in fields
    ]
