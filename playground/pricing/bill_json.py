"""A bill as plain values, for JSON and for pages."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from playground.labels.labels import label
from playground.pricing.cost import Bill, Line
from playground.pricing.money import exact_usd, usd
from playground.pricing.workload import PIECES

#: What the pieces of work are called on a bill.
_CALLED: Mapping[str, str] = {
    "images": "Images made",
    "pages": "Pages read",
    "minutes": "Minutes of sound heard",
    "characters": "Characters spoken",
}
#: What is counted by the piece: its name on a bill, how many of the meter's unit one is, and its own unit.
BY_PIECE: Mapping[tuple[str, str], tuple[str, int, str]] = {
    piece.at: (_CALLED[name], piece.each, name.removesuffix("s")) for name, piece in PIECES.items()
}


def bill_to_json(bill: Bill | None) -> dict[str, Any] | None:
    """A bill with a line for each meter; None where nothing is known.

    `by_hour`: no hour is given, so it goes from the cheapest hours to the dearest, whose lines these are.
    Where a price goes by a grade that nobody named, `usd_per_unit_most` and `usd_most` are the dearest.
    """
    if bill is None:
        return None
    return {
        "low": json_number(bill.least),
        "high": None if bill.high is None else json_number(bill.high),
        "by_hour": bill.off_peak is not None,
        "lines": [_line(line) for line in bill.lines],
    }


def labelled_bill(month: dict[str, Any] | None) -> dict[str, Any] | None:
    """A bill's values with each line's meter, price and cost as a reader sees them, for pages.

    Seconds are minutes here, as a reader asks for them.
    """
    if month is None:
        return None
    return {**month, "lines": [_labelled(line) for line in month["lines"]]}


def _labelled(line: dict[str, Any]) -> dict[str, Any]:
    """A line with its texts; where its price goes by a grade, from the cheapest to the dearest."""
    name, each, unit = BY_PIECE.get((line["meter"], line["unit"]), ("", 1, line["unit"]))
    prices = [line[key] for key in ("usd_per_unit", "usd_per_unit_most") if key in line]
    costs = [line[key] for key in ("usd", "usd_most") if key in line]
    exact = [None if price is None else Decimal(str(price)) * each for price in prices]
    return {
        **line,
        "unit": unit,
        "count": json_number(Decimal(str(line["count"])) / each),
        "usd_per_unit": None if exact[0] is None else json_number(exact[0]),
        "label": name or label(f"price.{line['meter']}"),
        "price": " to ".join("unknown" if price is None else exact_usd(price) for price in exact),
        "cost": " to ".join("unknown" if cost is None else usd(Decimal(str(cost))) for cost in costs),
    }


def piece_name(line: Line) -> str:
    """`images made`: what a line counts by the piece; empty where it counts tokens."""
    name, *_ = BY_PIECE.get((line.meter, line.unit), ("",))
    return name.lower()


def labelled_line(line: Line) -> dict[str, Any]:
    """A bill's line as labelled_bill has it."""
    return _labelled(_line(line))


def _line(line: Line) -> dict[str, Any]:
    values = {
        "mode": str(line.mode),
        "meter": str(line.meter),
        "unit": str(line.unit),
        "count": json_number(line.tokens),
        "usd_per_unit": None if line.usd is None else json_number(line.usd),
        "usd": None if line.cost is None else json_number(line.cost),
    }
    if line.dearest is not None and line.most is not None:
        values |= {"usd_per_unit_most": json_number(line.dearest), "usd_most": json_number(line.most)}
    return values


def json_number(value: Decimal | Fraction | int) -> int | float:
    """A whole number where it is one, else a float."""
    return int(value) if value == int(value) else float(value)
