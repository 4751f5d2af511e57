"""What a stream says, in no provider's words: a closed union, folded in one place (transcript.py).

A stream ends in exactly one Finished or Failed, and that is its last event (client.py sees to it).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from playground.json_text import cut_text, sound_text
from playground.pricing.usage import Usage

#: No answer has as many tokens; a count above it is a slip or an attack, and not reported.
MOST_TOKENS = 10**12
#: Nor does one cost as much, in US dollars.
MOST_USD = 10**6
#: Nobody is told to wait longer than a month, as some quotas last, in seconds.
MOST_WAIT = 31 * 86_400
#: A provider's message is kept up to here, in characters.
MESSAGE = 2000
#: So is the name that it gives an answer.
NAME = 200


class Reason(StrEnum):
    """Why a model stopped."""

    STOP = "stop"
    LENGTH = "length"
    TOOL_CALLS = "tool calls"
    FILTERED = "filtered"
    REFUSED = "refused"
    OTHER = "other"


class Cause(StrEnum):
    """Why a request failed, as far as the provider or the network lets us know."""

    KEY = "wrong key"
    NO_KEY = "needs a key"
    PERMISSION = "not allowed"
    QUOTA = "no quota"
    RATE = "rate limit"
    OVERLOADED = "overloaded"
    MODEL = "model not found"
    PARAMETER = "unsupported parameter"
    CONTEXT = "context too long"
    FILTERED = "content filter"
    REQUEST = "bad request"
    SERVER = "server error"
    STREAM = "error in the stream"
    MALFORMED = "malformed stream"
    FOREIGN = "no API"
    TRUNCATED = "stream cut off"
    UNREACHABLE = "unreachable"
    TIMEOUT = "timeout"
    STOPPED = "stopped"
    OURS = "fault of the playground"


@dataclass(frozen=True, slots=True, kw_only=True)
class TextDelta:
    """More of the answer."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasoningDelta:
    """More of what the model lets us see of its reasoning."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolCallDelta:
    """More of the tool call at `index` of this answer; arguments arrive in pieces.

    Where a wire gives calls whole and without a place, `index` is None: each is the next call. `whole` says
    that the arguments are all there are so far, in place of what came: some servers give them at once, some
    in pieces, some in both ways.
    """

    index: int | None
    id: str = ""
    name: str = ""
    arguments: str = ""
    whole: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Echoed:
    """More of something to send back unchanged on the next turn; see chat.Echo.

    Pieces of the same `index` belong together: texts are joined, other values replace. Without an index it
    belongs to what came just before it, unless it is `apart`: then it is a part of its own.
    """

    index: int | None = None
    apart: bool = False
    value: Mapping[str, Any] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What the provider calls this answer, to ask its support about, and the model that it says answers.

    `id` is in the stream, `request` in a header that the page may read; empty is not told.
    """

    id: str = ""
    request: str = ""
    model: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What the provider's headers say of its limits: requests and tokens left, and seconds until a reset.

    None is not told, or hidden from the page by the browser.
    """

    requests_left: int | None = None
    requests_reset: float | None = None
    tokens_left: int | None = None
    tokens_reset: float | None = None


@dataclass(frozen=True, slots=True)
class Begun:
    """The model begins now: what went before (a download, a queue in the page) was not its time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """The answer is complete; `said` is the provider's own word for why."""

    reason: Reason
    said: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """There is no complete answer. `message` is the provider's or ours; `parameter` what it objects to.

    `retry_after` is in seconds, from the body or a header that the page may read; `request` is as Named's.
    """

    cause: Cause
    message: str
    status: int | None = None
    parameter: str = ""
    retry_after: float | None = None
    request: str = ""


type Event = (
    TextDelta | ReasoningDelta | ToolCallDelta | Echoed | Named | Limits | Begun | Usage | Finished | Failed
)


def broken(error: Exception) -> Failed:
    """An exception that nobody foresaw, as the end of a stream: in plain words, with what it says."""
    details = " ".join(f"{type(error).__name__}: {error}".split())[:300]
    return Failed(cause=Cause.OURS, message=f"the playground itself failed ({details})")


class Checking:
    """Makes each event of one stream fit to be kept, sent on and shown, whatever its provider wrote.

    An emoji that comes in two halves is given whole; numbers that nobody could mean are not reported.
    """

    def __init__(self) -> None:
        self._half: TextDelta | ReasoningDelta | None = None

    def __call__(self, event: Event) -> Iterator[Event]:
        """The event, checked; none while half a character waits, two where it waited in vain."""
        match event:
            case TextDelta() | ReasoningDelta():
                if self._half is None and event.text.isascii():
                    yield event
                else:
                    yield from self._text(event)
                return
            case Usage():
                event = _counted(event)
            case Failed():
                event = plain(event)
            case Finished():
                event = replace(event, said=sound_text(event.said)[:MESSAGE])
            case Named():
                event = Named(**{f.name: sound_text(getattr(event, f.name))[:NAME] for f in fields(event)})
            case _:
                pass  # joined and made sound as a whole, in the transcript
        if self._half is not None and isinstance(event, Finished | Failed):
            yield replace(self._half, text=sound_text(self._half.text))
            self._half = None
        yield event

    def _text(self, event: TextDelta | ReasoningDelta) -> Iterator[Event]:
        before = ""
        if self._half is not None and type(self._half) is type(event):
            before = self._half.text
        elif self._half is not None:
            yield replace(self._half, text=sound_text(self._half.text))
        whole, half = cut_text(before + event.text)
        self._half = replace(event, text=half) if half else None
        if whole:
            yield replace(event, text=whole)


def _counted(usage: Usage) -> Usage:
    counts = {
        name: count if isinstance(count := getattr(usage, name), int) and count <= MOST_TOKENS else None
        for name in ("input", "cache_read", "cache_write", "cache_write_1h", "output", "reasoning")
    }
    whole, cached = counts["input"], (counts["cache_read"] or 0) + (counts["cache_write"] or 0)
    if whole is not None and cached > whole:
        # More of the input came from a cache than there was: neither is to be believed, or billed.
        counts |= dict.fromkeys(("input", "cache_read", "cache_write", "cache_write_1h"))
    return Usage(**counts, usd=_usd(usage.usd))


def _usd(text: str | None) -> str | None:
    try:
        return text if text is not None and 0 <= Decimal(text) <= MOST_USD else None
    except InvalidOperation:  # no number, or NaN, which has no order
        return None


def plain(failed: Failed) -> Failed:
    """The failure with bounded, sound texts, and without a status or a wait that nobody could mean."""
    after, status = failed.retry_after, failed.status
    return replace(
        failed,
        message=sound_text(failed.message)[:MESSAGE],
        parameter=sound_text(failed.parameter)[:MESSAGE],
        status=status if status is not None and 100 <= status <= 599 else None,
        retry_after=after if after is not None and 0 <= after <= MOST_WAIT else None,
    )
