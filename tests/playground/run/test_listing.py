"""The models that a server of the reader's own lists, in the forms that servers use."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import pytest

from playground.catalog.endpoints import Auth, Endpoint, Wire
from playground.chat.target import ApiKey, Target
from playground.errors import KeyOriginError, RequestError
from playground.run.listing import listed_models

OWN = Endpoint(wire=Wire.OPENAI_CHAT, url="http://localhost:8000/v1", auth=(Auth.NONE,))
KEY = ApiKey(origin="http://localhost:8000", auth=Auth.NONE, secret="sk-x")


def listed(status: int, text: str, key: ApiKey | None = None) -> tuple[list[str], dict[str, str]]:
    """The ids, and the headers by which they were asked for."""
    asked: dict[str, str] = {}

    async def get(url: str, headers: Mapping[str, str]) -> tuple[int, str]:
        assert url == "http://localhost:8000/v1/models"
        asked.update(headers)
        return status, text

    return asyncio.run(listed_models(Target(endpoint=OWN, model="any", key=key), get)), asked


def test_ids_come_as_openai_and_as_ollama_list_them() -> None:
    assert listed(200, '{"data": [{"id": "b"}, {"id": "a"}, {}, 3]}')[0] == ["b", "a"]
    assert listed(200, '{"models": [{"name": "llama3:8b"}]}')[0] == ["llama3:8b"]
    assert listed(200, '{"data": 1}')[0] == []


def test_a_list_that_is_the_whole_document_counts_and_a_model_is_there_once() -> None:
    assert listed(200, '[{"id": "b"}, {"id": "a"}]')[0] == ["b", "a"]
    both = '{"models": [{"name": "a.gguf"}], "object": "list", "data": [{"id": "a.gguf"}]}'
    assert listed(200, both)[0] == ["a.gguf"]
    assert listed(200, '{"data": [{"id": "a"}, {"id": "b"}, {"id": "a"}]}')[0] == ["a", "b"]


def test_the_key_goes_along_and_nowhere_else() -> None:
    assert listed(200, "{}", KEY)[1] == {"authorization": "Bearer sk-x"}
    other = ApiKey(origin="https://other.example", auth=Auth.NONE, secret="sk-x")
    with pytest.raises(KeyOriginError):
        listed(200, "{}", other)


@pytest.mark.parametrize(
    ("status", "text", "key", "why"),
    [
        (401, "", None, "the server wants a key (status 401)"),
        (403, "", KEY, "the server wants another key (status 403)"),
        (404, "", None, "the server lists no models at http://localhost:8000/v1/models (status 404)"),
        (200, "<html>", None, "what stands at http://localhost:8000/v1/models is"),
    ],
)
def test_why_there_is_no_list(status: int, text: str, key: ApiKey | None, why: str) -> None:
    with pytest.raises(RequestError) as caught:
        listed(status, text, key)
    assert why in str(caught.value)
    assert "sk-x" not in str(caught.value)
