"""A month's bill at several offerings: its meters, what would save, what it would have cost before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from playground.answers import bill_values, labelled
from playground.catalog import Catalog, Offering, PriceSpan, source_of
from playground.prices import Meter, Mode, Price, Rate, Unit, parse_price_field
from playground.pricing import Bill, Workload, monthly
from playground.record import money
from playground.words import CHANNELS, anchor, place_name

#: The most offerings that are compared at once.
MOST = 12
#: How far back it is looked, in days.
BACK = (("three months ago", 91), ("a year ago", 365), ("two years ago", 730))
#: The share of input that a well-built prompt gets from a cache: what caching could save is told for it.
WELL_CACHED = Decimal("0.9")
#: Whose history is read where several have one.
HISTORIANS = ("model-prices", "genai-prices")


@dataclass(frozen=True, slots=True, kw_only=True)
class Saving:
    """Another way to run the same work, and its bill."""

    way: str
    bill: Bill


def savings(
    work: Workload, offering: Offering, region: str = "", others: Sequence[tuple[str, Offering]] = ()
) -> Iterator[Saving]:
    """The ways that cost surely less than the work as it is, the cheapest first.

    `others` are the other channels of the same provider that serve the same model, each with its name.
    """
    price = offering.price
    now = monthly(work, price, region=region, lines=False)
    if now is None or now.usd is None:
        return
    ways = [(way, other, price, where) for way, other, where in _ways(work, offering, region)]
    ways += [(f"as {name}", work, place.price, "") for name, place in others]
    found = []
    for way, other, at, where in ways:
        bill = monthly(other, at, region=where, lines=False)
        if bill is not None and bill.usd is not None and bill.usd < now.usd:
            found.append(Saving(way=way, bill=bill))
    yield from sorted(found, key=lambda s: (s.bill.low, s.way))


def _ways(work: Workload, offering: Offering, region: str) -> Iterator[tuple[str, Workload, str]]:
    price = offering.price
    # Sound and images are taken to be fresh, so that much of the input cannot come from a cache.
    most = WELL_CACHED - work.written - work.written_1h - work.audio_in - work.image_in
    if (Meter.CACHE_READ, Unit.MTOK) in price.resolved(mode=work.mode) and work.cached < most:
        share = "nine tenths" if most == WELL_CACHED else f"{float(100 * most):.3g} %"
        yield f"{share} of the input from the cache", replace(work, cached=most), region
    if Mode.BATCH in price.modes and work.batch < 1:
        yield "everything in batch", replace(work, batch=Decimal(1)), region
    if Mode.FLEX in price.modes and work.mode != Mode.FLEX:
        yield "everything in flex", replace(work, mode=Mode.FLEX), region
    for hours, at in _hours(price):
        yield f"all of it at {hours} UTC", replace(work, at=at), region
    regions = {r.region for r in price.rates if r.region} | {""}
    for other in sorted(regions - {region}):
        yield f"in {other}" if other else "in its other regions", work, other


def _hours(price: Price) -> Iterator[tuple[str, str]]:
    """The hours that have prices of their own: how they are written, and one moment in each."""
    windows = sorted({rate.window for rate in price.rates if rate.window})
    # Some sources name a window and say when it is, some write the hours alone: the first know the days too.
    for window in [w for w in windows if w in price.windows] or windows:
        schedule = price.windows.get(window, window)
        if first := re.search(r"(?:([A-Z][a-z])(?:-[A-Z][a-z])? )?(\d\d:\d\d)-", schedule):
            yield schedule, f"{first[1] or ''} {first[2]}".strip()


def _absent(offering: Offering, region: str) -> str:
    """That the offering is not listed in the region that is called; empty where it is or nobody says."""
    regions = offering.value("regions")
    return (
        f"not listed in {region}" if region and isinstance(regions, tuple) and region not in regions else ""
    )


_DATED = re.compile(r"[-@](\d{4}-\d{2}-\d{2}|\d{8}|latest)$")


def models_named(names: Sequence[str], catalog: Catalog) -> list[str]:
    """The models that an export names as providers and gateways do: `gpt-5-2025-08-07`, `azure/gpt-5`.

    A name that is no model's own, or several models', is left out.
    """
    by_tail: dict[str, list[str]] = {}
    for model in sorted({o.model for o in catalog.offerings}):
        by_tail.setdefault(model.partition("/")[2], []).append(model)
    found = []
    for name in names:
        tail = re.split(r"[/]|(?<=[a-z])\.(?=[a-z])", name.lower())[-1]
        for written in (tail, _DATED.sub("", tail)):
            if len(models := by_tail.get(written, [])) == 1:
                found.append(models[0])
                break
    return list(dict.fromkeys(found))


def elsewhere(offering: Offering, catalog: Catalog) -> list[tuple[str, Offering]]:
    """The same model, in the same version, over the provider's other channels, each by the channel's name."""
    return [
        (CHANNELS[o.channel][0], o)
        for o in catalog.of_model(offering.model)
        if o.provider == offering.provider
        and o.channel != offering.channel
        and (o.version, o.variant) == (offering.version, offering.variant)
    ]


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
class Past:
    """What the same work would have cost at an earlier day's prices; None where they are not known."""

    when: str
    day: date
    bill: Bill | None


def past(work: Workload, offering: Offering, today: date) -> tuple[Past, ...]:
    """The bill at the prices of some earlier days."""
    found = []
    for when, days in BACK:
        day = date.fromordinal(today.toordinal() - days)
        price = price_on(offering, day)
        found.append(Past(when=when, day=day, bill=monthly(work, price, lines=False) if price else None))
    return tuple(found)


def bills_values(
    work: Workload,
    offerings: Sequence[Offering],
    catalog: Catalog,
    names: Mapping[str, str],
    today: date,
    region: str = "",
) -> list[dict[str, Any]]:
    """The bills as plain values, the cheapest first; those whose cost is unknown come last.

    `region` is the cloud region that is called, for prices that differ by it.
    """
    rows = []
    for offering in offerings:
        bill = monthly(work, offering.price, region=region)
        rows.append(
            (
                (bill is None, bill.low if bill else 0, offering.key),
                {
                    "offering": offering.key,
                    "model": offering.model,
                    "name": names[offering.model],
                    "place": place_name(offering, catalog),
                    "anchor": anchor(offering),
                    "cost": money(bill),
                    "month": labelled(bill_values(bill)),
                    "savings": [
                        {"way": s.way, "cost": money(s.bill), "usd": float(s.bill.low)}
                        for s in savings(work, offering, region, elsewhere(offering, catalog))
                    ],
                    "hours": [
                        {
                            "hours": hours,
                            "cost": money(monthly(replace(work, at=at), offering.price, region=region)),
                        }
                        for hours, at in _hours(offering.price)
                    ],
                    "note": _absent(offering, region),
                    "regions": sorted({r.region for r in offering.price.rates if r.region}),
                    "past": [
                        {
                            "when": p.when,
                            "day": str(p.day),
                            "cost": money(p.bill),
                            "usd": float(p.bill.low) if p.bill else None,
                        }
                        for p in past(work, offering, today)
                    ],
                },
            )
        )
    return [row for _, row in sorted(rows, key=lambda r: r[0])]
