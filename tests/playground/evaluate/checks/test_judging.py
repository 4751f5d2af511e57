"""Extraction, negation, weights and groups; and that no text makes a check raise or waver."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.chat.chat import ToolCall
from playground.errors import RequestError
from playground.evaluate.checks.check import Answer, Verdict
from playground.evaluate.checks.judging import (
    judged,
    judgement,
    refuse_unusable,
    refuse_unusable_checks,
    together,
)
from playground.evaluate.checks.language import NAMES as NAMES_OF_LANGUAGES
from playground.evaluate.checks.table import CHECKS, checks_to_json, extractions_to_json
from playground.evaluate.evaluation import Case, Check, Evaluation, Extraction, Needed
from tests.playground.evaluate.checks.verdicts import verdict
from tests.rounds import rounds

PASSED, FAILED, UNKNOWN = (Verdict(passed=passed, reason="x") for passed in (True, False, None))


@pytest.mark.parametrize(
    ("verdicts", "needed", "passed", "share"),
    [
        ([], "all", None, None),
        ([PASSED, PASSED], "all", True, 1.0),
        ([PASSED, FAILED], "all", False, 0.5),
        ([PASSED, UNKNOWN], "all", None, None),
        ([FAILED, UNKNOWN], "all", False, None),
        ([FAILED, PASSED], "any", True, 0.5),
        ([FAILED, FAILED], "any", False, 0.0),
        ([FAILED, UNKNOWN], "any", None, None),
        ([PASSED, UNKNOWN], "any", True, None),
        ([PASSED, PASSED, FAILED], 2 / 3, True, 2 / 3),
        ([PASSED, FAILED, FAILED], 0.5, False, 1 / 3),
        ([PASSED, UNKNOWN, UNKNOWN], 0.5, None, None),
        ([PASSED, FAILED, UNKNOWN], 0.3, True, None),
        ([Verdict(passed=False, reason="x", weight=0), PASSED], "all", True, 1.0),
        ([Verdict(passed=True, reason="x", weight=0)], "all", None, None),
        ([Verdict(passed=True, reason="x", weight=3), FAILED], 0.75, True, 0.75),
        ([Verdict(passed=True, reason="x", weight=0.1)] * 3 + [FAILED] * 0, 1.0, True, 1.0),
    ],
)
def test_what_verdicts_come_to(
    verdicts: list[Verdict], needed: Needed, passed: bool | None, share: float | None
) -> None:
    made = together(verdicts, needed)
    assert (made.passed, made.share) == (passed, pytest.approx(share) if share is not None else None)


TEXT = """<think>Is it 7? No.</think>
First `x`:
```python
print(1)
```
Then:
```JSON
{"n": 12, "list": ["a", "b"]}
```
<answer> 41 </answer> so \\boxed{\\frac{1}{2}}
Answer: **42.**
Bye
"""


@pytest.mark.parametrize(
    ("name", "arguments", "part"),
    [
        ("code", {}, '{"n": 12, "list": ["a", "b"]}\n'),
        ("code", {"which": "first"}, "print(1)\n"),
        ("code", {"language": "Python"}, "print(1)\n"),
        ("after", {}, "42."),
        ("after", {"marker": "answer:", "whole": True}, "**42.**\nBye".removeprefix("**")),
        ("after", {"marker": "First"}, "`x`:"),
        ("json", {"path": "n"}, "12"),
        ("json", {"path": "$.list"}, '["a","b"]'),
        ("number", {}, "42"),
        ("number", {"which": "first"}, "7"),
        ("tag", {}, "41"),
        ("tag", {"tag": "<think>"}, "Is it 7? No."),
        ("boxed", {}, "\\frac{1}{2}"),
        ("line", {}, "Bye"),
        ("line", {"which": "first"}, "<think>Is it 7? No.</think>"),
    ],
)
def test_a_check_may_look_at_a_part_of_the_answer(name: str, arguments: dict[str, Any], part: str) -> None:
    extract = Extraction(name=name, arguments=arguments)
    made = verdict("equals", TEXT, extract, value=part, exact=True)
    assert made.passed, made.reason


def test_what_comes_after_reasoning_is_looked_at_alone() -> None:
    after = Extraction(name="thought")
    assert verdict("begins", TEXT, after, value="First").passed
    assert verdict("equals", "plain", after, value="plain").passed


@pytest.mark.parametrize("negated", [False, True])
@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("code", "has no code block"),
        ("after", "has no “Answer:”"),
        ("json", "has no JSON"),
        ("tag", "has nothing between <answer> and </answer>"),
        ("boxed", "has no \\boxed{…}"),
        ("number", "has no number"),
    ],
)
def test_an_answer_without_the_part_fails_negated_or_not(name: str, reason: str, negated: bool) -> None:
    extract = Extraction(name=name, arguments={"path": "x"} if name == "json" else {})
    check = Check(name="contains", arguments={"value": "x"}, negated=negated, extract=extract)
    made = judged(Answer(text="nothing here"), check, {})
    assert (made.passed, made.reason) == (False, reason)


def contains(value: str, **more: Any) -> Check:
    return Check(name="contains", arguments={"value": value}, **more)


def test_a_group_passes_by_what_it_needs_and_may_be_negated() -> None:
    def passed(text: str, needed: Any, *, negated: bool = False) -> bool | None:
        inner = (contains("a"), contains("b"), contains("{{c}}", weight=2))
        group = Check(name="group", arguments={"needed": needed}, checks=inner, negated=negated)
        return judged(Answer(text=text), group, {"c": "c"}).passed

    assert [passed("abc", "all"), passed("ab", "all"), passed("b", "any"), passed("", "any")] == [
        *(True, False, True, False)
    ]
    assert [passed("c", 0.5), passed("ab", "0.5"), passed("a", 0.5)] == [True, True, False]
    assert passed("ab", "all", negated=True) is True
    assert passed("ab", "most") is None


def test_the_checks_of_an_answer_come_to_one_judgement() -> None:
    made = judgement(Answer(text="ab"), (contains("a"), contains("c")), "any", {})
    assert [one.passed for one in made.verdicts] == [True, False]
    assert made.passed is True


def group(*checks: Check, **arguments: Any) -> Check:
    return Check(name="group", checks=checks, arguments=arguments)


def refused_field(evaluation: Evaluation) -> str:
    """The field of the first check that is refused; empty where none is."""
    try:
        refuse_unusable_checks(evaluation)
    except RequestError as error:
        return error.field
    return ""


def test_every_argument_that_is_wrong_is_named_as_a_field_of_its_kind() -> None:
    """Else the page could not lead there: each kind with nothing filled in, and with nonsense everywhere."""
    for kind in CHECKS.values():
        names = {field.name for field in kind.fields}
        for arguments in ({}, *({**USABLE[kind.name], name: "(,"} for name in names)):
            checks = (Check(name=kind.name, arguments=arguments),)
            field = refused_field(Evaluation(prompts=(), cases=(), checks=checks))
            assert field in {"", *(f"check 1 {name}" for name in names)}


def test_a_check_of_a_case_is_told_at_its_case() -> None:
    wrong = group(Check(name="pattern", arguments={"pattern": "("}))
    cases = (Case(name="a", variables={}), Case(name="b", variables={}, checks=(wrong,)))
    with pytest.raises(RequestError, match="check 1 of case 'b', check 1") as caught:
        refuse_unusable_checks(Evaluation(prompts=(), cases=cases))
    assert caught.value.field == "case 2"


def test_a_check_that_no_answer_could_pass_or_fail_is_refused_before_the_run() -> None:
    bad = Check(name="pattern", arguments={"pattern": "("})
    for check, reason, field in (
        (Check(name="nonsense"), "the check 'nonsense' is not known; known are contains", "check 1 kind"),
        (bad, "check 1 (pattern) cannot be used: the pattern", "check 1 pattern"),
        (Check(name="number", arguments={"value": "x"}), "value is “x”; write one number", "check 1 value"),
        (contains("x", extract=Extraction(name="other")), "'other', which is not known", "check 1 extract"),
        (contains("x", extract=Extraction(name="json")), "path is empty; fill it in", "check 1 extract.path"),
        (group(), "check 1 (group) cannot be used: the group has no checks; add one", "check 1 checks"),
        (group(Check(name="latency")), "check 1, check 1 (latency) cannot be used", "check 1.1 at_most"),
        (group(contains("x"), group(bad)), "check 1, check 2, check 1 (pattern)", "check 1.2.1 pattern"),
        (group(contains("x"), needed=2), "needed is 2; write all, any or a share", "check 1 needed"),
    ):
        with pytest.raises(RequestError, match=re.escape(reason)) as caught:
            refuse_unusable(check, "check 1", "check 1")
        assert caught.value.field == field
    refuse_unusable(Check(name="pattern", arguments={"pattern": "{{pattern}}"}), "check 1")
    refuse_unusable(contains("x", extract=Extraction(name="code")), "check 1")


CALL = ToolCall(id="1", name="weather", arguments='{"city": "Lima", "days": 2}')
#: For each kind arguments with which it looks at a text.
USABLE: dict[str, dict[str, Any]] = {
    "contains": {"value": "a"},
    "contains_each": {"values": ["a", "b"]},
    "equals": {"value": "a", "ignore_case": True},
    "one_of": {"values": "a\nb"},
    "begins": {"value": "a"},
    "ends": {"value": "a"},
    "pattern": {"pattern": r"(\w+\s?)+$"},
    "number": {"value": "5", "relative": "1 %", "which": "any"},
    "json": {"around": True},
    "json_schema": {"schema": {"items": {"type": "integer", "multipleOf": 3}}, "around": True},
    "field": {"path": "a[*].b", "value": "1"},
    "set": {"values": "a\nb"},
    "similar": {"value": "abc", "measure": "rouge-l"},
    "edits": {"value": "abc", "at_most": 3},
    "tool_call": {"tool": "weather", "arguments": '{"city": "Lima"}'},
    "refusal": {},
    "language": {"language": "en"},
    "length": {"unit": "words", "at_most": 5},
    "latency": {"at_most": 1},
    "cost": {"at_most": 1},
    "code_tests": {"tests": "assert f() == 1"},
    "code_returns": {"calls": "f() -> 1"},
    "function": {"source": "def check(answer, case):\n    return True"},
    "group": {"needed": "any"},
}
EXTRACTED = [
    None,
    *(Extraction(name=row["name"], arguments={"path": "a"}) for row in extractions_to_json()),
]
ODD = st.text(max_size=60) | st.text(alphabet="0123456789.,/-−%$e×^ ½kM", max_size=30)
ODD |= st.text(alphabet='[]{}",:1ae \\u', max_size=40) | st.text(
    alphabet="`~<answer>/\\boxed{}\n", max_size=60
)


def test_every_kind_has_arguments_here() -> None:
    assert USABLE.keys() == CHECKS.keys()


@settings(max_examples=len(rounds(300, 60)))
@given(ODD, st.sampled_from(list(USABLE)), st.sampled_from(EXTRACTED), st.booleans())
def test_no_text_makes_a_check_raise_and_its_verdict_is_always_the_same(
    text: str, name: str, extract: Extraction | None, negated: bool
) -> None:
    inner = (contains("a"),) if name == "group" else ()
    check = Check(name=name, arguments=USABLE[name], extract=extract, negated=negated, checks=inner)
    answer = Answer(text=text, calls=(CALL,))
    made = judged(answer, check, {})
    assert made.reason
    assert made == judged(answer, check, {})


NAMES = ["value", "values", "at_most", "pattern", "path", "schema", "which", "arguments", "tool", "language"]
NAMES += ["needed", "unit", "relative"]
VALUES = ODD | st.none() | st.integers() | st.floats() | st.lists(ODD, max_size=2)


@settings(max_examples=len(rounds(200, 40)))
@given(st.sampled_from(list(USABLE)), st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=3))
def test_no_arguments_make_a_check_raise(name: str, arguments: dict[str, Any]) -> None:
    assert judged(Answer(text="a 5 b"), Check(name=name, arguments=arguments), {}).reason


#: What fits the beginning of something that checks look for, over and over.
REPEATED = [" ", "\n", "`", "~", "```\n", "1", "1,", "1 ", "<", "<answer>", "{", "[", '"', '{"a":', "- a\n"]
REPEATED += [
    "-1",
    "I'm sorry ",
    "tut mir leid ",
    "\\boxed{",
    "Answer:",
    "½",
    "10^",
    "1/",
    "a and ",
    "`a",
    "1.",
]


@pytest.mark.parametrize("text", REPEATED)
def test_no_answer_keeps_a_check_busy(text: str) -> None:
    answer = Answer(text=text * (10_000 // len(text)), calls=(CALL,))
    for name, arguments in USABLE.items():
        for extract in EXTRACTED if name == "contains" else [None]:
            begun = time.process_time()
            judged(answer, Check(name=name, arguments=arguments, extract=extract), {})
            assert time.process_time() - begun < 3, (name, extract)


def test_the_guide_names_every_kind_and_how_many_there_are() -> None:
    guide = Path("docs/evaluate/guide.md").read_text()
    assert [kind.label for kind in CHECKS.values() if kind.label not in guide] == []
    assert f"one of {len(NAMES_OF_LANGUAGES)}, by script" in guide


def test_every_kind_tells_the_page_its_fields() -> None:
    kinds = {"text", "long", "list", "number", "yes", "choice", "checks"}
    for row in (*checks_to_json(), *extractions_to_json()):
        assert row["name"]
        assert row["label"]
        for field in row["fields"]:
            assert field["label"]
            assert field["kind"] in kinds
            assert (field["kind"] == "choice") == ("choices" in field)
