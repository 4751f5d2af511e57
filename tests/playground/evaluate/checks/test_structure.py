"""Checks of JSON, its fields and lists."""

from __future__ import annotations

from typing import Any

import pytest

from playground.evaluate.checks.extraction.json_path import at_path, json_in
from playground.evaluate.checks.structure import entries_of
from tests.playground.evaluate.checks.verdicts import outcomes, verdict

FENCED = 'Here it is:\n```json\n{"a": [1, 2]}\n```\nDone.'
INLINE = 'Sure! {"a": {"b": "}"}} is it.'


@pytest.mark.parametrize(
    ("arguments", "good", "bad"),
    [
        ({}, ["{}", " [1] ", '"x"', "3", "null"], ["{", "{'a': 1}", FENCED, "", "{} {}", "NaN", "[" * 300]),
        ({"around": True}, ["{}", FENCED, INLINE], ["none", "{a: 1}", "[1, 2"]),
    ],
)
def test_json_is_valid_or_not(arguments: dict[str, Any], good: list[str], bad: list[str]) -> None:
    assert outcomes("json", good, **arguments) == [True] * len(good)
    assert outcomes("json", bad, **arguments) == [False] * len(bad)


def test_the_first_json_in_a_text_is_read_whatever_stands_around_it() -> None:
    assert json_in(FENCED) == {"a": [1, 2]}
    assert json_in(INLINE) == {"a": {"b": "}"}}
    assert json_in('[not this] but {"a": 1}') == {"a": 1}


VALUE = {"a": [{"b": 1, "x y": "z"}, {"b": 2}], "0": "zero", "c": {"d": None}}


@pytest.mark.parametrize(
    ("path", "values"),
    [
        ("$", [VALUE]),
        ("a[0].b", [1]),
        ("$.a[-1].b", [2]),
        ("$['a'][0][\"x y\"]", ["z"]),
        ("$.a[*].b", [1, 2]),
        ("a.1.b", [2]),
        ("0", ["zero"]),
        ("c.d", [None]),
        ("c.*", [None]),
        ("a[5].b", []),
        ("a.b", []),
        ("nothing", []),
    ],
)
def test_a_path_leads_to_values(path: str, values: list[Any]) -> None:
    assert at_path(VALUE, path) == values


@pytest.mark.parametrize("path", ["$..b", "a[?(@.b)]", "a[0:1]", "a b", "a[", "'"])
def test_a_path_that_cannot_be_read_is_refused_in_words(path: str) -> None:
    made = verdict("field", "{}", path=path, value="x")
    assert made.passed is None
    assert "cannot be read at" in made.reason


@pytest.mark.parametrize(
    ("value", "good", "bad"),
    [
        ("Lima", ['{"x": "Lima"}', '{"x": " Lima "}', '```\n{"x": "Lima"}\n```'], ['{"x": "Rome"}', "Lima"]),
        ("1", ['{"x": 1}', '{"x": 1.0}', '{"x": "1"}'], ['{"x": 2}', '{"x": true}', '{"y": 1}']),
        (1, ['{"x": 1}', '{"x": 1e0}'], ['{"x": "1"}', '{"x": [1]}']),
        ('{"b": 1, "a": [2]}', ['{"x": {"a": [2.0], "b": 1}}'], ['{"x": {"a": [2]}}']),
        ("true", ['{"x": true}'], ['{"x": 1}', '{"x": null}']),
        ("NaN", ['{"x": "NaN"}'], ['{"x": null}', '{"x": 0}']),
    ],
)
def test_a_field_equals_a_text_or_a_value_of_json(value: Any, good: list[str], bad: list[str]) -> None:
    assert outcomes("field", good, path="x", value=value) == [True] * len(good)
    assert outcomes("field", bad, path="$.x", value=value) == [False] * len(bad)


def test_a_fields_verdict_says_where_and_what() -> None:
    assert verdict("field", '{"x": 3}', path="x", value="4").reason == "has “3” at “x”, not “4”"
    assert verdict("field", '{"x": 3}', path="y", value="4").reason == "has nothing at “y”"


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ('["a", 1, {"b": 2.5}]', ["a", "1", '{"b":2.5}']),
        ("- a\n- b, c\n", ["a", "b, c"]),
        ("Here:\n1. a\n2) b\n(3) c\n", ["a", "b", "c"]),
        ("* a\n\n• b", ["a", "b"]),
        ("a\nb\nc", ["a", "b", "c"]),
        ("a, b, and c.", ["a", "b", "c"]),
        ("a, b and c", ["a", "b", "c"]),
        ("a; b", ["a", "b"]),
        ("a", ["a"]),
        ("", []),
    ],
)
def test_a_list_is_read_as_it_is_written(text: str, entries: list[str]) -> None:
    assert entries_of(text) == entries


@pytest.mark.parametrize(
    ("compare", "good", "bad"),
    [
        ("same", ["a, b", "b\na", '["b", "a", "b"]'], ["a", "a, b, c", ""]),
        ("least", ["a, b, c"], ["a, c"]),
        ("most", ["a", "b", ""], ["a, c"]),
        ("order", ["a, b", "- a\n- b"], ["b, a", "a"]),
    ],
)
def test_a_list_is_compared_as_a_set(compare: str, good: list[str], bad: list[str]) -> None:
    assert outcomes("set", good, values="a\nb", compare=compare) == [True] * len(good)
    assert outcomes("set", bad, values=["a", "b"], compare=compare) == [False] * len(bad)


def test_a_lists_verdict_names_what_is_absent_and_what_is_too_much() -> None:
    assert verdict("set", "a, c", values="a\nb").reason == "lacks “b” and has “c” besides"
