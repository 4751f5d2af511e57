"""Framings hold for every way the network may cut a stream, and for bytes nobody meant."""

from __future__ import annotations

import struct
from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.chat import framing
from playground.chat.eventstream import EventStreamFraming
from playground.chat.framing import Frame, Framing, LineFraming, SseFraming
from playground.errors import FrameError

SIZES = (1, 2, 3, 7, 100_000)
SSE = (
    '\ufeffevent: a\r\ndata: x\u2028y\r\ndata: 2\r\n\r\n: ping\n\nid: 3\nretry: 5\ndata:{"é": 1}\n\n'
    "data:z\r\revent: dropped, it has no data\n\ndata\n\ndata: tail without its empty line"
).encode()


def message(payload: bytes, **headers: str) -> bytes:
    """An event stream message, written here from the format's description."""
    block = b"".join(
        bytes([len(n) + 1])
        + b":"
        + n.replace("_", "-").encode()
        + b"\x07"
        + struct.pack(">H", len(v))
        + v.encode()
        for n, v in headers.items()
    )
    start = struct.pack(">II", 16 + len(block) + len(payload), len(block))
    whole = start + struct.pack(">I", crc32(start)) + block + payload
    return whole + struct.pack(">I", crc32(whole))


BINARY = message(b'{"a":1}', event_type="contentBlockDelta", message_type="event") + message(
    b'{"message":"slow down"}', exception_type="throttlingException", message_type="exception"
)


def cut(new: type[Framing], stream: bytes, size: int) -> list[Frame]:
    decoder = new()
    frames = [f for i in range(0, len(stream), size) for f in decoder.feed(stream[i : i + size])]
    return [*frames, *decoder.close()]


@pytest.mark.parametrize("size", SIZES)
def test_server_sent_events_at_every_read_size(size: int) -> None:
    assert cut(SseFraming, SSE, size) == [
        Frame("x\u2028y\n2", "a"),
        Frame('{"é": 1}'),
        Frame("z"),
        Frame(""),
        Frame("tail without its empty line"),
    ]


@pytest.mark.parametrize("size", SIZES)
def test_json_lines_at_every_read_size(size: int) -> None:
    stream = '{"a": "x\u2028y"}\r\n\n{"b": 2}'.encode()
    assert [f.data.strip() for f in cut(LineFraming, stream, size)] == ['{"a": "x\u2028y"}', '{"b": 2}']


@pytest.mark.parametrize("size", SIZES)
def test_event_stream_messages_at_every_read_size(size: int) -> None:
    assert cut(EventStreamFraming, BINARY, size) == [
        Frame('{"a":1}', "contentBlockDelta"),
        Frame('{"message":"slow down"}', "!throttlingException"),
    ]


@given(at=st.integers(0, len(BINARY) - 1), bit=st.integers(0, 7))
def test_one_flipped_bit_is_refused(at: int, bit: int) -> None:
    broken = bytearray(BINARY)
    broken[at] ^= 1 << bit
    with pytest.raises(FrameError):
        cut(EventStreamFraming, bytes(broken), 1000)


def test_half_a_message_at_the_end_is_refused() -> None:
    with pytest.raises(FrameError, match="the stream ended 5 bytes into a message"):
        cut(EventStreamFraming, BINARY + BINARY[:5], 1000)


@pytest.mark.parametrize(("new", "head"), [(SseFraming, b"data: "), (LineFraming, b"")])
def test_a_frame_without_end_is_refused_before_memory_is_full(
    new: type[Framing], head: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(framing, "SIZE", 1000)
    with pytest.raises(FrameError, match="more than"):
        cut(new, head + b"x" * 5000, 64)


@pytest.mark.parametrize("new", [SseFraming, LineFraming, EventStreamFraming])
@given(stream=st.binary(max_size=400), size=st.integers(1, 50))
def test_garbage_gives_frames_or_one_clear_error(new: type[Framing], stream: bytes, size: int) -> None:
    def outcome(size: int) -> list[Frame] | str:
        try:
            return cut(new, stream, size)
        except FrameError:
            return "refused"

    assert outcome(size) == outcome(1000)
