"""How long a provider asks us to wait, from its words and headers: seconds, or None where none is told.

Durations (`1h2m3s`, `7m12.345s`, `20 seconds`, `PT1M`), dates (HTTP's, ISO's, `27.11.2026`) and points in
time as seconds or milliseconds since 1970, as providers write them. Nothing of it is trusted: what is no
time, lies in the past or more than a month ahead is no wait.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from playground.chat.events import MOST_WAIT

#: Above this a number is a point in time, in seconds or in milliseconds since 1970.
_EPOCH, _EPOCH_MS = 1_000_000_000, 1_000_000_000_000
_UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86_400.0}
_NUMBER = r"\d{1,15}(?:\.\d{1,9})?"
_STEP = re.compile(
    rf"({_NUMBER})\s*(milliseconds?|ms|seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d)(?![a-z])"
    r"[\s,]*(?:and\s+)?",
    re.I,
)
_ISO_DURATION = re.compile(r"PT(?=\d)(?:(\d{1,4})H)?(?:(\d{1,6})M)?(?:(\d{1,9}(?:\.\d{1,9})?)S)?\b")
_DATES = ("%d.%m.%Y", "%Y-%m-%d", "%m/%d/%Y")
_ASKED = re.compile(r"(?:(?:try again|retry|resets?) (?:in|after|at|on)|retry_?(?:after|delay))\W{0,5}", re.I)


def seconds_in(text: str, now: datetime) -> float | None:
    """The seconds to wait that a value says, such as a `Retry-After` header's."""
    text = text.strip()[:100]
    if re.fullmatch(_NUMBER, text):
        return _bounded(_since(float(text), now))
    if iso := _ISO_DURATION.match(text):
        hours, minutes, seconds = (float(part or 0) for part in iso.groups())
        return _bounded(hours * 3600 + minutes * 60 + seconds)
    total, at = 0.0, 0
    while step := _STEP.match(text, at):
        unit = step[2].lower()
        total += float(step[1]) * _UNITS["ms" if unit.startswith(("ms", "milli")) else unit[0]]
        at = step.end()
    if at:
        return _bounded(total)
    moment = _moment(text)
    return None if moment is None else _bounded((moment - now).total_seconds())


def seconds_asked(message: str, now: datetime) -> float | None:
    """The seconds that an error's message asks for: "try again in 1h2m3s", "retry after 27.11.2026"."""
    for asked in _ASKED.finditer(message[:4000]):
        rest = message[asked.end() : asked.end() + 100]
        seconds = seconds_in(rest, now)
        if seconds is None and (number := re.match(rf"({_NUMBER})(?![\d.,:/-]*\d)", rest)):
            seconds = _bounded(_since(float(number[1]), now))
        if seconds is not None:
            return seconds
    return None


def _since(number: float, now: datetime) -> float:
    if number >= _EPOCH_MS:
        return number / 1000 - now.timestamp()
    return number - now.timestamp() if number >= _EPOCH else number


def _bounded(seconds: float) -> float | None:
    return seconds if 0 <= seconds <= MOST_WAIT else None


def _moment(text: str) -> datetime | None:
    moment: datetime | None
    try:
        moment = datetime.fromisoformat(re.split(r"[\s,;)]", text, maxsplit=1)[0].rstrip("."))
    except ValueError:
        moment = _other_moment(text)
    if moment is not None and moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return moment


def _other_moment(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        pass
    first = text.split(" ", maxsplit=1)[0].rstrip(".,;")
    for form in _DATES:
        try:
            return datetime.strptime(first, form).replace(tzinfo=UTC)
        except ValueError:
            continue
    return None
