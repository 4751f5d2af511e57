"""Ends as public reports of other chats met them; each with its address."""

from __future__ import annotations

import json

import pytest

from playground.catalog.endpoints import Wire
from playground.chat.events import Cause, Failed, Finished, Reason
from playground.run.ending import end_text
from playground.run.run import event_to_json
from playground.run.standing import measured
from tests.playground.chat.dialects.streamed import delta, failure, folded, part, sse

CHAT, CLAUDE, GEMINI = Wire.OPENAI_CHAT, Wire.ANTHROPIC_MESSAGES, Wire.GEMINI
TEXT = {"type": "content_block_delta", "delta": {"type": "text_delta", "text": "The three causes are"}}


def test_an_end_told_with_the_first_piece_ends_nothing() -> None:
    """github.com/open-webui/open-webui/issues/16377, github.com/open-webui/open-webui/pull/23929"""
    first = sse(delta("stop", reasoning_content="Let "), delta("stop", reasoning_content="me see."))
    answer = folded(CHAT, first + sse(delta(content="It is 42."), delta("stop")) + b"data: [DONE]\n\n")
    assert (answer.reasoning, answer.text) == ("Let me see.", "It is 42.")


def test_what_is_counted_after_the_end_is_counted() -> None:
    """github.com/strands-agents/harness-sdk/pull/3955"""
    counts = {"choices": [], "usage": {"prompt_tokens": 3, "completion_tokens": 7}}
    answer = folded(CHAT, sse(delta(content="Hi"), delta("stop"), counts) + b"data: [DONE]\n\n")
    assert answer.metrics().output.value == 7


def test_an_error_in_the_middle_is_a_failure_and_what_came_stays() -> None:
    """github.com/unslothai/unsloth/pull/10811, github.com/karthink/gptel/pull/1512"""
    error = {"type": "error", "error": {"details": None, "type": "overloaded_error", "message": "Overloaded"}}
    answer = folded(CLAUDE, sse(TEXT, error))
    assert isinstance(answer.end, Failed)
    assert (answer.end.cause, answer.text) == (Cause.OVERLOADED, "The three causes are")


@pytest.mark.parametrize(
    ("wire", "body"),
    [
        (CLAUDE, sse(TEXT)),
        (CHAT, sse(delta(tool_calls=[{"index": 0, "id": "c", "function": {"arguments": '{"a": "b'}}]))),
        (GEMINI, sse(part(text="Half an"))),
    ],
)
def test_a_stream_that_ends_in_silence_is_no_answer(wire: Wire, body: bytes) -> None:
    """github.com/griffinwork40/agent-afk/pull/635, github.com/CommandCodeAI/command-code/issues/785"""
    assert failure(wire, body).cause == Cause.TRUNCATED


@pytest.mark.parametrize("said", ["MALFORMED_FUNCTION_CALL", "UNEXPECTED_TOOL_CALL", "MALFORMED_RESPONSE"])
def test_an_end_that_we_have_no_word_for_is_told_in_the_providers_and_not_compared(said: str) -> None:
    """github.com/NousResearch/hermes-agent/pull/83886: an empty answer passed for a good one."""
    answer = folded(GEMINI, sse(part(text="I will call"), {"candidates": [{"finishReason": said}]}))
    assert isinstance(answer.end, Finished)
    why = "for a reason that only the provider knows"
    assert end_text(event_to_json(answer.end)) == f"Finished: {why} ({said})"
    assert not measured(answer.end, answer.metrics()).answered


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        *(("eos", Reason.STOP), ("eos_token", Reason.STOP), ("COMPLETE", Reason.STOP)),
        *(
            ("max_tokens", Reason.LENGTH),
            ("tool_use", Reason.TOOL_CALLS),
            ("content_filter", Reason.FILTERED),
        ),
        *(("error", Reason.OTHER), ("insufficient_system_resource", Reason.OTHER), ("abort", Reason.OTHER)),
    ],
)
def test_servers_of_others_say_the_same_in_other_words(said: str, reason: Reason) -> None:
    """github.com/spiceai/spiceai/issues/12596: only some of these are the end of an answer."""
    assert folded(CHAT, sse(delta(content="Hi"), delta(said))).end == Finished(reason=reason, said=said)


def test_json_that_is_no_answer_is_shown_and_is_a_failure() -> None:
    """github.com/danny-avila/LibreChat/issues/8520"""
    told = failure(CHAT, json.dumps({"response": "hello"}).encode())
    assert told.cause == Cause.FOREIGN
    assert '“{"response": "hello"}”' in told.message
