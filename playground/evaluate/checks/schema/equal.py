"""When two values of JSON are the same: 1 is 1.0, true is not 1, and the order of names does not count."""

from __future__ import annotations

from decimal import Decimal
from typing import Any


def marked(value: Any) -> Any:
    """A value that can be put into a set, the same for the same JSON."""
    match value:
        case bool() | None | str():
            return (type(value).__name__, value)
        case int() | float() | Decimal():
            return ("number", _written(Decimal(repr(value) if isinstance(value, float) else value)))
        case dict():
            return ("object", frozenset((name, marked(entry)) for name, entry in value.items()))
        case _:
            return ("list", tuple(map(marked, value)))


def _written(number: Decimal) -> tuple[int, str, int]:
    """Sign, digits and exponent without zeros at the end: exact, however large it is."""
    sign, digits, exponent = number.as_tuple()
    text = "".join(map(str, digits))
    short = text.rstrip("0")
    if not short:
        return (0, "", 0)
    return (sign, short.lstrip("0"), int(exponent) + len(text) - len(short))


def same(one: Any, other: Any) -> bool:
    """Whether they are the same JSON."""
    return bool(marked(one) == marked(other))


def is_number(value: Any) -> bool:
    """Whether it is a number of JSON."""
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)
