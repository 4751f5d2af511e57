"""Price fields: a small language read and written in one place."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.catalog.prices import Meter, Mode, Price, Rate, Unit, holds, parse_price_field

RATES = st.builds(
    Rate,
    meter=st.sampled_from(Meter),
    unit=st.sampled_from(Unit),
    mode=st.sampled_from(Mode),
    grade=st.sampled_from(["", "high 1024x1024", "annotated", "above 15s"]),
    above_tokens=st.integers(0, 10**7),
    window=st.sampled_from(["", "off-peak", "00:30-16:30"]),
    region=st.sampled_from(["", "westeurope", "us-gov-east-1"]),
)


@given(RATES)
def test_a_rates_field_name_reads_back_as_the_rate(rate: Rate) -> None:
    assert parse_price_field(rate.field) == rate


@pytest.mark.parametrize(
    "name", ["price", "price.", "price.x", "price.input>0", "price.input>x", "can.input", "price.input.per_x"]
)
def test_what_is_no_price_field_is_refused_by_name(name: str) -> None:
    with pytest.raises(ValueError, match="is not a price field"):
        parse_price_field(name)


@given(st.text())
def test_reading_any_text_gives_a_rate_or_a_value_error(text: str) -> None:
    try:
        rate = parse_price_field(f"price.{text}")
    except ValueError:
        return
    assert rate.field == f"price.{text}"


def test_the_rate_is_that_of_the_tier_the_request_falls_in() -> None:
    price = Price(
        rates=tuple(
            parse_price_field(name).at(Decimal(usd))
            for name, usd in [
                ("price.input", 10),
                ("price.input>272000", 20),
                ("price.batch.input", 5),
                ("price.input/westeurope", 11),
            ]
        )
    )
    assert price.rate(Meter.INPUT) == 10
    assert price.rate(Meter.INPUT, tokens=272000) == 10
    assert price.rate(Meter.INPUT, tokens=272001) == 20
    assert price.rate(Meter.INPUT, mode=Mode.BATCH, tokens=500000) == 5
    assert price.rate(Meter.INPUT, region="westeurope") == 11
    assert price.rate(Meter.OUTPUT) is None


@pytest.mark.parametrize(
    ("schedule", "moment", "held"),
    [
        ("14:00-24:00", "2026-11-24T14:00", True),
        ("14:00-24:00", "2026-11-24T23:59", True),
        ("14:00-24:00", "2026-11-24T13:59", False),
        ("16:30-00:30", "2026-11-24T00:10", True),
        ("16:30-00:30", "2026-11-24T12:00", False),
        ("Mo-Fr 01:00-04:00,06:00-10:00; PH off", "2026-11-24T06:00", True),  # a Tuesday
        ("Mo-Fr 01:00-04:00,06:00-10:00; PH off", "2026-11-24T05:00", False),
        ("Mo-Fr 01:00-04:00,06:00-10:00; PH off", "2026-11-28T06:00", False),  # a Saturday
        ("Mo-Fr 00:00-01:00; Sa-Su 00:00-24:00", "2026-11-28T12:00", True),
        ("when the moon is full", "2026-11-24T12:00", False),
        ("Xx-Yy 01:00-02:00", "2026-11-24T01:30", False),
    ],
)
def test_a_schedule_covers_its_hours(schedule: str, moment: str, held: bool) -> None:
    assert holds(schedule, datetime.fromisoformat(moment).replace(tzinfo=UTC)) is held


def made(windows: dict[str, str] | None = None, **prices: str) -> Price:
    fields = {f"price.{n}": v for n, v in prices.items()}
    rates = tuple(parse_price_field(n).at(Decimal(v)) for n, v in fields.items())
    return Price(rates=rates, windows=windows or {})


def test_an_hour_has_its_own_price_and_what_it_does_not_price_costs_as_ever() -> None:
    price = made({"off-peak": "14:00-24:00"}, **{"input": "2", "input@off-peak": "1", "output": "8"})
    evening, noon = (datetime(2026, 11, 24, hour, tzinfo=UTC) for hour in (20, 12))
    assert (price.window(evening), price.window(noon)) == ("off-peak", "")
    night = price.resolved(window="off-peak")
    assert (night[Meter.INPUT, Unit.MTOK], night[Meter.OUTPUT, Unit.MTOK]) == (1, 8)
    assert price.rate(Meter.INPUT) == 2
    # The moment's zone does not matter, only the moment.
    assert price.window(datetime(2026, 11, 25, 4, tzinfo=timezone(timedelta(hours=8)))) == "off-peak"


def test_a_region_a_step_and_a_long_context_have_their_own_prices() -> None:
    price = made(
        **{
            "input": "2",
            "input/westeurope": "3",
            "input>200000": "4",
            "output": "8",
            "output[long context]": "9",
        }
    )
    assert price.rate(Meter.INPUT, region="westeurope") == 3
    assert price.rate(Meter.INPUT, region="eastus") == 2
    assert price.rate(Meter.INPUT, tokens=200_000) == 2
    assert price.rate(Meter.INPUT, tokens=200_001) == 4
    assert price.rate(Meter.OUTPUT, tokens=272_000) == 8
    assert price.rate(Meter.OUTPUT, tokens=272_001) == 9
    assert price.steps == (200_000, 272_000)


def test_the_modes_of_a_price_list_are_those_with_both_ways_priced() -> None:
    price = made(**{"input": "2", "output": "8", "batch.input": "1", "batch.output": "4", "flex.input": "1"})
    assert price.modes == (Mode.STANDARD, Mode.BATCH)
