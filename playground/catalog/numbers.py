"""Numbers of sources, written alike where they are alike."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache


@lru_cache(maxsize=65_536)  # prices are round: of every ten nine have been asked before
def plain_number(number: Decimal) -> Decimal:
    """The same number without trailing zeros or an exponent, so that equal prices are written alike.

    Sources hold prices as binary floats; past twelve significant digits they hold noise.
    """
    if not number:
        return Decimal(0)  # with no sign: equal numbers have to come to one, in whatever order they come
    rounded = +number.quantize(Decimal("1e-12")) if number.as_tuple().exponent < -12 else number  # type: ignore[operator]
    digits = rounded.normalize()
    if len(digits.as_tuple().digits) > 12:
        digits = Decimal(f"{digits:.12g}").normalize()
    return digits.quantize(Decimal(1)) if digits == digits.to_integral_value() else digits
