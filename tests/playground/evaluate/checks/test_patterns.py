"""Regular expressions: Python's and JavaScript's meaning, and none that hangs."""

from __future__ import annotations

import re
import shutil
import subprocess
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.evaluate.checks.check import ArgumentError
from playground.evaluate.checks.pattern import fits, fitting
from playground.evaluate.checks.patterns.simulated import Simulated
from playground.evaluate.checks.patterns.tree import tree_of
from playground.evaluate.checks.patterns.ways import MOST, ways
from playground.json_text import read_json, write_json
from tests.playground.evaluate.checks.verdicts import outcomes, verdict


@pytest.mark.parametrize(
    ("arguments", "good", "bad"),
    [
        ({"pattern": r"\d{3}-\d{4}"}, ["call 555-1234"], ["5551234"]),
        ({"pattern": "yes", "ignore_case": True}, ["YES!"], ["no"]),
        ({"pattern": "yes|no", "whole": True}, ["yes", "no"], ["yes!", "yesno", " no"]),
        ({"pattern": r"^a.b$"}, ["axb", "axb\n"], ["a\nb", "x\naxb"]),
        ({"pattern": r"^a.b$", "javascript": True}, ["axb"], ["a\nb", "axb\n", "a\u2028b"]),
        ({"pattern": r"^\d+$"}, ["12", "٣"], ["x"]),
        ({"pattern": r"^\d+$", "javascript": True}, ["12"], ["٣"]),
        ({"pattern": r"(?<year>\d{4})-\k<year>", "javascript": True}, ["2024-2024"], ["2024-2025"]),
        ({"pattern": r"^[\s\S]{3}$", "javascript": True}, ["a\nb"], ["ab"]),
    ],
)
def test_a_pattern_fits_or_not(arguments: dict[str, Any], good: list[str], bad: list[str]) -> None:
    assert outcomes("pattern", good, **arguments) == [True] * len(good)
    assert outcomes("pattern", bad, **arguments) == [False] * len(bad)


#: Patterns on which engines that try one way after the other hang, each with a text that it does not fit.
EXPLOSIVE = [
    (r"(a+)+$", "a" * 4000 + "b"),
    (r"(a|aa)+$", "a" * 4000 + "b"),
    (r"^(a|a)*$", "a" * 4000 + "b"),
    (r"^(a*)*$", "a" * 4000 + "b"),
    (r"(?:x+x+)+y", "x" * 4000),
    (r"\s+$", " " * 20_000 + "x"),
    (r".*.*.*.*=", "x" * 4000),
    (r"(\w+\s?)+$", "word " * 1000 + "!"),
    (r"^(([a-z])+.)+[A-Z]([a-z])+$", "a" * 4000),
    (r"^([a-zA-Z0-9])(([\-.]|[_]+)?([a-zA-Z0-9]+))*(@){1}[a-z0-9]+$", "a" * 2000 + "!"),
    (r"(?=(a+)+$)b", "a" * 500 + "c"),
    (r"(?<=(?:a|a){40})b", "a" * 100),
    (r"(a?){40}a{40}$", "a" * 39),
]


@pytest.mark.parametrize(("pattern", "text"), EXPLOSIVE, ids=[row[0] for row in EXPLOSIVE])
def test_a_pattern_that_explodes_elsewhere_is_decided_here(pattern: str, text: str) -> None:
    begun = time.process_time()
    assert verdict("pattern", text, pattern=pattern).passed is False
    assert time.process_time() - begun < 10


@pytest.mark.parametrize(
    ("pattern", "text", "reason"),
    [
        (r"(a*)*\1$", "a" * 50 + "b", "it refers back to a group"),
        (r"((?>a+)|b+)*$", "a" * 50 + "c", "it has an atomic group"),
        (r"(?:(?:a{1,500}){1,500})+$", "a" * 50 + "b", "its repeats stand for more than 20,000 places"),
        (r"(?=.*(a+)+$)(a|b)*c", "a" * 20_000, "it needs more than 1,000,000 steps on this answer"),
    ],
)
def test_what_cannot_be_decided_in_bounded_steps_is_not_checked(pattern: str, text: str, reason: str) -> None:
    made = verdict("pattern", text, pattern=pattern)
    assert made.passed is None
    assert reason in made.reason


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("(", "the pattern “(” cannot be read: missing ), unterminated subpattern at position 0"),
        ("a" * 10_001, "the pattern has 10,001 characters; at most 10,000 are read"),
        ("(" * 5000 + ")" * 5000, "is nested too deep"),
        ("", "pattern is empty; fill it in"),
    ],
)
def test_what_is_no_pattern_is_refused_in_words(pattern: str, reason: str) -> None:
    assert reason in verdict("pattern", "x", pattern=pattern).reason


LETTERS = st.text(alphabet="abcA \n_é", max_size=8)
PIECES = st.recursive(
    st.sampled_from(["a", "b", ".", "[ab]", "[^a]", r"\w", r"\b", r"\B", "^", "$", "(?i:A)", "", "é"]),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map(lambda pair: f"(?:{pair[0]}|{pair[1]})"),
        st.tuples(inner, st.sampled_from(["*", "+", "?", "{2}", "{1,3}", "*?", "+?"])).map(
            lambda pair: f"(?:{pair[0]}){pair[1]}"
        ),
        inner.map("({})".format),
        inner.map("(?={})".format),
        inner.map("(?!{})".format),
        st.sampled_from(["(?<=a)", "(?<!b)", "(?<=a|b)", r"(?m:^a$)", "(?s:.)"]),
    ),
    max_leaves=8,
)


@given(PIECES, LETTERS, st.booleans(), st.booleans())
def test_the_simulation_decides_as_python_does(
    pattern: str, text: str, whole: bool, ignore_case: bool
) -> None:
    tree = tree_of(pattern, ignore_case=ignore_case, javascript=False)
    expected = tree.compiled.fullmatch(text) if whole else tree.compiled.search(text)
    assert Simulated(tree).fits(text, whole=whole) == (expected is not None)


@given(PIECES, LETTERS)
def test_python_looks_only_where_the_ways_are_few(pattern: str, text: str) -> None:
    tree = tree_of(pattern, ignore_case=False, javascript=False)
    if ways(tree.parsed, len(text)) <= MOST:
        assert (fitting(tree, text, whole=False) is not None) == bool(re.search(pattern, text))


JAVASCRIPT = [
    r"^\w+$",
    r"\bcaf\b",
    r"a.c",
    r"^.$",
    r"[^]",
    r"[^\d]",
    r"[\w-]+",
    r"\/x\/",
    r"\u0041\x42",
    r"\cJ",
    r"\0",
    r"[\b]",
    r"a$",
    r"[[]",
    r"(?<a>x)\k<a>",
    r"(?<=a)b",
    r"^[\s\S]*$",
    r"\S",
    r"[\D\d]",
    r"a{,2}",
    r"\-\!\@",
]
TEXTS = [
    *("", "a", "é", "café", "a\nc", "a\u2028c", "AB", "a\n", "xx", "ab", "/x/", "\b", "\0", "[", " "),
    *("a-b", "\u00a0", "٣", "a{,2}", "-!@", "aa", "\ufeff"),
]


def test_javascript_patterns_fit_as_javascript_says() -> None:
    node = shutil.which("node")
    if not node:
        pytest.skip("Node.js is not there")
    script = (
        "const [patterns, texts] = JSON.parse(require('fs').readFileSync(0));"
        "console.log(JSON.stringify(patterns.map((p) => texts.map((t) => new RegExp(p).test(t)))))"
    )
    said = subprocess.run(
        [node, "-e", script],
        input=write_json([JAVASCRIPT, TEXTS]),
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    ours = [[fits(text, pattern, javascript=True) for text in TEXTS] for pattern in JAVASCRIPT]
    wrong = [
        (pattern, text, theirs)
        for pattern, row, judge in zip(JAVASCRIPT, ours, read_json(said), strict=True)
        for text, one, theirs in zip(TEXTS, row, judge, strict=True)
        if one != theirs
    ]
    assert wrong == []


@pytest.mark.parametrize("pattern", [r"\p{L}", r"[\S]", r"\u{110000}"])
def test_what_python_cannot_say_of_javascript_is_refused(pattern: str) -> None:
    with pytest.raises(ArgumentError):
        fits("x", pattern, javascript=True)
