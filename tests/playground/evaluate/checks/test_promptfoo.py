"""promptfoo's assertions mean here what they mean there: values from its src/assertions (read 2026-11-28)."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from playground.evaluate.cases.files import read_file
from playground.evaluate.checks.check import Answer
from playground.evaluate.checks.judging import judgement
from playground.evaluate.evaluation import Case, Evaluation


def read(*asserts: dict[str, Any], **test: Any) -> Evaluation:
    """A configuration with one test that has these assertions."""
    tests = [{"vars": {"x": "Lima"}, "assert": list(asserts), **test}]
    return read_file("a.json", json.dumps({"prompts": ["{{x}}"], "tests": tests}))


def passes(text: str, case: Case) -> bool | None:
    answer = Answer(text=text, seconds=1.5, cost=Decimal("0.002"))
    return judgement(answer, case.checks, case.needed or "all", case.variables).passed


#: An assertion, answers that pass it and answers that do not; all of them change places with `not-`.
ASSERTIONS: list[tuple[dict[str, Any], list[str], list[str]]] = [
    ({"type": "equals", "value": "{{x}}"}, ["Lima"], ["Lima\n", "lima"]),
    ({"type": "equals", "value": {"a": [1]}}, ['{"a": [1.0]}', ' {"a":[1]}'], ['{"a": [2]}', "no JSON"]),
    ({"type": "equals", "value": 5}, ["5"], ["5.0"]),
    ({"type": "contains", "value": "im"}, ["Lima"], ["LIMA", ""]),
    ({"type": "contains", "value": 5}, ["a 5"], ["a"]),
    ({"type": "icontains", "value": "LIM"}, ["Lima"], ["Rome"]),
    ({"type": "contains-all", "value": ["a", "b"]}, ["ab"], ["a", "AB"]),
    ({"type": "contains-all", "value": "a, b"}, ["ab"], ["a", "a, "]),
    ({"type": "contains-any", "value": ["a", 2]}, ["a", "2"], ["b"]),
    ({"type": "contains-any", "value": 'a, "b, c"'}, ["a", "b, c"], ["b"]),
    ({"type": "icontains-any", "value": "A,B"}, ["xb"], ["c"]),
    ({"type": "icontains-all", "value": ["A"]}, ["a"], ["b"]),
    ({"type": "starts-with", "value": "Dear"}, ["Dear Ann"], [" Dear", "dear"]),
    ({"type": "regex", "value": "^\\d+$"}, ["12"], ["12\n", "٣"]),
    ({"type": "is-json"}, ["{}", "1"], ["{'a'}", "```\n{}\n```"]),
    (
        {"type": "is-json", "value": {"type": "object", "required": ["a"]}},
        ['{"a": 1}'],
        ["{}", "[]", "none"],
    ),
    ({"type": "is-json", "value": "type: array\nitems: [{type: integer}]"}, ["[1]", '[1, "x"]'], ['["x"]']),
    ({"type": "levenshtein", "value": "kitten", "threshold": 3}, ["sitting"], ["Lima at night"]),
    ({"type": "levenshtein", "value": "abcdef"}, ["f"], [""]),
    ({"type": "word-count", "value": 2}, ["a b", " a\n b "], ["a", "a b c"]),
    ({"type": "word-count", "value": {"min": 2, "max": 3}}, ["a b", "a b c"], ["a", "a b c d"]),
    ({"type": "latency", "threshold": 1500}, ["x"], []),
    ({"type": "latency", "threshold": 1499}, [], ["x"]),
    ({"type": "cost", "threshold": 0.002}, ["x"], []),
    ({"type": "cost", "threshold": 0.001}, [], ["x"]),
]


@pytest.mark.parametrize(("row", "good", "bad"), ASSERTIONS, ids=lambda value: str(value)[:60])
def test_an_assertion_and_its_contrary_decide_as_promptfoo_does(
    row: dict[str, Any], good: list[str], bad: list[str]
) -> None:
    for negated in (False, True):
        evaluation = read({**row, "type": f"not-{row['type']}" if negated else row["type"]})
        assert evaluation.left_out == ()
        (case,) = evaluation.cases
        assert [passes(text, case) for text in good] == [not negated] * len(good)
        assert [passes(text, case) for text in bad] == [negated] * len(bad)


def test_weights_sets_and_thresholds_are_taken() -> None:
    a, b, c = ({"type": "contains", "value": letter} for letter in "abc")
    (case,) = read({**a, "weight": 3}, b, threshold=0.7).cases
    assert [passes(text, case) for text in ("ab", "a", "b")] == [True, True, False]
    (case,) = read({"type": "assert-set", "threshold": 0.5, "assert": [a, b]}, c).cases
    assert [passes(text, case) for text in ("ac", "abc", "c", "ab")] == [True, True, False, False]
    (case,) = read({"type": "assert-set", "assert": [a, b]}).cases
    assert len(case.checks) == 2
    (case,) = read({**a, "weight": 0}, b).cases
    assert [passes(text, case) for text in ("b", "a")] == [True, False]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ({"type": "rouge-n", "value": "x"}, "answers cannot be checked for this here"),
        ({"type": "contains-json"}, "answers cannot be checked for this here"),
        ({"type": "contains-any", "value": "{{x}}"}, "parted by commas in a variable"),
        ({"type": "contains", "value": ["a"]}, "of another form"),
        ({"type": "word-count", "value": "many"}, "of another form"),
        ({"type": "latency"}, "it has no threshold"),
        ({"type": "is-json", "value": {"$ref": "https://example.org"}}, "nothing is fetched"),
        ({"type": "is-json", "value": {"type": "text"}}, "the schema's type is"),
        ({"type": "equals", "value": "file://a.txt"}, "it is in a file beside this one"),
        ({"type": "contains", "value": "a", "transform": "output.a"}, "it runs code"),
        ({"type": "contains", "value": "a", "weight": -1}, "a weight is a number from 0 to 1,000"),
        ({"type": "is-refusal"}, "refusals are known here by"),
    ],
)
def test_what_differs_is_listed_with_its_reason(row: dict[str, Any], why: str) -> None:
    (part,) = read(row).left_out
    assert why in part.why
    assert part.where.startswith("tests[0].assert[0]")


def test_a_cell_may_hold_a_threshold() -> None:
    text = "q,__expected1,__expected2\n1?,levenshtein(1): Lima,is-json\n2?,contains-any: a,latency(2000)\n"
    one, two = read_file("tests.csv", text).cases
    assert [(check.name, dict(check.arguments)) for check in (*one.checks, *two.checks)] == [
        ("edits", {"value": "Lima", "exact": True, "at_most": 1.0}),
        ("json", {}),
        ("contains_each", {"values": ["a"], "which": "any"}),
        ("latency", {"at_most": 2.0}),
    ]
