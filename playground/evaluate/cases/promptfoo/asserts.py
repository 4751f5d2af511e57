"""promptfoo's assertions as checks; one that is not known here is noted with its name.

A kind that is added to checks/ gets its line in KNOWN.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from playground.evaluate.cases.reading import CODE, Unread, list_in, reference
from playground.evaluate.evaluation import Check

#: Makes the checks of an assertion's value; none where the value is not of the form.
type Made = Callable[[Any, bool], tuple[Check, ...]]


def _text(name: str, *, ignore_case: bool = False) -> Made:
    def made(value: Any, negated: bool) -> tuple[Check, ...]:
        if isinstance(value, dict | list) or value is None:
            return ()
        return (_check(name, value, ignore_case, negated),)

    return made


def _all(*, ignore_case: bool = False) -> Made:
    def made(value: Any, negated: bool) -> tuple[Check, ...]:
        if isinstance(value, str):  # promptfoo parts a text by its commas
            value = [part.strip() for part in value.split(",")]
        # Not all of several is no list of checks that all hold.
        if not isinstance(value, list) or not value or (negated and len(value) > 1):
            return ()
        return tuple(_check("contains", one, ignore_case, negated) for one in value)

    return made


def _check(name: str, value: Any, ignore_case: bool, negated: bool) -> Check:
    arguments = {"value": value if isinstance(value, str) else _written(value)}
    return Check(
        name=name, arguments=arguments | ({"ignore_case": True} if ignore_case else {}), negated=negated
    )


def _written(value: Any) -> str:
    return {True: "true", False: "false"}.get(value, str(value)) if isinstance(value, bool) else str(value)


KNOWN: Mapping[str, Made] = {
    "equals": _text("equals"),
    "contains": _text("contains"),
    "icontains": _text("contains", ignore_case=True),
    "contains-all": _all(),
    "icontains-all": _all(ignore_case=True),
}
_CODE = {"javascript", "python", "ruby", "webhook"}
_SETTINGS = {
    "transform": "it runs code; the answer is checked as it comes",
    "contextTransform": "it runs code; the answer is checked as it comes",
    "weight": "every check counts the same here",
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
        row = templates[name]
    if not isinstance(row, dict) or not isinstance(row.get("type"), str):
        unread.add(where, row, "an assertion has a type")
        return ()
    kind = row["type"]
    if kind == "assert-set" and not row.get("threshold"):
        return checks(row.get("assert"), templates, f"{where}.assert", unread)
    negated = kind.startswith("not-")
    base = kind.removeprefix("not-")
    if base in _CODE:
        unread.add(where, f"{kind}: {row.get('value', '')}", CODE)
        return ()
    if why := reference(row.get("value")):
        unread.add(where, f"{kind}: {row['value']}", why)
        return ()
    made = KNOWN[base](row.get("value"), negated) if base in KNOWN else ()
    if not made:
        held = f"{kind}: {row['value']}" if base in KNOWN else kind
        unread.add(where, held, "answers cannot be checked for this here")
        return ()
    for setting, reason in _SETTINGS.items():
        if row.get(setting) not in (None, 1):
            unread.add(f"{where}.{setting}", row[setting], reason)
    return made
