"""Keys of other tools' files that mean nothing here: each is listed with its place, none is dropped."""

from __future__ import annotations

import json
from typing import Any

import pytest

from playground.errors import RequestError
from playground.evaluate.cases.files import read_file

ASSERTION = {"type": "contains", "value": "1"}
STRING_CHECK = {
    "type": "string_check",
    "name": "same",
    "input": "{{sample.output_text}}",
    "operation": "eq",
    "reference": "1",
}


def config(**more: Any) -> dict[str, Any]:
    """A configuration of promptfoo, all of which is read."""
    return {"prompts": ["Hi"], "providers": ["openai:gpt-5"], "tests": [{"assert": [ASSERTION]}], **more}


def asserted(*assertions: Any) -> dict[str, Any]:
    return config(tests=[{"assert": list(assertions)}])


def prompt_file(**more: Any) -> dict[str, Any]:
    """A `.prompt.yml`, all of which is read."""
    messages = [{"role": "user", "content": "Hi"}]
    evaluators = [{"name": "one", "string": {"contains": "1"}}]
    return {"model": "openai/gpt-5", "messages": messages, "evaluators": evaluators, **more}


def an_eval(check: Any = STRING_CHECK, **source: Any) -> dict[str, Any]:
    content = [{"item": {"q": "1"}}]
    held = {"type": "completions", "source": {"type": "file_content", "content": content}, **source}
    return {"object": "eval", "testing_criteria": [check], "data_source": held}


@pytest.mark.parametrize("value", [config(), prompt_file(), an_eval()])
def test_of_what_is_read_whole_nothing_is_listed(value: dict[str, Any]) -> None:
    assert read_file("a.json", json.dumps(value)).left_out == ()


@pytest.mark.parametrize(
    ("value", "place"),
    [
        (config(promts=["Hi"]), "promts"),
        (asserted({**ASSERTION, "not": True}), "tests[0].assert[0].not"),
        (asserted({**ASSERTION, "wieght": 2}), "tests[0].assert[0].wieght"),
        (
            asserted({"type": "assert-set", "assert": [ASSERTION], "treshold": 0.5}),
            "tests[0].assert[0].treshold",
        ),
        (
            asserted({"type": "assert-set", "assert": [{**ASSERTION, "case": 1}]}),
            "tests[0].assert[0].assert[0].case",
        ),
        (
            config(
                assertionTemplates={"a": ASSERTION},
                defaultTest={"assert": [{"$ref": "#/assertionTemplates/a", "weight": 2}]},
            ),
            "defaultTest.assert[0].weight",
        ),
        (config(tests=[{"asert": [ASSERTION]}]), "tests[0].asert"),
        (config(defaultTest={"vars": "file://vars.yml"}), "defaultTest.vars"),
        (config(providers=[{"id": "openai:gpt-5", "temperature": 0}]), "providers[0].temperature"),
        (config(providers=[{"id": "openai:gpt-5", "config": ["temperature"]}]), "providers[0].config"),
        (config(prompts=[{"raw": "Hi", "config": {"temperature": 0}}]), "prompts[0].config"),
        (config(evaluateOptions=["repeat"]), "evaluateOptions"),
        (
            config(tests=None, scenarios=[{"config": [{"vars": {"a": 1}, "assert": [1]}], "tests": [{}]}]),
            "scenarios[0].config[0].assert",
        ),
        (
            config(tests=None, scenarios=[{"config": [{"vars": {"a": 1}}], "tests": [{}], "test": [{}]}]),
            "scenarios[0].test",
        ),
        (prompt_file(evaluator=[]), ""),
        (prompt_file(evaluator=["contains"]), "evaluator"),
        (prompt_file(evaluators=[{"string": {"contains": "1"}, "not": True}]), "evaluators[0].not"),
        (prompt_file(evaluators=[{"string": {"contain": "1"}}]), "evaluators[0].string.contain"),
        (prompt_file(evaluators=[{"string": {"contains": "1"}, "uses": "x"}]), "evaluators[0].uses"),
        (prompt_file(jsonSchema="{}"), "jsonSchema"),
        (prompt_file(model={"name": "gpt-5"}), "model"),
        (prompt_file(messages=[{"role": "user", "content": "Hi", "tools": [1]}]), "messages[0].tools"),
        (an_eval({**STRING_CHECK, "ignore_case": True}), "testing_criteria[0].ignore_case"),
        (an_eval(sampling={"seed": 1}), "data_source.sampling"),
        (
            {"object": "eval", "data_source": {"source": {"type": "file_id", "id": "file-1"}}},
            "data_source.source",
        ),
    ],
)
def test_a_key_that_means_nothing_here_is_listed_with_its_place(value: dict[str, Any], place: str) -> None:
    left_out = read_file("a.json", json.dumps(value)).left_out
    assert [part.where for part in left_out] == ([place] if place else [])
    assert all(part.what and part.why for part in left_out)


def test_variables_of_a_default_test_that_are_no_mapping_are_refused() -> None:
    with pytest.raises(RequestError, match=r"defaultTest\.vars is “\['a'\]”; it is a mapping"):
        read_file("a.json", json.dumps(config(defaultTest={"vars": ["a"]})))
