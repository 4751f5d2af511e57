"""Prices by the hour: one form for every notation of a schedule."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.sources.records import FieldClaim
from generator.sources.schedules import DATES, HOLIDAY, by_hour, minutes_of, same_hours, written

PEAK = "Mo-Fr 01:00-04:00,06:00-10:00"
OFF_PEAK = "Mo-Fr 00:00-01:00,04:00-06:00,10:00-24:00; Sa-Su 00:00-24:00"


def claims(**fields: str) -> list[FieldClaim]:
    """Claims of these fields: a window's hours, or a price."""
    return [
        FieldClaim(field=name, value=text if name.startswith("window.") else Decimal(text))
        for name, text in fields.items()
    ]


def values(made: object) -> dict[str, object]:
    return {claim.field: claim.value for claim in made}  # type: ignore[attr-defined]


ONE_FORM = {
    "price.input": Decimal("1.32"),
    "price.output": Decimal("3.96"),
    "price.input@off-peak": Decimal("0.66"),
    "price.output@off-peak": Decimal("1.98"),
    "window.off-peak": OFF_PEAK,
}


@pytest.mark.parametrize(
    "notation",
    [
        # A surcharge on the cheaper price.
        {
            "price.input": "0.66",
            "price.output": "1.98",
            "window.peak": PEAK,
            "price.input@peak": "1.32",
            "price.output@peak": "3.96",
        },
        # A discount off the dearer one, its hours in another order and a night cut at midnight.
        {
            "price.output": "3.96",
            "price.input": "1.32",
            "price.output@off-peak": "1.98",
            "price.input@off-peak": "0.66",
            "window.off-peak": "Sa-Su 00:00-24:00; Mo-Fr 10:00-24:00,04:00-06:00,00:00-01:00",
        },
        # Two windows at one price, named by nothing but their hours.
        {
            "price.input": "0.66",
            "price.output": "1.98",
            "price.input@Mo-Fr 01:00-04:00": "1.32",
            "price.output@Mo-Fr 01:00-04:00": "3.96",
            "price.input@Mo-Fr 06:00-10:00": "1.32",
            "price.output@Mo-Fr 06:00-10:00": "3.96",
        },
    ],
)
def test_every_notation_of_a_schedule_has_one_form(notation: dict[str, str]) -> None:
    assert values(by_hour(claims(**notation))) == ONE_FORM


def test_a_holiday_that_is_off_peak_stays_known() -> None:
    made = by_hour(claims(**{"price.input": "1", "price.input@peak": "2", "window.peak": f"{PEAK}; PH off"}))
    assert values(made)["window.off-peak"] == f"{OFF_PEAK}; PH 00:00-24:00"


def test_a_night_goes_on_into_the_next_day() -> None:
    night = minutes_of("Fr 22:00-06:00")
    assert night is not None
    assert night == _minutes("Fr", 22 * 60, 24 * 60) | _minutes("Sa", 0, 6 * 60)
    assert minutes_of("16:30-00:30") == minutes_of("00:00-00:30,16:30-24:00")


def test_what_no_window_prices_has_one_price_and_days_are_kept() -> None:
    dated = [
        FieldClaim(field="price.input", value=Decimal(1), since=date(2026, 6, 1)),
        FieldClaim(field="price.input@peak", value=Decimal(2), since=date(2026, 8, 16)),
        FieldClaim(field="price.cache_read", value=Decimal("0.1")),
        FieldClaim(field="window.peak", value="01:00-04:00"),
        FieldClaim(field="can.vision", value="yes"),
    ]
    made = {claim.field: claim for claim in by_hour(dated)}
    assert made["price.input"].since == date(2026, 8, 16)
    assert made["price.input@off-peak"].since == date(2026, 6, 1)
    assert "price.cache_read@off-peak" not in made
    assert {"price.cache_read", "can.vision"} <= made.keys()


def test_three_prices_keep_their_hours_as_names() -> None:
    three = {"price.input": "2", "price.input@01:00-02:00": "3", "price.input@03:00-04:00": "1"}
    assert values(by_hour(claims(**three))) == {
        "price.input": Decimal(3),
        "price.input@00:00-01:00,02:00-03:00,04:00-24:00": Decimal(2),
        "price.input@03:00-04:00": Decimal(1),
    }


@pytest.mark.parametrize("hours", [{}, {"window.peak": "when busy"}])
def test_hours_that_nobody_tells_leave_the_prices_as_they_are(hours: dict[str, str]) -> None:
    given_ = claims(**{"price.input": "1", "price.input@peak": "2", **hours})
    assert list(by_hour(given_)) == given_


@pytest.mark.parametrize(
    ("schedule", "spans"),
    [
        ("Su 22:00-06:00", [("Su", 22, 24), ("Mo", 0, 6)]),
        ("PH 22:00-06:00", [("PH", 22, 24), ("PH", 0, 6)]),
        ("Sa 26:00-28:00", [("Su", 2, 4)]),
        ("Tu 06:00-06:00", [("Tu", 6, 24), ("We", 0, 6)]),
        ("Tu 99:00-06:00", []),
    ],
)
def test_hours_past_a_days_end_are_the_next_days(schedule: str, spans: list[tuple[str, int, int]]) -> None:
    """At the week's end Monday's, and a holiday's own, which has no day after it."""
    assert minutes_of(schedule) == sum(_minutes(day, begin * 60, end * 60) for day, begin, end in spans)


def _minutes(day: str, begin: int, end: int) -> int:
    return sum(1 << DATES.index(day) * 24 * 60 + minute for minute in range(begin, end))


@given(st.frozensets(st.integers(0, (HOLIDAY + 1) * 24 * 60 - 1)))
def test_what_is_written_is_read_as_the_same_minutes(bits: frozenset[int]) -> None:
    minutes = sum(1 << bit for bit in bits)
    text = written(minutes, holidays=True)
    # A schedule that opens with the holidays names no day of the week: on none is it so.
    assert minutes_of(text) == minutes


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (OFF_PEAK, f"{OFF_PEAK}; PH 00:00-24:00", True),
        (OFF_PEAK, "00:00-01:00,04:00-06:00,10:00-24:00", True),
        (OFF_PEAK, "Mo-Su 00:00-01:00,04:00-06:00,10:00-24:00", False),
        (OFF_PEAK, "00:00-00:30,16:30-24:00", False),
        (f"{OFF_PEAK}; PH off", f"{OFF_PEAK}; PH 00:00-24:00", False),
        ("at night", "at night", True),
        ("at night", OFF_PEAK, False),
    ],
)
def test_two_schedules_are_the_same_as_far_as_both_speak(one: str, other: str, same: bool) -> None:
    assert same_hours(one, other) is same
    assert same_hours(other, one) is same
