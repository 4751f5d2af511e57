"""Our checks as promptfoo's assertions: the inverse of cases/promptfoo/kinds.py.

What has no equal raises NoEqualError, and what is nearly the same is noted.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from playground.evaluate.cases.promptfoo.literal import beginning_raw
from playground.evaluate.cases.reading import reference
from playground.evaluate.checks.arguments import choice_of, json_of, list_of, number_of, text_of
from playground.evaluate.checks.check import ArgumentError
from playground.evaluate.checks.judging import needed_of, runs_code, texts_of
from playground.evaluate.checks.limits import MOMENT, UNIT
from playground.evaluate.checks.pattern import fits
from playground.evaluate.checks.patterns.simulated import UndecidedError
from playground.evaluate.checks.table import GROUP
from playground.evaluate.checks.text import WHICH
from playground.evaluate.evaluation import Check, Needed
from playground.evaluate.exporting.promptfoo.schemas import schema_of
from playground.evaluate.exporting.saved import Differences
from playground.evaluate.template import names

#: Writes one of our templates as promptfoo's.
type Write = Callable[[str], str]
type Assertion = dict[str, Any]
#: From a check's arguments to an assertion's type and value, and what differs a little.
type Made = Callable[[Mapping[str, Any], Write], tuple[Assertion, str]]

_ENDS = "white space at the ends of an answer counts in promptfoo"
_NO_CASE = "promptfoo has none that ignores upper and lower case"


#: What of a pattern only Python has.
_PYTHON_ALONE = re.compile(r"\(\?(?:[P#(>]|[aiLmsux-]+[):])|(?<!\\)(?:\\\\)*\\[AZ]|[*+?}]\+")


class NoEqualError(Exception):
    """A check that promptfoo cannot be asked for; says why."""


def assertions(
    checks: Sequence[Check], needed: Needed, write: Write, where: str, differences: Differences
) -> list[Assertion]:
    """The checks that promptfoo has, where so much of them is needed; the others are noted."""
    out: list[Assertion] = []
    for place, check in enumerate(checks):
        at = f"check {place + 1} of {where}"
        # An assertion of its own notes what differs only once it is known to be written.
        noted = Differences()
        try:
            out += _written(check, needed, write, at, noted)
        except NoEqualError as error:
            differences.add(at, check.name, f"it is not written: {error}")
            continue
        except ArgumentError as error:
            differences.add(at, check.name, f"it is not written: {error}")
            continue
        for part in noted.parts:
            differences.add(part.where, check.name, part.why)
    return out


def threshold_of(written: Sequence[Assertion], needed: Needed) -> float | None:
    """The share of the assertions' weight that is the same as what is needed; None where all are."""
    if needed == "all":
        return None
    if needed != "any":
        return float(needed)
    weights = [weight for row in written if (weight := row.get("weight", 1))]
    # A little less than the lightest check alone: promptfoo adds weights up in another order each time.
    return max(math.floor(min(weights) / sum(weights) * 1e9), 1) / 1e9 if weights else None


def _written(
    check: Check, needed: Needed, write: Write, at: str, differences: Differences
) -> Iterator[Assertion]:
    check = _as_group(check)
    if check.extract:
        raise NoEqualError("promptfoo takes a part of an answer by running code only")
    if check.name == GROUP:
        yield _set(check, needed, write, at, differences)
        return
    if runs_code(check):
        raise NoEqualError("it runs code, shut in here and not in promptfoo")
    if check.name not in _KINDS:
        raise NoEqualError("promptfoo has no assertion of this meaning")
    made, differs = _KINDS[check.name](check.arguments, write)
    if differs:
        differences.add(at, check.name, differs)
    kind = f"not-{made['type']}" if check.negated else made["type"]
    yield {**made, "type": kind, **_weight(check)}


def _weight(check: Check) -> dict[str, float]:
    return {} if check.weight == 1 else {"weight": check.weight}


def _as_group(check: Check) -> Check:
    """One of several texts as a group: any of them, or none of them where it is turned round."""
    if check.name != "one_of" or check.extract:
        return check
    shared = {name: value for name, value in check.arguments.items() if name != "values"}
    inner = tuple(
        Check(name="equals", arguments={"value": value, **shared}, negated=check.negated)
        for value in list_of(check.arguments, "values")
    )
    needed = "all" if check.negated else "any"
    return Check(name=GROUP, arguments={"needed": needed}, checks=inner, weight=check.weight)


def _set(check: Check, needed: Needed, write: Write, at: str, differences: Differences) -> Assertion:
    if check.negated:
        raise NoEqualError("promptfoo does not turn a set of assertions round")
    if needed != "all":
        raise NoEqualError("promptfoo counts a set by its own share where not all checks are needed")
    if any(_as_group(inner).name == GROUP for inner in check.checks):
        raise NoEqualError("promptfoo has no sets within sets")
    if not check.checks:
        raise NoEqualError("the group has no checks")
    share = needed_of(check.arguments.get("needed"))
    inner = [
        one
        for place, each in enumerate(check.checks)
        for one in _written(each, share, write, f"{at}, check {place + 1}", differences)
    ]
    threshold = threshold_of(inner, share)
    return {"type": "assert-set", "threshold": threshold or 1, "assert": inner, **_weight(check)}


def _value(text: str, write: Write) -> str:
    """A text so that it is filled in as here and nothing is opened."""
    written = write(text)
    return beginning_raw(written) if reference(written) else written


def _text(kind: str, ignoring_case: str = "", *, ends: bool = False) -> Made:
    """`ignoring_case`: the kind without case; `ends`: whether white space at the ends counts there."""

    def made(arguments: Mapping[str, Any], write: Write) -> tuple[Assertion, str]:
        if arguments.get("ignore_case") and not ignoring_case:
            raise NoEqualError(_NO_CASE)
        chosen = ignoring_case if arguments.get("ignore_case") else kind
        value = _value(text_of(arguments, "value"), write)
        return {"type": chosen, "value": value}, "" if not ends or arguments.get("exact") else _ENDS

    return made


def _each(arguments: Mapping[str, Any], write: Write) -> tuple[Assertion, str]:
    values = arguments.get("values")
    if isinstance(values, str) and names([values]):
        raise NoEqualError("its texts come from a variable")
    case = "i" if arguments.get("ignore_case") else ""
    listed = [_value(text, write) for text in list_of(arguments, "values")]
    return {"type": f"{case}contains-{choice_of(arguments, WHICH)}", "value": listed}, ""


def _pattern(arguments: Mapping[str, Any], write: Write) -> tuple[Assertion, str]:
    pattern = text_of(arguments, "pattern")
    if arguments.get("ignore_case"):
        raise NoEqualError(_NO_CASE)
    differs = ""
    if not arguments.get("javascript"):
        if alone := _PYTHON_ALONE.search(pattern):
            raise NoEqualError(f"promptfoo reads patterns as JavaScript does, which has no {alone[0]}")
        try:
            fits("", pattern, javascript=True)
        except ArgumentError as error:
            raise NoEqualError(f"promptfoo reads patterns as JavaScript does: {error}") from error
        except UndecidedError:
            pass
        differs = "promptfoo reads the pattern as JavaScript does, not Python"
    whole = f"^(?:{pattern})$" if arguments.get("whole") else pattern
    return {"type": "regex", "value": _value(whole, write)}, differs


def _json(arguments: Mapping[str, Any], _: Write) -> tuple[Assertion, str]:
    _refuse_around(arguments)
    return {"type": "is-json"}, ""


def _json_schema(arguments: Mapping[str, Any], _: Write) -> tuple[Assertion, str]:
    _refuse_around(arguments)
    schema, differs = schema_of(json_of(arguments, "schema"))
    if schema is None or names(texts_of(Check(name="json_schema", arguments={"schema": schema}))):
        raise NoEqualError(differs or "promptfoo fills in no variables in a schema")
    return {"type": "is-json", "value": schema}, differs


def _refuse_around(arguments: Mapping[str, Any]) -> None:
    if arguments.get("around"):
        raise NoEqualError("promptfoo has no assertion for one JSON value with text around it")


def _edits(arguments: Mapping[str, Any], write: Write) -> tuple[Assertion, str]:
    made, differs = _text("levenshtein", ends=True)(arguments, write)
    return {**made, "threshold": _limit(arguments)}, differs


def _limit(arguments: Mapping[str, Any]) -> float:
    most = number_of(arguments, "at_most")
    if most is None:
        raise ArgumentError("at_most is empty; write a number")
    return int(most) if most.is_integer() else most


def _length(arguments: Mapping[str, Any], _: Write) -> tuple[Assertion, str]:
    if choice_of(arguments, UNIT) != "words":
        raise NoEqualError("promptfoo counts words only")
    least, most = number_of(arguments, "at_least"), number_of(arguments, "at_most")
    limits = {}
    if least is not None:
        limits["min"] = math.ceil(least)
    if most is not None:
        limits["max"] = math.floor(most)
    if not limits or limits.get("min", 0) > limits.get("max", math.inf):
        raise NoEqualError("no whole number is within its limits")
    return {"type": "word-count", "value": limits}, ""


def _latency(arguments: Mapping[str, Any], _: Write) -> tuple[Assertion, str]:
    if choice_of(arguments, MOMENT) != "end":
        raise NoEqualError("promptfoo has no time to the first token")
    milliseconds = Decimal(repr(_limit(arguments))) * 1000
    whole = milliseconds == milliseconds.to_integral_value()
    return {"type": "latency", "threshold": int(milliseconds) if whole else float(milliseconds)}, ""


def _cost(arguments: Mapping[str, Any], _: Write) -> tuple[Assertion, str]:
    return {"type": "cost", "threshold": _limit(arguments)}, ""


def _refusal(_: Mapping[str, Any], __: Write) -> tuple[Assertion, str]:
    return {"type": "is-refusal"}, "promptfoo knows refusals by phrases of another list"


_KINDS: Mapping[str, Made] = {
    "contains": _text("contains", "icontains"),
    "contains_each": _each,
    "equals": _text("equals", ends=True),
    "begins": _text("starts-with", ends=True),
    "pattern": _pattern,
    "json": _json,
    "json_schema": _json_schema,
    "edits": _edits,
    "length": _length,
    "latency": _latency,
    "cost": _cost,
    "refusal": _refusal,
}
