"""Other ways to run the same work at one offering, and what they would save."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from playground.catalog import Catalog, Offering
from playground.catalog.prices import Mode, Price
from playground.labels.labels import CHANNELS
from playground.pricing.cost import Bill, monthly
from playground.pricing.doubt import doubted_price
from playground.pricing.workload import CACHE_READ, Workload

#: The share of input that a well-built prompt gets from a cache: the saving of caching is computed for it.
WELL_CACHED = Decimal("0.9")


@dataclass(frozen=True, slots=True, kw_only=True)
class Saving:
    """Another way to run the same work, and its bill."""

    way: str
    bill: Bill


def savings(
    work: Workload, offering: Offering, region: str = "", others: Sequence[tuple[str, Offering]] = ()
) -> Iterator[Saving]:
    """The ways that cost surely less than the work as it is, the cheapest first; by the hour, at the dearest.

    A price in doubt promises no saving. `others` are the other channels of the same provider that serve the
    same model, each with its name.
    """
    price = offering.price
    doubts = offering.doubts()
    if doubted_price(doubts, work):
        return
    now = monthly(work, price, region=region, lines=False)
    if now is None or now.usd is None:
        return
    ways = [
        (way, other, price, where)
        for way, other, where in _ways(work, offering, region)
        if not doubted_price(doubts, other)
    ]
    ways += [(f"as {name}", work, place.price, "") for name, place in others]
    cheaper = []
    for way, other, at, where in ways:
        bill = monthly(other, at, region=where, lines=False)
        if bill is not None and bill.usd is not None and bill.usd < now.usd:
            cheaper.append(Saving(way=way, bill=bill))
    yield from sorted(cheaper, key=lambda s: (s.bill.low, s.way))


def _ways(work: Workload, offering: Offering, region: str) -> Iterator[tuple[str, Workload, str]]:
    price = offering.price
    # Sound and images are taken to be fresh, so that much of the input cannot come from a cache.
    most = WELL_CACHED - work.written - work.written_1h - work.audio_in - work.image_in
    if CACHE_READ in price.resolved(mode=work.mode) and work.cached < most:
        share = "nine tenths" if most == WELL_CACHED else f"{float(100 * most):.3g} %"
        yield f"{share} of the input from the cache", replace(work, cached=most), region
    if price.has(Mode.BATCH) and work.batch < 1:
        yield "everything in batch", replace(work, batch=Decimal(1)), region
    if Mode.FLEX in price.modes and work.mode != Mode.FLEX:
        yield "everything in flex", replace(work, mode=Mode.FLEX), region
    for hours, at in priced_hours(price):
        yield f"all of it at {hours} UTC", replace(work, at=at), region
    regions = {r.region for r in price.rates if r.region} | {""}
    for other in sorted(regions - {region}):
        yield f"in {other}" if other else "in its other regions", work, other


def priced_hours(price: Price) -> Iterator[tuple[str, str]]:
    """The hours that have prices of their own: how they are written, and one moment in each."""
    for window in price.hours:
        schedule = price.windows.get(window, window)
        if first := re.search(r"(?:([A-Z][a-z])(?:-[A-Z][a-z])? )?(\d\d:\d\d)-", schedule):
            yield schedule, f"{first[1] or ''} {first[2]}".strip()


def elsewhere(offering: Offering, catalog: Catalog) -> list[tuple[str, Offering]]:
    """The same model, in the same version, over the provider's other channels, each by the channel's name."""
    return [
        (CHANNELS[o.channel][0], o)
        for o in catalog.of_model(offering.model)
        if o.provider == offering.provider
        and o.channel != offering.channel
        and (o.version, o.variant) == (offering.version, offering.variant)
        and not o.doubts()
    ]
