"""The models that a server of the reader's own lists, in the forms that servers use."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from playground.catalog.endpoints import Auth, Endpoint, Wire
from playground.chat.target import ApiKey, Target
from playground.errors import KeyOriginError, RequestError
from playground.run.own.listing import Listing, listed_models
from tests import running

HERE = "http://localhost:8000"
KEY = ApiKey(origin=HERE, auth=Auth.NONE, secret="sk-x")
#: A path that a server has: its status and text, or what comes of asking.
type Answers = Mapping[str, tuple[int, str] | Exception]


def listing(
    answers: Answers, *, base: str = f"{HERE}/v1", key: ApiKey | None = None, wire: Wire = Wire.OPENAI_CHAT
) -> tuple[Listing, list[str]]:
    """What a server lists that answers like that, and what it was asked, each path with its key."""
    asked: list[str] = []

    async def get(url: str, headers: Mapping[str, str]) -> tuple[int, str]:
        path = url.removeprefix(HERE)
        asked.append(f"{path} {headers.get('authorization', '')}".strip())
        answer = answers.get(path, (404, ""))
        if isinstance(answer, Exception):
            raise answer
        return answer

    own = Endpoint(wire=wire, url=base, auth=(Auth.NONE,))
    return running.run(listed_models(Target(endpoint=own, model="any", key=key), get)), asked


def ids(text: str) -> tuple[str, ...]:
    return listing({"/v1/models": (200, text)})[0].ids


def reason(answers: Answers, base: str = f"{HERE}/v1", key: ApiKey | None = None) -> str:
    with pytest.raises(RequestError) as caught:
        listing(answers, base=base, key=key)
    assert "sk-x" not in str(caught.value)
    return str(caught.value)


def field(answers: Answers, key: ApiKey | None = None) -> str:
    """The field that the reader is to look at."""
    with pytest.raises(RequestError) as caught:
        listing(answers, key=key)
    return caught.value.field


def test_ids_come_as_openai_and_as_ollama_list_them() -> None:
    assert ids('{"data": [{"id": "b"}, {"id": "a"}, {}, 3]}') == ("b", "a")
    assert ids('{"models": [{"name": "llama3:8b"}]}') == ("llama3:8b",)
    assert ids('{"object": "list", "data": []}') == ()
    ollama = {"/api/tags": (200, '{"models": [{"name": "llama3:8b"}]}')}
    assert listing(ollama, base=HERE, wire=Wire.OLLAMA)[0].ids == ("llama3:8b",)


def test_a_list_that_is_the_whole_document_counts_and_a_model_is_there_once() -> None:
    assert ids('[{"id": "b"}, {"id": "a"}]') == ("b", "a")
    assert ids('{"models": [{"name": "a.gguf"}], "object": "list", "data": [{"id": "a.gguf"}]}') == (
        "a.gguf",
    )
    assert ids('{"data": [{"id": "a"}, {"id": "b"}, {"id": "a"}]}') == ("a", "b")


def test_the_key_goes_along_and_nowhere_else() -> None:
    there = {"/v1/models": (200, '{"data": []}')}
    assert listing(there, key=KEY)[1] == ["/v1/models Bearer sk-x"]
    other = ApiKey(origin="https://other.example", auth=Auth.NONE, secret="sk-x")
    with pytest.raises(KeyOriginError):
        listing(there, key=other)


@pytest.mark.parametrize(
    "at_the_root",
    [
        (404, '{"detail": "Not Found"}'),
        # LM Studio: github.com/lmstudio-ai/lmstudio-bug-tracker/issues/618
        (200, '{"error": "Unexpected endpoint or method. (GET /models). Returning 200 anyway"}'),
        # Open WebUI and others give their page for whatever is asked.
        (200, "<!doctype html><title>Open WebUI</title>"),
        # A preflight that the path has no answer for.
        ConnectionError("Failed to fetch"),
    ],
)
def test_an_address_that_lacks_only_its_version_is_found(at_the_root: tuple[int, str] | Exception) -> None:
    answers: Answers = {"/models": at_the_root, "/v1/models": (200, '{"data": [{"id": "a"}]}')}
    found, asked = listing(answers, base=HERE)
    assert found == Listing(ids=("a",), base=f"{HERE}/v1")
    assert asked == ["/models", "/v1/models"]


def test_an_address_that_lists_its_models_stays_as_it_is() -> None:
    found, asked = listing({"/models": (200, '{"data": []}')}, base=HERE)
    assert (found.base, asked) == (HERE, ["/models"])


@pytest.mark.parametrize(
    ("status", "text", "key", "why"),
    [
        (401, "", KEY, "the server does not accept this key (status 401)"),
        (401, "", None, "the server needs a key (status 401)"),
        (403, "", KEY, "the server does not accept this key (status 403)"),
        (404, "", None, f"the server lists no models at {HERE}/v1/models (status 404)"),
        (200, '{"data": 1}', None, f"what stands at {HERE}/v1/models is no list of models"),
        (200, "OK", None, f"what stands at {HERE}/v1/models is no list of models"),
        (200, "<html>", None, f"{HERE}/v1/models answered with an empty web page, not an API"),
        (308, "<title>Models</title>", None, "sends on to another address, where a web page titled 'Models'"),
        (308, "", None, f"{HERE}/v1/models sends on to another address; check the address"),
        (502, "<title>502 Bad Gateway</title>", None, "is down or still starting (status 502); start it"),
    ],
)
def test_why_there_is_no_list(status: int, text: str, key: ApiKey | None, why: str) -> None:
    answers: Answers = {"/v1/models": (status, text)}
    assert why in reason(answers, key=key)
    assert field(answers, key=key) == ("key" if status in (401, 403) else "address")


@pytest.mark.parametrize("text", ["<html>", "OK"])
def test_only_who_answers_nothing_at_all_may_not_run(text: str) -> None:
    assert "start it" not in reason({"/v1/models": (200, text)})
    assert "start it" in reason({"/v1/models": ConnectionError("Failed to fetch")})


def test_a_server_that_does_not_answer_is_told_by_the_address_that_was_written() -> None:
    failed = ConnectionError("Failed to fetch")
    assert reason({"/models": failed, "/v1/models": failed}, base=HERE).startswith(
        f"{HERE}/models did not answer"
    )
    assert "within 30 seconds" in reason({"/v1/models": TimeoutError()})
    assert field({"/v1/models": TimeoutError()}) == field({"/v1/models": failed}) == "address"
