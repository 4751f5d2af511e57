"""The summary that the page shows: each model's rate and cost with intervals, each pair, one sentence."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.errors import PlaygroundError
from playground.evaluate.page_evaluation import evaluation_reply
from playground.evaluate.summary import summary_to_json
from playground.json_text import read_json, write_json


def model(name: str, scores: list[list[int | None]], cost: float | None = 0.01) -> dict[str, Any]:
    return {"name": name, "scores": scores, "costs": [[cost] * len(row) for row in scores]}


def test_a_clear_winner_is_named_with_what_an_accepted_answer_costs() -> None:
    good, bad = [[1]] * 40, [[1]] * 10 + [[0]] * 30
    summary = summary_to_json([model("A", good, 0.002), model("B", bad, 0.001)])
    assert summary["headline"] == (
        "A beats B on your cases: 75 points, 95 % interval 57 to 90; "
        "cost for each accepted answer $0.002 against $0.004."
    )
    first, second = summary["models"]
    assert (first["rate"]["estimate"], second["rate"]["estimate"]) == (1, 0.25)
    assert second["rate"]["low"] < 0.25 < second["rate"]["high"]
    assert first["cost"]["paid"] == "$0.08"
    assert [(p["a"], p["b"], p["winner"]) for p in summary["pairs"]] == [("A", "B", "A")]


def test_equal_models_have_no_winner() -> None:
    summary = summary_to_json([model("A", [[1], [0]] * 10), model("B", [[0], [1]] * 10)])
    assert summary["pairs"][0]["winner"] is None
    assert summary["headline"].startswith("Your 20 cases can't tell A from B")


def test_prompts_of_one_model_are_quoted_and_the_model_named_once() -> None:
    rows = [
        {**model(f"m, “{name}”", scores), "model": "m", "prompt": name}
        for name, scores in (("Question", [[1], [0]] * 10), ("To end", [[0], [1]] * 10))
    ]
    summary = summary_to_json(rows, recorded=True)
    assert summary["headline"].startswith(
        "These 20 recorded cases can't tell “Question” from “To end” with m: no difference"
    )
    (pair,) = summary["pairs"]
    assert (
        [one["name"] for one in summary["models"]]
        == [pair["a"], pair["b"]]
        == ["m, “Question”", "m, “To end”"]
    )
    rows[1]["model"] = "n"
    assert summary_to_json(rows)["headline"].startswith(
        "Your 20 cases can't tell m, “Question” from m, “To end”:"
    )


def test_repeats_tell_any_time_and_every_time() -> None:
    (one,) = summary_to_json([model("A", [[1, 1], [1, 0]])])["models"]
    assert (one["repeats"], one["any"]["estimate"], one["all"]["estimate"], one["mixed"]) == (2, 1, 0.5, 0.5)
    (single,) = summary_to_json([model("A", [[1], [0]])])["models"]
    assert (single["any"], single["all"], single["mixed"]) == (None, None, None)


def test_missing_answers_widen_the_interval_and_unknown_costs_are_counted() -> None:
    known, missing = [[1]] * 10, [[1]] * 5 + [[None]] * 5
    whole, part = summary_to_json([model("A", known), model("B", missing, None)])["models"]
    assert part["rate"]["low"] < whole["rate"]["low"]
    assert (part["rate"]["missing"], part["cost"]["unknown"], part["cost"]["estimate"]) == (5, 5, None)


@pytest.mark.parametrize(
    "models", [[], [model("A", [[1]]), model("A", [[0]])], [model("A", [])], [model("A", [[]])]]
)
def test_what_cannot_be_summed_up_is_named(models: list[dict[str, Any]]) -> None:
    with pytest.raises(PlaygroundError):
        evaluation_reply({"room": "evaluate", "kind": "summary", "models": models})


SCORE = st.sampled_from([1, 0, None])


@given(
    st.integers(1, 4).flatmap(
        lambda repeats: st.lists(
            st.lists(st.lists(SCORE, min_size=repeats, max_size=repeats), min_size=3, max_size=3),
            min_size=1,
            max_size=4,
        )
    ),
    st.sampled_from([None, 0.0, 1e-9, 0.3, 1e6]),
)
def test_any_outcomes_are_summed_up_in_json(scores: list[list[list[int | None]]], cost: float | None) -> None:
    models = [model(f"m{n}", rows, cost) for n, rows in enumerate(scores)]
    summary = read_json(write_json(summary_to_json(models)))
    assert [one["name"] for one in summary["models"]] == [one["name"] for one in models]
    assert len(summary["pairs"]) == len(models) * (len(models) - 1) // 2
    for one in summary["models"]:
        assert 0 <= one["rate"]["low"] <= one["rate"]["high"] <= 1
