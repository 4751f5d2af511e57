"""Cells asked and judged: each once, not too many at an address, and all ended where a run is stopped."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, Callable
from dataclasses import replace
from typing import Any

from playground.catalog.endpoints import Wire
from playground.chat.adapters.request import Request
from playground.chat.events import Cause, Event, Failed, Finished, Reason, TextDelta
from playground.evaluate.checks.check import Answer
from playground.evaluate.checks.judging import judged
from playground.evaluate.checks.table import checks_to_json
from playground.evaluate.evaluation import Case, Check
from playground.evaluate.evaluation_json import evaluation_to_json
from playground.evaluate.matrix import Matrix
from playground.evaluate.page_evaluation import PageEvaluation
from playground.evaluate.running import Result, ask_cell, result_to_json
from playground.evaluate.scheduling.connections import HTTP1
from playground.evaluate.scheduling.flow import FIRST_WINDOW
from playground.evaluate.scheduling.scheduler import Scheduler
from tests.playground.evaluate.test_matrix import EVALUATION, model

FINISHED = Finished(reason=Reason.STOP, said="stop")


class Server:
    """Answers with the last message; counts what is open at once for each address."""

    def __init__(self, answer: Callable[[str], Event] | None = None, pause: float = 0.001) -> None:
        self.asked: list[str] = []
        self.open: Counter[str] = Counter()
        self.most: Counter[str] = Counter()
        self.closed = 0
        self._answer = answer or (lambda text: TextDelta(text=text))
        self._pause = pause

    async def send(self, request: Request, _: Wire) -> AsyncGenerator[Event]:
        text = request.body["messages"][-1]["content"]
        self.asked.append(text)
        self.open[request.url] += 1
        self.most[request.url] = max(self.most[request.url], self.open[request.url])
        try:
            await asyncio.sleep(self._pause)
            event = self._answer(text)
            yield event
            if not isinstance(event, Failed):
                yield FINISHED
        finally:
            self.open[request.url] -= 1
            self.closed += 1


def run(matrix: Matrix, server: Server) -> list[Result]:
    results: list[Result] = []

    async def main() -> None:
        clock = asyncio.get_running_loop().time
        own = [matrix.cells_of(place) for place in range(len(matrix.models))]
        asked = lambda cell: ask_cell(matrix, cell, server.send, clock)  # noqa: E731
        await Scheduler(matrix.models, own, asked, results.append, clock).run()

    asyncio.run(main())
    return results


def test_every_cell_is_asked_once_and_judged_by_the_checks_of_all_and_of_its_case() -> None:
    own = replace(EVALUATION.cases[0], checks=(Check(name="equals", arguments={"value": "{{q}}"}),))
    evaluation = replace(
        EVALUATION,
        cases=(own, EVALUATION.cases[1]),
        checks=(Check(name="contains", arguments={"value": "{{q}}"}),),
    )
    matrix = Matrix(evaluation, [model("a"), model("b")])
    results = run(matrix, Server())
    assert sorted(r.hash for r in results) == sorted({matrix.hash_of(cell) for cell in matrix.cells()})
    verdicts = {(r.cell.case, r.cell.prompt): [v.passed for v in r.judgement.verdicts] for r in results}
    assert verdicts == {(0, 0): [True, False], (0, 1): [True, True], (1, 0): [True], (1, 1): [True]}


def test_an_address_has_only_so_many_requests_at_once() -> None:
    matrix = Matrix(replace(EVALUATION, repeats=10), [model("a"), model("b")])
    server = Server()
    assert len(run(matrix, server)) == matrix.count == 80
    assert set(server.most.values()) == {HTTP1}


def test_a_failure_has_its_words_and_no_verdict() -> None:
    failed = Failed(cause=Cause.REQUEST, message="no such model", status=404)
    evaluation = replace(EVALUATION, checks=(Check(name="contains", arguments={"value": "x"}),))
    results = run(Matrix(evaluation, [model()]), Server(lambda _: failed))
    assert {(r.failure, r.judgement.verdicts) for r in results} == {
        ("Failed (bad request, 404): no such model", ())
    }
    assert result_to_json(results[0])["verdicts"] == []


def test_an_answer_with_no_text_says_how_it_ended() -> None:
    results = run(Matrix(EVALUATION, [model()]), Server(lambda _: TextDelta(text=" ")))
    assert {result_to_json(r)["empty"] for r in results} == {
        "Finished: the model answered with no text (stop)"
    }
    assert "empty" not in result_to_json(run(Matrix(EVALUATION, [model()]), Server())[0])


def test_a_run_that_is_stopped_closes_every_connection_and_says_so() -> None:
    told: list[tuple[str, Any]] = []

    async def stopped() -> Server:
        server = Server(pause=60)
        message = {"evaluation": evaluation_to_json(EVALUATION), "models": [MODEL]}
        task = asyncio.ensure_future(
            PageEvaluation(server.send, lambda kind, **values: told.append((kind, values))).run(message)
        )
        while len(server.asked) < FIRST_WINDOW:
            await asyncio.sleep(0)
        task.cancel()
        await task
        return server

    server = asyncio.run(stopped())
    assert server.closed == len(server.asked) == FIRST_WINDOW
    assert [kind for kind, _ in told] == ["planned", "progress", "evaluated"]
    assert (told[0][1], told[-1][1]) == ({"cells": 12}, {"stopped": True})


MODEL = {
    "endpoint": {
        "wire": "openai-chat",
        "url": "{url}",
        "auth": ["none"],
        "places": [{"name": "url", "label": "Address"}],
    },
    "base_url": "http://localhost:1/v1",
    "model": "m",
    "chat": {"messages": [], "temperature": 0.5},
}


def test_what_the_page_asks_wrongly_is_refused_in_words() -> None:
    def words(**parts: Any) -> str:
        told: list[tuple[str, Any]] = []
        message = {"evaluation": evaluation_to_json(EVALUATION), "models": [MODEL], **parts}
        tell = lambda kind, **values: told.append((kind, values))  # noqa: E731
        asyncio.run(PageEvaluation(Server().send, tell).run(message))
        ((kind, values),) = told
        assert kind == "refused"
        return str(values["message"])

    assert "no model is chosen" in words(models=[{**MODEL, "model": ""}])
    unknown = replace(EVALUATION, checks=(Check(name="nonsense"),))
    assert "the check 'nonsense' is not known" in words(evaluation=evaluation_to_json(unknown))
    assert "almanac_evaluation is None" in words(evaluation={})


def test_checks_pass_and_fail_for_what_stands_in_the_answer() -> None:
    case = Case(name="1", variables={"right": "Lima", "n": 3})
    answers = {
        ("equals", "{{right}}", False): {" Lima\n": True, "lima": False, "Lima.": False},
        ("equals", "{{right}}", True): {"LIMA": True, "Lima.": False},
        ("contains", "{{right}}", False): {"It is Lima.": True, "It is lima.": False},
        ("contains", "{{n}} cats", True): {"I see 3 Cats": True, "3 dogs": False},
    }
    for (name, value, ignore_case), outcomes in answers.items():
        for text, passed in outcomes.items():
            for negated in (False, True):
                check = Check(
                    name=name, arguments={"value": value, "ignore_case": ignore_case}, negated=negated
                )
                verdict = judged(Answer(text=text), check, case.variables)
                assert verdict.passed == (passed != negated), (name, value, text, negated)
                assert verdict.reason


def test_every_kind_of_check_has_a_label_and_fields_that_say_what_they_want() -> None:
    for kind in checks_to_json():
        assert kind["name"]
        assert kind["label"]
        assert all(field["label"] and field["kind"] for field in kind["fields"])
