"""Cases × prompts × models × repeats: what each cell asks, its hash, and what is refused before a run."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from playground.chat.chat import Role
from playground.chat.chat_json import chat_to_json
from playground.errors import RequestError
from playground.evaluate.evaluation import Case, Check, Evaluation, Prompt, Turn
from playground.evaluate.matrix import Cell, Matrix
from playground.run.run import Run, run_from_json

ENDPOINT = {"wire": "openai-chat", "url": "{url}", "auth": ["none", "bearer"]}
ENDPOINT["places"] = [{"name": "url", "label": "Address"}]  # type: ignore[assignment]


def model(name: str = "m", secret: str = "", **parameters: Any) -> Run:
    key = {"origin": "http://localhost:1", "auth": "bearer", "secret": secret} if secret else None
    chat = {"messages": [{"role": "user", "parts": []}], **parameters}
    return run_from_json(
        {"endpoint": ENDPOINT, "base_url": "http://localhost:1/v1", "model": name, "chat": chat, "key": key}
    )


def prompt(text: str, system: str = "") -> Prompt:
    return Prompt(name="p", system=system, messages=(Turn(role=Role.USER, text=text),))


CASES = (Case(name="1", variables={"q": "one", "n": 1}), Case(name="2", variables={"q": "two", "n": [2]}))
RIGHT = Check(name="equals", arguments={"value": "{{right}}"})
EVALUATION = Evaluation(
    prompts=(prompt("Say {{q}} {{ n }}", "Be {{q}}"), prompt("{{q}}")), cases=CASES, repeats=3
)


def test_every_case_is_asked_once_before_any_a_second_time_and_the_models_in_turn() -> None:
    matrix = Matrix(EVALUATION, [model("a"), model("b")])
    cells = list(matrix.cells())
    assert len(cells) == matrix.count == 2 * 2 * 2 * 3
    assert len(set(cells)) == len(cells)
    assert [c.model for c in cells[:4]] == [0, 1, 0, 1]
    assert {c.repeat for c in cells[: len(cells) // 3]} == {0}


def test_a_cell_asks_its_prompt_with_the_variables_of_its_case_and_the_parameters_of_its_model() -> None:
    matrix = Matrix(EVALUATION, [model(temperature=0.5)])
    chat = matrix.run_of(Cell(case=1, prompt=0, model=0, repeat=0)).chat
    assert chat_to_json(chat) == {
        "messages": [{"role": "user", "parts": [{"type": "text", "text": "Say two [2]"}]}],
        "system": "Be two",
        "temperature": 0.5,
    }


def test_a_case_brings_its_own_conversation_and_system_prompt() -> None:
    turns = (Turn(role=Role.USER, text="Hi {{q}}"), Turn(role=Role.ASSISTANT, text="Hello"))
    case = Case(name="1", variables={"q": "you"}, messages=turns, system="Be brief")
    evaluation = Evaluation(prompts=(prompt("Go on", "Be long"), prompt("  ")), cases=(case,))
    matrix = Matrix(evaluation, [model()])
    chats = [matrix.run_of(cell).chat for cell in matrix.cells()]
    assert [[m.text for m in chat.messages] for chat in chats] == [
        ["Hi you", "Hello", "Go on"],
        ["Hi you", "Hello"],
    ]
    assert {chat.system for chat in chats} == {"Be brief"}


def test_what_stands_in_a_variable_is_never_filled_in_again() -> None:
    case = Case(name="1", variables={"q": "{{secret}}", "secret": "s"})
    matrix = Matrix(Evaluation(prompts=(prompt("{{q}}"),), cases=(case,)), [model()])
    assert matrix.run_of(Cell(case=0, prompt=0, model=0, repeat=0)).chat.messages[0].text == "{{secret}}"


def test_a_hash_names_what_is_asked_of_whom_and_the_time_and_never_the_key() -> None:
    cell = Cell(case=0, prompt=0, model=0, repeat=0)
    one = Matrix(EVALUATION, [model(secret="sk-a")]).hash_of(cell)
    assert Matrix(EVALUATION, [model(secret="sk-b")]).hash_of(cell) == one
    assert Matrix(replace(EVALUATION, checks=(Check(name="equals"),)), [model()]).hash_of(cell) == one
    others = [
        Matrix(EVALUATION, [model("other")]).hash_of(cell),
        Matrix(EVALUATION, [model(temperature=0.1)]).hash_of(cell),
        *(
            Matrix(EVALUATION, [model()]).hash_of(replace(cell, **at))
            for at in ({"case": 1}, {"prompt": 1}, {"repeat": 1})
        ),
    ]
    assert len({one, *others}) == 6


@pytest.mark.parametrize(
    ("evaluation", "models", "told", "field"),
    [
        (replace(EVALUATION, cases=()), [model()], "there are no cases", "cases"),
        (replace(EVALUATION, prompts=()), [model()], "there is no prompt", ""),
        (EVALUATION, [], "no model is chosen", "models"),
        (
            replace(EVALUATION, prompts=(prompt("{{who}}"),)),
            [model()],
            r"the prompt “p” has \{\{who\}\}, and case “1” has no column of that name \(it has q, n\)",
            "prompt 1",
        ),
        (
            replace(EVALUATION, checks=(RIGHT,)),
            [model()],
            r"the check “equals” has \{\{right\}\}, and case “1” has no column of that name",
            "check 1 value",
        ),
        (
            replace(
                EVALUATION, checks=(Check(name="group", checks=(Check(name="group", checks=(RIGHT,)),)),)
            ),
            [model()],
            r"the check “equals” has \{\{right\}\}, and case “1” has no column of that name",
            "check 1.1.1 value",
        ),
        (
            replace(
                EVALUATION, cases=(*CASES, Case(name="3", variables=CASES[0].variables, checks=(RIGHT,)))
            ),
            [model()],
            r"the check “equals” has \{\{right\}\}, and case “3” has no column of that name",
            "case 3",
        ),
        (
            replace(EVALUATION, prompts=(EVALUATION.prompts[0], prompt(" "))),
            [model()],
            "is empty",
            "prompt 2",
        ),
        (
            replace(EVALUATION, cases=CASES * 50_000),
            [model()] * 12,
            r"these are 7,200,000 requests; at most",
            "",
        ),
    ],
)
def test_what_cannot_be_asked_is_refused_before_anything_is_sent(
    evaluation: Evaluation, models: list[Run], told: str, field: str
) -> None:
    with pytest.raises(RequestError, match=told) as caught:
        Matrix(evaluation, models)
    assert caught.value.field == field
