"""Edit distance, ROUGE-L and token F1, judged by figures that published libraries gave."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.evaluate.checks.similarity import common, edits, rouge_l, token_f1
from tests.playground.evaluate.checks.verdicts import outcomes, verdict

#: What rapidfuzz and rouge-score (whose tokens are a to z and digits alone) gave.
JUDGED = json.loads(Path("tests/fixtures/evaluate/checks/similarity.json").read_text())["rows"]


@pytest.mark.parametrize("row", JUDGED, ids=lambda row: row["answer"][:30])
def test_edits_and_sequences_are_as_libraries_have_them(row: dict[str, Any]) -> None:
    answer, value = row["answer"], row["value"]
    assert edits(answer, value) == row["edits"]
    assert common(answer, value) == row["common"]
    if answer.isascii() and value.isascii():
        assert rouge_l(answer, value) == pytest.approx(row["rouge_l"], abs=1e-12)


SHORT = st.text(alphabet="abé ", max_size=12)


@given(SHORT, SHORT, SHORT)
def test_edits_are_a_distance(one: str, two: str, three: str) -> None:
    assert (edits(one, two) == 0) == (one == two)
    assert edits(one, two) == edits(two, one)
    assert edits(one, three) <= edits(one, two) + edits(two, three)
    assert common(one, two) == common(two, one)
    assert abs(len(one) - len(two)) <= edits(one, two) <= len(one) + len(two) - 2 * common(one, two)


@pytest.mark.parametrize(
    ("answer", "value", "score"),
    [
        ("The cat", "a cat!", 1.0),
        ("the dog sat", "the cat sat", 0.5),
        ("sat sat", "sat", 2 / 3),
        ("The", "an", 1.0),
        ("the", "cat", 0.0),
        ("", "cat", 0.0),
    ],
)
def test_token_f1_is_squads(answer: str, value: str, score: float) -> None:
    assert token_f1(answer, value) == pytest.approx(score)


def test_words_of_every_script_count_in_rouge() -> None:
    assert rouge_l("кот сидел", "кот сидел") == 1.0
    assert rouge_l("кот спал", "кот сидел") == 0.5


def test_similar_answers_pass_from_their_threshold_on() -> None:
    assert outcomes("similar", ["kitten", "sitten", "sitting"], value="kitten") == [True, True, False]
    assert outcomes("similar", ["a b c", "a c"], value="a b c", measure="rouge-l", at_least=0.8) == [
        True,
        True,
    ]
    assert verdict("similar", "sitting", value="kitten").reason == (
        "has edit similarity 0.571 to “kitten”, less than 0.75"
    )
    assert outcomes("edits", ["Lima", "Lime", "Rome"], value="Lima", at_most=1) == [True, True, False]
    assert verdict("edits", "Lime", value="Lima", at_most=0).reason == "is 1 edit from “Lima”, more than 0"
    assert "write a number from 0 to 1" in verdict("similar", "x", value="x", at_least=75).reason


def test_long_texts_take_no_minutes_and_longer_ones_are_not_compared() -> None:
    begun = time.process_time()
    assert verdict("similar", "ab" * 5000, value="ba" * 5000).passed
    assert time.process_time() - begun < 5
    made = verdict("similar", "a" * 10_001, value="b")
    assert (made.passed, made.reason) == (None, "it has 10,001 characters; at most 10,000 are compared")
