"""Every wire's stream, from servers written by others, cut at every read size into the same events."""

from __future__ import annotations

import json
import struct
import sys
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zlib import crc32

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_httpserver import HTTPServer
from werkzeug import Request as Asked
from werkzeug import Response

from generator.curated.providers import load_providers
from generator.site import frontend
from playground.catalog.endpoints import Auth, Wire
from playground.chat.adapters import ADAPTERS
from playground.chat.auth import auth_headers
from playground.chat.chat import Chat, Message, Role, Tool, ToolResult, user
from playground.chat.client import read_events, stream
from playground.chat.events import (
    Cause,
    Echoed,
    Event,
    Failed,
    Finished,
    Reason,
    ReasoningDelta,
    TextDelta,
    ToolCallDelta,
)
from playground.chat.target import ApiKey, Target
from playground.chat.transcript import Transcript
from playground.pricing.usage import Usage
from tests import running
from tests.listening import listening

#: U+2028 and a raw quote are what careless decoders cut at; the rest is of one to four bytes a letter.
REPLY = 'Streaming works: “ünïcode” \u2028 and 日本語 and 🙂, said "done": true.'
HTTP = [wire for wire in Wire if wire != Wire.LANGUAGE_MODEL]
PATHS = {Wire.OPENAI_RESPONSES: "/v1", Wire.OPENAI_CHAT: "/v1", Wire.GEMINI: "/v1beta"}
MODELS = {Wire.BEDROCK_CONVERSE: "anthropic.claude-3-haiku-20240307-v1:0"}
WEATHER = Tool(name="weather", parameters={"type": "object", "properties": {"city": {"type": "string"}}})
FIXTURES = [
    {"match": {"userMessage": "works"}, "response": {"content": REPLY}},
    {"match": {"userMessage": "think"}, "response": {"content": "Forty-two.", "reasoning": "Let me see."}},
    {
        "match": {"userMessage": "weather"},
        "response": {"toolCalls": [{"name": "weather", "arguments": '{"city":"Oslo"}'}]},
    },
    {
        "match": {"userMessage": "slow"},
        "response": {"error": {"message": "Slow down", "type": "rate_limit_error"}, "status": 429},
    },
    {
        "match": {"userMessage": "bad"},
        "response": {"error": {"message": "max_tokens is too large", "type": "x"}, "status": 400},
    },
]


@pytest.fixture(scope="module")
def aimock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The npm package aimock: every wire by other hands, Amazon's binary frames too."""
    folder = tmp_path_factory.mktemp("fixtures")
    (folder / "all.json").write_text(json.dumps({"fixtures": FIXTURES}))
    script = "tests/servers/node_modules/.bin/llmock"
    with listening(lambda port: [*frontend.node(), script, "-p", str(port), "-f", str(folder)]) as origin:
        yield origin


@pytest.fixture(scope="module")
def llmock() -> Iterator[str]:
    """The PyPI package llmock, unrelated to the npm command of that name."""
    program = str(Path(sys.executable).with_name("llmock"))
    with listening(lambda port: [program, "serve", "--port", str(port), "--host", "127.0.0.1"]) as origin:
        yield origin


def target(wire: Wire, origin: str, path: str | None = None) -> Target:
    """The first row of that wire, at a server of the tests."""
    providers = load_providers(Path("docs/catalog/providers.yml"))
    rows = [e for p in providers.values() for e in p.endpoints if e.wire == wire and not e.only]
    auth = rows[0].auth[0] if rows[0].auth[0] != Auth.NONE else Auth.BEARER
    base = origin + (PATHS.get(wire, "") if path is None else path)
    key = ApiKey(origin=origin, auth=auth, secret="sk-test")
    return Target(endpoint=rows[0], model=MODELS.get(wire, "m"), key=key, base_url=base)


def ask(wire: Wire, to: Target, chat: Chat) -> list[Event]:
    async def run() -> list[Event]:
        async with httpx2.AsyncClient(trust_env=False) as http:
            request = ADAPTERS[wire].build_request(chat, to)
            return [event async for event in stream(request, wire, http)]

    return running.run(run())


def raw(wire: Wire, to: Target, chat: Chat) -> bytes:
    """The bytes of the answer as the server sent them."""
    request = ADAPTERS[wire].build_request(chat, to)
    body = json.dumps(request.body).encode()
    headers = {
        "content-type": "application/json",
        **request.headers,
        **auth_headers(request.key, request.url, body, datetime.now(UTC)),
    }
    response = httpx2.post(request.url, content=body, headers=headers, trust_env=False)
    assert response.status_code == 200, response.text
    return response.content


async def _pieces(body: bytes, size: int) -> AsyncIterator[bytes]:
    for i in range(0, len(body), size):
        yield body[i : i + size]


def parsed(wire: Wire, body: bytes, size: int) -> list[Event]:
    async def run() -> list[Event]:
        return [event async for event in read_events(_pieces(body, size), ADAPTERS[wire])]

    return running.run(run())


def text(events: list[Event]) -> str:
    return "".join(e.text for e in events if isinstance(e, TextDelta))


def question(prompt: str, **options: Any) -> Chat:
    return Chat(messages=(user(prompt),), max_tokens=500, **options)


@pytest.mark.parametrize("wire", HTTP)
def test_an_answer_is_the_same_at_every_read_size(aimock: str, wire: Wire) -> None:
    body = raw(wire, target(wire, aimock), question("Say that it works"))
    whole = parsed(wire, body, len(body))
    assert text(whole) == REPLY
    assert isinstance(whole[-1], Finished)
    assert whole[-1].reason == Reason.STOP
    for size in (1, 2, 3, 7):
        assert parsed(wire, body, size) == whole, size


@pytest.mark.parametrize("wire", HTTP)
def test_an_answer_streams_over_the_network(aimock: str, wire: Wire) -> None:
    events = ask(wire, target(wire, aimock), question("Say that it works"))
    assert text(events) == REPLY
    assert [e for e in events if isinstance(e, Finished | Failed)] == events[-1:]


@pytest.mark.parametrize("wire", HTTP)
def test_a_tool_call_and_its_result_make_a_round(aimock: str, wire: Wire) -> None:
    asked = question("What is the weather?", tools=(WEATHER,))
    to = target(wire, aimock)
    body = raw(wire, to, asked)
    whole = parsed(wire, body, len(body))
    assert all(parsed(wire, body, size) == whole for size in (1, 2, 3, 7))
    transcript = Transcript(wire, lambda: 0.0)
    for event in whole:
        transcript.add(event)
    (call,) = transcript.calls
    assert (call.name, json.loads(call.arguments)) == ("weather", {"city": "Oslo"})
    assert isinstance(transcript.end, Finished)
    result = ToolResult(call_id=call.id, name=call.name, text="it works: rain")
    turns = (*asked.messages, transcript.message, Message(role=Role.USER, parts=(result,)), user("works?"))
    assert text(ask(wire, to, Chat(messages=turns, tools=(WEATHER,)))) == REPLY


# aimock calls Ollama's field `reasoning_content`; Ollama itself says `thinking` (below).
@pytest.mark.parametrize("wire", [wire for wire in HTTP if wire != Wire.OLLAMA])
def test_reasoning_is_apart_from_the_answer(aimock: str, wire: Wire) -> None:
    body = raw(wire, target(wire, aimock), question("Please think"))
    whole = parsed(wire, body, len(body))
    assert text(whole) == "Forty-two."
    assert "".join(e.text for e in whole if isinstance(e, ReasoningDelta)) == "Let me see."
    assert all(parsed(wire, body, size) == whole for size in (1, 2, 3, 7))


@pytest.mark.parametrize("wire", HTTP)
def test_a_rate_limit_says_so(aimock: str, wire: Wire) -> None:
    (end,) = ask(wire, target(wire, aimock), question("Go slow"))
    assert isinstance(end, Failed)
    assert (end.cause, end.status) == (Cause.RATE, 429)
    (end,) = ask(wire, target(wire, aimock), question("Go bad"))
    assert isinstance(end, Failed)
    assert (end.cause, end.status) == (Cause.REQUEST, 400)
    assert "max_tokens is too large" in end.message


@pytest.mark.parametrize(
    ("wire", "path"),
    [
        (Wire.OPENAI_RESPONSES, "/v1"),
        (Wire.OPENAI_CHAT, "/v1"),
        (Wire.OPENAI_CHAT, "/mistral/v1"),
        (Wire.OPENAI_CHAT, "/groq/openai/v1"),
        (Wire.OPENAI_CHAT, "/xai/v1"),
        (Wire.ANTHROPIC_MESSAGES, "/anthropic"),
        (Wire.GEMINI, "/gemini/v1beta"),
    ],
)
def test_a_second_server_by_others_streams_and_reports_usage(llmock: str, wire: Wire, path: str) -> None:
    events = ask(wire, target(wire, llmock, path), question("Hello"))
    assert isinstance(events[-1], Finished), events[-1]
    assert text(events)
    usage = [e for e in events if isinstance(e, Usage)]
    assert usage
    assert usage[-1].output


SAMPLES: dict[Wire, list[bytes]] = {
    Wire.OPENAI_RESPONSES: [
        b'event: response.output_text.delta\ndata: {"type":"response.output_text.delta","delta":"a"}\n\n',
        b'data: {"type":"response.output_item.done","item":{"type":"reasoning"}}\n\n',
        b'data: {"type":"response.completed","response":{"usage":{"input_tokens":"x"}}}\n\n',
        b'data: {"type":"error","message":"no"}\n\n',
        b'data: {"type":"response.incomplete","response":[]}\n\n',
    ],
    Wire.OPENAI_CHAT: [
        b'data: {"choices":[{"delta":{"content":"a"}}]}\n\n',
        b'data: {"choices":[{"delta":{"tool_calls":[{"index":-1,"function":7}]}}]}\n\n',
        b'data: {"choices":{},"usage":[]}\n\n',
        b'data: {"choices":[null,{"finish_reason":"stop"}]}\n\n',
        b"data: [DONE]\n\n",
    ],
    Wire.ANTHROPIC_MESSAGES: [
        b'event: content_block_delta\ndata: {"type":"content_block_delta","delta":{"type":"text_delta"}}\n\n',
        b'data: {"type":"content_block_start","index":null,"content_block":{"type":"thinking"}}\n\n',
        b'data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":3}\n\n',
        b'data: {"type":"message_stop"}\n\n',
        b"event: ping\ndata: {}\n\n",
    ],
    Wire.GEMINI: [
        b'data: {"candidates":[{"content":{"parts":[{"text":"a"},3]}}]}\n\n',
        b'data: {"candidates":[{"content":{"parts":[{"functionCall":{"args":[]}}]}}]}\n\n',
        b'data: {"candidates":"x","usageMetadata":{"promptTokenCount":-1}}\n\n',
        b'data: {"candidates":[{"finishReason":"STOP"}]}\n\n',
        b'data: {"promptFeedback":{"blockReason":"SAFETY"}}\n\n',
    ],
    Wire.OLLAMA: [
        b'{"message":{"content":"a"},"done":false}\n',
        b'{"message":{"tool_calls":[{"function":{"arguments":"x"}}]}}\n',
        b'{"done":true,"eval_count":"3"}\n',
        b'{"error":"no"}\n',
        b"[]\n",
    ],
    Wire.LANGUAGE_MODEL: [
        b'{"text":"a"}\n',
        b'{"done":"stop"}\n',
        b'{"error":3}\n',
        b'{"usage":{"input":1}}\n',
    ],
}


def test_every_wire_has_samples_for_the_storm() -> None:
    assert {*SAMPLES, Wire.BEDROCK_CONVERSE} == set(ADAPTERS)


@pytest.mark.parametrize("wire", SAMPLES)
@given(data=st.data())
def test_reordered_truncated_and_foreign_frames_end_honestly(wire: Wire, data: st.DataObject) -> None:
    frame = st.one_of(
        st.sampled_from(SAMPLES[wire]),
        st.binary(max_size=40),
        st.sampled_from([f for frames in SAMPLES.values() for f in frames]),
    )
    body = b"".join(data.draw(st.lists(frame, max_size=8)))
    body = body[: data.draw(st.integers(0, len(body)))]
    events = parsed(wire, body, data.draw(st.integers(1, 64)))
    assert [e for e in events if isinstance(e, Finished | Failed)] == events[-1:]
    transcript = Transcript(wire, lambda: 0.0)
    for event in events:
        transcript.add(event)
    assert transcript.end == events[-1] or isinstance(transcript.end, Finished)
    transcript.metrics()
    transcript.message  # noqa: B018 (it must not raise)


@pytest.mark.parametrize("wire", SAMPLES)
def test_a_huge_frame_is_refused_and_not_held(wire: Wire) -> None:
    async def flood() -> AsyncIterator[bytes]:
        yield b'data: {"a":"'
        for _ in range(40):
            yield b"x" * 1024 * 1024

    async def run() -> list[Event]:
        return [event async for event in read_events(flood(), ADAPTERS[wire])]

    events = running.run(run())
    assert [type(e) for e in events] == [Failed]
    assert isinstance(events[0], Failed)
    assert events[0].cause == Cause.MALFORMED


def test_ollama_thinks_apart_and_is_sent_its_thoughts_again() -> None:
    body = b'{"message":{"thinking":"Let "}}\n{"message":{"thinking":"me."}}\n{"message":{"content":"42"}}\n'
    transcript = Transcript(Wire.OLLAMA, lambda: 0.0)
    for event in parsed(Wire.OLLAMA, body + b'{"done":true,"done_reason":"stop"}\n', 7):
        transcript.add(event)
    assert (transcript.reasoning, transcript.text) == ("Let me.", "42")
    chat = Chat(messages=(user("Hi"), transcript.message, user("And?")))
    sent = ADAPTERS[Wire.OLLAMA].build_request(chat, target(Wire.OLLAMA, "http://localhost:1")).body
    assert sent["messages"][1] == {"role": "assistant", "content": "42", "thinking": "Let me."}


def test_mistral_streams_its_thoughts_as_blocks() -> None:
    thought = {"type": "thinking", "thinking": [{"type": "text", "text": "Hm."}]}
    chunks = [
        {"choices": [{"delta": {"content": [thought]}}]},
        {"choices": [{"delta": {"content": [{"type": "text", "text": "42"}]}, "finish_reason": "stop"}]},
    ]
    body = b"".join(f"data: {json.dumps(chunk)}\n\n".encode() for chunk in chunks)
    assert parsed(Wire.OPENAI_CHAT, body, 5)[:2] == [ReasoningDelta(text="Hm."), TextDelta(text="42")]


def echoed(wire: Wire, chunks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The assistant's turn of the next request, after that stream."""
    body = b"".join(f"data: {json.dumps(chunk)}\n\n".encode() for chunk in chunks)
    transcript = Transcript(wire, lambda: 0.0)
    for event in parsed(wire, body, 11):
        transcript.add(event)
    assert isinstance(transcript.end, Finished)
    chat = Chat(messages=(user("Hi"), transcript.message, user("And?")))
    sent = ADAPTERS[wire].build_request(chat, target(wire, "http://localhost:1")).body
    turns: list[dict[str, Any]] = sent.get("messages") or sent.get("input") or sent["contents"]
    return turns[1:-1]


def test_anthropic_gets_its_signed_thoughts_back_in_their_order() -> None:
    def delta(index: int, **value: str) -> dict[str, Any]:
        return {"type": "content_block_delta", "index": index, "delta": value}

    def start(index: int, **block: Any) -> dict[str, Any]:
        return {"type": "content_block_start", "index": index, "content_block": block}

    turn = echoed(
        Wire.ANTHROPIC_MESSAGES,
        [
            start(0, type="thinking", thinking="", signature=""),
            delta(0, type="thinking_delta", thinking="Let "),
            delta(0, type="thinking_delta", thinking="me."),
            delta(0, type="signature_delta", signature="c2ln"),
            start(1, type="redacted_thinking", data="eHg="),
            start(2, type="tool_use", id="t1", name="a", input={}),
            delta(2, type="input_json_delta", partial_json='{"x":'),
            delta(2, type="input_json_delta", partial_json="1}"),
            {"type": "message_delta", "delta": {"stop_reason": "tool_use"}},
        ],
    )
    content = [
        {"type": "thinking", "thinking": "Let me.", "signature": "c2ln"},
        {"type": "redacted_thinking", "data": "eHg="},
        {"type": "tool_use", "id": "t1", "name": "a", "input": {"x": 1}},
    ]
    assert turn == [{"role": "assistant", "content": content}]


def test_gemini_gets_each_signature_back_on_its_part() -> None:
    def part(**value: Any) -> dict[str, Any]:
        return {"candidates": [{"content": {"parts": [value]}}]}

    turn = echoed(
        Wire.GEMINI,
        [
            part(text="Look.", thoughtSignature="AA=="),
            part(functionCall={"name": "a", "args": {}}, thoughtSignature="BB=="),
            part(functionCall={"name": "b", "args": {"x": 1}}),
            {"candidates": [{"finishReason": "STOP"}]},
        ],
    )
    parts = [
        {"text": "Look.", "thoughtSignature": "AA=="},
        {"functionCall": {"name": "a", "args": {}}, "thoughtSignature": "BB=="},
        {"functionCall": {"name": "b", "args": {"x": 1}}},
    ]
    assert turn == [{"role": "model", "parts": parts}]


def test_responses_gets_its_sealed_reasoning_back_before_the_call() -> None:
    reasoning = {"type": "reasoning", "id": "rs_1", "summary": [], "encrypted_content": "xx"}
    call = {"type": "function_call", "call_id": "c1", "name": "a", "arguments": "{}"}
    turn = echoed(
        Wire.OPENAI_RESPONSES,
        [
            {"type": "response.output_item.done", "output_index": 0, "item": reasoning},
            {"type": "response.output_item.added", "output_index": 1, "item": call},
            {"type": "response.completed", "response": {"status": "completed"}},
        ],
    )
    assert turn == [reasoning, call]


def test_no_provider_is_sent_anothers_sealed_reasoning() -> None:
    transcript = Transcript(Wire.GEMINI, lambda: 0.0)
    for event in (
        TextDelta(text="a"),
        Echoed(value={"thoughtSignature": "AA=="}),
        Finished(reason=Reason.STOP),
    ):
        transcript.add(event)
    for wire in HTTP:
        chat = Chat(messages=(user("Hi"), transcript.message, user("And?")))
        sent = ADAPTERS[wire].build_request(chat, target(wire, "http://localhost:1")).body
        assert ("AA==" in json.dumps(sent)) == (wire == Wire.GEMINI)


@pytest.mark.parametrize(
    ("wire", "body", "expected"),
    [
        (
            Wire.ANTHROPIC_MESSAGES,
            (
                b'data: {"type":"message_start","message":{"usage":{"input_tokens":5,'
                b'"cache_read_input_tokens":7,'
                b'"cache_creation_input_tokens":11,"output_tokens":1}}}\n\n'
                b'data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},'
                b'"usage":{"output_tokens":40,'
                b'"output_tokens_details":{"thinking_tokens":30}}}\n\n'
            ),
            Usage(input=23, cache_read=7, cache_write=11, output=40, reasoning=30),
        ),
        (
            Wire.GEMINI,
            (
                b'data: {"usageMetadata":{"promptTokenCount":9,"candidatesTokenCount":1,'
                b'"thoughtsTokenCount":4}}'
                b"\n\n"
                b'data: {"usageMetadata":{"promptTokenCount":9,"candidatesTokenCount":3,'
                b'"thoughtsTokenCount":4,"cachedContentTokenCount":2},"candidates":[{"finishReason":"STOP"}]}\n\n'
            ),
            Usage(input=9, cache_read=2, output=7, reasoning=4),
        ),
        (
            Wire.OPENAI_RESPONSES,
            (
                b'data: {"type":"response.completed","response":{"usage":{"input_tokens":9,"output_tokens":5,'
                b'"input_tokens_details":{"cached_tokens":4},"output_tokens_details":{"reasoning_tokens":2}}}}'
                b"\n\n"
            ),
            Usage(input=9, cache_read=4, output=5, reasoning=2),
        ),
        (
            Wire.OLLAMA,
            b'{"done":true,"done_reason":"length","prompt_eval_count":9,"eval_count":5}\n',
            Usage(input=9, output=5),
        ),
    ],
)
def test_tokens_count_as_that_provider_counts_them(wire: Wire, body: bytes, expected: Usage) -> None:
    transcript = Transcript(wire, lambda: 0.0)
    for event in parsed(wire, body, 13):
        transcript.add(event)
    assert transcript.usage == expected
    assert isinstance(transcript.end, Finished)


def test_bedrock_errors_inside_the_stream_are_no_success() -> None:
    from botocore.eventstream import EventStreamBuffer  # the judge of the frame made here

    def header(name: bytes, value: bytes) -> bytes:
        return bytes([len(name)]) + name + b"\x07" + struct.pack(">H", len(value)) + value

    headers = header(b":message-type", b"exception") + header(b":exception-type", b"throttlingException")
    payload = b'{"message":"Too many requests"}'
    prelude = struct.pack(">II", 16 + len(headers) + len(payload), len(headers))
    head = prelude + struct.pack(">I", crc32(prelude))
    frame = head + headers + payload
    frame += struct.pack(">I", crc32(frame))
    buffer = EventStreamBuffer()
    buffer.add_data(frame)
    assert next(iter(buffer)).headers[":exception-type"] == "throttlingException"
    events = parsed(Wire.BEDROCK_CONVERSE, frame, 3)
    assert events == [Failed(cause=Cause.RATE, message="Too many requests")]


def test_tool_calls_without_a_place_count_up() -> None:
    body = (
        b'{"message":{"tool_calls":[{"function":{"name":"a","arguments":{}}}]}}\n'
        b'{"message":{"tool_calls":[{"function":{"name":"b","arguments":{}}}]}}\n{"done":true}\n'
    )
    events = parsed(Wire.OLLAMA, body, 9)
    transcript = Transcript(Wire.OLLAMA, lambda: 0.0)
    for event in events:
        transcript.add(event)
    assert [c.name for c in transcript.calls] == ["a", "b"]
    assert all(isinstance(e, ToolCallDelta) for e in events[:-1])


@pytest.fixture
def foundry(httpserver: HTTPServer) -> HTTPServer:
    """Ours, as no server by others speaks Foundry MAI: its path, key header and documented oddities."""

    def respond(request: Asked) -> Response:
        asked = request.get_json()
        if request.headers.get("api-key") != "sk-test":
            return Response('{"error":{"code":"401","message":"Access denied"}}', status=401)
        known = {"model", "messages", "max_completion_tokens", "tools", "stream", "reasoning_display"}
        if unknown := set(asked) - known:
            message = f"Unknown parameter: '{min(unknown)}'"
            return Response(
                json.dumps({"error": {"code": "unknown_parameter", "message": message}}), status=400
            )
        usage = {"prompt_tokens": 9, "completion_tokens": 5, "prompt_tokens_details": {"cached_tokens": 4}}
        call = {"index": 0, "id": "c1", "function": {"name": "weather", "arguments": "{}"}}
        reasoning = {"encrypted_content": "sealed"}
        prompt = asked["messages"][-1]["content"]
        delta = {"tool_calls": [call], "reasoning": reasoning} if asked.get("tools") else {"content": "Hello"}
        chunks: list[Any] = [{"choices": [{"delta": delta}]}]
        if prompt == "Blocked":
            chunks.append({"error": {"type": "SafetyBlockedError", "message": "The answer was cut"}})
        else:
            chunks.append({"choices": [{"delta": {}, "finish_reason": "stop"}], "usage": usage})
        body = "".join(f"data: {json.dumps(chunk)}\n\n" for chunk in chunks)
        return Response(f"{body}data: [DONE]\n\n", mimetype="text/event-stream")

    httpserver.expect_request("/mai/v1/chat/completions", method="POST").respond_with_handler(respond)
    return httpserver


def mai(server: HTTPServer, chat: Chat) -> Transcript:
    providers = load_providers(Path("docs/catalog/providers.yml"))
    row = next(e for e in providers["azure"].endpoints if e.name == "MAI")
    origin = server.url_for("").rstrip("/")
    key = ApiKey(origin=origin, auth=row.auth[0], secret="sk-test")
    to = Target(endpoint=row, model="my-deployment", key=key, base_url=f"{origin}/mai/v1")
    transcript = Transcript(row.wire, lambda: 0.0)
    for event in ask(row.wire, to, chat):
        transcript.add(event)
    return transcript


def test_foundry_mai_answers_with_its_oddities(foundry: HTTPServer) -> None:
    transcript = mai(foundry, question("Hi"))
    assert (transcript.text, transcript.usage) == ("Hello", Usage(input=9, cache_read=4, output=5))
    called = mai(foundry, question("Weather?", tools=(WEATHER,)))
    assert isinstance(called.end, Finished)
    assert called.end.reason == Reason.TOOL_CALLS
    result = ToolResult(call_id="c1", name="weather", text="rain")
    turns = (user("Weather?"), called.message, Message(role=Role.USER, parts=(result,)), user("Go on"))
    mai(foundry, Chat(messages=turns))
    sent = foundry.log[-1][0].get_json()["messages"]
    assert sent[1]["reasoning"] == {"encrypted_content": "sealed"}


def test_foundry_mai_blocks_in_the_middle(foundry: HTTPServer) -> None:
    transcript = mai(foundry, question("Blocked"))
    assert transcript.text == "Hello"
    assert transcript.end == Failed(cause=Cause.FILTERED, message="The answer was cut")
