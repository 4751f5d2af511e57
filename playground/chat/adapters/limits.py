"""What a response's headers say of its provider's limits: what is left, until when, and when to come back.

A page reads only those that its provider exposes (`Access-Control-Expose-Headers`); the others are absent.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from playground.chat.adapters.waits import seconds_in
from playground.chat.events import Cause, Failed, Limits

#: Headers that say when to come back, and the unit of a bare number in them.
_WAITS = (
    ("retry-after-ms", "ms"),
    ("retry-after", ""),
)
#: Headers with what is left of a limit; the one with `reset` in the place of `remaining` says until when.
_REQUESTS = (
    "x-ratelimit-remaining-requests",
    "anthropic-ratelimit-requests-remaining",
    "x-ratelimit-remaining",
    "ratelimit-remaining",
)
_TOKENS = (
    "x-ratelimit-remaining-tokens",
    "anthropic-ratelimit-tokens-remaining",
    "anthropic-ratelimit-input-tokens-remaining",
    "anthropic-ratelimit-output-tokens-remaining",
)


def limits_in(headers: Mapping[str, str], now: datetime) -> Limits | None:
    """What the headers of an answer say is left; None where they say nothing."""
    requests, tokens = _scarcest(_REQUESTS, headers, now), _scarcest(_TOKENS, headers, now)
    if requests is None and tokens is None:
        return None
    requests_left, requests_reset = requests or (None, None)
    tokens_left, tokens_reset = tokens or (None, None)
    return Limits(
        requests_left=requests_left,
        requests_reset=requests_reset,
        tokens_left=tokens_left,
        tokens_reset=tokens_reset,
    )


def with_retry_after(failed: Failed, headers: Mapping[str, str], now: datetime) -> Failed:
    """`Retry-After` goes before the body's own words, and those before the time at which a limit is reset."""
    for name, unit in _WAITS:
        if (seconds := seconds_in(headers.get(name, "") + unit, now)) is not None:
            return replace(failed, retry_after=seconds)
    if failed.retry_after is not None or failed.cause != Cause.RATE:
        return failed
    resets = (
        reset
        for name in (*_REQUESTS, *_TOKENS)
        if (row := _left(name, headers, now)) and row[0] == 0 and (reset := row[1]) is not None
    )
    return replace(failed, retry_after=max(resets, default=None))


def _scarcest(
    names: tuple[str, ...], headers: Mapping[str, str], now: datetime
) -> tuple[int, float | None] | None:
    rows = [row for name in names if (row := _left(name, headers, now))]
    return min(rows, key=lambda row: row[0], default=None)


def _left(name: str, headers: Mapping[str, str], now: datetime) -> tuple[int, float | None] | None:
    text = headers.get(name)
    if text is None or not re.fullmatch(r"\d{1,15}", text.strip()):
        return None
    return int(text), seconds_in(headers.get(name.replace("remaining", "reset"), ""), now)
