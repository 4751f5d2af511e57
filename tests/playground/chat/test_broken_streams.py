"""Streams that are cut, out of order, foreign or without end, on every wire."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.catalog.endpoints import Wire
from playground.chat.adapters import ADAPTERS
from playground.chat.client import read_events
from playground.chat.events import Cause, Event, Failed, Finished
from playground.chat.transcript import Transcript
from tests import running
from tests.playground.chat.asking import parsed

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


def test_an_answer_without_an_end_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("playground.chat.client.ANSWER", 1000)
    read = 0

    async def pieces() -> AsyncIterator[bytes]:
        nonlocal read
        while True:
            read += 1
            yield SAMPLES[Wire.OPENAI_CHAT][0]

    async def events() -> list[Event]:
        return [event async for event in read_events(pieces(), ADAPTERS[Wire.OPENAI_CHAT])]

    end = running.run(events())[-1]
    assert isinstance(end, Failed)
    assert end.message == "the stream is malformed: an answer of more than 1,000 characters"
    assert read == 1001


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
