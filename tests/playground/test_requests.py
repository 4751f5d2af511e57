"""Each wire's request equals the official SDK's, field by field, but for the differences we want.

The SDK runs against a recording server; what it sends is the judge of what our adapter builds.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import openai
import pytest
from pytest_httpserver import HTTPServer

from playground.adapters import ADAPTERS
from playground.catalog import Effort
from playground.chat import (
    Chat,
    Image,
    Message,
    Role,
    Schema,
    Text,
    Tool,
    ToolCall,
    ToolResult,
    assistant,
    user,
)
from playground.endpoints import Auth, Endpoint, Key, Target, Wire
from tests import running

PNG = b"\x89PNG\r\n\x1a\n0000"
PARAMETERS = {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}
WEATHER = Tool(name="weather", description="Weather in a city", parameters=PARAMETERS)
SCHEMA = Schema(name="answer", schema={**PARAMETERS, "additionalProperties": False})
CALL = ToolCall(id="call_1", name="weather", arguments='{"city": "Oslo"}')
CASES: dict[str, Chat] = {
    "text": Chat(messages=(user("Hi"),)),
    "system prompt": Chat(messages=(user("Hi"),), system="Be brief."),
    "sampling": Chat(messages=(user("Hi"),), temperature=0.0, top_p=0.9, seed=7, stop=("END",)),
    "penalties": Chat(messages=(user("Hi"),), frequency_penalty=0.5, presence_penalty=-0.5),
    "max tokens": Chat(messages=(user("Hi"),), max_tokens=100),
    "multi-turn": Chat(messages=(user("Hi"), assistant("Hello."), user("Again"))),
    "image": Chat(messages=(user("What is it?", Image(media_type="image/png", data=PNG)),)),
    "tools": Chat(messages=(user("Weather?"),), tools=(WEATHER,)),
    "tool result": Chat(
        messages=(
            user("Weather?"),
            Message(role=Role.ASSISTANT, parts=(Text(text="Let me look."), CALL)),
            Message(role=Role.USER, parts=(ToolResult(call_id="call_1", name="weather", text="rain"),)),
        ),
        tools=(WEATHER,),
    ),
    "schema": Chat(messages=(user("Hi"),), schema=SCHEMA),
    "effort": Chat(messages=(user("Hi"),), effort=Effort.HIGH),
}
#: Headers of the SDK that we leave out: strict preflights refuse what they do not know.
LEFT_OUT = ("x-stainless-", "user-agent", "accept", "connection", "content-length", "host")


def openai_chat(case: str, url: str) -> None:
    """What a developer would write with the SDK for that case."""
    said: dict[str, dict[str, Any]] = {
        "system prompt": {"system": "Be brief."},
        "sampling": {"temperature": 0.0, "top_p": 0.9, "seed": 7, "stop": ["END"]},
        "penalties": {"frequency_penalty": 0.5, "presence_penalty": -0.5},
        "max tokens": {"max_completion_tokens": 100},
        "schema": {
            "response_format": {
                "type": "json_schema",
                "json_schema": {"name": "answer", "schema": dict(SCHEMA.schema), "strict": True},
            }
        },
        "effort": {"reasoning_effort": "high"},
    }
    tool = {
        "type": "function",
        "function": {"name": "weather", "description": "Weather in a city", "parameters": PARAMETERS},
    }
    said["tools"] = said["tool result"] = {"tools": [tool]}
    turns: dict[str, list[dict[str, Any]]] = {
        "multi-turn": [
            {"role": "user", "content": "Hi"},
            {"role": "assistant", "content": "Hello."},
            {"role": "user", "content": "Again"},
        ],
        "image": [
            {
                "role": "user",
                "content": [
                    {"type": "image_url", "image_url": {"url": "data:image/png;base64,iVBORw0KGgowMDAw"}},
                    {"type": "text", "text": "What is it?"},
                ],
            }
        ],
        "tools": [{"role": "user", "content": "Weather?"}],
        "tool result": [
            {"role": "user", "content": "Weather?"},
            {
                "role": "assistant",
                "content": "Let me look.",
                "tool_calls": [
                    {
                        "id": "call_1",
                        "type": "function",
                        "function": {"name": "weather", "arguments": '{"city": "Oslo"}'},
                    }
                ],
            },
            {"role": "tool", "tool_call_id": "call_1", "content": "rain"},
        ],
    }
    arguments = said.get(case, {})
    messages = turns.get(case, [{"role": "user", "content": "Hi"}])
    if system := arguments.pop("system", None):
        messages = [{"role": "system", "content": system}, *messages]

    async def run() -> None:
        async with openai.AsyncOpenAI(api_key="sk-test", base_url=url, max_retries=0) as client:
            await client.chat.completions.create(
                model="m",
                messages=messages,  # type: ignore[arg-type]
                stream=True,
                stream_options={"include_usage": True},
                **arguments,
            )

    running.run(run())


SDKS: dict[Wire, Callable[[str, str], None]] = {Wire.OPENAI_CHAT: openai_chat}


def test_every_wire_has_its_judge() -> None:
    assert set(SDKS) == set(ADAPTERS)


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("wire", SDKS)
def test_the_request_is_the_official_sdks(httpserver: HTTPServer, wire: Wire, case: str) -> None:
    httpserver.expect_request("/v1/chat/completions").respond_with_data(
        "data: [DONE]\n\n", content_type="text/event-stream"
    )
    SDKS[wire](case, httpserver.url_for("/v1"))
    asked, _ = httpserver.log[0]
    row = Endpoint(wire=wire, url=httpserver.url_for("/v1"))
    key = Key(origin=httpserver.url_for("").rstrip("/"), auth=Auth.BEARER, secret="sk-test")
    ours = ADAPTERS[wire].build_request(CASES[case], Target(endpoint=row, model="m", key=key))
    assert (asked.method, asked.url) == ("POST", ours.url)
    assert json.loads(json.dumps(ours.body)) == asked.get_json()
    theirs = {n.lower(): v for n, v in asked.headers if not n.lower().startswith(LEFT_OUT)}
    assert theirs == {"content-type": "application/json", "authorization": "Bearer sk-test"}
    assert ours.headers == {}


@pytest.mark.parametrize(
    ("row", "chat", "expected"),
    [
        ({"max_tokens_field": "max_tokens"}, {"max_tokens": 5}, {"max_tokens": 5}),
        ({"seed_field": "random_seed"}, {"seed": 5}, {"random_seed": 5}),
        ({"effort_field": "reasoning.effort"}, {"effort": Effort.LOW}, {"reasoning": {"effort": "low"}}),
        ({"store_option": True}, {}, {"store": False}),
    ],
)
def test_a_providers_oddity_is_a_field_of_its_row(
    row: dict[str, Any], chat: dict[str, Any], expected: dict[str, Any]
) -> None:
    endpoint = Endpoint(wire=Wire.OPENAI_CHAT, url="https://x.example/v1", usage_option=False, **row)
    asked = Chat(messages=(user("Hi"),), **chat)
    body = ADAPTERS[Wire.OPENAI_CHAT].build_request(asked, Target(endpoint=endpoint, model="m")).body
    plain = {"model": "m", "messages": [{"role": "user", "content": "Hi"}], "stream": True}
    assert body == {**plain, **expected}
