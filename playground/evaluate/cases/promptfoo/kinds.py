"""promptfoo's assertions that mean what a kind of check here means, each with the arguments that it gives.

Meanings as in promptfoo's src/assertions (read 2026-11-28): patterns are JavaScript's, a schema is of draft
7, latency is in milliseconds, `equals` and `starts-with` count white space.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Callable, Mapping
from typing import Any

from playground.errors import RequestError
from playground.evaluate.cases.promptfoo.literal import without_raw
from playground.evaluate.cases.yaml_text import read_yaml
from playground.evaluate.checks.check import ArgumentError
from playground.evaluate.checks.schema.document import Document

#: From an assertion to the kind of check and its arguments. Raises ElsewhereError.
type Made = Callable[[Mapping[str, Any]], tuple[str, dict[str, Any]]]

_DRAFT = "http://json-schema.org/draft-07/schema#"
_NO_FORM = "its value is of another form than promptfoo has"


class ElsewhereError(Exception):
    """An assertion that is not checked here; says why."""


def _text(name: str, **arguments: Any) -> Made:
    def made(row: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
        value = row.get("value")
        if isinstance(value, dict | list) or value is None:
            raise ElsewhereError(_NO_FORM)
        return name, {"value": without_raw(_written(value)), **arguments}

    return made


def _written(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _equals(row: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """A text is the whole answer; anything else is what the answer is as JSON."""
    if isinstance(row.get("value"), dict | list):
        return "json_schema", {"schema": {"const": row["value"]}}
    return _text("equals", exact=True)(row)


def _each(which: str, **arguments: Any) -> Made:
    def made(row: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
        value = row.get("value")
        if isinstance(value, str):
            if "{{" in value:
                raise ElsewhereError("its texts are parted by commas in a variable; list them instead")
            value = next(csv.reader([value.replace("\n", " ")], skipinitialspace=True), [])
            value = [text.strip() for text in value]
        if not isinstance(value, list) or not value:
            raise ElsewhereError(_NO_FORM)
        return "contains_each", {
            "values": [without_raw(_written(v)) for v in value],
            "which": which,
            **arguments,
        }

    return made


def _regex(row: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    name, arguments = _text("pattern")(row)
    return name, {"pattern": arguments["value"], "javascript": True}


def _is_json(row: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    schema = row.get("value")
    if schema in (None, ""):
        return "json", {}
    try:
        schema = read_yaml(schema) if isinstance(schema, str) else schema
        if isinstance(schema, dict) and "$schema" not in schema:
            schema = {"$schema": _DRAFT, **schema}
        Document(schema)
    except (RequestError, ArgumentError) as error:
        raise ElsewhereError(str(error)) from error
    return "json_schema", {"schema": schema}


def _threshold(row: Mapping[str, Any]) -> float:
    threshold = row.get("threshold")
    if isinstance(threshold, bool) or not isinstance(threshold, int | float) or not math.isfinite(threshold):
        raise ElsewhereError("it has no threshold")
    return threshold


def _latency(row: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    return "latency", {"at_most": _threshold(row) / 1000}


def _cost(row: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    return "cost", {"at_most": _threshold(row)}


def _levenshtein(row: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    name, arguments = _text("edits", exact=True)(row)
    threshold = row.get("threshold")
    return name, {**arguments, "at_most": 5 if threshold is None else threshold}


def _word_count(row: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    value = row.get("value")
    limits = value if isinstance(value, dict) else {"min": value, "max": value}
    given = {"at_least": limits.get("min"), "at_most": limits.get("max")}
    given = {name: limit for name, limit in given.items() if limit is not None}
    if not given or not all(_is_count(limit) for limit in given.values()):
        raise ElsewhereError(_NO_FORM)
    return "length", {"unit": "words", **given}


def _is_count(value: Any) -> bool:
    return str(value).removesuffix(".0").isdecimal()


def _refusal(_: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    return "refusal", {}


KNOWN: Mapping[str, Made] = {
    "equals": _equals,
    "contains": _text("contains"),
    "icontains": _text("contains", ignore_case=True),
    "contains-all": _each("all"),
    "icontains-all": _each("all", ignore_case=True),
    "contains-any": _each("any"),
    "icontains-any": _each("any", ignore_case=True),
    "starts-with": _text("begins", exact=True),
    "regex": _regex,
    "is-json": _is_json,
    "levenshtein": _levenshtein,
    "cost": _cost,
    "latency": _latency,
    "word-count": _word_count,
    "is-refusal": _refusal,
}
#: What is checked here in another way, and how.
OTHERWISE = {
    "is-refusal": "refusals are known here by the provider’s report and by phrases of another list",
}
