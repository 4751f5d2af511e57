"""Test connection at a server of the reader's own: what it finds with a model chosen, and with none."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Mapping

import pytest

from playground.catalog.endpoints import Auth, Endpoint, Wire
from playground.catalog.prices import Price
from playground.chat.adapters.request import Request
from playground.chat.chat import Chat, user
from playground.chat.events import Cause, Event, Failed, Finished, Reason, TextDelta
from playground.chat.target import Target
from playground.run.explain import Situation
from playground.run.probe import probe
from playground.run.run import Run
from tests import running

OWN = Endpoint(wire=Wire.OPENAI_CHAT, url="{url}", auth=(Auth.NONE,))
TWO = '{"data": [{"id": "a"}, {"id": "b"}]}'


async def send(request: Request, wire: Wire) -> AsyncGenerator[Event]:
    yield TextDelta(text="ok")
    yield Finished(reason=Reason.STOP)


def steps_at(
    url: str,
    answers: Mapping[str, str],
    *,
    has_model: bool,
    endpoint: Endpoint = OWN,
    fails: Exception | None = None,
    send: Callable[[Request, Wire], AsyncGenerator[Event]] = send,
    up: bool = True,
) -> list[str]:
    """The steps, each as `name ok: seen`."""

    async def get(url: str, headers: Mapping[str, str]) -> tuple[int, str]:
        if fails:
            raise fails
        if answers.get(url) == "401":
            return 401, ""
        return (200, answers[url]) if url in answers else (404, "")

    async def reach(url: str) -> bool:
        return up

    async def steps() -> list[str]:
        target = Target(endpoint=endpoint, model="a", base_url=url)
        situation = Situation(endpoint=endpoint, url=target.url, page="http://localhost:8000")
        run = Run(chat=Chat(messages=(user("Hi"),)), target=target, price=Price(), situation=situation)
        asked = probe(run, send, reach, get, has_model=has_model)
        return [f"{step.name} {step.ok}: {step.seen}" async for step in asked]

    return running.run(steps())


def test_without_a_model_the_server_is_asked_for_its_models() -> None:
    *_, models, answer, key = steps_at("http://own/v1", {"http://own/v1/models": TWO}, has_model=False)
    assert models == "Models True: The server lists 2 models: a, b."
    assert answer == "Answer None: Nothing was asked: choose a model, then test again."
    assert key == "Key None: None is entered; whether one is needed is not known yet."


def test_an_address_without_its_version_is_a_problem_with_its_answer() -> None:
    *_, models, _, _ = steps_at("http://own", {"http://own/v1/models": TWO}, has_model=False)
    assert models.startswith("Models False: The server lists 2 models: a, b.")
    assert models.endswith("They stand at http://own/v1: use that address.")


def test_without_a_model_a_list_that_does_not_come_is_a_problem() -> None:
    *_, models, _, _ = steps_at(
        "http://own/v1", {"http://own/v1/models": "<title>Sign in</title>"}, has_model=False
    )
    assert models.startswith("Models False: None listed: http://own/v1/models answered with a web page")
    *_, models, _, _ = steps_at(
        "http://own/v1", {}, has_model=False, fails=ConnectionError("Failed to fetch")
    )
    assert "did not answer this page. The server does not allow this page (CORS): " in models
    assert "No server is running" not in models  # something answered


def test_with_a_model_the_server_is_asked_for_both() -> None:
    names = [step.split(":")[0] for step in steps_at("http://own/v1", {}, has_model=True)]
    assert names[2:] == ["Models None", "CORS True", "Stream True", "Answer True", "Key True"]


async def refuse(request: Request, wire: Wire) -> AsyncGenerator[Event]:
    yield Failed(cause=Cause.NO_KEY, message="No", status=401)


async def nowhere(request: Request, wire: Wire) -> AsyncGenerator[Event]:
    yield Failed(cause=Cause.UNREACHABLE, message="Failed to fetch")


def test_of_a_key_there_is_one_verdict_once_the_server_has_answered() -> None:
    steps = steps_at("http://own/v1", {"http://own/v1/models": "401"}, has_model=True, send=refuse)
    assert [step for step in steps if "key" in step.lower()] == [
        "Models None: None listed: the server needs a key (status 401).",
        "Answer False: No (status 401). No key went along: Enter it in its field, beside the address.",
        "Key False: The server wants a key, and none is entered.",
    ]
    *_, key = steps_at("http://own/v1", {"http://own/v1/models": "401"}, has_model=False)
    assert key == "Key False: The server wants a key, and none is entered."


def test_a_closed_port_and_a_page_that_may_not_read_are_both_told_without_the_browsers_words() -> None:
    fails = ConnectionError("Failed to fetch")
    *_, answer, _ = steps_at("http://localhost:9/v1", {}, has_model=True, fails=fails, send=nowhere, up=False)
    causes = "One of two, the likeliest first: (1) No server is running there: "
    assert answer.startswith(f"Answer False: No answer reached this page. {causes}")
    assert "(2) The server does not allow this page (CORS): " in answer


@pytest.mark.parametrize("wire", [Wire.OLLAMA, Wire.ANTHROPIC_MESSAGES])
def test_of_other_servers_only_those_that_list_models_are_asked_and_only_without_one(wire: Wire) -> None:
    url = "http://localhost:11434"
    row = Endpoint(wire=wire, url=url, auth=(Auth.NONE,))
    answers = {f"{url}/api/tags": '{"models": [{"name": "a"}]}'}
    with_model = steps_at("", answers, has_model=True, endpoint=row)
    assert not any(step.startswith("Models") for step in with_model)
    without = steps_at("", answers, has_model=False, endpoint=row)
    assert without[-2].startswith("Answer None: Nothing was asked")
    assert any(step == "Models True: The server lists 1 model: a." for step in without) == (
        wire == Wire.OLLAMA
    )
