"""Numbers of sources in one writing."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.catalog.numbers import plain_number


@given(st.decimals(min_value=0, max_value=10**7, allow_nan=False, places=9))
def test_plain_numbers_are_equal_and_have_no_exponent(number: Decimal) -> None:
    shown = plain_number(number)
    assert abs(shown - number) <= abs(number) * Decimal("1e-11")
    assert plain_number(shown) == shown
    assert int(shown.as_tuple().exponent) <= 0


@pytest.mark.parametrize(("first", "then"), [("-0.0", "0"), ("0", "-0.0"), ("0.0", "0E+3"), ("1.50", "1.5")])
def test_equal_numbers_are_written_alike_in_whatever_order_they_come(first: str, then: str) -> None:
    plain_number.cache_clear()
    assert str(plain_number(Decimal(first))) == str(plain_number(Decimal(then)))
    assert not str(plain_number(Decimal(first))).startswith("-")
