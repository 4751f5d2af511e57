"""Whether the bill of some work would rest on a price that is in doubt, and why."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from playground.catalog.prices import Meter, Mode, Rate, Unit, parse_price_field
from playground.labels.labels import label
from playground.pricing.workload import CACHE_WRITE, CACHE_WRITE_5M, COUNTED_AS, INPUT, SECOND, Workload


def doubted_price(doubts: Mapping[str, str], work: Workload) -> str:
    """The first of some prices in doubt that the work would be billed by; empty where it is by none.

    `doubts` are an offering's, by field (Offering.doubts).
    """
    if not doubts:
        return ""
    counted = _counted(work)
    return next((field for field in doubts if _bears_on(parse_price_field(field), work, counted)), "")


def doubt_text(doubts: Mapping[str, str], work: Workload) -> str:
    """Why the bill is in doubt, in a line: `price in doubt (input): 1/7 of what …`; empty where it is not."""
    field = doubted_price(doubts, work)
    return f"price in doubt ({label(field).lower()}): {doubts[field]}" if field else ""


def _bears_on(rate: Rate, work: Workload, counted: Collection[tuple[Meter, Unit]]) -> bool:
    """Whether a bill of the work may count a rate; what may wait runs as usual where there is no batch."""
    if rate.mode != work.mode and not (rate.mode == Mode.BATCH and work.batch):
        return False
    if (rate.meter, rate.unit) not in counted:
        return False
    return rate.from_tokens < work.input_tokens or not rate.from_tokens


def _counted(work: Workload) -> set[tuple[Meter, Unit]]:
    """What the work counts, and what that is counted as where a list has no meter of its own for it."""
    counted = set(work.counts())
    for at in list(counted):
        meter = at[0]
        while meter in COUNTED_AS:
            meter = COUNTED_AS[meter]
            counted.add((meter, at[1]))
    # A second of sound that is heard may have one price as input and one as output (cost.py).
    counted |= {(Meter.OUTPUT, Unit.SECOND)} if SECOND in counted else set()
    # A write without a price is fresh input.
    return counted | ({INPUT} if counted & {CACHE_WRITE, CACHE_WRITE_5M} else set())
