"""What a request, or a month's work, costs at a price list: one line for each meter, or a range.

The one place where a cost is computed: pages, playground, terminal and tests all ask here. Tokens come as
events.Usage counts them: input with its cached part, output with its reasoning. A price that is not known is
never taken as zero: it opens a range between nothing and the dearest it could be.

Where a list has no meter of its own for a part of the tokens, they are what they are part of: reasoning is
output, images are input or output. Not so sound: where it is sold it costs several times what text does, so
a list without a price for it leaves it unknown. A cache write without a price costs what fresh input does if
the list prices cached reads, as then the provider prices caching and asks nothing for the write, and at
least that if it does not; a cached read without a price is a range up to fresh input.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal

from playground.catalog.prices import Meter, Mode, Price, Rates, Unit
from playground.pricing.usage import Usage
from playground.pricing.workload import (
    INPUT,
    MILLION,
    ONE,
    OUTPUT,
    PER,
    ZERO,
    Amounts,
    Count,
    Listed,
    Workload,
    listed,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What one meter counted; `usd` is the price of one `unit`, or None where it is not known."""

    meter: Meter
    tokens: Count
    usd: Decimal | None
    mode: Mode = Mode.STANDARD
    unit: Unit = Unit.MTOK

    @property
    def cost(self) -> Decimal | None:
        return None if self.usd is None else self.usd * (self.tokens / PER.get(self.unit, ONE))


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """US dollars from `low` to `high` (None: no upper bound is known), with its lines.

    Where the price goes by the hour and none is given, all this is of the dearest hours, and `off_peak` is
    what it costs at least, at the cheapest.
    """

    lines: tuple[Line, ...] = field(default=())
    low: Decimal
    high: Decimal | None
    off_peak: Decimal | None = None

    @property
    def usd(self) -> Decimal | None:
        """The cost where it is one number, at the dearest hours."""
        return self.low if self.low == self.high else None

    @property
    def least(self) -> Decimal:
        """What it costs at least, at any hour."""
        return self.low if self.off_peak is None else self.off_peak

    @property
    def missing(self) -> tuple[Meter, ...]:
        """The meters used whose price is not known."""
        return tuple(line.meter for line in self.lines if line.usd is None)


def bill(
    usage: Usage | Amounts,
    price: Price,
    *,
    mode: Mode = Mode.STANDARD,
    region: str = "",
    at: datetime | None = None,
) -> Bill | None:
    """The cost of one request; None where the provider reported no tokens or the list is empty.

    The tier is that of the whole input, as every provider with tiers counts it. `at` picks the prices of that
    hour; without it the cost is that of the dearest hours, and `off_peak` that of the cheapest.
    """
    if not price.rates:
        return None
    used = _amounts(usage) if isinstance(usage, Usage) else usage
    if used is None:
        return None

    def at_hours(window: str) -> Bill:
        rates = price.resolved(mode=mode, tokens=int(used.input), region=region, window=window)
        return _summed([(mode, rates, listed(used.counts, rates))])

    return at_hours(price.window(at)) if at else _over_hours(price, at_hours)


def _over_hours(price: Price, at_hours: Callable[[str], Bill]) -> Bill:
    """The bill of the dearest hours, with what the cheapest ask."""
    bills = [at_hours(window) for window in ("", *price.hours)]
    dearest = max(bills, key=lambda b: b.low)
    least = min(b.low for b in bills)
    return dearest if least == dearest.low else replace(dearest, off_peak=least)


def _amounts(usage: Usage) -> Amounts | None:
    if usage.input is None or usage.output is None:
        return None
    long = usage.cache_write_1h or 0
    return Amounts(
        input=usage.input,
        cache_read=usage.cache_read or 0,
        cache_write_5m=max((usage.cache_write or 0) - long, 0),
        cache_write_1h=long,
        output=usage.output,
        reasoning=usage.reasoning or 0,
    )


def monthly(work: Workload, price: Price, *, region: str = "", lines: bool = True) -> Bill | None:
    """The cost of a month's workload; None where no price of input or output is known at all.

    What may wait is run in batch where the offering has batch prices for input and output, and like the rest
    where it has none. Without `lines` only the sum is made, which is all that a ranking needs.
    """
    size = int(work.input_tokens)
    usual = price.resolved(mode=work.mode, tokens=size, region=region)
    if INPUT not in usual and OUTPUT not in usual:
        return None

    def at_hours(window: str) -> Bill:
        rates = price.resolved(mode=work.mode, tokens=size, region=region, window=window) if window else usual
        batch: Rates = {}
        if work.batch:
            batch = price.resolved(mode=Mode.BATCH, tokens=size, region=region, window=window)
        return _month(work, rates, batch, lines=lines)

    if not price.hours:
        return at_hours("")
    return at_hours(price.window(work.moment)) if work.moment else _over_hours(price, at_hours)


def _month(work: Workload, usual: Rates, batch: Rates, *, lines: bool) -> Bill:
    """The cost of a month's workload at some rates, and at those of batch where they price it."""
    waits = work.batch if INPUT in batch and OUTPUT in batch else ZERO
    parts = [(work.mode, usual, ONE - waits if waits else ONE), (Mode.BATCH, batch, waits)]
    counted = [(mode, rates, work.listed(share, tuple(rates))) for mode, rates, share in parts if share]
    total = None if lines else _sure(counted)
    return _summed(counted, lines=lines) if total is None else Bill(low=total, high=total)


def _sure(parts: Iterable[tuple[Mode, Rates, Listed]]) -> Decimal | None:
    """The sum where each meter has a price; None where one has none."""
    total = ZERO
    for _, rates, (_, sure) in parts:
        if sure is None:
            return None
        for at, times in sure:
            total += rates[at] * times
    return total


def _summed(parts: Iterable[tuple[Mode, Rates, Listed]], *, lines: bool = True) -> Bill:
    made: list[Line] = []
    low = more = ZERO
    bounded = True
    for mode, rates, (counts, _) in parts:
        for at, count, times in counts:
            usd = rates.get(at)
            meter, unit = at
            if lines:
                made.append(Line(meter=meter, tokens=count, usd=usd, mode=mode, unit=unit))
            if usd is not None:
                low += usd * times
                continue
            # A cached read costs at most what fresh input does, a write at least; else no bound is known.
            fresh = rates.get(INPUT)
            if fresh is None or meter not in (Meter.CACHE_READ, Meter.CACHE_WRITE):
                bounded = False
            elif meter == Meter.CACHE_READ:
                more += fresh * count / MILLION
            else:
                low += fresh * count / MILLION
                bounded = False
    return Bill(lines=tuple(made), low=low, high=low + more if bounded else None)
