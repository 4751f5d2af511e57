"""Whether the bill of some work would rest on a price that is in doubt, and why."""

from __future__ import annotations

from collections.abc import Mapping

from playground.catalog.prices import Meter, Mode, Rate, parse_price_field
from playground.labels.labels import label
from playground.pricing.workload import Workload


def doubted_price(doubts: Mapping[str, str], work: Workload) -> str:
    """The first of some prices in doubt that the work would be billed by; empty where it is by none.

    `doubts` are an offering's, by field (Offering.doubts).
    """
    return next((field for field in doubts if _bears_on(parse_price_field(field), work)), "")


def doubt_text(doubts: Mapping[str, str], work: Workload) -> str:
    """Why the bill is in doubt, in a line: `price in doubt (input): 1/7 of what …`; empty where it is not."""
    field = doubted_price(doubts, work)
    return f"price in doubt ({label(field).lower()}): {doubts[field]}" if field else ""


def _bears_on(rate: Rate, work: Workload) -> bool:
    """Whether a bill of the work may count a rate; what may wait runs as usual where there is no batch."""
    if rate.mode != work.mode and not (rate.mode == Mode.BATCH and work.batch):
        return False
    if rate.meter == Meter.CACHE_READ and not work.cached:
        return False
    return rate.from_tokens < work.input_tokens or not rate.from_tokens
