"""A bill as plain values, for JSON and for pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Any

from playground.labels.labels import label
from playground.pricing.cost import Bill
from playground.pricing.money import exact_usd, usd


def bill_to_json(bill: Bill | None) -> dict[str, Any] | None:
    """A bill with a line for each meter; None where nothing is known.

    `by_hour`: no hour is given, so it goes from the cheapest hours to the dearest, whose lines these are.
    """
    if bill is None:
        return None
    return {
        "low": json_number(bill.least),
        "high": None if bill.high is None else json_number(bill.high),
        "by_hour": bill.off_peak is not None,
        "lines": list(_lines(bill)),
    }


def labelled_bill(month: dict[str, Any] | None) -> dict[str, Any] | None:
    """A bill's values with each line's meter, price and cost as a reader sees them, for pages."""
    if month is None:
        return None
    lines = [
        {
            **line,
            "label": label(f"price.{line['meter']}"),
            "price": _money(line["usd_per_unit"], exact_usd),
            "cost": _money(line["usd"], usd),
        }
        for line in month["lines"]
    ]
    return {**month, "lines": lines}


def _lines(bill: Bill) -> Iterable[dict[str, Any]]:
    for line in bill.lines:
        yield {
            "mode": str(line.mode),
            "meter": str(line.meter),
            "unit": str(line.unit),
            "count": json_number(line.tokens),
            "usd_per_unit": None if line.usd is None else json_number(line.usd),
            "usd": None if line.cost is None else json_number(line.cost),
        }


def _money(amount: float | None, write: Callable[[Decimal], str]) -> str:
    return "unknown" if amount is None else write(Decimal(str(amount)))


def json_number(value: Decimal | Fraction | int) -> int | float:
    """A whole number where it is one, else a float."""
    return int(value) if value == int(value) else float(value)
