"""Errors and whole answers where a stream was asked for, and what is not sent because servers refuse it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from playground.catalog.endpoints import Wire
from playground.chat.adapters import ADAPTERS
from playground.chat.chat import Chat, Image, Message, Role, Text, ToolCall, ToolResult, user
from playground.chat.events import Cause, Finished, Reason
from tests.playground.chat.asking import target
from tests.playground.chat.dialects.streamed import delta, failure, folded, part, sse


def test_an_error_in_a_field_of_its_own_is_one() -> None:
    # https://github.com/ggml-org/llama.cpp/issues/16109
    error = {"code": 400, "message": "the request exceeds the available context size", "type": "exceed"}
    body = sse(delta(content="Hi")) + b"error: " + json.dumps(error).encode() + b"\n\n"
    assert "available context size" in failure(Wire.OPENAI_CHAT, body).message


WHOLE = {
    Wire.OPENAI_CHAT: {
        "object": "chat.completion",
        "choices": [{"message": {"role": "assistant", "content": "Hello."}, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 2, "completion_tokens": 3, "total_tokens": 5},
    },
    Wire.OPENAI_RESPONSES: {
        "object": "response",
        "status": "completed",
        "output": [
            {"type": "reasoning", "summary": []},
            {"type": "message", "content": [{"type": "output_text", "text": "Hello."}]},
        ],
        "usage": {"input_tokens": 2, "output_tokens": 3},
    },
    Wire.ANTHROPIC_MESSAGES: {
        "type": "message",
        "content": [{"type": "text", "text": "Hello."}],
        "stop_reason": "end_turn",
        "usage": {"input_tokens": 2, "output_tokens": 3},
    },
    Wire.GEMINI: [
        part(text="Hel"),
        {**part("STOP", text="lo."), "usageMetadata": {"promptTokenCount": 2, "candidatesTokenCount": 3}},
    ],
    Wire.BEDROCK_CONVERSE: {
        "output": {"message": {"role": "assistant", "content": [{"text": "Hello."}]}},
        "stopReason": "end_turn",
        "usage": {"inputTokens": 2, "outputTokens": 3},
    },
    Wire.OLLAMA: {
        "message": {"content": "Hello."},
        "done": True,
        "done_reason": "stop",
        "prompt_eval_count": 2,
        "eval_count": 3,
    },
}


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("wire", WHOLE)
def test_a_whole_answer_is_read_though_a_stream_was_asked_for(wire: Wire, indent: int | None) -> None:
    transcript = folded(wire, json.dumps(WHOLE[wire], indent=indent).encode())
    assert transcript.text == "Hello."
    assert transcript.usage is not None
    assert (transcript.usage.input, transcript.usage.output) == (2, 3)
    assert isinstance(transcript.end, Finished)
    assert transcript.end.reason == Reason.STOP


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("wire", WHOLE)
@pytest.mark.parametrize(
    "body",
    [
        {"error": {"message": "no such model", "type": "invalid_request_error"}},
        {"error": "no such model"},
        {"message": "no such model"},
        {"detail": "no such model"},
    ],
)
def test_an_error_with_status_200_is_told(wire: Wire, indent: int | None, body: Any) -> None:
    assert "no such model" in failure(wire, json.dumps(body, indent=indent).encode()).message


@pytest.mark.parametrize("wire", WHOLE)
def test_a_web_page_is_called_one(wire: Wire) -> None:
    page = b"\n<!DOCTYPE html>\n<html><head><title>Sign in\n to Wi-Fi</title></head><body>data: {}\n\n</body>"
    told = failure(wire, page)
    assert told.cause == Cause.FOREIGN
    assert "web page" in told.message
    assert "'Sign in to Wi-Fi'" in told.message


@pytest.mark.parametrize(
    "body",
    [
        # Mistral: https://github.com/nomtek/mistralai_client_dart/issues/44
        {
            "object": "error",
            "message": {
                "detail": [
                    {
                        "type": "extra_forbidden",
                        "loc": ["body", "top_k"],
                        "msg": "Extra inputs are not permitted",
                    }
                ]
            },
            "type": "invalid_request_error",
        },
        # FastAPI, as vLLM and others
        {"detail": [{"type": "extra_forbidden", "loc": ["body", "top_k"], "msg": "Extra inputs"}]},
    ],
)
def test_a_list_of_faults_names_the_parameter(body: Any) -> None:
    told = ADAPTERS[Wire.OPENAI_CHAT].failure(422, json.dumps(body).encode())
    assert (told.cause, told.parameter) == (Cause.PARAMETER, "top_k")
    assert told.message.startswith("top_k: Extra inputs")


# What is sent


def test_bedrock_gets_no_blank_text() -> None:
    # https://github.com/boto/botocore/issues/3525
    chat = Chat(
        messages=(
            user("Hi"),
            Message(
                role=Role.ASSISTANT,
                parts=(Text(text="\n"), ToolCall(id="t1", name="weather", arguments="{}")),
            ),
            Message(role=Role.USER, parts=(ToolResult(call_id="t1", name="weather", text=""),)),
            Message(role=Role.ASSISTANT, parts=(Text(text=" "),)),
            Message(role=Role.USER, parts=(Text(text=" "), Image(media_type="image/png", data=b"x"))),
        )
    )
    to = target(Wire.BEDROCK_CONVERSE, "http://localhost:1")
    messages = ADAPTERS[Wire.BEDROCK_CONVERSE].build_request(chat, to).body["messages"]
    texts = [
        block["text"]
        for message in messages
        for outer in message["content"]
        for block in [outer, *outer.get("toolResult", {}).get("content", [])]
        if "text" in block
    ]
    assert texts
    assert all(text.strip() for text in texts)
    assert all(message["content"] for message in messages)


def test_claude_gets_no_blank_text_beside_other_parts() -> None:
    turn = Message(
        role=Role.ASSISTANT, parts=(Text(text="\n"), ToolCall(id="t1", name="weather", arguments="{}"))
    )
    to = target(Wire.ANTHROPIC_MESSAGES, "http://localhost:1")
    body = ADAPTERS[Wire.ANTHROPIC_MESSAGES].build_request(Chat(messages=(user("Hi"), turn)), to).body
    assert [block["type"] for block in body["messages"][1]["content"]] == ["tool_use"]
