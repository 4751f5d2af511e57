"""Every wire's stream, from servers written by others, cut at every read size into the same events."""

from __future__ import annotations

import json
import struct
import sys
from collections.abc import Iterator
from pathlib import Path
from zlib import crc32

import pytest

from generator.fetch.by_npm import node
from playground.catalog.endpoints import Wire
from playground.chat.chat import Chat, Message, Role, ToolResult, user
from playground.chat.events import Cause, Failed, Finished, Reason, ReasoningDelta, ToolCallDelta
from playground.chat.transcript import Transcript
from playground.pricing.usage import Usage
from tests.listening import listening
from tests.playground.chat.asking import HTTP, WEATHER, ask, parsed, question, raw, target, text

#: U+2028 and a raw quote are what careless decoders cut at; the rest is of one to four bytes a letter.
REPLY = 'Streaming works: “ünïcode” \u2028 and 日本語 and 🙂, said "done": true.'
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
    with listening(lambda port: [*node(), script, "-p", str(port), "-f", str(folder)]) as origin:
        yield origin


@pytest.fixture(scope="module")
def llmock() -> Iterator[str]:
    """The PyPI package llmock, unrelated to the npm command of that name."""
    program = str(Path(sys.executable).with_name("llmock"))
    with listening(lambda port: [program, "serve", "--port", str(port), "--host", "127.0.0.1"]) as origin:
        yield origin


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
