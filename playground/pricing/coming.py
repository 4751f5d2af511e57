"""What a price or a bill becomes on a day that a source names, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from playground.catalog import Offering
from playground.catalog.prices import Price
from playground.labels.labels import label, money
from playground.pricing.cost import Bill, monthly
from playground.pricing.money import bill_text
from playground.pricing.price_changes import PriceChange, with_changes
from playground.pricing.workload import Workload


@dataclass(frozen=True, slots=True, kw_only=True)
class ComingBill:
    """What the same work costs from a day on, by a change that a source announces.

    `followed`: the lab announces it of its own price, and the place asks the same today. `until`: it costs
    this before that day, and what counts is what it costs then.
    """

    day: date
    bill: Bill | None
    followed: bool = False
    until: bool = False


def coming_bills(
    work: Workload, offering: Offering, changes: Sequence[PriceChange], region: str = ""
) -> list[ComingBill]:
    """The bills after each change to come that makes the work dearer or cheaper."""
    return bills_to_come(work, changes, prices_to_come(offering, changes), region)


def prices_to_come(offering: Offering, changes: Sequence[PriceChange]) -> list[Price]:
    """An offering's prices now and after each change to come; none where there is no change."""
    then = (with_changes(offering, changes[:n]) for n in range(len(changes) + 1))
    return [one.price for one in then] if changes else []


def bills_to_come(
    work: Workload, changes: Sequence[PriceChange], prices: Sequence[Price], region: str
) -> list[ComingBill]:
    """The same by its prices now and after each change."""
    coming: list[ComingBill] = []
    bills = [monthly(work, price, region=region, lines=False) for price in prices]
    for change, (last, bill) in zip(changes, pairwise(bills), strict=True):
        if bill != last:
            coming.append(ComingBill(day=change.day, bill=bill, followed=change.followed))
    return coming


def coming_text(coming: Sequence[ComingBill]) -> str:
    """`from 2026-12-01 $14.00`; empty where no change is to come."""
    if not coming:
        return ""
    text = ", ".join(f"{'until' if c.until else 'from'} {c.day} {bill_text(c.bill)}" for c in coming)
    return f"{text}, if it follows the lab’s own price" if coming[0].followed else text


def change_text(change: PriceChange) -> str:
    """`from 2026-12-01 $4.00 in and $20.00 out`; other prices by their names."""
    names = {"price.input": "in", "price.output": "out"}
    main = [f"{money(change.usd[name])} {word}" for name, word in names.items() if name in change.usd]
    rest = [f"{label(name).lower()} {money(usd)}" for name, usd in change.usd.items()]
    return f"from {change.day} {' and '.join(main) if main else ', '.join(rest)}"


def coming_price(changes: Sequence[PriceChange], name: str) -> str:
    """`from 2026-12-01 $4.00`: what one price becomes; empty where no change of it is to come."""
    listed = [c for c in changes if name in c.usd]
    text = ", ".join(f"from {c.day} {money(c.usd[name])}" for c in listed)
    return f"{text} at the lab’s own" if listed and listed[0].followed else text
