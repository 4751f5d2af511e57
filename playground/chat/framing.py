"""From bytes, as the network cuts them, to frames: server-sent events and JSON lines.

Push decoders: `feed` takes any piece and gives the frames it completes, so they hold for every read size.
Lines end at LF, CR or CRLF only: `str.splitlines` would also cut at U+2028, which JSON may hold raw.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from playground.errors import FrameError
from playground.json_text import SIZE

#: The event of a frame that holds a whole document (document.py).
DOCUMENT = "document"
#: How the message of a web page that came in place of an answer ends.
NOT_API = "not an API"
#: Statuses by which a proxy says that the server behind it does not answer.
GATEWAY = frozenset({502, 503, 504})
_TITLE = re.compile(r"<title[^>]*>\s*([^<]{1,200})", re.I)
_UNSHOWN = r"<(script|style|head)\b.*?</\1\s*>|<[^>]*>?"
#: So much of what came is looked at for how it begins, and so much is shown, in characters.
_LOOKED, _SHOWN = 20_000, 120


@dataclass(frozen=True, slots=True)
class Frame:
    """One unit of a stream: its type where the wire names one, and its text."""

    data: str
    event: str = ""


class Framing(Protocol):
    """Bytes in, frames out."""

    def feed(self, piece: bytes) -> Iterator[Frame]:
        """The frames that this piece completes. Raises FrameError."""
        ...

    def close(self) -> Iterator[Frame]:
        """What is left when the stream ends. Raises FrameError for half a frame that means something."""
        ...


class SseFraming:
    """https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation"""

    def __init__(self) -> None:
        self._rest = bytearray()
        self._after_cr = False
        self._first = True
        self._event = ""
        self._lines: list[str] = []
        self._size = 0

    def feed(self, piece: bytes) -> Iterator[Frame]:
        if self._after_cr and piece:
            self._after_cr = False
            piece = piece.removeprefix(b"\n")
        self._rest += piece
        if self._rest.endswith(b"\r"):
            self._after_cr = True
        if b"\n" not in piece and b"\r" not in piece and len(self._rest) + self._size <= SIZE:
            return
        *lines, rest = self._rest.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
        self._rest = rest
        for line in lines:
            self._bounded(line)
            yield from self._line(bytes(line))
        self._bounded(self._rest)

    def _bounded(self, line: bytearray) -> None:
        if len(line) + self._size > SIZE:
            raise FrameError(f"an event of more than {SIZE // 1024 // 1024} MiB")

    def close(self) -> Iterator[Frame]:
        # The standard drops an event without its empty line; servers that forget it mean what they sent.
        if self._rest:
            yield from self._line(bytes(self._rest))
            self._rest.clear()
        yield from self._line(b"")

    def _line(self, line: bytes) -> Iterator[Frame]:
        if self._first:
            self._first = False
            line = line.removeprefix(b"\xef\xbb\xbf")
        if not line:
            if self._lines:
                yield Frame("\n".join(self._lines), self._event)
            self._event, self._lines, self._size = "", [], 0
            return
        name, _, value = line.partition(b":")
        value = value.removeprefix(b" ")
        if name == b"data":
            self._lines.append(value.decode("utf-8", "replace"))
            self._size += len(value)
        elif name == b"event":
            self._event = value.decode("utf-8", "replace")
        elif name == b"error":
            # No field of the standard; llama.cpp's server sent its errors so (llama.cpp#16109).
            self._event = "error"
            self._lines.append(value.decode("utf-8", "replace"))
            self._size += len(value)


class LineFraming:
    """One JSON value a line (NDJSON)."""

    def __init__(self) -> None:
        self._rest = bytearray()

    def feed(self, piece: bytes) -> Iterator[Frame]:
        self._rest += piece
        if b"\n" in piece:
            *lines, rest = self._rest.split(b"\n")
            self._rest = rest
            for line in lines:
                self._bounded(line)
                if line.strip():
                    yield Frame(line.decode("utf-8", "replace"))
        self._bounded(self._rest)

    def _bounded(self, line: bytearray) -> None:
        if len(line) > SIZE:
            raise FrameError(f"a line of more than {SIZE // 1024 // 1024} MiB")

    def close(self) -> Iterator[Frame]:
        if self._rest.strip():
            yield Frame(self._rest.decode("utf-8", "replace"))
        self._rest.clear()


type NewFraming = Callable[[], Framing]


def web_page(text: str, content_type: str = "") -> str:
    """What to call a document that is a web page, by its title or how it begins; empty for any other."""
    is_html = content_type.lower().startswith(("text/html", "application/xhtml"))
    if not text.lstrip("\ufeff \t\r\n").startswith("<") and not is_html:
        return ""
    if title := _TITLE.search(text):
        return f"a web page titled {' '.join(title[1].split())!r}"
    begin = begins(re.sub(_UNSHOWN, " ", text[:_LOOKED], flags=re.I | re.S))
    return f"a web page that begins “{begin}”" if begin else "an empty web page"


def begins(text: str) -> str:
    """The first characters of a text, on one line."""
    line = " ".join(text[:_LOOKED].split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"
