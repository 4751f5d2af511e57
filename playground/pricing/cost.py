"""What a request, or a month's work, costs at a price list: one line for each meter, or a range.

The one place where a cost is computed: pages, playground, terminal and tests all ask here. Tokens come as
events.Usage counts them: input with its cached part, output with its reasoning. A price that is not known is
never taken as zero: it opens a range between nothing and the dearest it could be.

Where a list has no meter of its own for a part of the tokens, they are what they are part of: reasoning is
output, images are input or output. Not so sound: where it is sold it costs several times what text does, so
a list without a price for it leaves it unknown. A cache write without a price costs what fresh input does if
the list prices cached reads, as then the provider prices caching and asks nothing for the write, and at
least that if it does not; a cached read without a price is a range up to fresh input.

What is counted by the piece (images, pages, minutes, characters) is charged once: by the piece where the list
has a price of one, else by its tokens where the work says how many they are (`listed`). A piece whose price
goes by a grade (a size, a quality) that nobody names costs from the cheapest grade to the dearest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
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
    SECOND,
    ZERO,
    Amounts,
    Count,
    Listed,
    Metered,
    Workload,
    by_token,
    listed,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What one meter counted; `usd` is the price of one `unit`, or None where it is not known.

    Where the price goes by a grade, `usd` is the cheapest and `dearest` the dearest.
    """

    meter: Meter
    tokens: Count
    usd: Decimal | None
    mode: Mode = Mode.STANDARD
    unit: Unit = Unit.MTOK
    dearest: Decimal | None = None

    @property
    def cost(self) -> Decimal | None:
        return None if self.usd is None else self.usd * (self.tokens / PER.get(self.unit, ONE))

    @property
    def most(self) -> Decimal | None:
        """What it costs at the dearest grade; None where its price goes by none."""
        return None if self.dearest is None else self.dearest * (self.tokens / PER.get(self.unit, ONE))


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
    def known(self) -> bool:
        """Whether it says anything: between nothing and no bound lies every cost."""
        return self.high is not None or self.least > 0

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
    """The cost of a month's workload; None where no price of input, output or a piece of it is known at all.

    What may wait is run in batch where the offering has batch prices for input and output, or for the piece,
    and like the rest where it has none. Without `lines` only the sum is made, all that a ranking needs.
    """
    size = int(work.input_tokens)

    def rates_at(mode: Mode, window: str = "") -> Rates:
        rates = price.resolved(mode=mode, tokens=size, region=region, window=window)
        return _by_the_second(rates) if SECOND in work.pieces else rates

    usual = rates_at(work.mode)
    grades = _grades(work, price, usual, region) if work.pieces else {}
    if not (INPUT in usual or OUTPUT in usual or grades or any(at in usual for at in work.pieces)):
        return None

    def at_hours(window: str) -> Bill:
        rates = rates_at(work.mode, window) if window else usual
        batch: Rates = rates_at(Mode.BATCH, window) if work.batch else {}
        if not grades:
            return _month(work, rates, batch, lines=lines)
        ends = ({at: span[n] for at, span in grades.items()} for n in (0, 1))
        cheap, dear = (_month(work, {**end, **rates}, batch, lines=lines) for end in ends)
        return _between(cheap, dear)

    if not price.hours:
        return at_hours("")
    return at_hours(price.window(work.moment)) if work.moment else _over_hours(price, at_hours)


def _grades(
    work: Workload, price: Price, usual: Rates, region: str
) -> Mapping[Metered, tuple[Decimal, Decimal]]:
    """The cheapest and the dearest grade of each piece of the work that has a price by grades alone.

    Not of one whose tokens the work gives and the list prices: they are those of the grade that is meant.
    """
    graded = (at for at in work.pieces if at not in usual and not by_token(at, work.counts(), usual))
    spans = ((at, price.graded(at, mode=work.mode, region=region)) for at in graded)
    return {at: span for at, span in spans if span}


def _by_the_second(rates: Rates) -> Rates:
    """Rates with one price for a second of sound that is heard.

    Sources give it as one of input and one of output, of which one is nought as a rule. A second that has no
    price as input is one that is made.
    """
    heard, written = rates.get(SECOND), rates.get((Meter.OUTPUT, Unit.SECOND))
    return rates if heard is None or not written else {**rates, SECOND: heard + written}


def _between(cheap: Bill, dear: Bill) -> Bill:
    """One bill of two that differ by the grade of what is made."""
    pairs = zip(cheap.lines, dear.lines, strict=True)
    lines = tuple(one if one == other else replace(one, dearest=other.usd) for one, other in pairs)
    return Bill(lines=lines, low=cheap.low, high=dear.high)


def _month(work: Workload, usual: Rates, batch: Rates, *, lines: bool) -> Bill:
    """The cost of a month's workload at some rates, and at those of batch where they price it."""
    by_piece = [at for at in work.pieces if at in usual]
    priced = (INPUT in batch and OUTPUT in batch) or (by_piece and all(at in batch for at in by_piece))
    waits = work.batch if priced else ZERO
    parts = [(work.mode, usual, ONE - waits if waits else ONE), (Mode.BATCH, batch, waits)]
    counted = [(mode, rates, work.listed(share, tuple(rates))) for mode, rates, share in parts if share]
    total = None if lines else _sure(counted)
    return _summed(counted, lines=lines) if total is None else Bill(low=total, high=total)


def _sure(parts: Iterable[tuple[Mode, Rates, Listed]]) -> Decimal | None:
    """The sum where each meter has a price; None where one has none."""
    total = ZERO
    for _, rates, (_, sure, _) in parts:
        if sure is None:
            return None
        for at, times in sure:
            total += rates[at] * times
    return total


def _summed(parts: Iterable[tuple[Mode, Rates, Listed]], *, lines: bool = True) -> Bill:
    made: list[Line] = []
    low = more = ZERO
    bounded = True
    for mode, rates, (counts, _, unsaid) in parts:
        if unsaid:
            bounded = False
            none = [Line(meter=m, tokens=0, usd=rates.get((m, u)), mode=mode, unit=u) for m, u in unsaid]
            made += none if lines else []
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
