"""The answer of a stream's bytes, however they are cut."""

from __future__ import annotations

import json
from typing import Any

from playground.catalog.endpoints import Wire
from playground.chat.events import Failed
from playground.chat.transcript import Transcript
from tests.playground.chat.asking import giver, parsed

#: Every test reads its bytes whole and cut into pieces of these sizes.
SIZES = (1, 7, 1 << 20)


def sse(*chunks: Any) -> bytes:
    return b"".join(f"data: {json.dumps(chunk)}\n\n".encode() for chunk in chunks)


def lines(*chunks: Any) -> bytes:
    return b"".join(json.dumps(chunk).encode() + b"\n" for chunk in chunks)


def folded(wire: Wire, body: bytes) -> Transcript:
    """The answer of those bytes, which is the same however they are cut."""
    transcripts = []
    for size in SIZES:
        transcript = Transcript(wire, lambda: 0.0, giver(wire))
        for event in parsed(wire, body, size):
            transcript.add(event)
        transcripts.append(transcript)
    first = transcripts[0]
    for other in transcripts[1:]:
        assert (other.text, other.calls, other.end, other.usage, other.message) == (
            first.text,
            first.calls,
            first.end,
            first.usage,
            first.message,
        )
    return first


def failure(wire: Wire, body: bytes) -> Failed:
    """The failure that those bytes end in."""
    end = folded(wire, body).end
    assert isinstance(end, Failed)
    return end


def delta(finish: str | None = None, **value: Any) -> dict[str, Any]:
    return {"choices": [{"index": 0, "delta": value, "finish_reason": finish}]}


def part(finish: str = "", **value: Any) -> dict[str, Any]:
    end = {"finishReason": finish} if finish else {}
    return {"candidates": [{"content": {"parts": [value]}, **end}]}
