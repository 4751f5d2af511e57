"""An evaluation as the JSON of our own file, and back; docs/evaluate/evaluation.schema.json describes it.

What comes back may come from a file or from the page, so it is checked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from playground.chat.chat import Role
from playground.chat.chat_json import message_from_json, part_to_json
from playground.errors import RequestError
from playground.evaluate.evaluation import (
    Case,
    Check,
    Evaluation,
    Extraction,
    NamedModel,
    Needed,
    Prompt,
    Turn,
)
from playground.json_text import sound_text

#: The version of the file's form.
VERSION = 1
MOST_CASES = 100_000
MOST_REPEATS = 100
MOST_WEIGHT = 1000
#: Groups of checks within groups.
MOST_GROUPS = 5


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
    cases = _listed(row, "cases", "the evaluation", _case)
    if len(cases) > MOST_CASES:
        raise RequestError(f"there are {len(cases):,} cases; an evaluation has at most {MOST_CASES:,}")
    repeats = row.get("repeats", 1)
    if not isinstance(repeats, int) or isinstance(repeats, bool) or not 1 <= repeats <= MOST_REPEATS:
        raise RequestError(f"repeats is {repeats!r}; write a whole number from 1 to {MOST_REPEATS}")
    return Evaluation(
        name=_text(row, "name"),
        prompts=_listed(row, "prompts", "the evaluation", _prompt),
        cases=cases,
        checks=_listed(row, "checks", "the evaluation", _check),
        needed=_needed(row, "the evaluation") or "all",
        parameters=_object(row.get("parameters", {}), "parameters"),
        models=_listed(row, "models", "the evaluation", _model),
        repeats=repeats,
    )


def _listed[Value](
    row: Mapping[str, Any], name: str, where: str, read: Callable[[Any, str], Value]
) -> tuple[Value, ...]:
    value = row.get(name, [])
    if not isinstance(value, list):
        raise RequestError(f"{name} of {where} is no list")
    one = name.removesuffix("s")
    return tuple(read(entry, f"{one} {place + 1}") for place, entry in enumerate(value))


def _prompt(value: Any, where: str) -> Prompt:
    row = _object(value, where)
    messages = _listed(row, "messages", where, _turn)
    return Prompt(name=_text(row, "name") or where, system=_text(row, "system"), messages=messages)


def _turn(value: Any, where: str) -> Turn:
    row = _object(value, where)
    try:
        role = Role(row.get("role", "user"))
    except ValueError:
        raise RequestError(f"the role of {where} is {row['role']!r}; write user or assistant") from None
    parts = {"role": role, "parts": row.get("images", [])}
    images: Any = message_from_json(parts).parts
    return Turn(role=role, text=_text(row, "text"), images=images)


def _case(value: Any, where: str) -> Case:
    row = _object(value, where)
    return Case(
        name=_text(row, "name") or where.removeprefix("case "),
        variables=_object(row.get("variables", {}), f"variables of {where}"),
        system=_text(row, "system"),
        messages=_listed(row, "messages", where, _turn),
        checks=_listed(row, "checks", where, _check),
        needed=_needed(row, where),
    )


def _check(value: Any, where: str) -> Check:
    row = _object(value, where)
    name = _text(row, "name")
    if not name:
        raise RequestError(f"{where} has no name; write the kind of check, such as contains")
    negated = row.get("not", False)
    if not isinstance(negated, bool):
        raise RequestError(f"not of {where} is {negated!r}; write true or false")
    if where.count("check ") > MOST_GROUPS:
        raise RequestError(f"{where} is in groups more than {MOST_GROUPS} deep; take fewer")
    return Check(
        name=name,
        arguments=_object(row.get("arguments", {}), f"arguments of {where}"),
        negated=negated,
        weight=_weight(row.get("weight", 1), where),
        extract=_extraction(row.get("extract"), where),
        checks=_listed(row, "checks", where, lambda inner, at: _check(inner, f"{where}, {at}")),
    )


def _weight(value: Any, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= MOST_WEIGHT:
        raise RequestError(f"weight of {where} is {value!r}; write a number from 0 to {MOST_WEIGHT:,}")
    return value


def _extraction(value: Any, where: str) -> Extraction | None:
    if value is None:
        return None
    row = _object(value, f"extract of {where}")
    arguments = _object(row.get("arguments", {}), f"arguments of extract of {where}")
    return Extraction(name=_text(row, "name"), arguments=arguments)


def _needed(row: Mapping[str, Any], where: str) -> Needed | None:
    value = row.get("needed")
    if value in (None, "all", "any"):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= 1:
        raise RequestError(f"needed of {where} is {value!r}; write all, any or a share above 0 and at most 1")
    return value


def _model(value: Any, where: str) -> NamedModel:
    row = _object(value, where)
    named = {part: _text(row, part) for part in ("name", "provider", "model")}
    return NamedModel(**named, parameters=_object(row.get("parameters", {}), where))


def _object(value: Any, what: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise RequestError(f"{what} is no JSON object")
    return value


def _text(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    return sound_text(value) if isinstance(value, str) else ""
