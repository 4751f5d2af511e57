"""Prices by the hour in one form: the dearest hours make the base, the cheaper ones a window of their own.

Sources give the same schedule as a surcharge at peak hours or as a discount off them, in one window or in
several, with a night in one piece or in two. Here a week, and a public holiday where a source speaks of
those, is a set of minutes in UTC; what remains is written in one order.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from itertools import groupby

from msgspec.structs import replace as with_changes

from generator.sources.records import FieldClaim
from playground.catalog.prices import DAYS, Rate, parse_price_field

OFF_PEAK = "off-peak"
#: The days of a schedule; the last stands for every public holiday.
DATES = (*DAYS, "PH")
HOLIDAY = len(DAYS)
DAY = 24 * 60
_RULE = re.compile(r"(?:(?P<first>[A-Z][a-zH])(?:-(?P<last>[A-Z][a-z]))? )?(?P<hours>off|[\d:,-]+)")
_SPAN = re.compile(r"(\d\d):(\d\d)-(\d\d):(\d\d)")

#: Minutes of a week, and of a holiday, as the bits of a number: day after day, Monday's in the lowest.
type Minutes = int
WEEK: Minutes = (1 << HOLIDAY * DAY) - 1
HOLIDAYS: Minutes = ((1 << DAY) - 1) << HOLIDAY * DAY


@cache
def minutes_of(schedule: str) -> Minutes | None:
    """The minutes of the week, and of a holiday, that a schedule covers; None where it is not understood.

    A span over midnight goes on into the next day.
    """
    minutes = 0
    for part in schedule.split(";"):
        rule = _RULE.fullmatch(part.strip())
        if rule is None:
            return None
        first, last = rule["first"] or "Mo", rule["last"] or rule["first"] or "Su"
        if not {first, last} <= set(DATES):
            return None
        days = range(DATES.index(first), DATES.index(last) + 1)
        for text in () if rule["hours"] == "off" else rule["hours"].split(","):
            span = _SPAN.fullmatch(text)
            if span is None:
                return None
            begin, end = 60 * int(span[1]) + int(span[2]), 60 * int(span[3]) + int(span[4])
            for day in days:
                minutes |= _of_day(day, begin, end if begin < end else end + DAY)
    return minutes


def _of_day(day: int, begin: int, end: int) -> Minutes:
    """The minutes from one of a day's to before another, which may be of a day after it."""
    first, length = (day * DAY, DAY) if day == HOLIDAY else (0, HOLIDAY * DAY)
    bits = ((1 << max(end - begin, 0)) - 1) << day * DAY + begin - first
    while bits >> length:  # past the end of the week it goes on at its beginning
        bits = bits & ((1 << length) - 1) | bits >> length
    return bits << first


def written(minutes: Minutes, *, holidays: bool) -> str:
    """The one notation of a schedule: `Mo-Fr 00:00-01:00,04:00-06:00; Sa-Su 00:00-24:00; PH off`.

    `holidays`: whether anything is known of them.
    """
    hours = [_hours(minutes, day) for day in range(len(DATES))]
    runs = [list(run) for _, run in groupby(range(HOLIDAY), key=hours.__getitem__)]
    parts = [f"{_days(run)}{hours[run[0]]}" for run in runs if hours[run[0]]]
    if holidays:
        parts.append(f"PH {hours[HOLIDAY] or 'off'}")
    return "; ".join(parts)


def _days(run: Sequence[int]) -> str:
    if len(run) == HOLIDAY:
        return ""
    return f"{DATES[run[0]]} " if len(run) == 1 else f"{DATES[run[0]]}-{DATES[run[-1]]} "


@cache
def _hours(minutes: Minutes, day: int) -> str:
    """A day's spans, in their order; empty where the day has none."""
    bits = f"{minutes >> day * DAY & ((1 << DAY) - 1):0{DAY}b}"[::-1]
    return ",".join(f"{_clock(span.start())}-{_clock(span.end())}" for span in re.finditer("1+", bits))


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


@cache
def same_hours(one: str, other: str) -> bool:
    """Whether two schedules say the same, as far as both say anything.

    One that names no days tells the hours of a working day, and may leave its days open; one that names no
    holidays leaves those open.
    """
    a, b = minutes_of(one), minutes_of(other)
    if a is None or b is None:
        return one == other
    days = [*range(HOLIDAY)] if _names_days(one) and _names_days(other) else [0]
    if "PH" in one and "PH" in other:
        days.append(HOLIDAY)
    return all(_hours(a, day) == _hours(b, day) for day in days)


def _names_days(schedule: str) -> bool:
    return schedule[:1].isalpha()


def by_hour(claims: Sequence[FieldClaim]) -> Sequence[FieldClaim]:
    """A row's claims with its prices by the hour in the one form; as they are where nobody tells which."""
    if not any("@" in c.field for c in claims):  # as of nearly all rows
        return claims
    priced = {c.field: c for c in claims if c.field.startswith("price.")}
    rates = {name: parse_price_field(name) for name in priced if "@" in name}
    named = {c.field.removeprefix("window."): str(c.value) for c in claims if c.field.startswith("window.")}
    windows = {rate.window: named.get(rate.window, rate.window) for rate in rates.values()}
    hours = {window: minutes for window, text in windows.items() if (minutes := minutes_of(text)) is not None}
    bases = {replace(rate, window="").field for rate in rates.values()}
    if not rates or hours.keys() != windows.keys() or not bases <= priced.keys():
        return claims
    holidays = any("PH" in text for text in windows.values())
    lists = _lists(_parts_of_the_week(hours, named, holidays), sorted(bases), priced)
    dearest, *cheaper = sorted(
        lists, key=lambda prices: sum(Decimal(str(c.value)) for c in prices), reverse=True
    )
    timed: list[FieldClaim] = [
        with_changes(c, field=name) for name, c in zip(sorted(bases), dearest, strict=True)
    ]
    for prices in cheaper:
        schedule = written(lists[prices], holidays=holidays)
        window = OFF_PEAK if len(cheaper) == 1 else schedule
        if window == OFF_PEAK:
            timed.append(FieldClaim(field=f"window.{window}", value=schedule))
        timed += [
            with_changes(claim, field=replace(parse_price_field(name), window=window).field)
            for name, claim, most in zip(sorted(bases), prices, dearest, strict=True)
            if claim.value != most.value
        ]
    gone = {*bases, *rates, *(f"window.{window}" for window in windows)}
    return [*(c for c in claims if c.field not in gone), *timed]


def _parts_of_the_week(
    hours: Mapping[str, Minutes], named: Collection[str], holidays: bool
) -> Mapping[str, Minutes]:
    """The minutes at which each window's prices hold, the base's under ""; named ones first."""
    left = WEEK | HOLIDAYS if holidays else WEEK
    parts: dict[str, Minutes] = {}
    for window in sorted(hours, key=lambda w: (w not in named, w)):
        parts[window] = hours[window] & left
        left &= ~parts[window]
    return {window: minutes for window, minutes in {**parts, "": left}.items() if minutes}


def _lists(
    parts: Mapping[str, Minutes], bases: Sequence[str], priced: Mapping[str, FieldClaim]
) -> Mapping[tuple[FieldClaim, ...], Minutes]:
    """Each price list that holds at some minutes, with those; what a window does not price costs the base."""
    lists: dict[tuple[FieldClaim, ...], Minutes] = {}
    alike: dict[tuple[object, ...], tuple[FieldClaim, ...]] = {}
    for window, minutes in parts.items():
        rates: list[Rate] = [replace(parse_price_field(name), window=window) for name in bases]
        prices = tuple(priced.get(rate.field, priced[name]) for rate, name in zip(rates, bases, strict=True))
        first = alike.setdefault(tuple(c.value for c in prices), prices)
        lists[first] = lists.get(first, 0) | minutes
    return lists
