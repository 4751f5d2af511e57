"""Configurations as public repositories have them: each runs, or what of it cannot is named.

The files under tests/fixtures/evaluate have the shape of the file whose address is in their first line, in
words of our own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from playground.errors import RequestError
from playground.evaluate.cases.files import read_file
from playground.evaluate.evaluation import Evaluation
from playground.evaluate.evaluation_json import evaluation_from_json, evaluation_to_json
from playground.json_text import write_json

SCHEMA = Draft202012Validator(json.loads(Path("docs/evaluate/evaluation.schema.json").read_text()))
FOLDER = Path("tests/fixtures/evaluate")
EXPECTED: dict[str, dict[str, Any]] = yaml.safe_load((FOLDER / "expected.yml").read_text())
FILES = [path.relative_to(FOLDER).as_posix() for path in sorted(FOLDER.glob("*/*.y*ml"))]
#: It names keys of its own making, and is refused with them.
REFUSED = "github/11-not-of-the-form.prompt.yml"


def read(name: str) -> Evaluation:
    return read_file(Path(name).name, (FOLDER / name).read_text())


def test_there_are_twenty_configurations_and_ten_prompts_with_their_addresses() -> None:
    assert len([name for name in FILES if name.startswith("promptfoo/")]) >= 20
    assert len([name for name in FILES if name.startswith("github/")]) >= 10
    assert [name for name in FILES if name not in EXPECTED] == [REFUSED]
    for name in FILES:
        assert "https://github.com/" in (FOLDER / name).read_text().splitlines()[0], name


@pytest.mark.parametrize("name", EXPECTED)
def test_a_public_file_is_read_and_every_part_that_cannot_run_is_named(name: str) -> None:
    evaluation = read(name)
    assert {
        "prompts": len(evaluation.prompts),
        "cases": len(evaluation.cases),
        "checks": len(evaluation.checks),
        "own": sum(len(case.checks) for case in evaluation.cases),
        "models": [f"{model.provider}:{model.model}" for model in evaluation.models],
        "left_out": sorted(part.where for part in evaluation.left_out),
    } == {**EXPECTED[name], "left_out": sorted(EXPECTED[name]["left_out"])}
    assert all(part.what and part.why for part in evaluation.left_out)


def test_a_file_of_another_form_is_refused_with_what_it_has_and_what_is_read() -> None:
    with pytest.raises(RequestError, match=r"no form.*it has name, version, model.*promptfoo.*\.prompt\.yml"):
        read(REFUSED)


@pytest.mark.parametrize("name", EXPECTED)
def test_what_was_read_comes_back_from_our_own_file(name: str) -> None:
    evaluation = read(name)
    again = evaluation_from_json(evaluation_to_json(evaluation))
    assert evaluation_to_json(again) | {"left_out": []} == evaluation_to_json(evaluation) | {"left_out": []}


@pytest.mark.parametrize("name", EXPECTED)
def test_our_own_file_is_as_its_published_schema_says(name: str) -> None:
    SCHEMA.validate(evaluation_to_json(read(name)))


def test_the_schema_refuses_what_the_page_refuses() -> None:
    whole = evaluation_to_json(read("github/01-sample.prompt.yml"))
    for broken in (
        {"almanac_evaluation": 2},
        {"repeats": 0},
        {"checks": [{}]},
        {"cases": [{"messages": [{"role": "x"}]}]},
    ):
        with pytest.raises(RequestError):
            evaluation_from_json(whole | broken)
        assert not SCHEMA.is_valid(whole | broken), broken


TURN = {"role": "user", "text": "Hi", "images": [{"type": "image", "media_type": "image/png", "data": ""}]}
CHECK = {
    "name": "contains",
    "arguments": {"value": "1"},
    "extract": {"name": "tag", "arguments": {"tag": "a"}},
}
GROUPED = {"name": "group", "arguments": {"needed": "any"}, "checks": [CHECK]}
#: An evaluation with a part of each kind, to misspell a field of each.
WHOLE = {
    "$schema": "evaluation.schema.json",
    "almanac_evaluation": 1,
    "prompts": [{"name": "P", "messages": [TURN]}],
    "cases": [{"variables": {"any name": 1}, "messages": [TURN], "checks": [GROUPED]}],
    "checks": [CHECK, GROUPED],
    "models": [{"provider": "openai", "model": "m", "parameters": {"top_p": 1}}],
    "parameters": {"seed": 1},
    "left_out": [{"where": "a", "what": "b", "why": "c"}],
}


def at(value: Any, path: tuple[str | int, ...]) -> Any:
    for part in path:
        value = value[part]
    return value


@pytest.mark.parametrize(
    ("path", "name", "told"),
    [
        ((), "chek", "the evaluation has “chek”, which is no field there. Did you mean checks?"),
        ((), "repeat", "Did you mean repeats?"),
        (("prompts", 0), "sytem", "prompt 1 has “sytem”, which is no field there. Did you mean system?"),
        (("prompts", 0, "messages", 0), "content", "message 1 of prompt 1 has “content”"),
        (("prompts", 0, "messages", 0, "images", 0), "datas", "image 1 of message 1 of prompt 1 has “datas”"),
        (("cases", 0), "check", "case 1 has “check”, which is no field there. Did you mean checks?"),
        (("cases", 0), "expected", "case 1 has “expected”"),
        (("cases", 0, "messages", 0), "Text", "message 1 of case 1 has “Text”"),
        (("cases", 0, "checks", 0), "wieght", "check 1 of case 1 has “wieght”"),
        (("cases", 0, "checks", 0, "arguments"), "checks", "arguments of check 1 of case 1 has “checks”"),
        (("checks", 0), "Not", "check 1 has “Not”, which is no field there. Did you mean not?"),
        (("checks", 0, "arguments"), "ignorecase", "arguments of check 1 has “ignorecase”"),
        (("checks", 0, "extract"), "argument", "extract of check 1 has “argument”"),
        (("checks", 0, "extract", "arguments"), "whch", "arguments of extract of check 1 has “whch”"),
        (("checks", 1, "checks", 0), "not ", "check 1 of check 2 has “not”"),
        (("checks", 1, "checks", 0, "arguments"), "values", "arguments of check 1 of check 2 has “values”"),
        (("models", 0), "parameter", "model 1 has “parameter”"),
        (("models", 0, "parameters"), "temprature", "parameters of model 1 has “temprature”"),
        (("parameters",), "api_key", "parameters has “api_key”"),
        (("left_out", 0), "reason", "left_out 1 has “reason”"),
    ],
)
def test_a_misspelt_field_of_our_own_file_is_refused_with_its_place(
    path: tuple[str | int, ...], name: str, told: str
) -> None:
    SCHEMA.validate(WHOLE)
    evaluation_from_json(WHOLE)
    broken = json.loads(json.dumps(WHOLE))
    at(broken, path)[name] = 1
    with pytest.raises(RequestError) as raised:
        read_file("cases.yml", yaml.safe_dump(broken))
    assert told in str(raised.value)
    # What a kind's arguments are called stands in the documentation, not in the schema.
    if "arguments" not in path:
        assert not SCHEMA.is_valid(broken)


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        ({"prompts": [{"system": ["Be brief."]}]}, "system of prompt 1 is “['Be brief.']”; write a text"),
        ({"cases": [{"messages": [{"text": 5}]}]}, "text of message 1 of case 1 is “5”; write a text"),
        (
            {"checks": [{**CHECK, "checks": [CHECK]}]},
            "check 1 is “contains” and has checks; only a group has",
        ),
    ],
)
def test_what_would_mean_nothing_in_our_own_file_is_refused(broken: dict[str, Any], told: str) -> None:
    with pytest.raises(RequestError) as raised:
        evaluation_from_json(WHOLE | broken)
    assert told in str(raised.value)


def secrets() -> Iterator[str]:
    for name in FILES:
        for line in (FOLDER / name).read_text().splitlines():
            for text in ("hf_thisIsNoKey", "thisIsNoKeyBut", "sk-this-is-no-key", "guest=yes"):
                if text in line:
                    yield name


@pytest.mark.parametrize("name", sorted(set(secrets())))
def test_no_key_of_a_file_is_taken_or_quoted(name: str) -> None:
    text = write_json(evaluation_to_json(read(name)))
    assert "NoKey" not in text
    assert "no-key" not in text
    assert "guest=yes" not in text
