"""An answer that is one document though a stream was asked for: JSON of a server that cannot stream, HTML.

Wraps a wire's framing and decides by the first bytes, which no stream of that wire begins with.
"""

from __future__ import annotations

from collections.abc import Iterator

from playground.chat.framing import DOCUMENT, NOT_API, Frame, Framing, LineFraming, web_page
from playground.errors import FrameError, WebPageError
from playground.json_text import SIZE, read_json, write_json

_BLANK = b" \t\r\n\xef\xbb\xbf"


class DocumentOrStream:
    """The frames of `framing`, or one for a whole JSON document (one for each entry where it is a list)."""

    def __init__(self, framing: Framing) -> None:
        self._framing = framing
        self._head = bytearray()
        self._streams: bool | None = None

    def feed(self, piece: bytes) -> Iterator[Frame]:
        if self._streams:
            yield from self._framing.feed(piece)
            return
        self._head += piece
        if self._streams is None:
            self._streams = self._is_stream()
        if self._streams:
            head = bytes(self._head)
            self._head.clear()
            yield from self._framing.feed(head)
        elif len(self._head) > SIZE:
            raise FrameError(f"a document of more than {SIZE // 1024 // 1024} MiB")

    def close(self) -> Iterator[Frame]:
        if self._streams is False:
            yield from _frames_of(self._head.decode("utf-8-sig", "replace"))
            return
        # A first line without its end was waited for.
        yield from self._framing.feed(bytes(self._head))
        yield from self._framing.close()

    def _is_stream(self) -> bool | None:
        """None while the first bytes do not tell."""
        head = self._head.lstrip(_BLANK)
        if not head:
            return None
        if head.startswith((b"<", b"[")):
            return False
        if not head.startswith(b"{"):
            return True
        if not isinstance(self._framing, LineFraming):
            return False
        # JSON lines begin alike; a document over many lines has nothing but its bracket on the first.
        line, end, _ = head.partition(b"\n")
        return (line.strip() != b"{") if end else None


def _frames_of(text: str) -> Iterator[Frame]:
    if page := web_page(text):
        raise WebPageError(f"this address answered with {page}, {NOT_API}")
    try:
        value = read_json(text)
    except ValueError:
        value = None
    if isinstance(value, list):
        for entry in value:
            yield Frame(write_json(entry), DOCUMENT)
    else:
        yield Frame(text, DOCUMENT)
