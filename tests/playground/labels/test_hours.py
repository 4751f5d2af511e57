"""A price by the hour: its range over all hours, for any unit, mode and region."""

from __future__ import annotations

from decimal import Decimal

import pytest

from playground.catalog import Fact, Standing
from playground.labels.hours import Hourly, hourly, hourly_fields
from tests.catalogs import fact

FACTS = {
    "price.input": fact(Decimal("0.28")),
    "price.input@off-peak": fact(Decimal("0.14")),
    "price.input@Mo-Fr 01:00-04:00": fact(Decimal("0.56")),
    "price.input/westeurope": fact(Decimal("0.3")),
    "price.batch.output": fact(Decimal(1)),
    "price.batch.output@off-peak": fact(Decimal("0.5")),
    "price.output": fact(Decimal(2)),
    "price.output@off-peak": fact(Decimal(2)),
    "price.cache_read": fact(None, Standing.SUSPECT),
    "price.cache_read@off-peak": fact(Decimal("0.01")),
    "window.off-peak": fact("14:00-24:00"),
}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("price.input", "$0.14 to $0.56"),
        ("price.batch.output", "$0.50 to $1.00"),
        # One price at all hours, in another region, unknown, of another hour, no price at all.
        ("price.output", None),
        ("price.input/westeurope", None),
        ("price.cache_read", None),
        ("price.input@off-peak", None),
        ("window.off-peak", None),
        ("price.reasoning", None),
    ],
)
def test_a_price_that_differs_by_the_hour_is_a_range(name: str, text: str | None) -> None:
    span = hourly(FACTS, name)
    assert (span.text if span else None) == text


def test_what_is_in_doubt_at_another_hour_makes_no_range() -> None:
    doubtful = Fact(value=Decimal("0.0001"), standing=Standing.DOUBTFUL)
    assert hourly({**FACTS, "price.input@off-peak": doubtful}, "price.input") == Hourly(
        Decimal("0.28"), Decimal("0.56")
    )


def test_the_fields_that_differ_by_the_hour_are_listed() -> None:
    assert hourly_fields(FACTS) == ("price.input", "price.batch.output")
    assert hourly_fields({"price.input": fact(Decimal(1))}) == ()
