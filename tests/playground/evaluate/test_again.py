"""Run again: only what has no answer yet is asked, and old answers are judged by the checks of now."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from typing import Any

from playground.chat.events import Cause, Failed, TextDelta
from playground.evaluate.evaluation import Case, Check, Evaluation
from playground.evaluate.evaluation_json import evaluation_to_json
from playground.evaluate.page_evaluation import PageEvaluation
from tests.playground.evaluate.test_matrix import prompt
from tests.playground.evaluate.test_running import MODEL, Server

CASES = tuple(Case(name=str(n), variables={"q": f"word {n}", "right": str(n)}) for n in range(6))
EVALUATION = Evaluation(
    prompts=(prompt("Say {{q}}"),),
    cases=CASES,
    repeats=2,
    checks=(Check(name="contains", arguments={"value": "{{right}}"}),),
)


class Page:
    """What the page does: it keeps results by hash, and sends back those to be judged anew."""

    def __init__(self) -> None:
        self.results: dict[str, dict[str, Any]] = {}
        self.shown: list[dict[str, Any]] = []
        self.told: list[tuple[str, dict[str, Any]]] = []
        self.server = Server()

    def run(self, evaluation: Evaluation, *models: Any, **more: Any) -> int:
        """How many requests went out."""
        self.shown, self.told = [], []
        before = len(self.server.asked)
        run = PageEvaluation(self.server.send, lambda kind, **values: self._hear(run, kind, values))
        message = {"evaluation": evaluation_to_json(evaluation), "models": models or [MODEL], **more}
        asyncio.run(run.run(message))
        assert self.told[-1][0] == "evaluated", self.told[-1]
        return len(self.server.asked) - before

    @property
    def skip(self) -> dict[str, str]:
        return {name: row["checked"] for name, row in self.results.items() if not row["failure"]}

    def _hear(self, run: PageEvaluation, kind: str, values: dict[str, Any]) -> None:
        self.told.append((kind, values))
        if kind == "cell":
            self.results[values["cell"]["hash"]] = values["cell"]
            self.shown.append(values["cell"])
        elif kind == "judged":
            self.results[values["cell"]["hash"]].update(values["cell"])
            self.shown.append(self.results[values["cell"]["hash"]])
        elif kind == "placed":
            for *places, name, current in values["cells"]:
                row = self.results[name]
                row.update(zip(("case", "prompt", "model", "repeat"), places, strict=True))
                if current:
                    self.shown.append(row)
                else:
                    asyncio.get_running_loop().call_soon(run.steer, {"judge": [row]})


def test_what_has_an_answer_is_not_asked_again() -> None:
    page = Page()
    assert page.run(EVALUATION) == 12
    assert page.run(EVALUATION, skip=page.skip) == 0
    assert len(page.shown) == 12


def test_a_case_a_model_and_a_repeat_that_come_later_are_asked_and_nothing_else() -> None:
    page = Page()
    page.run(EVALUATION)
    first = Case(name="new", variables={"q": "word new", "right": "new"})
    longer = replace(EVALUATION, cases=(first, *CASES))
    assert page.run(longer, skip=page.skip) == 2
    assert sorted(row["case"] for row in page.shown) == sorted([*range(7), *range(7)])
    assert all(row["verdicts"][0]["passed"] for row in page.shown)
    other = {**MODEL, "model": "other"}
    assert page.run(longer, other, MODEL, skip=page.skip) == 14
    assert page.run(replace(longer, repeats=3), other, MODEL, skip=page.skip) == 14
    assert page.run(EVALUATION, {**MODEL, "chat": {"messages": [], "temperature": 0.6}}, skip=page.skip) == 12


def test_a_changed_check_judges_old_answers_anew_and_asks_nothing() -> None:
    page = Page()
    page.run(EVALUATION)
    stricter = replace(EVALUATION, checks=(Check(name="equals", arguments={"value": "Say word 3"}),))
    assert page.run(stricter, skip=page.skip) == 0
    assert sorted(row["case"] for row in page.shown if row["verdicts"][0]["passed"]) == [3, 3]
    assert page.run(stricter, skip=page.skip) == 0
    assert not [kind for kind, _ in page.told if kind == "judged"]


def test_only_what_failed_is_asked_where_the_reader_says_so() -> None:
    page = Page()
    page.run(EVALUATION)
    failed = list(page.results)[:3]
    for name in failed:
        page.results[name]["failure"] = "Failed (timeout): no answer"
    assert page.run(EVALUATION, skip=page.skip, only=failed) == 3
    assert page.run(replace(EVALUATION, repeats=4), skip=page.skip, only=failed) == 0


def test_the_page_hears_what_a_run_costs_and_what_is_left() -> None:
    page = Page()
    page.run(EVALUATION, {**MODEL, "chat": {"messages": [], "max_tokens": 9}, "prices": {"price.input": "1"}})
    report = [values for kind, values in page.told if kind == "progress"][-1]
    assert (report["left"], report["in_flight"], report["stopped"]) == (0, 0, [])
    assert (report["spent"], report["unknown"]) == (0, 12)


def test_a_budget_that_is_no_number_is_refused_in_words() -> None:
    told: list[Any] = []
    message = {"evaluation": evaluation_to_json(EVALUATION), "models": [MODEL], "budget": "two"}
    run = PageEvaluation(Server().send, lambda kind, **values: told.append((kind, values)))
    asyncio.run(run.run(message))
    refused = {"message": "the budget is 'two'; write US dollars, such as 2.50", "field": "budget"}
    assert told == [("refused", refused)]


def test_a_model_without_a_price_does_not_run_under_a_budget_unless_it_may() -> None:
    page = Page()
    assert page.run(EVALUATION, budget="1") == 0
    (stopped,) = [values for kind, values in page.told if kind == "progress"][-1]["stopped"]
    assert stopped["why"].startswith("No price is known")
    assert (stopped["field"], stopped["advice"]) == ("", [])
    assert page.run(EVALUATION, budget="1", unpriced=True) == 12


def test_a_model_whose_key_is_refused_names_the_field_and_what_to_do() -> None:
    page = Page()
    page.server = Server(lambda _: Failed(cause=Cause.KEY, message="Incorrect key", status=401))
    assert page.run(EVALUATION) < 12
    (stopped,) = [values for kind, values in page.told if kind == "progress"][-1]["stopped"]
    assert stopped["why"] == "Not asked any more (wrong key, 401): Incorrect key"
    assert stopped["field"] == "key"
    (advice,) = stopped["advice"]
    assert advice["cause"] == "The provider does not accept this key"
    assert advice["fix"]


def test_an_answer_of_before_is_judged_by_all_that_was_stored_of_it() -> None:
    page = Page()
    page.run(EVALUATION)
    stored = next(iter(page.results.values()))
    stored |= {"calls": [{"name": "f", "arguments": '{"x": 1}'}], "tokens": 7, "cost": 0.5, "refused": True}
    checks = (
        Check(name="tool_call", arguments={"tool": "f", "arguments": {"x": 1}}),
        Check(name="length", arguments={"unit": "tokens", "at_most": 7}),
        Check(name="cost", arguments={"at_most": 0.4}),
        Check(name="refusal"),
    )
    assert page.run(replace(EVALUATION, checks=checks, needed=0.75), skip=page.skip) == 0
    assert [verdict["passed"] for verdict in stored["verdicts"]] == [True, True, False, True]
    assert stored["passed"] is True


def test_allowing_code_judges_answers_of_before_by_it() -> None:
    page = Page()
    code = replace(EVALUATION, checks=(Check(name="code_tests", arguments={"tests": "assert True"}),))
    page.run(code)
    assert {row["passed"] for row in page.results.values()} == {None}
    assert page.run(code, skip=page.skip, allow_code=True) == 0
    reasons = {row["verdicts"][0]["reason"] for row in page.results.values()}
    assert reasons == {"it was not run: there is nowhere to shut it in"}
    # Where no check runs code, it does not matter.
    page = Page()
    page.run(EVALUATION)
    page.run(EVALUATION, skip=page.skip, allow_code=True)
    assert not [kind for kind, _ in page.told if kind == "judged"]


def test_cases_that_ask_the_same_are_each_judged_anew_however_long_one_takes() -> None:
    twins = tuple(Case(name=n, variables={"q": "same", "n": n}) for n in "12")
    check = Check(name="code_tests", arguments={"tests": "assert {{n}}"})
    page = Page()
    evaluation = replace(EVALUATION, cases=twins, repeats=1, checks=(check,))
    page.server = Server(lambda _: TextDelta(text="```python\nx = 1\n```"))
    assert page.run(evaluation) == 2
    judged: list[int] = []

    async def slowly(job: dict[str, Any]) -> str:
        await asyncio.sleep(0.1 if "2" in job["tests"] else 0)
        return json.dumps({"state": "done"})

    def hear(kind: str, **values: Any) -> None:
        if kind == "placed":
            (answer,) = page.results.values()
            names = ("case", "prompt", "model", "repeat")
            rows = [{**answer, **dict(zip(names, places, strict=False))} for places in values["cells"]]
            asyncio.get_running_loop().call_soon(run.steer, {"judge": rows})
        elif kind == "judged":
            judged.append(values["cell"]["case"])

    run = PageEvaluation(page.server.send, hear, shut_in=slowly)
    message = {"evaluation": evaluation_to_json(evaluation), "models": [MODEL], "allow_code": True}
    asyncio.run(run.run(message | {"skip": page.skip}))
    assert judged == [0, 1]
