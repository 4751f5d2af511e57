"""What the same work would have cost at the prices of earlier days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from playground.catalog import Offering, PriceSpan, source_of
from playground.catalog.prices import Mode, Price, Rate, parse_price_field
from playground.pricing.cost import Bill, monthly
from playground.pricing.workload import Workload

#: How far back it is looked, in days.
BACK = (("three months ago", 91), ("a year ago", 365), ("two years ago", 730))
#: Whose history is read where several have one.
HISTORIANS = ("model-prices", "genai-prices")


def price_on(offering: Offering, day: date) -> Price | None:
    """The price list that held on a day, by the offering's history; None where it has none, or none then."""
    for historian in HISTORIANS:
        spans = [s for s in offering.history if source_of(s.record) == historian]
        if spans:
            rates = [
                rate for mode in dict.fromkeys(s.mode for s in spans) for rate in _rates(spans, mode, day)
            ]
            return Price(rates=tuple(rates)) if rates else None
    return None


def _rates(spans: Sequence[PriceSpan], mode: str, day: date) -> Iterator[Rate]:
    # A list without a first day may not have held then, or the model not have been there.
    held = [(s.start, s) for s in spans if s.mode == mode and s.start is not None and s.start <= day]
    if mode not in set(Mode) or not held:
        return
    _, last = max(held, key=lambda s: s[0])
    for name, usd in (last.usd or {}).items():
        yield replace(parse_price_field(f"price.{name}"), mode=Mode(mode), usd=usd)


@dataclass(frozen=True, slots=True, kw_only=True)
class PastBill:
    """What the same work would have cost at an earlier day's prices; None where they are not known."""

    when: str
    day: date
    bill: Bill | None


def past_bills(work: Workload, offering: Offering, today: date) -> tuple[PastBill, ...]:
    """The bill at the prices of some earlier days."""
    past = []
    for when, days in BACK:
        day = date.fromordinal(max(1, today.toordinal() - days))
        price = price_on(offering, day)
        past.append(PastBill(when=when, day=day, bill=monthly(work, price, lines=False) if price else None))
    return tuple(past)
