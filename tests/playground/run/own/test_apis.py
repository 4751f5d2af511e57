"""A server of the reader's own answers on each of the APIs that the page offers for it."""

from __future__ import annotations

import ast
import asyncio
import json
from collections.abc import Iterator, Mapping
from time import perf_counter

import httpx2
import pytest

from generator.exports.playground import OWN_ROWS, callable_rows
from generator.fetch.by_npm import node
from playground.catalog.endpoints import Wire, endpoint_to_json
from playground.chat.client import stream
from playground.chat.events import Finished
from playground.chat.transcript import Transcript
from playground.run.comparison import compare
from playground.run.own.listing import listed_models
from playground.run.run import Run, page_reply, run_from_json
from tests import running
from tests.listening import listening

#: What a reader has of each API: the address that its documentation names.
ADDRESSES = {
    Wire.OPENAI_CHAT: "/v1/chat/completions",
    Wire.OPENAI_RESPONSES: "/v1/responses",
    Wire.ANTHROPIC_MESSAGES: "/v1/messages",
    Wire.OLLAMA: "/api/chat",
}


@pytest.fixture(scope="module")
def aimock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("fixtures")
    works = {"match": {"userMessage": "works"}, "response": {"content": "It works."}}
    (folder / "all.json").write_text(json.dumps({"fixtures": [works]}))
    script = "tests/servers/node_modules/.bin/llmock"
    with listening(lambda port: [*node(), script, "-p", str(port), "-f", str(folder)]) as origin:
        yield origin


def message(row: str, address: str) -> dict[str, object]:
    """As the page describes a run."""
    endpoint = endpoint_to_json(OWN_ROWS[row][1])
    messages = [{"role": "user", "parts": [{"type": "text", "text": "Say that it works"}]}]
    return {"endpoint": endpoint, "model": "m", "base_url": address, "chat": {"messages": messages}}


def asked(run: Run) -> Transcript:
    transcript = Transcript(run.target.endpoint.wire, perf_counter, run.target.giver)

    async def ask() -> None:
        async with httpx2.AsyncClient(trust_env=False) as http:
            await compare([run], [transcript], lambda request, wire: stream(request, wire, http))

    running.run(ask())
    return transcript


@pytest.mark.parametrize("row", OWN_ROWS)
def test_an_own_server_answers_on_that_api(aimock: str, row: str) -> None:
    wire = OWN_ROWS[row][1].wire
    for path in (ADDRESSES[wire], "/v1"):
        transcript = asked(run_from_json(message(row, f"{aimock}{path}")))
        assert isinstance(transcript.end, Finished), transcript.end
        assert transcript.text == "It works."


@pytest.mark.parametrize("row", OWN_ROWS)
def test_its_code_asks_the_same_address(row: str) -> None:
    wire = OWN_ROWS[row][1].wire
    texts = page_reply({**message(row, "http://localhost:9/v1"), "kind": "code"})
    for form in ("python", "javascript", "curl"):
        assert f"http://localhost:9{ADDRESSES[wire]}" in texts[form]
    assert "http://localhost:9" in texts["python-sdk"]
    ast.parse(texts["python-sdk"])


@pytest.mark.parametrize("row", OWN_ROWS)
def test_its_models_are_listed(row: str) -> None:
    run = run_from_json(message(row, "http://localhost:9/v1"))
    came: list[str] = []

    async def get(url: str, _: Mapping[str, str]) -> tuple[int, str]:
        came.append(url)
        await asyncio.sleep(0)
        return 200, '{"data": [{"id": "a"}], "models": []}'

    listing = running.run(listed_models(run.target, get))
    assert (listing.ids, listing.base) == (("a",), run.target.url)
    path = "/api/tags" if OWN_ROWS[row][1].wire == Wire.OLLAMA else "/v1/models"
    assert came == [f"http://localhost:9{path}"]


def test_every_api_of_an_own_server_is_offered_and_has_its_own_name() -> None:
    rows = [row for row in callable_rows([], small=False) if row.get("own")]
    assert [row["id"] for row in rows] == list(OWN_ROWS)
    assert {row["endpoint"]["wire"] for row in rows} == set(ADDRESSES)
    assert len({row["name"] for row in rows}) == len(rows)
