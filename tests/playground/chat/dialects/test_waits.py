"""How long a provider asks to wait, in its own words: read right, and never an exception."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from playground.chat.adapters.waits import seconds_asked, seconds_in
from playground.chat.events import MOST_WAIT

NOW = datetime(2026, 11, 27, 12, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("30", 30),
        ("0.5", 0.5),
        ("1500ms", 1.5),
        ("7m12.345s", 432.345),
        ("1h2m3s", 3723),
        ("1h 2m 3s", 3723),
        ("2 minutes and 5 seconds", 125),
        ("PT1M30S", 90),
        ("Fri, 27 Nov 2026 12:00:20 GMT", 20),
        ("2026-11-27T12:01:00Z", 60),
        ("2026-11-27T13:01:00+01:00", 60),
        ("28.11.2026", 12 * 3600),
        ("1795780860", 60),
        ("1795780860000", 60),
        ("Wed, 21 Oct 2015 07:28:00 GMT", None),
        ("27.11.2026", None),
        ("1h2m3s and then some", 3723),
        ("-5", None),
        ("1e400", None),
        ("NaN", None),
        ("soon", None),
        ("", None),
        ("99999999", None),
    ],
)
def test_a_wait_is_read_as_it_is_meant(value: str, seconds: float | None) -> None:
    read = seconds_in(value, NOW)
    assert read == (None if seconds is None else pytest.approx(seconds))


@pytest.mark.parametrize(
    ("message", "seconds"),
    [
        # As OpenAI and Groq say it.
        ("Rate limit reached for gpt-5 on tokens per min. Please try again in 7m12.345s.", 432.345),
        ("Rate limit reached. Please try again in 1h2m3s. Need more tokens?", 3723),
        ("Please retry in 37.61s.", 37.61),
        ("details: [{'@type': 'RetryInfo', 'retryDelay': '34s'}]", 34),
        ("Please retry after 12 seconds.", 12),
        ("Quota used up, retry after 28.11.2026", 12 * 3600),
        ("retry after 27.11.2026", None),
        ("try again in ...", None),
        ("try again in a moment", None),
        ("try again in 1.2.3.4", None),
        ("Limit resets at 2026-11-27T12:00:05Z", 5),
    ],
)
def test_a_message_tells_how_long_to_wait(message: str, seconds: float | None) -> None:
    read = seconds_asked(message, NOW)
    assert read == (None if seconds is None else pytest.approx(seconds))


WORDS = st.sampled_from(
    [
        "try again in ",
        "retry after ",
        "27.11.2026",
        "1h",
        "2m",
        "3s",
        ".",
        "...",
        "NaN",
        "1e400",
        "9" * 400,
        "٣",
    ]
)


@given(st.lists(WORDS | st.text(max_size=12), max_size=8).map("".join))
@example("retry after Mon, 99 Foo 99999 99:99:99 +9999")
def test_no_words_break_it_and_no_wait_is_absurd(text: str) -> None:
    for read in (seconds_in(text, NOW), seconds_asked(text, NOW)):
        assert read is None or 0 <= read <= MOST_WAIT
