"""Price fields: a small language read and written in one place."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.prices import Meter, Mode, Price, Rate, Unit, parse_price_field

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
