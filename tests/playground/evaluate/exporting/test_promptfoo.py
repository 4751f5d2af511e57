"""promptfoo's configuration: read back by our reader it means the same, and what has no equal is listed."""

from __future__ import annotations

import itertools
import json
import random
from typing import Any

import pytest

from playground.chat.chat import Chat
from playground.errors import RequestError
from playground.evaluate.cases.files import read_file
from playground.evaluate.cases.promptfoo.providers import (
    OWN,
    OWN_RESPONSES,
    PROVIDERS,
    provider_and_model,
)
from playground.evaluate.checks.check import Answer, Verdict
from playground.evaluate.checks.judging import judgement, together
from playground.evaluate.checks.table import CHECKS
from playground.evaluate.evaluation import Check, Evaluation
from playground.evaluate.evaluation_json import evaluation_from_json
from playground.evaluate.exporting.promptfoo.providers import PREFIXES
from playground.evaluate.matrix import chat_of
from tests.playground.evaluate.exporting.evaluations import results, turn, written

PARAMETERS = {"temperature": 0.5, "stop": ["x"]}
GEMINI = {"max_tokens": 5, "effort": "low"}
CASE = {"name": "1", "variables": {"q": "x"}}


def exported(evaluation: dict[str, Any], *models: str) -> tuple[dict[str, Any], list[dict[str, str]]]:
    ((text,), left_out) = written("promptfoo", results(evaluation, [], models or ("tiny",)))
    return json.loads(text), left_out


def back(evaluation: dict[str, Any], *models: str) -> Evaluation:
    ((text,), _) = written("promptfoo", results(evaluation, [], models or ("tiny",)))
    return read_file("a.promptfooconfig.json", text)


def given(evaluation: dict[str, Any]) -> Evaluation:
    return evaluation_from_json(results(evaluation, [])["evaluation"])


def checking(*checks: dict[str, Any], needed: Any = "all") -> dict[str, Any]:
    return {"cases": [CASE], "checks": list(checks), "needed": needed}


def check(name: str, /, **arguments: Any) -> dict[str, Any]:
    return {"name": name, "arguments": arguments}


#: Pieces of templates, some of which Nunjucks would read as its own.
PIECES = ("{{q}}", "{{n}}", "{{flag}}", "{{deep.in}}", " text ", "{", "}", "{{", "}}", "{%", "%}", "{#")
PIECES += ("#}", "{{{q}}}")
PIECES += (
    "\n",
    '"',
    "\\",
    "{{ 1 + 1 }}",
    "{% if x %}",
    "{% raw %}",
    "{% endraw %}",
    "é",
    "#",
    "%",
    "{{{q}}}",
)
EXACT = (
    check("contains", value="a {% b"),
    check("contains", value="B", ignore_case=True),
    check("contains_each", values=["a", " b ", "{{q}}"], which="any"),
    check("contains_each", values=["A"], which="all", ignore_case=True),
    check("equals", value="file://x", exact=True),
    check("begins", value="{{q}}{", exact=True),
    check("pattern", pattern="a{2}|{{q}}", javascript=True),
    check("json"),
    check("json_schema", schema={"$schema": "http://json-schema.org/draft-07/schema#", "type": "object"}),
    check("edits", value="abc", exact=True, at_most=0),
    check("length", unit="words", at_least=1, at_most=3),
    check("latency", at_most=1.1),
    check("cost", at_most=0.001),
)


def template(chance: random.Random) -> str:
    return "".join(chance.choice(PIECES) for _ in range(chance.randrange(1, 9)))


def any_checks(chance: random.Random, *, groups: bool) -> list[dict[str, Any]]:
    made = []
    for one in chance.sample(EXACT, chance.randrange(4)):
        weighted = {**one, "weight": chance.choice([0, 0.5, 3])} if chance.random() < 0.3 else one
        made.append({**weighted, "not": True} if chance.random() < 0.3 else weighted)
    if groups and chance.random() < 0.4:
        inner = chance.sample(EXACT, 2)
        made.append({**check("group", needed=chance.choice([0.5, 1.0])), "checks": inner})
    return made


def any_evaluation(chance: random.Random) -> dict[str, Any]:
    """One of which all has an equal in promptfoo."""
    needed = chance.choice(["all", "all", 0.5, 1])
    cases = [
        {
            "name": f"case {n}",
            "variables": {
                "q": chance.choice(["x", "{% if %}", "{{ 1 }}", "https://example.com/a", "a{b", ""]),
                "n": chance.choice([1, -5, 2**53 - 1]),
                "flag": chance.choice([True, False]),
                "deep": {"in": "deep text"},
                "list": ["of", 2],
            },
            "checks": any_checks(chance, groups=needed == "all"),
        }
        for n in range(3)
    ]
    return {
        "prompts": [
            {
                "name": f"p{n}",
                "system": chance.choice(["", template(chance)]),
                "messages": [turn(f"x{template(chance)}"), turn("An answer", "assistant"), turn("and {{q}}")],
            }
            for n in range(2)
        ],
        "cases": cases,
        "checks": any_checks(chance, groups=needed == "all"),
        "needed": needed,
        "models": [
            {
                "name": "m",
                "provider": "openai",
                "model": "m",
                "parameters": {"temperature": 0.5, "stop": ["x"]},
            }
        ],
        "repeats": chance.choice([1, 3]),
    }


def test_what_is_exact_is_the_same_when_it_is_read_back() -> None:
    chance = random.Random(29)
    for _ in range(60):
        evaluation = any_evaluation(chance)
        _, left_out = exported(evaluation, "m")
        assert {part["why"] for part in left_out} <= {"promptfoo counts an answer without checks as passed"}
        made, own = back(evaluation, "m"), given(evaluation)
        assert (made.name, made.prompts, made.checks, made.repeats) == (
            own.name,
            own.prompts,
            own.checks,
            own.repeats,
        )
        for one, other in zip(made.cases, own.cases, strict=True):
            assert (one.name, one.variables, one.checks) == (other.name, other.variables, other.checks)
            assert (one.needed or made.needed) == (other.needed or own.needed)
        (model,) = made.models
        assert (model.provider, model.model) == ("openai", "m")
        assert model.parameters == PARAMETERS
        assert made.left_out == ()


@pytest.mark.parametrize("needed", ["all", "any", 0.3, 0.5, 1])
def test_as_much_is_needed_there_as_here(needed: Any) -> None:
    for weights in ([1, 1, 1], [1, 2, 0], [0.1, 0.7, 0.2], [3, 1, 1]):
        checks = [{**check("contains", value=str(n)), "weight": w} for n, w in enumerate(weights)]
        made = back(checking(*checks, needed=needed))
        share = made.cases[0].needed or made.needed
        for passed in itertools.product([True, False], repeat=3):
            verdicts = [Verdict(passed=p, reason="", weight=w) for p, w in zip(passed, weights, strict=True)]
            assert together(verdicts, share).passed == together(verdicts, needed).passed


TEXTS = ("x", "x y", "Lima", "lima", " Lima ", "aab", "[1]", '{"a":1}', "no", "", "a\nb", "Limax")
SAME = (
    check("one_of", values=["Lima", "x"], exact=True),
    {**check("one_of", values=["Lima", "x"], exact=True), "not": True},
    check("pattern", pattern="a|aa|aab", javascript=True, whole=True),
    {**check("pattern", pattern="x", javascript=True, whole=True), "not": True},
    {**check("group", needed="any"), "checks": [check("contains", value="L"), check("contains", value="a")]},
    {**check("group"), "checks": [check("contains", value="L"), check("contains", value="a")]},
    check("length", unit="words", at_least=1.5, at_most=2.5),
    check("json_schema", schema={"type": "array", "items": {"type": "integer"}}),
    check("json_schema", schema='{"type": "object", "required": ["a"]}'),
)


@pytest.mark.parametrize("one", SAME, ids=lambda one: one["name"])
def test_what_is_written_otherwise_passes_the_same_answers(one: dict[str, Any]) -> None:
    own = given(checking(one))
    _, left_out = exported(checking(one))
    made = back(checking(one))
    assert [part["where"] for part in left_out] == ["models"]
    for text in TEXTS:
        here = judgement(Answer(text=text), own.checks, "all", {}).passed
        assert judgement(Answer(text=text), made.checks, made.needed, {}).passed == here, text


GROUPED = {**check("group", needed="any"), "checks": [check("contains", value="x")]}
#: A check, whether it is written all the same, and what is told of it.
LISTED = (
    (check("equals", value="x"), True, "white space"),
    (check("begins", value="x"), True, "white space"),
    (check("edits", value="x", at_most=2), True, "white space"),
    (check("refusal"), True, "phrases of another list"),
    (check("pattern", pattern="x+"), True, "as JavaScript does, not Python"),
    (check("pattern", pattern="(?i)x"), False, "as JavaScript does"),
    (check("pattern", pattern="x", ignore_case=True, javascript=True), False, "upper and lower case"),
    (check("equals", value="x", ignore_case=True), False, "upper and lower case"),
    (check("one_of", values=["x"], ignore_case=True), False, "upper and lower case"),
    (check("ends", value="x"), False, "no assertion of this meaning"),
    (check("number", value="1"), False, "no assertion of this meaning"),
    (check("similar", value="x"), False, "no assertion of this meaning"),
    (check("language", language="en"), False, "no assertion of this meaning"),
    (check("tool_call", tool="x"), False, "no assertion of this meaning"),
    (check("field", path="$.a", value="x"), False, "no assertion of this meaning"),
    (check("set", values=["x"]), False, "no assertion of this meaning"),
    (check("json", around=True), False, "with text around it"),
    (check("json_schema", schema={"type": "object"}, around=True), False, "with text around it"),
    (check("json_schema", schema={"unevaluatedProperties": False}), False, "unevaluatedProperties"),
    (check("json_schema", schema={"type": "string", "format": "email"}), True, "format"),
    (check("json_schema", schema={"const": "{{q}}"}), False, "fills in no variables in a schema"),
    (check("length", unit="lines", at_most=3), False, "counts words only"),
    (check("length", unit="words", at_least=1.2, at_most=1.8), False, "no whole number"),
    (check("latency", at_most=1, until="first"), False, "first token"),
    (check("code_tests", tests="assert 1"), False, "runs code"),
    (check("code_returns", calls=["f() -> 1"]), False, "runs code"),
    (check("function", source="def check(a, c): return True"), False, "runs code"),
    ({**check("contains", value="x"), "extract": {"name": "code", "arguments": {}}}, False, "running code"),
    ({**GROUPED, "not": True}, False, "turn a set"),
    ({**GROUPED, "checks": [GROUPED]}, False, "no sets within sets"),
    ({**GROUPED, "checks": [check("ends", value="x")]}, False, "no assertion of this meaning"),
    (check("contains"), False, "value is empty"),
)


@pytest.mark.parametrize(("one", "is_written", "why"), LISTED, ids=lambda value: str(value)[:60])
def test_what_has_no_equal_or_only_nearly_is_listed(one: dict[str, Any], is_written: bool, why: str) -> None:
    config, left_out = exported(checking(one))
    assert ("defaultTest" in config) == is_written
    (told,) = [part for part in left_out if part["where"].startswith("check 1 of the evaluation")]
    assert why in told["why"]
    assert one["name"] in told["what"]


def test_every_kind_of_check_is_written_or_listed_in_one_of_these_tests() -> None:
    tested = {one["name"] for one in (*EXACT, *SAME, *(row[0] for row in LISTED))}
    assert tested == set(CHECKS)


def test_a_set_is_not_written_where_a_share_is_needed() -> None:
    config, left_out = exported(checking(GROUPED, check("contains", value="y"), needed=0.5))
    assert [row["type"] for row in config["defaultTest"]["assert"]] == ["contains"]
    assert any("by its own share" in part["why"] for part in left_out)


def test_a_case_that_promptfoo_would_ask_otherwise_is_left_out_and_listed() -> None:
    variables = ({"q": "file:///etc/passwd"}, {"q": ["x", "package:evil"]}, {"q": "a {{ env.HOME }} b"})
    cases = [{"name": f"bad {n}", "variables": values} for n, values in enumerate(variables)]
    cases += [{**CASE, "name": "own", "messages": [turn("before")]}, {**CASE, "name": "s", "system": "S"}]
    config, left_out = exported({"cases": [*cases, CASE], "checks": [check("json")]})
    assert [test["description"] for test in config["tests"]] == ["1"]
    told = {part["where"]: part["why"] for part in left_out}
    assert "open the file" in told["case bad 0 and 1 other"]
    assert "your environment" in told["case bad 2"]
    assert "messages or a system prompt" in told["case own and 1 other"]
    assert "passwd" not in json.dumps(config)
    with pytest.raises(RequestError, match=r"nothing of it can be asked by promptfoo \(case bad 0"):
        exported({"cases": cases[:1]})


def test_variables_that_nunjucks_reads_otherwise_have_other_names_and_give_the_same_texts() -> None:
    values = {"a-b": "dash", "a_b": "other", "3": "three", "f": 1.0, "null": None, "obj": {"x": [1, None]}}
    values |= {
        "d.e": "dotted",
        "d": {"e": "not this"},
        "q": "has {{n}}",
        "n": 5,
        "env": {"A": "mine"},
        "größe": "ü",
    }
    text = "".join(f"{{{{{name}}}}}|" for name in (*values, "obj.x", "env.A"))
    evaluation = {
        "prompts": [{"name": "p", "messages": [turn(text)]}],
        "cases": [{"name": "1", "variables": values}],
    }
    made, own = back(evaluation), given(evaluation)
    one, other = (chat_of(each.cases[0], each.prompts[0], Chat(messages=())) for each in (made, own))
    assert one == other
    config, _ = exported(evaluation)
    assert not any(text in config["prompts"][0]["raw"] for text in ("{{env}}", "{{env."))
    assert "{{größe}}" in config["prompts"][0]["raw"]
    assert "{{n}}" not in config["prompts"][0]["raw"]


def test_models_are_those_of_the_results_without_an_address_and_unknown_ones_are_listed() -> None:
    models = [
        {"name": "Mine", "provider": OWN, "model": "llama", "parameters": {"max_tokens": 5}},
        {
            "name": "x",
            "provider": "google",
            "model": "gemini",
            "parameters": {"max_tokens": 5, "effort": "low"},
        },
        {"name": "y", "provider": "nobody", "model": "yy"},
        {"name": "z", "provider": "openai", "model": "never asked"},
    ]
    evaluation = {**checking(check("json")), "models": models, "parameters": {"temperature": 0}}
    config, left_out = exported(evaluation, "llama (1)", "gemini, Google", "yy", "unknown")
    own, google = config["providers"]
    assert own["id"] == "openai:chat:llama"
    assert own["config"] == {"temperature": 0, "max_tokens": 5, "apiBaseUrl": "{{env.ALMANAC_URL}}"}
    assert google["id"] == "google:gemini"
    assert google["config"] == {"temperature": 0, "maxOutputTokens": 5, "reasoning_effort": "low"}
    whys = [part["why"] for part in left_out]
    assert [why.partition(" ")[0] for why in whys] == ["promptfoo", "promptfoo's", "the"]
    read = back(evaluation, "llama (1)", "gemini, Google")
    assert [(one.provider, one.model) for one in read.models] == [(OWN, "llama"), ("google", "gemini")]
    assert dict(read.models[1].parameters) == {"temperature": 0, "max_tokens": 5, "effort": "low"}


def test_prefixes_of_providers_are_the_inverse_of_what_is_read() -> None:
    for provider, prefix in PREFIXES.items():
        known = "openai" if provider in (OWN, OWN_RESPONSES) else provider
        assert provider_and_model(f"{prefix}some:model-1") == (known, "some:model-1")
    assert set(PROVIDERS.values()) | {OWN, OWN_RESPONSES} == set(PREFIXES)


def test_what_stands_raw_in_a_file_of_promptfoos_is_read_as_it_stands() -> None:
    asked = {
        "prompts": ["Say {% raw %}{%{% endraw %} {{q}}"],
        "tests": [{"vars": {"q": "x"}}],
        "providers": [],
    }
    made = read_file("a.json", json.dumps(asked))
    assert made.prompts[0].messages[0].text == "Say {% {{q}}"
    asked["prompts"] = ["Say {% raw %}{{q}}{% endraw %}"]
    made = read_file("a.json", json.dumps({**asked, "prompts": [*asked["prompts"], "x"]}))
    assert [part.where for part in made.left_out] == ["prompts[0]"]


def test_checks_of_a_group_are_read_back_as_a_group() -> None:
    (made,) = back(checking(GROUPED)).checks
    assert isinstance(made, Check)
    assert (made.name, len(made.checks)) == ("group", 1)
