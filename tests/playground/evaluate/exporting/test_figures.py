"""Results as figures alone: those that Choose is given of the same results, and nothing of what was asked."""

from __future__ import annotations

import json
from typing import Any

import pytest

from playground.errors import RequestError
from playground.evaluate.page_evaluation import evaluation_reply
from playground.observed.observed_json import observed_from_json
from tests.playground.evaluate.exporting.evaluations import results, row, turn, written

EVALUATION: dict[str, Any] = {
    "cases": [{"name": f"n{n}", "variables": {"a": f"secret {n}"}} for n in range(3)],
    "prompts": [{"name": "p", "messages": [turn("Say {{a}}")]}],
    "checks": [{"name": "contains", "arguments": {"value": "x"}}],
    "models": [
        {"name": "tiny", "provider": "openai", "model": "gpt-5-mini", "parameters": {"effort": "low"}}
    ],
    "parameters": {"temperature": 0.5},
    "repeats": 2,
}
ROWS = [
    row(0, tokens=10, first_token=0.5, seconds=1.0),
    row(0, repeat=1, tokens=30, seconds=2.0, passed=False),
    row(1, tokens=20, first_token=0.1),
    row(1, repeat=1, passed=None, failure="gone", text="", cost=None, seconds=None),
    row(2, cost=None),
]


def figures(evaluation: dict[str, Any], rows: list[dict[str, Any]], *models: str) -> Any:
    (text,), left_out = written("figures", results(evaluation, rows, models or ("tiny",)))
    assert left_out == []
    return json.loads(text)


def test_they_are_what_choose_is_given_of_the_same_results() -> None:
    made = figures(EVALUATION, ROWS)
    whole = results(EVALUATION, ROWS)["evaluation"]
    model = {
        "name": "tiny",
        "model": "",
        "called": "gpt-5-mini",
        "row": "openai",
        "where": "",
        "prompt": "",
        "parameters": {"temperature": 0.5, "effort": "low"},
        "scores": [[1, 0], [1, None], [1, None]],
        "costs": [[0.001, 0.001], [0.001, None], [None, None]],
        "tokens": [[10, 30], [20], [None]],
        "first_tokens": [[0.5, None], [0.1], [None]],
        "seconds": [[1.0, 2.0], [1.5], [1.5]],
    }
    question = {"evaluation": whole, "day": "2026-11-28", "catalog": "", "with_texts": False}
    assert made == {
        **evaluation_reply({"kind": "observed", **question, "models": [model]}),
        "author": "",
    }
    assert observed_from_json(made).observations[0].rate.passed == 3


def test_nothing_of_what_was_asked_or_answered_is_in_them() -> None:
    text = json.dumps(figures(EVALUATION, [row(0, text="the answer"), row(1), row(2)]))
    assert not any(part in text for part in ("secret", "Say", "the answer", "contains"))


def test_a_model_that_the_file_does_not_name_keeps_its_name_alone() -> None:
    others = [*EVALUATION["models"], {"name": "big", "provider": "openai", "model": "gpt-5"}]
    made = figures({**EVALUATION, "models": others}, ROWS, "big")
    assert [(m["name"], m["called"], m["row"]) for m in made["models"]] == [("big", "gpt-5", "openai")]
    unnamed = figures({**EVALUATION, "models": []}, ROWS)
    assert [(m["name"], m["called"], m["row"]) for m in unnamed["models"]] == [("tiny", "", "")]


def test_each_prompt_is_a_result_of_its_own() -> None:
    two = [{"name": name, "messages": [turn("?")]} for name in ("short", "long")]
    made = figures({**EVALUATION, "prompts": two}, [row(0), row(0, prompt=1, passed=False)])
    assert [(m["prompt"], m["rate"]["passed"]) for m in made["models"]] == [("short", 1), ("long", 0)]


@pytest.mark.parametrize(
    ("evaluation", "saved", "why"),
    [({"checks": []}, "2026-11-28", "has a check"), ({}, "yesterday", "when they were saved")],
)
def test_what_has_no_figures_is_refused(evaluation: dict[str, Any], saved: str, why: str) -> None:
    value = {**results({**EVALUATION, **evaluation}, ROWS), "saved": saved}
    with pytest.raises(RequestError, match=why):
        written("figures", value)
