"""What a usage or a month's workload costs at a price list: one line for each meter, or a range.

Tokens come as events.Usage counts them: input with its cached part, output with its reasoning. A price that
is not known is never taken as zero: it opens a range between nothing and the dearest it could be.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from playground.events import Usage
from playground.prices import Meter, Mode, Price, Unit

MILLION = Decimal(1_000_000)
ONE = Decimal(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Workload:
    """A month's work: tokens for one request, requests for the month; shares go from 0 to 1.

    `cached` is the share of input that is read from a cache, `reasoning` the share of output that is
    reasoning, `batch` the share of requests that may wait for a cheaper run.
    """

    input_tokens: Decimal
    output_tokens: Decimal
    requests: Decimal
    cached: Decimal = Decimal(0)
    reasoning: Decimal = Decimal(0)
    batch: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Tokens on one meter: `usd` for one million, or None where that price is not known."""

    meter: Meter
    tokens: Decimal | int
    usd: Decimal | None
    mode: Mode = Mode.STANDARD

    @property
    def cost(self) -> Decimal | None:
        return None if self.usd is None else self.usd * self.tokens / MILLION


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """US dollars from `low` to `high` (None: no upper bound is known), with its lines."""

    lines: tuple[Line, ...]
    low: Decimal
    high: Decimal | None

    @property
    def usd(self) -> Decimal | None:
        """The cost where it is one number."""
        return self.low if self.low == self.high else None

    @property
    def missing(self) -> tuple[Meter, ...]:
        """The meters used whose price is not known."""
        return tuple(line.meter for line in self.lines if line.usd is None)


def bill(usage: Usage, price: Price, *, mode: Mode = Mode.STANDARD, region: str = "") -> Bill | None:
    """The cost of one request's tokens; None where the provider reported no tokens or the list is empty.

    The tier is that of the whole input, as every provider with tiers counts it. Reasoning is output unless
    it has a price of its own.
    """
    if usage.input is None or usage.output is None or not price.rates:
        return None
    rates = _Rates(price, mode, usage.input, region)
    read = usage.cache_read or 0
    long = usage.cache_write_1h or 0
    short = max((usage.cache_write or 0) - long, 0)
    reasoning = (usage.reasoning or 0) if rates[Meter.REASONING] is not None else 0
    counts: dict[Meter, Decimal | int] = {
        Meter.INPUT: max(usage.input - read - short - long, 0),
        Meter.CACHE_READ: read,
        Meter.CACHE_WRITE: short,
        Meter.CACHE_WRITE_1H: long,
        Meter.OUTPUT: max(usage.output - reasoning, 0),
        Meter.REASONING: reasoning,
    }
    return _summed([(rates, counts)])


def monthly(work: Workload, price: Price, *, region: str = "") -> Bill | None:
    """The cost of a month's workload; None where no price of input or output is known at all.

    What may wait is run in batch where the offering has batch prices for input and output, and like the rest
    where it has none.
    """
    size = int(work.input_tokens)
    standard = _Rates(price, Mode.STANDARD, size, region)
    if standard[Meter.INPUT] is None and standard[Meter.OUTPUT] is None:
        return None
    batch = _Rates(price, Mode.BATCH, size, region)
    waits = work.batch if None not in (batch[Meter.INPUT], batch[Meter.OUTPUT]) else Decimal(0)
    parts = [(standard, work.requests * (ONE - waits)), (batch, work.requests * waits)]
    return _summed([(rates, _counts(work, requests, rates)) for rates, requests in parts if requests])


class _Rates:
    """The prices of one mode at one size of input."""

    def __init__(self, price: Price, mode: Mode, size: int, region: str) -> None:
        self.mode = mode
        self._price, self._size, self._region = price, size, region

    def __getitem__(self, meter: Meter) -> Decimal | None:
        found = self._price.rate(
            meter, mode=self.mode, unit=Unit.MTOK, tokens=self._size, region=self._region
        )
        if found is None and meter == Meter.CACHE_WRITE:
            return self[Meter.CACHE_WRITE_5M]
        return found


def _counts(work: Workload, requests: Decimal, rates: _Rates) -> Mapping[Meter, Decimal | int]:
    apart = work.reasoning if rates[Meter.REASONING] is not None else Decimal(0)
    return {
        Meter.INPUT: requests * work.input_tokens * (ONE - work.cached),
        Meter.CACHE_READ: requests * work.input_tokens * work.cached,
        Meter.OUTPUT: requests * work.output_tokens * (ONE - apart),
        Meter.REASONING: requests * work.output_tokens * apart,
    }


def _summed(parts: Iterable[tuple[_Rates, Mapping[Meter, Decimal | int]]]) -> Bill:
    lines = []
    low, high = Decimal(0), Decimal(0)
    bounded = True
    for rates, counts in parts:
        for meter, tokens in counts.items():
            if not tokens:
                continue
            line = Line(meter=meter, tokens=tokens, usd=rates[meter], mode=rates.mode)
            lines.append(line)
            cost = line.cost
            if cost is not None:
                low, high = low + cost, high + cost
                continue
            # A cached read costs at most what fresh input does; for the rest no bound is known.
            bound = rates[Meter.INPUT] if meter == Meter.CACHE_READ else None
            if bound is None:
                bounded = False
            else:
                high += bound * tokens / MILLION
    return Bill(lines=tuple(lines), low=low, high=high if bounded else None)
