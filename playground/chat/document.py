"""An answer that is one document though a stream was asked for: JSON of a server that cannot stream, HTML.

Wraps a wire's framing and decides by the first bytes, which no stream of that wire begins with. The content
type alone decides nothing: servers send streams as text/plain or text/html, and pages without any.
"""

from __future__ import annotations

from collections.abc import Iterator

from playground.chat.framing import (
    DOCUMENT,
    NOT_API,
    Frame,
    Framing,
    LineFraming,
    SseFraming,
    begins,
    web_page,
)
from playground.errors import FrameError, NoAnswerError
from playground.json_text import SIZE, read_json, write_json

_BLANK = b" \t\r\n\xef\xbb\xbf"
#: What the first line of a stream of events begins with: a field, or a comment.
_BARE = (b"data", b"event", b"id", b"retry")
_FIELDS = (b"data:", b"event:", b"id:", b"retry:", b"error:", b":")
#: Content types that promise no stream, where a server sends nothing at all.
_DOCUMENTS = ("text/", "application/json", "application/xml", "application/xhtml")
#: What an object says an error under; one without is none.
_ERRORS = frozenset({"error", "errors", "message", "detail"})


class DocumentOrStream:
    """The frames of `framing`, or one for a whole JSON document (one for each entry where it is a list).

    Raises NoAnswerError for a document that is no answer of any API; `content_type` says what it is called.
    """

    def __init__(self, framing: Framing, content_type: str = "") -> None:
        self._framing = framing
        self._content_type = content_type.lower()
        self._is_events = self._content_type.startswith("text/event-stream")
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
        if self._streams is None:
            self._streams = self._is_stream(whole=True)
        if self._streams is False:
            yield from _frames_of(self._head.decode("utf-8-sig", "replace"), self._content_type)
            return
        # A first line without its end was waited for.
        yield from self._framing.feed(bytes(self._head))
        yield from self._framing.close()

    def _is_stream(self, *, whole: bool = False) -> bool | None:
        """None while the first bytes do not tell."""
        head = bytes(self._head.lstrip(_BLANK))
        if not head:
            return (self._is_events or not self._content_type.startswith(_DOCUMENTS)) if whole else None
        if head.startswith((b"<", b"[")):
            return False
        if not head.startswith(b"{"):
            return self._is_framed(head, whole=whole)
        if not isinstance(self._framing, LineFraming):
            return False
        # JSON lines begin alike; a document over many lines has nothing but its bracket on the first.
        line, end, _ = head.partition(b"\n")
        return (line.strip() != b"{") if end else (False if whole else None)

    def _is_framed(self, head: bytes, *, whole: bool) -> bool | None:
        """Whether what begins with no bracket is of the framing; None while that does not tell."""
        if isinstance(self._framing, LineFraming):
            return False
        if not isinstance(self._framing, SseFraming):
            return not self._content_type.startswith(_DOCUMENTS)
        if head.startswith(_FIELDS) or head.splitlines()[0] in _BARE or self._is_events:
            return True
        is_cut = any(field.startswith(head) for field in _FIELDS)
        return (True if whole else None) if is_cut else False


def foreign(text: str, content_type: str) -> str:
    """What came where an API was asked, in words: what it is and how it begins."""
    if page := web_page(text, content_type):
        return f"this address answered with {page}, {NOT_API}"
    kind = content_type.partition(";")[0].strip()
    begin = begins(text)
    if not begin:
        return f"this address answered with nothing{f' ({kind})' if kind else ''}"
    what = f"{kind or 'a text'} that begins “{begin}”"
    return f"this address answered with {what}, which is no answer of a model"


def check_error(text: str, content_type: str) -> None:
    """Raises NoAnswerError unless the JSON document says what went wrong, in one of the ways that APIs do."""
    try:
        value = read_json(text)
    except ValueError:
        return  # half a document, which its wire calls one
    if not isinstance(value, dict) or not any(value.get(name) for name in _ERRORS):
        raise NoAnswerError(foreign(text, content_type))


def _frames_of(text: str, content_type: str) -> Iterator[Frame]:
    try:
        value = read_json(text)
    except ValueError:
        value = None
    if isinstance(value, list):
        for entry in value:
            yield Frame(write_json(entry), DOCUMENT)
    elif isinstance(value, dict) or text.lstrip().startswith("{"):
        yield Frame(text, DOCUMENT)  # half an object is the wire's to say
    else:
        raise NoAnswerError(foreign(text, content_type))
