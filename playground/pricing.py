"""What a usage costs at a price list: one line for each meter used, or a range with what is missing.

Tokens come as events.Usage counts them: input with its cached part, output with its reasoning. A price that
is not known is never taken as zero: it opens a range between nothing and the dearest it could be.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from playground.events import Usage
from playground.prices import Meter, Mode, Price, Unit

MILLION = Decimal(1_000_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Tokens on one meter: `usd` for one million, or None where that price is not known."""

    meter: Meter
    tokens: int
    usd: Decimal | None

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
    size = usage.input

    def rate(meter: Meter) -> Decimal | None:
        return price.rate(meter, mode=mode, unit=Unit.MTOK, tokens=size, region=region)

    read = usage.cache_read or 0
    long = usage.cache_write_1h or 0
    short = max((usage.cache_write or 0) - long, 0)
    apart = rate(Meter.REASONING) is not None
    reasoning = (usage.reasoning or 0) if apart else 0
    plain = max(usage.input - read - short - long, 0)
    counts = {
        Meter.INPUT: plain,
        Meter.CACHE_READ: read,
        Meter.CACHE_WRITE: short,
        Meter.CACHE_WRITE_1H: long,
        Meter.OUTPUT: max(usage.output - reasoning, 0),
        Meter.REASONING: reasoning,
    }
    lines = []
    for meter, tokens in counts.items():
        if not tokens:
            continue
        usd = rate(meter)
        if usd is None and meter == Meter.CACHE_WRITE:
            usd = rate(Meter.CACHE_WRITE_5M)
        lines.append(Line(meter=meter, tokens=tokens, usd=usd))
    low = sum((line.cost or Decimal(0) for line in lines), Decimal(0))
    high: Decimal | None = low
    for line in lines:
        if line.usd is None:
            # A cached read costs at most what fresh input does; for the rest no bound is known.
            bound = rate(Meter.INPUT) if line.meter == Meter.CACHE_READ else None
            high = None if bound is None or high is None else high + bound * line.tokens / MILLION
    return Bill(lines=tuple(lines), low=low, high=high)
