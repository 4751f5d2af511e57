"""Inspect's log: the shape that its reader wants, a file for each model and prompt, and our own counts."""

from __future__ import annotations

import json
import random
from typing import Any

from playground.evaluate.exporting.saved import saved_from_json
from playground.evaluate.results.tallies import State
from tests.playground.evaluate.exporting.evaluations import results, row, some_results, turn, written


def logs(value: Any) -> list[dict[str, Any]]:
    return [json.loads(text) for text in written("inspect", value)[0]]


def test_a_log_is_a_model_with_a_prompt_and_counts_as_the_results_do() -> None:
    value = some_results(random.Random(7))
    saved = saved_from_json(value)
    made = logs(value)
    assert [(log["eval"]["model"], log["eval"]["metadata"]["prompt"]) for log in made] == [
        ("one", "p1"),
        ("one", "p2"),
        ("=two", "p1"),
        ("=two", "p2"),
    ]
    for number, log in enumerate(made):
        counts = saved.tallies.counts(number)
        values = [sample["scores"]["checks"]["value"] for sample in log["samples"] if "scores" in sample]
        assert (values.count("C"), values.count("I")) == (counts[State.PASSED], counts[State.FAILED])
        assert sum("error" in sample for sample in log["samples"]) == counts[State.MISSING]
        (score,) = log["results"]["scores"]
        assert score["scored_samples"] == len(values)
        assert score["unscored_samples"] == counts[State.UNCHECKED]
        assert log["version"] == 2
        assert log["status"] == "success"


def test_a_sample_has_what_was_asked_the_answer_its_verdict_and_its_figures() -> None:
    evaluation = {
        "name": "capitals",
        "prompts": [{"name": "p", "system": "S {{q}}", "messages": [turn("Q {{q}}")]}],
        "cases": [{"name": "c", "variables": {"q": "x"}}],
        "repeats": 2,
    }
    verdict = {"passed": False, "reason": "no", "weight": 1}
    calls = [{"name": "f", "arguments": '{"a":1}'}, {"name": "g", "arguments": "{"}]
    answer = row(text="T", verdicts=[verdict], passed=False, tokens=3, calls=calls)
    ((text,), _) = written("inspect", results(evaluation, [answer]))
    log = json.loads(text)
    (sample,) = log["samples"]
    asked = [{"role": "system", "content": "S x"}, {"role": "user", "content": "Q x"}]
    assert log["status"] == "cancelled"  # once of twice
    assert (sample["id"], sample["epoch"], sample["input"]) == (1, 1, asked)
    assert sample["scores"] == {"checks": {"value": "I", "answer": "T", "explanation": "no"}}
    assert sample["messages"][:2] == asked
    first, second = sample["messages"][2]["tool_calls"]
    assert first["arguments"] == {"a": 1}
    assert "parse_error" not in first
    assert second["arguments"] == {}
    assert "no JSON object: {" in second["parse_error"]
    assert sample["output"]["usage"]["total_cost"] == 0.001
    assert (sample["total_time"], sample["output"]["time"]) == (1.5, 1.5)
    assert log["results"]["scores"][0]["metrics"]["accuracy"]["value"] == 0


def test_results_without_a_time_say_that_one_stands_in_its_place() -> None:
    value = {**results({"cases": [{"name": "c", "variables": {}}]}, [row()]), "saved": "yesterday"}
    ((text,), (part,)) = written("inspect", value)
    assert json.loads(text)["eval"]["created"].startswith("1970-")
    assert "1970" in part["why"]
