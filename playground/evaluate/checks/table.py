"""The kinds of checks, and an answer judged by those that its case asks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from playground.errors import RequestError
from playground.evaluate.checks.check import Answer, Field, Kind, Verdict
from playground.evaluate.checks.text import contains, equals
from playground.evaluate.evaluation import Check
from playground.evaluate.template import filled_in

_VALUE = Field(name="value", label="Text or {{column}}", required=True)
_CASE = Field(name="ignore_case", label="Ignore upper and lower case", kind="yes")

KINDS = (
    Kind(name="contains", label="contains", judge=contains, fields=(_VALUE, _CASE)),
    Kind(name="equals", label="equals", judge=equals, fields=(_VALUE, _CASE)),
)
CHECKS: Mapping[str, Kind] = {kind.name: kind for kind in KINDS}


def judged(answer: Answer, checks: Iterable[Check], variables: Mapping[str, Any]) -> list[Verdict]:
    """A verdict for each check, in their order. Raises RequestError for a kind that is not known."""
    return [_judged(answer, check, variables) for check in checks]


def _judged(answer: Answer, check: Check, variables: Mapping[str, Any]) -> Verdict:
    verdict = kind_of(check).judge(answer, filled_in(check.arguments, variables))
    return Verdict(passed=not verdict.passed, reason=verdict.reason) if check.negated else verdict


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
            "fields": [
                {"name": f.name, "label": f.label, "kind": f.kind, "required": f.required}
                for f in kind.fields
            ],
        }
        for kind in KINDS
    ]
