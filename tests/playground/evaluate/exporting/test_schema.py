"""The schema of the results file holds for what the code of page and terminal writes, and for no other."""

from __future__ import annotations

import json
import random
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from playground.chat.chat import ToolCall
from playground.chat.metrics import Figure, Known, Metrics
from playground.evaluate.checks.check import Verdict
from playground.evaluate.checks.judging import Judgement
from playground.evaluate.matrix import Cell
from playground.evaluate.results.results_json import head_from_json, head_to_json
from playground.evaluate.running import Result, result_to_json
from tests.playground.evaluate.exporting.evaluations import some_results

FOLDER = Path("docs/evaluate")
_EVALUATION = json.loads((FOLDER / "evaluation.schema.json").read_text("utf-8"))
_SCHEMA = json.loads((FOLDER / "results.schema.json").read_text("utf-8"))
_REGISTRY: Registry[Any] = Registry().with_resource(
    "evaluation.schema.json", Resource.from_contents(_EVALUATION)
)
SCHEMA = Draft202012Validator(_SCHEMA, registry=_REGISTRY)


def test_saved_results_are_of_the_schema_from_the_page_and_from_the_terminal() -> None:
    page = some_results(random.Random(3))
    SCHEMA.validate(page)
    head = head_to_json(head_from_json(page), "2026-11-28T10:00:00+00:00")
    figure = Figure(7, Known.REPORTED)
    verdict = Verdict(passed=None, reason="r")
    results = [
        Result(
            cell=Cell(case=0, prompt=0, model=0, repeat=0),
            hash="h",
            checked="c",
            text="t",
            calls=(ToolCall(id="", name="f", arguments="{}"),),
            judgement=Judgement(passed=None, share=None, verdicts=(verdict,)),
            refused=True,
            metrics=Metrics(**dict.fromkeys(Metrics.__dataclass_fields__, figure)),
        ),
        Result(cell=Cell(case=1, prompt=1, model=1, repeat=1), hash="h", checked="c", failure="refused"),
    ]
    SCHEMA.validate(json.loads(json.dumps({**head, "results": [result_to_json(one) for one in results]})))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("case", -1),
        ("case", "0"),
        ("passed", 1),
        ("text", None),
        ("seconds", -1),
        ("key", "x"),
        ("verdicts", None),
    ],
)
def test_another_form_is_not_of_the_schema(name: str, value: Any) -> None:
    wrong = deepcopy(some_results(random.Random(3)))
    wrong["results"][0][name] = value
    assert not SCHEMA.is_valid(wrong)
    whole = deepcopy(some_results(random.Random(3)))
    del whole["results"][0]["hash"]
    assert not SCHEMA.is_valid(whole)
