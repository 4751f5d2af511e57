"""Checks of texts, lengths and limits."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from playground.evaluate.checks.check import Answer
from tests.playground.evaluate.checks.verdicts import outcomes, verdict


@pytest.mark.parametrize(
    ("name", "arguments", "good", "bad"),
    [
        ("equals", {"value": "Lima"}, ["Lima", " Lima\n"], ["lima", "Lima.", ""]),
        ("equals", {"value": "Lima", "exact": True}, ["Lima"], ["Lima\n", " Lima"]),
        ("equals", {"value": "STRASSE", "ignore_case": True}, ["Straße", "strasse"], ["Strase"]),
        ("equals", {"value": "caf\u00e9"}, ["cafe\u0301"], ["cafe"]),
        ("equals", {"value": ""}, ["", " \n"], ["x"]),
        ("one_of", {"values": ["yes", "no"]}, ["yes", " no "], ["Yes", "yes, no", "maybe"]),
        ("one_of", {"values": "yes\nno", "ignore_case": True}, ["YES"], ["yes no"]),
        ("contains", {"value": "Lima"}, ["It is Lima."], ["It is lima.", ""]),
        ("contains", {"value": " Lima "}, ["to Lima now"], ["Lima"]),
        ("contains_each", {"values": "a\nb"}, ["ab", "b a"], ["a", "b", ""]),
        ("contains_each", {"values": ["a", "b"], "which": "any"}, ["a", "xb"], ["x", "A"]),
        ("begins", {"value": "Dear"}, ["Dear Ann", "\nDear"], ["My Dear", "dear"]),
        ("begins", {"value": "Dear", "exact": True}, ["Dear Ann"], ["\nDear"]),
        ("ends", {"value": "?", "ignore_case": True}, ["Why?", "Why? \n"], ["Why? Because"]),
        ("length", {"unit": "words", "at_most": 3}, ["", "a b c", "a\n b\tc "], ["a b c d"]),
        ("length", {"at_least": 2, "at_most": "3"}, ["ab", "abc"], ["a", "abcd"]),
        ("length", {"unit": "lines", "at_least": 2}, ["a\nb", "a\n\nb"], ["a", "a\n"]),
    ],
)
def test_texts_pass_and_fail(name: str, arguments: dict[str, Any], good: list[str], bad: list[str]) -> None:
    assert outcomes(name, good, **arguments) == [True] * len(good)
    assert outcomes(name, bad, **arguments) == [False] * len(bad)


def test_what_stands_in_every_answer_judges_none() -> None:
    for name in ("contains", "begins", "ends"):
        assert outcomes(name, ["x", ""], value="") == [None, None]
        if name != "contains":  # it looks for white space as it is written
            assert outcomes(name, ["x", ""], value=" ") == [None, None]


def test_a_reason_quotes_what_was_seen() -> None:
    assert verdict("equals", "Rome", value="Lima").reason == "is “Rome”, not “Lima”"
    assert verdict("one_of", "Rome", values="a\nb").reason == "is “Rome”, none of “a”, “b”"
    assert verdict("begins", "To whom it may concern", value="Dear").reason == (
        "begins with “To whom it may concern”, not “Dear”"
    )
    assert verdict("length", "a b", unit="words", at_most=1).reason == "has 2 words, more than 1"
    assert verdict("contains_each", "a", values="a\nb\nc").reason == "does not contain “b”, “c”"


def test_what_was_not_reported_is_not_checked_and_says_so() -> None:
    unknown = Answer(text="x")
    assert verdict("length", unknown, unit="tokens", at_most=5).reason == (
        "the provider reported no tokens of the answer"
    )
    for name in ("latency", "cost"):
        assert verdict(name, unknown, at_most=5).passed is None
    known = Answer(text="x", tokens=7, seconds=2.0, first_token=0.5, cost=Decimal("0.0021"))
    assert verdict("length", known, unit="tokens", at_most=6).passed is False
    assert verdict("latency", known, at_most=1).reason == "took 2.00 s, more than 1 s"
    assert verdict("latency", known, at_most=1, until="first").passed
    assert verdict("cost", known, at_most=0.0021).passed
    assert verdict("cost", known, at_most=0.002).reason == "cost $0.0021, more than $0.002"


@pytest.mark.parametrize(
    ("name", "arguments", "reason"),
    [
        ("contains", {}, "value is empty; fill it in"),
        ("one_of", {"values": " \n"}, "values is empty; write one entry a line"),
        ("contains_each", {"values": "a", "which": "most"}, "which is “most”; write one of all, any"),
        ("length", {}, "at_least and at_most are empty; fill in one of them"),
        ("length", {"at_least": 3, "at_most": 2}, "at_least is 3 and at_most is 2"),
        ("length", {"at_most": "many"}, "at_most is “many”; write a number, 0 or more"),
        ("latency", {"at_most": True}, "at_most is “true”; write a number, 0 or more"),
        ("cost", {"at_most": "inf"}, "at_most is “inf”; write a number, 0 or more"),
    ],
)
def test_a_check_that_cannot_be_meant_says_what_to_write(
    name: str, arguments: dict[str, Any], reason: str
) -> None:
    made = verdict(name, "x", **arguments)
    assert made.passed is None
    assert reason in made.reason
