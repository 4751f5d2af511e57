"""promptfoo's results: the shape of its version 3, each outcome as it counts there, and our own counts."""

from __future__ import annotations

import json
import random

import pytest

from playground.evaluate.exporting.saved import saved_from_json
from playground.evaluate.results.tallies import State
from tests.playground.evaluate.exporting.evaluations import results, row, some_results, written


def test_counts_are_those_of_the_results_and_columns_are_prompts_at_models() -> None:
    value = some_results(random.Random(11))
    tallies = saved_from_json(value).tallies
    ((text,), (part,)) = written("promptfoo-results", value)
    made = json.loads(text)["results"]
    counts = [tallies.counts(number) for number in range(4)]
    total = {state: sum(count[state] for count in counts) for state in State}
    assert made["version"] == 3
    assert made["stats"]["successes"] == total[State.PASSED]
    assert made["stats"]["failures"] == total[State.FAILED]
    assert made["stats"]["errors"] == total[State.UNCHECKED] + total[State.MISSING]
    assert [(one["label"], one["provider"]) for one in made["prompts"]] == [
        ("p1", "one"),
        ("p2", "one"),
        ("p1", "=two"),
        ("p2", "=two"),
    ]
    for one in made["results"]:
        column = made["prompts"][one["promptIdx"]]
        assert (one["prompt"]["label"], one["provider"]["id"]) == (column["label"], column["provider"])
    assert "errors there" in part["why"]


@pytest.mark.parametrize(
    ("given", "success", "reason", "error"),
    [
        ({"passed": True}, True, 0, None),
        ({"passed": False}, False, 1, None),
        ({"passed": None}, False, 2, "There is no check."),
        ({"passed": None, "failure": "HTTP 500", "text": ""}, False, 2, "HTTP 500"),
    ],
)
def test_an_outcome_is_what_promptfoo_calls_it(
    given: dict[str, object], success: bool, reason: int, error: str | None
) -> None:
    value = results({"cases": [{"name": "c", "variables": {"q": None}}]}, [row(**given)])
    ((text,), _) = written("promptfoo-results", value)
    (made,) = json.loads(text)["results"]["results"]
    assert (made["success"], made["failureReason"], made["error"]) == (success, reason, error)
    assert (made["score"], made["latencyMs"], made["cost"]) == (int(success), 1500, 0.001)
    assert (made["gradingResult"] is None) == (reason == 2)
    assert made["vars"] == {"q": "null"}
