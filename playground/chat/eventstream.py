"""Amazon's binary event stream: prelude, headers, payload, two CRCs.

A message is: total length and headers' length (4 bytes each, big-endian), CRC-32 of those eight, the
headers, the payload, CRC-32 of all before it.
https://docs.aws.amazon.com/transcribe/latest/dg/streaming-setting-up.html describes the format.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from zlib import crc32

from playground.chat.framing import Frame
from playground.errors import FrameError
from playground.json_text import SIZE

_PRELUDE = 12
_SMALLEST = 16
#: Bytes of a header's value by its type; 6 and 7 carry their own length.
_FIXED = {0: 0, 1: 0, 2: 1, 3: 2, 4: 4, 5: 8, 8: 8, 9: 16}


class EventStreamFraming:
    """Frames whose event is `:event-type` or `:exception-type`; an exception's starts with `!`."""

    def __init__(self) -> None:
        self._rest = bytearray()

    def feed(self, piece: bytes) -> Iterator[Frame]:
        self._rest += piece
        while len(self._rest) >= _PRELUDE:
            total, headers_size, check = struct.unpack_from(">III", self._rest)
            if crc32(self._rest[:8]) != check:
                raise FrameError("a message's prelude does not match its checksum")
            if not _SMALLEST + headers_size <= total <= SIZE:
                raise FrameError(f"a message of {total} bytes with {headers_size} bytes of headers")
            if len(self._rest) < total:
                return
            message = bytes(self._rest[:total])
            del self._rest[:total]
            if crc32(message[:-4]) != int.from_bytes(message[-4:]):
                raise FrameError("a message does not match its checksum")
            headers = dict(_headers(message[_PRELUDE : _PRELUDE + headers_size]))
            payload = message[_PRELUDE + headers_size : -4].decode("utf-8", "replace")
            kind = headers.get(":message-type", "event")
            if kind == "event":
                yield Frame(payload, headers.get(":event-type", ""))
            else:
                name = headers.get(":exception-type") or headers.get(":error-code") or kind
                yield Frame(payload or headers.get(":error-message", ""), f"!{name}")

    def close(self) -> Iterator[Frame]:
        if self._rest:
            raise FrameError(f"the stream ended {len(self._rest)} bytes into a message")
        yield from ()


def _headers(block: bytes) -> Iterator[tuple[str, str]]:
    at = 0
    try:
        while at < len(block):
            size = block[at]
            name = block[at + 1 : at + 1 + size].decode("utf-8", "replace")
            at += 1 + size
            kind = block[at]
            at += 1
            if kind in (6, 7):
                (length,) = struct.unpack_from(">H", block, at)
                at += 2
            else:
                length = _FIXED[kind]
            if at + length > len(block):
                raise FrameError(f"the header {name!r} is longer than its message")
            if kind == 7:
                yield name, block[at : at + length].decode("utf-8", "replace")
            at += length
    except (IndexError, KeyError, struct.error) as error:
        raise FrameError("a message's headers are not of the format") from error
