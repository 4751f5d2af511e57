"""An evaluation's results as Choose reads them: figures by hand, hashes, and nothing of what was asked."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from playground.errors import RequestError
from playground.evaluate.page_evaluation import evaluation_reply
from playground.observed.observed_json import observed_from_json

EVALUATION = {
    "almanac_evaluation": 1,
    "name": "cases.csv",
    "prompts": [{"name": "P", "system": "Be brief.", "messages": [{"role": "user", "text": "Say {{a}}"}]}],
    "cases": [{"name": str(n), "variables": {"a": f"secret {n}"}} for n in range(4)],
    "checks": [{"name": "contains", "arguments": {"value": "x"}}],
    "repeats": 2,
}
MODEL = {
    "name": "m",
    "model": "lab/m",
    "called": "m-1",
    "row": "lab",
    "where": "Lab",
    "prompt": "",
    "parameters": {"temperature": 0, "stop": ["\n"]},
    "scores": [[1, 1], [1, 0], [0, None], [1, 1]],
    "costs": [[0.001, 0.001], [0.001, 0.001], [0.001, None], [0.001, 0.001]],
    "tokens": [[10, 30], [20, None], [40], [20, 20]],
    "first_tokens": [[0.5, 0.1], [0.3, None], [0.2], [0.4, 0.9]],
    "seconds": [[1.0, 1.0], [1.0, 1.0], [2.0], [1.0, 1.0]],
}


def observe(**more: Any) -> Any:
    question = {"evaluation": EVALUATION, "day": "2026-11-28", "catalog": "", "models": [MODEL], **more}
    return evaluation_reply({"kind": "observed", "with_texts": False, **question})


def test_figures_are_those_of_the_answers() -> None:
    made = observed_from_json(json.loads(json.dumps(observe())))
    assert (made.name, made.day, made.cases, made.repeats) == ("cases.csv", date(2026, 11, 28), 4, 2)
    (one,) = made.observations
    assert (one.rate.passed, one.rate.asked, one.rate.missing) == (5, 8, 1)
    assert one.cost.estimate == Decimal("0.0014")  # seven answers paid, five accepted
    assert one.first_token == 0.35
    assert one.speed == 20.0
    # The mean of the cases' means 20, 20, 40, 20; their standard deviation is 10, t at 3 degrees 3.182.
    assert one.output is not None
    assert (one.output.mean, one.output.answers) == (25.0, 6)
    assert (one.output.low, one.output.high) == (9.1, 40.9)
    assert dict(one.parameters) == {"temperature": 0, "stop": '["\\n"]'}


def test_nothing_of_what_was_asked_is_in_it_but_prompts_where_that_is_wanted() -> None:
    text = json.dumps(observe())
    assert not any(part in text for part in ("secret", "Say", "Be brief", "contains"))
    assert observe(with_texts=True)["texts"] == [{"name": "P", "text": "Be brief.\n\nuser: Say {{a}}"}]


def test_the_hashes_are_of_cases_with_checks_and_of_prompts() -> None:
    first = observe()
    renamed = observe(evaluation={**EVALUATION, "name": "other"})
    assert (renamed["dataset"], renamed["prompts"]) == (first["dataset"], first["prompts"])
    checked = observe(evaluation={**EVALUATION, "checks": []})
    assert checked["dataset"] != first["dataset"]
    assert checked["prompts"] == first["prompts"]
    asked = observe(evaluation={**EVALUATION, "prompts": [{"name": "P", "system": "Be long."}]})
    assert asked["dataset"] == first["dataset"]
    assert asked["prompts"] != first["prompts"]


def test_a_model_without_answers_has_no_figures() -> None:
    none = {"scores": [[None]] * 4, "costs": [[None]] * 4}
    model = {**MODEL, **none, "tokens": [[]] * 4, "first_tokens": [[]] * 4, "seconds": [[]] * 4}
    (one,) = observed_from_json(observe(models=[model])).observations
    assert (one.rate.estimate, one.rate.low, one.rate.high) == (None, 0.0, 1.0)
    assert (one.cost.estimate, one.output, one.speed, one.first_token) == (None, None, None, None)


def test_what_choose_would_refuse_is_refused_here() -> None:
    with pytest.raises(RequestError, match="models is no list of 1 to 120 results"):
        observe(models=[MODEL] * 121)
