"""promptfoo's assertions as checks; one that is not known here is noted with its name.

A kind that is added to checks/ gets its line in kinds.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from playground.evaluate.cases.promptfoo.kinds import KNOWN, OTHERWISE, ElsewhereError
from playground.evaluate.cases.reading import CODE, Unread, list_in, reference
from playground.evaluate.checks.table import GROUP
from playground.evaluate.evaluation import Check
from playground.evaluate.evaluation_json import MOST_WEIGHT

_CODE = {"javascript", "python", "ruby", "webhook"}
#: What an assertion is. Kinds that are checked here do nothing by the last three in promptfoo either.
_READ = {"type", "value", "threshold", "weight", "metric", "description"}
_READ |= {"config", "provider", "rubricPrompt"}
_SET = {"type", "assert", "threshold", "weight", "metric", "description", "config"}
_SETTINGS = {
    "transform": "it runs code; the answer is checked as it comes",
    "contextTransform": "it runs code; the answer is checked as it comes",
}


def checks(listed: Any, templates: Mapping[str, Any], where: str, unread: Unread) -> tuple[Check, ...]:
    """The assertions of a list that can be checked here, in their order."""
    made: list[Check] = []
    for place, row in enumerate(list_in(listed, where)):
        made += _one(row, templates, f"{where}[{place}]", unread)
    return tuple(made)


def _one(row: Any, templates: Mapping[str, Any], where: str, unread: Unread) -> tuple[Check, ...]:
    if isinstance(row, dict) and isinstance(row.get("$ref"), str):
        name = row["$ref"].removeprefix("#/assertionTemplates/")
        if name not in templates:
            unread.add(where, row["$ref"], "the file has no assertion template of that name")
            return ()
        unread.rest(row, where, {"$ref"}, "what stands beside $ref is not read; write it in the template")
        row = templates[name]
    if not isinstance(row, dict) or not isinstance(row.get("type"), str):
        unread.add(where, row, "an assertion has a type")
        return ()
    if row["type"] == "assert-set":
        return _set(row, templates, where, unread)
    return _known(row, where, unread)


def _set(
    row: Mapping[str, Any], templates: Mapping[str, Any], where: str, unread: Unread
) -> tuple[Check, ...]:
    """A set of assertions: those that all must hold are as if they stood alone."""
    unread.rest(row, where, _SET)
    inner = checks(row.get("assert"), templates, f"{where}.assert", unread)
    weight, threshold = _weight(row, where, unread), row.get("threshold")
    if not threshold and weight == 1:
        return inner
    if threshold and not _is_share(threshold):
        unread.add(f"{where}.threshold", threshold, "a threshold is above 0 and at most 1")
        return ()
    if not inner:
        return ()
    arguments = {"needed": threshold or "all"}
    return (Check(name=GROUP, arguments=arguments, checks=inner, weight=weight),)


def _known(row: Mapping[str, Any], where: str, unread: Unread) -> tuple[Check, ...]:
    kind = row["type"]
    negated = kind.startswith("not-")
    base = kind.removeprefix("not-")
    if base in _CODE:
        unread.add(where, f"{kind}: {row.get('value', '')}", CODE)
        return ()
    if why := reference(row.get("value")):
        unread.add(where, f"{kind}: {row['value']}", why)
        return ()
    if base not in KNOWN:
        unread.add(where, kind, "answers cannot be checked for this here")
        return ()
    try:
        name, arguments = KNOWN[base](row)
    except ElsewhereError as error:
        unread.add(where, f"{kind}: {row.get('value', '')}", f"it is not checked: {error}")
        return ()
    if base in OTHERWISE:
        unread.add(where, kind, OTHERWISE[base])
    for setting, reason in _SETTINGS.items():
        if row.get(setting) is not None:
            unread.add(f"{where}.{setting}", row[setting], reason)
    unread.rest(row, where, _READ | _SETTINGS.keys())
    weight = _weight(row, where, unread)
    return (Check(name=name, arguments=arguments, negated=negated, weight=weight),)


def _weight(row: Mapping[str, Any], where: str, unread: Unread) -> float:
    weight = row.get("weight", 1)
    if isinstance(weight, int | float) and not isinstance(weight, bool) and 0 <= weight <= MOST_WEIGHT:
        return weight
    unread.add(f"{where}.weight", weight, f"a weight is a number from 0 to {MOST_WEIGHT:,}; it counts 1")
    return 1


def _is_share(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= 1


def needed(row: Mapping[str, Any], where: str, unread: Unread) -> float | None:
    """The share of its checks that a test's threshold asks for; None where there is none."""
    threshold = row.get("threshold")
    if not threshold:
        return None
    if _is_share(threshold):
        return float(threshold)
    unread.add(f"{where}.threshold", threshold, "a threshold is above 0 and at most 1; all checks must pass")
    return None
