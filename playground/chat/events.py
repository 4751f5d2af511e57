"""What a stream says, in no provider's words: a closed union, folded in one place (transcript.py).

A stream ends in exactly one Finished or Failed, and that is its last event (client.py sees to it).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from playground.pricing.usage import Usage


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
    TRUNCATED = "stream cut off"
    UNREACHABLE = "unreachable"
    TIMEOUT = "timeout"
    STOPPED = "stopped"


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
class Finished:
    """The answer is complete; `said` is the provider's own word for why."""

    reason: Reason
    said: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """There is no complete answer. `message` is the provider's or ours; `parameter` what it objects to.

    `retry_after` is in seconds, from the body or a header that the page may read.
    """

    cause: Cause
    message: str
    status: int | None = None
    parameter: str = ""
    retry_after: float | None = None


type Event = TextDelta | ReasoningDelta | ToolCallDelta | Echoed | Usage | Finished | Failed
