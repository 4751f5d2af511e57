"""JSON at the border: bounded when read, sound when written, whatever is in it."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.json_text import DEPTH, cut_text, read_json, sound_text, strict_json, write_json

ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(), max_size=4), inner),
    max_leaves=20,
)


@given(ANY)
def test_what_is_written_is_json_that_every_reader_takes(value: Any) -> None:
    def no_constant(name: str) -> None:
        raise AssertionError(name)

    text = write_json(value)
    text.encode()
    json.loads(text, parse_constant=no_constant)


@given(ANY.map(json.dumps) | st.text(st.sampled_from('[]{}",:\\1 eNa'), max_size=300))
def test_what_is_read_can_be_written(text: str) -> None:
    try:
        value = read_json(text)
    except ValueError:
        return
    write_json(value).encode()


@pytest.mark.parametrize(
    "text",
    [
        '{"choices":' + "[" * 100_000,
        "[" * (DEPTH + 1) + "]" * (DEPTH + 1),
        '{"a":' * (DEPTH + 1) + "1" + "}" * (DEPTH + 1),
        '["\\"",' * (DEPTH + 1) + "1" + "]" * (DEPTH + 1),
    ],
)
def test_what_is_too_deep_is_told_and_not_read(text: str) -> None:
    with pytest.raises(ValueError, match="nested more than 200 deep"):
        read_json(text)


def test_brackets_in_texts_have_no_depth() -> None:
    text = json.dumps(["[" * 1000, '"{' * 1000, "\\" * 999 + "["])
    assert read_json(text) == json.loads(text)
    deepest = "[" * DEPTH + "]" * DEPTH
    assert write_json(read_json(deepest)) == deepest


def test_numbers_that_are_none_are_absent() -> None:
    assert read_json("[NaN, 1e400, -Infinity, 1.5]") == [None, None, None, 1.5]
    for text in ("NaN", '{"a": Infinity}', "[-Infinity]"):
        with pytest.raises(ValueError, match="is no number of JSON"):
            strict_json(text)
    assert read_json("[0.1]", exact=True) == [Decimal("0.1")]


def test_halves_of_a_character_are_joined_or_marked() -> None:
    assert read_json('["\\ud83d\\ude00", "\\ud83d"]') == ["😀", "�"]
    assert sound_text("\ud83d" + "\ude00") == "😀"
    assert cut_text("Hi\ud83d") == ("Hi", "\ud83d")
