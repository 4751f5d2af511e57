"""Files and pasted texts of cases: every form that is read, and words for what is not of one."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from playground.errors import RequestError
from playground.evaluate.cases.files import read_file
from playground.evaluate.cases.github_prompt import PROVIDERS as PUBLISHERS
from playground.evaluate.cases.promptfoo.providers import PROVIDERS
from playground.evaluate.evaluation import Check

VARIABLES = [
    {"question": "Capital of Peru?", "expected": "Lima"},
    {"question": "a, b", "expected": 'say "x"'},
]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", 'question,expected\nCapital of Peru?,Lima\n"a, b","say ""x"""\n'),
        ("a.csv", '\ufeffquestion;expected\r\nCapital of Peru?;Lima\r\n\r\na, b;"say ""x"""'),
        ("a.csv", '\ufeffsep=;\r\nquestion;expected\r\nCapital of Peru?;Lima\r\na, b;"say ""x"""\r\n'),
        ("a.csv", 'SEP=|\nquestion|expected\nCapital of Peru?|Lima\na, b|"say ""x"""\n'),
        ("", 'question\texpected\nCapital of Peru?\tLima\na, b\tsay "x"'),
        ("a.json", json.dumps(VARIABLES)),
        ("a.json", json.dumps({"cases": VARIABLES}, indent=1)),
        ("a.jsonl", "\n".join(map(json.dumps, VARIABLES)) + "\n\n"),
        ("", "\n".join(map(json.dumps, VARIABLES))),
        ("a.yaml", yaml.safe_dump(VARIABLES)),
        ("", yaml.safe_dump(VARIABLES)),
    ],
)
def test_cases_are_read_from_every_plain_form(name: str, text: str) -> None:
    assert [dict(case.variables) for case in read_file(name, text).cases] == VARIABLES


def test_text_of_yaml_is_read_as_version_1_2_says() -> None:
    text = "- {a: no, b: 1:30, c: 2024-01-02, d: 0o17, e: true, f: What is it?, g: ~}"
    (case,) = read_file("a.yml", text).cases
    assert case.variables == {
        "a": "no",
        "b": "1:30",
        "c": "2024-01-02",
        "d": 15,
        "e": True,
        "f": "What is it?",
        "g": None,
    }


BOMB = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 10)
)
MERGES = "a0: &a0 {k0: 1, k1: 2}\n" + "".join(
    f"a{n}: &a{n}\n  <<: [{','.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 12)
)
#: A test of promptfoo's that stands for 10,000 cases.
MANY = json.dumps({"vars": {"a": list(range(100)), "b": list(range(100))}})


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("a.csv", "", "there is nothing in it"),
        ("a.csv", "a,b\n", "names its columns and has no case"),
        ("a.csv", "a,a\n1,2", "two columns are called 'a'"),
        ("a.csv", "a,\n1,2", "column 2 has no name"),
        ("a.csv", "a,b\n1,2,3", "line 2 has 3 cells and the first line names 2 columns"),
        ("a.csv", "sep=;\na;b\n1;2;3\n", "line 3 has 3 cells"),
        (
            "a.csv",
            "q,\u202ea\n1,2\n",
            "column 2 has a character that nobody sees .U.202E",
        ),
        ("a.csv", "\u200bq,a\n1,2\n", "column 1 has a character that nobody sees .U.200B"),
        ("a.csv", 'a,b\n1,2\n"3,4\n5,6\n', "line 3 opens a quotation mark that nothing closes"),
        ("a.csv", 'a,b\n"1\n\n2","3\n', "line 2 opens a quotation mark that nothing closes"),
        ("a.json", "{", "this is no JSON"),
        ("a.jsonl", '{"a": 1}\n{"a": ', "line 2 is no JSON"),
        ("a.json", "[1]", "case 1 is “1”; write an object"),
        ("a.json", "[]", "the list is empty"),
        ("a.json", '{"a": 1}', r"no form that is known here \(it has a\)"),
        ("a.json", "[" * 100_000, "this is no JSON: JSON nested more than 200 deep"),
        ("a.yml", "a: [", "this is no YAML: .* line 1, column 5"),
        ("a.yml", "a: 1\na: 2", 'duplicate key "a"'),
        ("a.yml", "[" * 5000, "nested more than 100 deep"),
        ("a.yml", "- &a [*a]", "or within itself"),
        ("a.yml", "!!python/object/apply:os.system ['true']", "could not determine a constructor"),
        ("a.yml", BOMB, "stands for more than 300,000 values"),
        ("a.yml", MERGES, "merges itself into more values"),
        ("a.yml", "- " + "x" * 600_000, "save it as CSV or JSONL"),
        ("a.csv", "a\n" + "x\n" * 1_000_000, "more than 100,000 cases"),
        ("a.csv", ",".join(map(str, range(100_000))), "100,000 columns; at most 1,000 are read"),
        ("a.jsonl", '{"a": 1}\n' * 1_000_000, "1,000,000 lines"),
        ("a.json", '{"tests": [' + ",".join([MANY] * 11) + '], "prompts": ["x"]}', "more than 100,000 cases"),
        ("a.xlsx", "PK\3\4\0\0", "this is no text"),
        ("a.json", '{"almanac_evaluation": 2}', "almanac_evaluation is 2; this page reads version 1"),
    ],
)
def test_what_is_not_of_a_form_is_refused_with_what_was_seen(name: str, text: str, told: str) -> None:
    begun = time.perf_counter()
    with pytest.raises(RequestError, match=told):
        read_file(name, text)
    assert time.perf_counter() - begun < 30


CHAT = [{"role": "system", "content": "Be kind"}, {"role": "user", "content": "Hello {{who}}"}]


@pytest.mark.parametrize("number", ["NaN", "-Infinity", "1e400", "-1e400", "9" * 400, "1" * 5000])
@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        ("a.json", '[{"q": %s, "a": "%s"}]', "line 1, column 8"),
        ("a.json", '[\n {"q": "%s"},\n {"q": [0, %s]}\n]', "line 3, column 12"),
        ("a.jsonl", '{"q": 1, "a": "\\"%s"}\n\n{"q": %s}', "line 3, column 7"),
        ("a.jsonl", '{"q": %s, "a": "%s"}\n{"q": 1}', "line 1, column 7"),
        ("", '{"q": 1}\n{"q": %s, "a": "%s"}', "line 2, column 7"),
        (
            "a.json",
            '{"almanac_evaluation": 1, "cases": [{"variables": {"q": "%s", "a": %s}}]}',
            "line 1, col",
        ),
    ],
)
def test_a_number_that_no_value_holds_is_refused_with_its_place(
    name: str, text: str, place: str, number: str
) -> None:
    with pytest.raises(RequestError) as raised:
        read_file(name, text.replace("%s", number))
    assert str(raised.value).startswith(place)
    assert f" has {number[:12]}" in str(raised.value)
    assert str(raised.value).endswith(("write null or a text", "write it as a text"))


@pytest.mark.parametrize(
    "number", [".nan", ".inf", "-.INF", "1e400", "1.5e+400", "9" * 400, "1" * 5000, "0x" + "f" * 400]
)
@pytest.mark.parametrize(
    ("text", "place"),
    [("- {q: '%s', a: %s}", "line 1, column"), ("- q: 1\n- a:\n  - %s", "line 3, column 5")],
)
def test_a_number_of_yaml_that_no_value_holds_is_refused_with_its_place(
    text: str, place: str, number: str
) -> None:
    with pytest.raises(RequestError) as raised:
        read_file("a.yml", text.replace("%s", number))
    assert str(raised.value).startswith(place)
    assert f" has {number[:12]}" in str(raised.value)


def test_numbers_that_are_texts_or_large_stay_as_they_are() -> None:
    text = '[{"a": "NaN", "b": "1e400", "c": 1e308, "d": -0.0, "e": 12345678901234567890}]'
    (case,) = read_file("a.json", text).cases
    assert case.variables == json.loads(text)[0]
    assert read_file("a.yml", text).cases == read_file("", text).cases == (case,)


def test_what_stands_beside_a_list_of_cases_is_listed() -> None:
    text = json.dumps({"name": "n", "cases": VARIABLES, "check": [{"name": "equals"}], "repeats": 3})
    left_out = read_file("a.json", text).left_out
    assert [(part.where, part.why) for part in left_out] == [
        (key, "only the cases under cases are taken") for key in ("check", "repeats")
    ]
    with pytest.raises(
        RequestError, match=r"it has prompts and checks beside cases.*write almanac_evaluation"
    ):
        read_file("a.json", json.dumps({"almanac_evalution": 1, "prompts": [], "checks": [], "cases": []}))


def test_a_line_with_messages_is_a_case_with_a_conversation() -> None:
    line = json.dumps({"input": CHAT, "ideal": "Hi", "who": "Ann"})
    (case,) = read_file("a.jsonl", line).cases
    assert (case.system, [turn.text for turn in case.messages]) == ("Be kind", ["Hello {{who}}"])
    assert case.variables == {"ideal": "Hi", "who": "Ann"}


PNG = "data:image/png;base64,iVBORw0KGgo="


def test_an_image_within_a_file_is_asked_and_one_elsewhere_is_named() -> None:
    def image(url: str) -> dict[str, Any]:
        return {"type": "image_url", "image_url": {"url": url}}

    here = [{"role": "user", "content": [{"type": "text", "text": "What?"}, image(PNG)]}]
    there = [{"role": "user", "content": [image("https://example.org/a.png")]}]
    source = {"type": "base64", "media_type": "image/png", "data": PNG.partition(",")[2]}
    anthropics = [{"role": "user", "content": [{"type": "image", "source": source}]}]
    linked = [{"role": "user", "content": [{"type": "image", "source": {"type": "url", "url": "https://x"}}]}]
    cases = [{"messages": messages} for messages in (here, there, anthropics, linked)]
    evaluation = read_file("a.json", json.dumps(cases))
    of_cases = [[image.media_type for image in case.messages[0].images] for case in evaluation.cases]
    assert of_cases == [["image/png"], ["image/png"]]
    assert [part.where for part in evaluation.left_out] == ["case 2.messages[0]", "case 4.messages[0]"]


EVAL = {
    "object": "eval",
    "name": "Support",
    "testing_criteria": [
        {
            "type": "string_check",
            "operation": "ilike",
            "input": "{{ sample.output_text }}",
            "reference": "{{item.right}}",
        },
        {"type": "string_check", "operation": "ne", "input": "{{sample.output_text}}", "reference": "no"},
        {"type": "score_model", "model": "gpt-5", "input": []},
    ],
}
RUN = {
    "object": "eval.run",
    "data_source": {
        "type": "completions",
        "model": "gpt-5",
        "sampling_params": {"temperature": 0.2, "max_completions_tokens": 9},
        "input_messages": {
            "type": "template",
            "template": [
                {"role": "developer", "content": "Be {{item.tone}}"},
                {"role": "user", "content": {"type": "input_text", "text": "{{ item.q }}"}},
            ],
        },
        "source": {
            "type": "file_content",
            "content": [{"item": {"q": "1?", "right": "one", "tone": "brief"}}],
        },
    },
}
ITEM = {
    "object": "eval.run.output_item",
    "datasource_item": {"q": "2?", "right": "two", "tone": "long"},
    "sample": {},
}


@pytest.mark.parametrize(
    "text",
    [
        json.dumps([EVAL, RUN, ITEM]),
        json.dumps({**EVAL, "runs": [{**RUN, "output_items": [ITEM]}]}),
        "\n".join(map(json.dumps, (EVAL, RUN, ITEM))),
    ],
)
def test_an_eval_of_openai_is_read_with_its_run_and_items(text: str) -> None:
    evaluation = read_file("export.json", text)
    (prompt,) = evaluation.prompts
    assert (prompt.system, [turn.text for turn in prompt.messages]) == ("Be {{tone}}", ["{{q}}"])
    assert [case.variables["q"] for case in evaluation.cases] == ["1?", "2?"]
    assert evaluation.checks == (
        Check(name="contains", arguments={"value": "{{right}}", "ignore_case": True}),
        Check(name="equals", arguments={"value": "no", "exact": True}, negated=True),
    )
    assert evaluation.parameters == {"temperature": 0.2, "max_tokens": 9}
    assert [part.where for part in evaluation.left_out] == ["testing_criteria[2]"]


def test_items_of_openai_may_hold_the_messages_themselves() -> None:
    run: dict[str, Any] = json.loads(json.dumps(RUN))
    run["data_source"]["input_messages"] = {"type": "item_reference", "item_reference": "item.chat"}
    run["data_source"]["source"]["content"] = [{"item": {"chat": CHAT, "right": "Hi"}}]
    (case,) = read_file("a.json", json.dumps(run)).cases
    assert (case.system, case.variables) == ("Be kind", {"right": "Hi"})


def test_a_table_of_promptfoo_has_its_assertions_in_columns() -> None:
    text = "q,__expected,__expected2,__description\n1?,one,contains: o,first\n"
    text += "2?,javascript: output,not-icontains: X,\n"
    evaluation = read_file("tests.csv", text)
    assert [(case.name, dict(case.variables)) for case in evaluation.cases] == [
        ("first", {"q": "1?"}),
        ("2", {"q": "2?"}),
    ]
    assert [case.checks for case in evaluation.cases] == [
        (
            Check(name="equals", arguments={"value": "one", "exact": True}),
            Check(name="contains", arguments={"value": "o"}),
        ),
        (Check(name="contains", arguments={"value": "X", "ignore_case": True}, negated=True),),
    ]
    assert [part.where for part in evaluation.left_out] == ["case 2.__expected[0]"]


def test_lists_of_variables_are_every_combination_and_scenarios_every_row_with_every_test() -> None:
    text = """
    prompts: ["{{a}} {{b}} {{c}}"]
    tests:
      - vars: {a: [1, 2], b: [x, y], c: z}
      - vars: {a: [1, 2], b: b, c: c}
        options: {disableVarExpansion: true}
    scenarios: [{config: [{vars: {a: s}}, {vars: {a: t}}], tests: [{vars: {b: u, c: v}}]}]
    """
    cases = read_file("a.yaml", text).cases
    assert [tuple(case.variables.values()) for case in cases] == [
        (1, "x", "z"),
        (1, "y", "z"),
        (2, "x", "z"),
        (2, "y", "z"),
        ([1, 2], "b", "c"),
        ("s", "u", "v"),
        ("t", "u", "v"),
    ]


def test_every_provider_that_a_name_stands_for_is_one_of_the_catalog() -> None:
    known = {row["id"] for row in yaml.safe_load(Path("docs/catalog/providers.yml").read_text())}
    assert {*PROVIDERS.values(), *PUBLISHERS.values()} <= known
