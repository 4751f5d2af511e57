"""A file of results: the evaluation, the names of its models, and a row for each answer (running.py)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from playground.errors import RequestError
from playground.evaluate.checks.check import quoted
from playground.evaluate.evaluation import Evaluation
from playground.evaluate.evaluation_json import evaluation_from_json, evaluation_to_json
from playground.evaluate.matrix import Cell

#: The version of the file's form.
VERSION = 1
_PLACES = ("case", "prompt", "model", "repeat")
_TEXTS = ("hash", "checked", "text", "failure")


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What stands before the answers: the evaluation, and what its models are called."""

    evaluation: Evaluation
    models: tuple[str, ...]


def head_to_json(head: Head, saved: str) -> dict[str, Any]:
    """The head with the time at which it was saved; what a file had and cannot be run is not in it."""
    evaluation = {**evaluation_to_json(head.evaluation), "left_out": []}
    return {
        "almanac_results": VERSION,
        "saved": saved,
        "evaluation": evaluation,
        "models": list(head.models),
    }


def head_from_json(row: Mapping[str, Any]) -> Head:
    """The inverse of head_to_json. Raises RequestError."""
    if row.get("almanac_results") != VERSION:
        seen = row.get("almanac_results")
        raise RequestError(f"almanac_results is {seen!r}; version {VERSION} is read: save the results again")
    models = row.get("models")
    if not isinstance(models, list) or not all(isinstance(name, str) for name in models):
        raise RequestError("its models are no list of names")
    evaluation = evaluation_from_json(row.get("evaluation"))
    return Head(evaluation=evaluation, models=tuple(models))


def cell_of(row: Any, head: Head) -> Cell:
    """The cell that a row is the result of. Raises RequestError where it is none of this evaluation."""
    if not isinstance(row, Mapping):
        raise RequestError(f"{quoted(str(row), 60)} is no result")
    evaluation = head.evaluation
    sizes = (len(evaluation.cases), len(evaluation.prompts), len(head.models), None)
    for name, size in zip(_PLACES, sizes, strict=True):
        place = row.get(name)
        if not isinstance(place, int) or isinstance(place, bool) or place < 0:
            raise RequestError(f"its {name} is {quoted(str(place), 40)}; it is a whole number from 0")
        if size is not None and place >= size:
            raise RequestError(f"its {name} is {place}, and the evaluation has {size}")
    for name in _TEXTS:
        if not isinstance(row.get(name), str):
            raise RequestError(f"its {name} is no text")
    verdicts = row.get("verdicts")
    if not isinstance(verdicts, list) or not all(isinstance(one, Mapping) for one in verdicts):
        raise RequestError("its verdicts are no list")
    if row.get("passed") not in (True, False, None):
        raise RequestError("its passed is neither true nor false nor null")
    for name in ("seconds", "cost"):
        value = row.get(name)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int | float) or value < 0):
            raise RequestError(f"its {name} is {quoted(str(value), 40)}; it is a number from 0 or null")
    return Cell(**{name: row[name] for name in _PLACES})


def model_names(models: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """What models are called in results, from id and place of each: by the id, with what tells them apart."""
    ids = [model for model, _ in models]
    names = [f"{model}, {place}" if ids.count(model) > 1 else model for model, place in models]
    return tuple(
        f"{name} ({number})" if names.count(name) > 1 else name for number, name in enumerate(names, 1)
    )
