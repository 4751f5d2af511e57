"""An evaluation as the JSON of our own file, and back; docs/evaluate/evaluation.schema.json describes it.

What comes back may come from a file or from the page, so it is checked.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict, fields
from typing import Any

from playground.chat.chat import PARAMETERS, Role
from playground.chat.chat_json import message_from_json, part_to_json
from playground.errors import RequestError
from playground.evaluate.checks.check import Field, quoted
from playground.evaluate.checks.extraction.kinds import EXTRACTIONS
from playground.evaluate.checks.table import CHECKS, GROUP
from playground.evaluate.evaluation import (
    Case,
    Check,
    Evaluation,
    Extraction,
    LeftOut,
    NamedModel,
    Needed,
    Prompt,
    Turn,
)
from playground.json_text import sound_text
from playground.spelling import nearest

#: The version of the file's form.
VERSION = 1
MOST_CASES = 100_000
MOST_REPEATS = 100
MOST_WEIGHT = 1000
#: Groups of checks within groups.
MOST_GROUPS = 5
#: An editor completes and checks the file by it; it says nothing of what is asked.
_SCHEMA = "$schema"
#: The fields of each part; one that is not here is refused, as it would mean nothing without a word.
_EVALUATION = ("almanac_evaluation", _SCHEMA, *(field.name for field in fields(Evaluation)))
_PROMPT, _CASE, _TURN, _MODEL, _LEFT_OUT = (
    tuple(field.name for field in fields(part)) for part in (Prompt, Case, Turn, NamedModel, LeftOut)
)
_IMAGE = ("type", "media_type", "data")
_CHECK = ("name", "arguments", "not", "weight", "extract", "checks")
_EXTRACT = ("name", "arguments")


def evaluation_to_json(evaluation: Evaluation) -> dict[str, Any]:
    """The evaluation without what is empty; what a file had and cannot run is `left_out`."""
    out: dict[str, Any] = {"almanac_evaluation": VERSION, "name": evaluation.name}
    out["prompts"] = [_prompt_to_json(prompt) for prompt in evaluation.prompts]
    out["cases"] = [_case_to_json(case) for case in evaluation.cases]
    out["checks"] = [_check_to_json(check) for check in evaluation.checks]
    if evaluation.needed != "all":
        out["needed"] = evaluation.needed
    out["parameters"] = dict(evaluation.parameters)
    out["models"] = [_given(asdict(model)) for model in evaluation.models]
    out["repeats"] = evaluation.repeats
    out["left_out"] = [asdict(part) for part in evaluation.left_out]
    return out


def _prompt_to_json(prompt: Prompt) -> dict[str, Any]:
    messages = [_turn_to_json(turn) for turn in prompt.messages]
    return _given({"name": prompt.name, "system": prompt.system, "messages": messages})


def _turn_to_json(turn: Turn) -> dict[str, Any]:
    images = [part_to_json(image) for image in turn.images]
    return {"role": str(turn.role), "text": turn.text} | _given({"images": images})


def _case_to_json(case: Case) -> dict[str, Any]:
    return {"name": case.name, "variables": dict(case.variables)} | _given(
        {
            "system": case.system,
            "messages": [_turn_to_json(turn) for turn in case.messages],
            "checks": [_check_to_json(check) for check in case.checks],
            "needed": case.needed,
        }
    )


def _check_to_json(check: Check) -> dict[str, Any]:
    row: dict[str, Any] = {"name": check.name, "arguments": dict(check.arguments)}
    row |= _given({"not": check.negated, "checks": [_check_to_json(inner) for inner in check.checks]})
    if check.weight != 1:
        row["weight"] = check.weight
    if check.extract:
        row["extract"] = {"name": check.extract.name, "arguments": dict(check.extract.arguments)}
    return row


def _given(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value}


def evaluation_from_json(value: Any) -> Evaluation:
    """The inverse of evaluation_to_json. Raises RequestError naming what is not of the form and where."""
    row = _object(value, "the evaluation")
    if row.get("almanac_evaluation") != VERSION:
        seen = row.get("almanac_evaluation")
        raise RequestError(f"almanac_evaluation is {seen!r}; this page reads version {VERSION}")
    _refuse_unknown(row, "the evaluation", _EVALUATION)
    _listed(row, "left_out", "the evaluation", lambda part, where: _object(part, where, _LEFT_OUT))
    cases = _listed(row, "cases", "the evaluation", _case)
    if len(cases) > MOST_CASES:
        raise RequestError(f"there are {len(cases):,} cases; an evaluation has at most {MOST_CASES:,}")
    repeats = row.get("repeats", 1)
    if not isinstance(repeats, int) or isinstance(repeats, bool) or not 1 <= repeats <= MOST_REPEATS:
        raise RequestError(f"repeats is {repeats!r}; write a whole number from 1 to {MOST_REPEATS}")
    return Evaluation(
        name=_text(row, "name", "the evaluation"),
        prompts=_listed(row, "prompts", "the evaluation", _prompt),
        cases=cases,
        checks=_listed(row, "checks", "the evaluation", _check),
        needed=_needed(row, "the evaluation") or "all",
        parameters=_object(row.get("parameters", {}), "parameters", PARAMETERS),
        models=_listed(row, "models", "the evaluation", _model),
        repeats=repeats,
    )


def _listed[Value](
    row: Mapping[str, Any], name: str, where: str, read: Callable[[Any, str], Value]
) -> tuple[Value, ...]:
    value = row.get(name, [])
    if not isinstance(value, list):
        raise RequestError(f"{name} of {where} is no list")
    one, within = name.removesuffix("s"), "" if where == "the evaluation" else f" of {where}"

    def at(place: int, entry: Any) -> Value:
        here = f"{one} {place}{within}"
        try:
            return read(entry, here)
        except RequestError as error:
            error.field = error.field or _field_of(here)
            raise

    return tuple(at(place, entry) for place, entry in enumerate(value, 1))


def _field_of(where: str) -> str:
    """The field that `check 1 of check 2` is, as playground/errors.py names it; of a case or prompt, that."""
    *inner, outer = where.split(" of ")
    kind, _, number = outer.partition(" ")
    numbers = [part.removeprefix("check ") for part in inner[::-1]] if kind == "check" else []
    return ".".join((f"{kind} {number}", *numbers)) if kind in ("prompt", "case", "check") else ""


def _prompt(value: Any, where: str) -> Prompt:
    row = _object(value, where, _PROMPT)
    messages = _listed(row, "messages", where, _turn)
    name, system = (_text(row, part, where) for part in ("name", "system"))
    return Prompt(name=name or where, system=system, messages=messages)


def _turn(value: Any, where: str) -> Turn:
    row = _object(value, where, _TURN)
    try:
        role = Role(row.get("role", "user"))
    except ValueError:
        raise RequestError(f"the role of {where} is {row['role']!r}; write user or assistant") from None
    given = _listed(row, "images", where, lambda image, at: _object(image, at, _IMAGE))
    images: Any = message_from_json({"role": role, "parts": list(given)}).parts
    return Turn(role=role, text=_text(row, "text", where), images=images)


def _case(value: Any, where: str) -> Case:
    row = _object(value, where, _CASE)
    return Case(
        name=_text(row, "name", where) or where.removeprefix("case "),
        variables=_object(row.get("variables", {}), f"variables of {where}"),
        system=_text(row, "system", where),
        messages=_listed(row, "messages", where, _turn),
        checks=_listed(row, "checks", where, _check),
        needed=_needed(row, where),
    )


def _check(value: Any, where: str) -> Check:
    row = _object(value, where, _CHECK)
    name = _text(row, "name", where)
    if not name:
        raise RequestError(f"{where} has no name; write the kind of check, such as contains")
    negated = row.get("not", False)
    if not isinstance(negated, bool):
        raise RequestError(f"not of {where} is {negated!r}; write true or false")
    if where.count("check ") > MOST_GROUPS:
        raise RequestError(f"{where} is in groups more than {MOST_GROUPS} deep; take fewer")
    inner = _listed(row, "checks", where, _check)
    if inner and name != GROUP:
        raise RequestError(f"{where} is {quoted(name, 40)} and has checks; only a {GROUP} has them")
    kind = CHECKS.get(name)
    return Check(
        name=name,
        arguments=_arguments(row, where, kind.fields if kind else None),
        negated=negated,
        weight=_weight(row.get("weight", 1), where),
        extract=_extraction(row.get("extract"), f"extract of {where}"),
        checks=inner,
    )


def _arguments(row: Mapping[str, Any], where: str, taken: Collection[Field] | None) -> dict[str, Any]:
    """The arguments of a kind that takes these; of a kind that is not known here, any."""
    what = f"arguments of {where}"
    known = None if taken is None else [field.name for field in taken if field.kind != "checks"]
    return _object(row.get("arguments", {}), what, known)


def _weight(value: Any, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= MOST_WEIGHT:
        raise RequestError(f"weight of {where} is {value!r}; write a number from 0 to {MOST_WEIGHT:,}")
    return value


def _extraction(value: Any, where: str) -> Extraction | None:
    if value is None:
        return None
    row = _object(value, where, _EXTRACT)
    name = _text(row, "name", where)
    kind = EXTRACTIONS.get(name)
    return Extraction(name=name, arguments=_arguments(row, where, kind.fields if kind else None))


def _needed(row: Mapping[str, Any], where: str) -> Needed | None:
    value = row.get("needed")
    if value in (None, "all", "any"):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= 1:
        raise RequestError(f"needed of {where} is {value!r}; write all, any or a share above 0 and at most 1")
    return value


def _model(value: Any, where: str) -> NamedModel:
    row = _object(value, where, _MODEL)
    named = {part: _text(row, part, where) for part in ("name", "provider", "choice", "model")}
    parameters = _object(row.get("parameters", {}), f"parameters of {where}", PARAMETERS)
    return NamedModel(**named, parameters=parameters)


def _object(value: Any, what: str, known: Collection[str] | None = None) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise RequestError(f"{what} is no JSON object")
    if known is not None:
        _refuse_unknown(value, what, known)
    return value


def _refuse_unknown(row: Mapping[str, Any], what: str, known: Collection[str]) -> None:
    for name in row:
        if name not in known:
            near = nearest(name, known, most=1)
            meant = f"Did you mean {near[0]}? " if near else ""
            there = f"Known are {', '.join(known)}" if known else "It has none"
            raise RequestError(f"{what} has {quoted(name, 40)}, which is no field there. {meant}{there}")


def _text(row: Mapping[str, Any], name: str, where: str) -> str:
    value = row.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise RequestError(f"{name} of {where} is {quoted(str(value), 40)}; write a text, in quotation marks")
    return sound_text(value)
