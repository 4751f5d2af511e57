"""Test connection at a server of the reader's own: what it finds with a model chosen, and with none."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping

import pytest

from playground.catalog.endpoints import Auth, Endpoint, Wire
from playground.catalog.prices import Price
from playground.chat.adapters.request import Request
from playground.chat.chat import Chat, user
from playground.chat.events import Event, Finished, Reason, TextDelta
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


async def reach(url: str) -> bool:
    return True


def steps_at(
    url: str,
    answers: Mapping[str, str],
    *,
    has_model: bool,
    endpoint: Endpoint = OWN,
    fails: Exception | None = None,
) -> list[str]:
    """The steps, each as `name ok: seen`."""

    async def get(url: str, headers: Mapping[str, str]) -> tuple[int, str]:
        if fails:
            raise fails
        return (200, answers[url]) if url in answers else (404, "")

    async def steps() -> list[str]:
        target = Target(endpoint=endpoint, model="a", base_url=url)
        situation = Situation(endpoint=endpoint, url=target.url, page="http://localhost:8000")
        run = Run(chat=Chat(messages=(user("Hi"),)), target=target, price=Price(), situation=situation)
        asked = probe(run, send, reach, get, has_model=has_model)
        return [f"{step.name} {step.ok}: {step.seen}" async for step in asked]

    return running.run(steps())


def test_without_a_model_the_server_is_asked_for_its_models() -> None:
    *_, models, answer = steps_at("http://own/v1", {"http://own/v1/models": TWO}, has_model=False)
    assert models == "Models True: The server lists 2 models: a, b."
    assert answer == "Answer None: Nothing was asked: choose a model, then test again."


def test_an_address_without_its_version_is_a_problem_with_its_answer() -> None:
    *_, models, _ = steps_at("http://own", {"http://own/v1/models": TWO}, has_model=False)
    assert models.startswith("Models False: The server lists 2 models: a, b.")
    assert models.endswith("They stand at http://own/v1: use that address.")


def test_without_a_model_a_list_that_does_not_come_is_a_problem() -> None:
    *_, models, _ = steps_at(
        "http://own/v1", {"http://own/v1/models": "<title>Sign in</title>"}, has_model=False
    )
    assert models.startswith("Models False: None listed: http://own/v1/models answered with a web page")
    *_, models, _ = steps_at("http://own/v1", {}, has_model=False, fails=ConnectionError("Failed to fetch"))
    assert "did not answer (Failed to fetch). The server does not allow this page (CORS): " in models
    assert "No server is running" not in models  # something answered


def test_with_a_model_the_server_is_asked_for_both() -> None:
    names = [step.split(":")[0] for step in steps_at("http://own/v1", {}, has_model=True)]
    assert names[3:] == ["Models None", "CORS True", "Stream True", "Answer True"]


@pytest.mark.parametrize("wire", [Wire.OLLAMA, Wire.ANTHROPIC_MESSAGES])
def test_of_other_servers_only_those_that_list_models_are_asked_and_only_without_one(wire: Wire) -> None:
    url = "http://localhost:11434"
    row = Endpoint(wire=wire, url=url, auth=(Auth.NONE,))
    answers = {f"{url}/api/tags": '{"models": [{"name": "a"}]}'}
    with_model = steps_at("", answers, has_model=True, endpoint=row)
    assert not any(step.startswith("Models") for step in with_model)
    without = steps_at("", answers, has_model=False, endpoint=row)
    assert without[-1].startswith("Answer None: Nothing was asked")
    assert any(step == "Models True: The server lists 1 model: a." for step in without) == (
        wire == Wire.OLLAMA
    )
