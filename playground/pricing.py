"""What a request, or a month's work, costs at a price list: one line for each meter, or a range.

The one place where a cost is computed: pages, playground, terminal and tests all ask here. Tokens come as
events.Usage counts them: input with its cached part, output with its reasoning. A price that is not known is
never taken as zero: it opens a range between nothing and the dearest it could be.

Where a list has no meter of its own for a part of the tokens, they are what they are part of: reasoning is
output, images are input or output. Not so sound: where it is sold it costs several times what text does, so
a list without a price for it leaves it unknown. A cache write without a price costs what fresh input does if
the list prices cached reads, as then the provider prices caching and asks nothing for the write; a cached
read without a price is a range up to fresh input.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from functools import cached_property

from playground.events import Usage
from playground.prices import DAYS, Meter, Mode, Price, Rates, Unit

MILLION = Decimal(1_000_000)
THOUSAND = Decimal(1_000)
ONE = Decimal(1)
ZERO = Decimal(0)
#: How many of what is counted one price buys.
PER: Mapping[Unit, Decimal] = {Unit.MTOK: MILLION, Unit.THOUSAND: THOUSAND}
#: Meters that a list leaves out where it does not price them apart, and what their tokens then are.
PARTS: Mapping[Meter, Meter] = {
    Meter.REASONING: Meter.OUTPUT,
    Meter.INPUT_IMAGE: Meter.INPUT,
    Meter.INPUT_VIDEO: Meter.INPUT,
    Meter.OUTPUT_IMAGE: Meter.OUTPUT,
    Meter.CACHE_READ_IMAGE: Meter.CACHE_READ,
    Meter.CACHE_WRITE_5M: Meter.CACHE_WRITE,
    Meter.CACHE_WRITE_1H: Meter.CACHE_WRITE,
}

_INPUT, _OUTPUT = (Meter.INPUT, Unit.MTOK), (Meter.OUTPUT, Unit.MTOK)
_READ, _WRITE = (Meter.CACHE_READ, Unit.MTOK), (Meter.CACHE_WRITE, Unit.MTOK)
_WRITE_5M = (Meter.CACHE_WRITE_5M, Unit.MTOK)
_REQUEST = (Meter.REQUEST, Unit.REQUEST)

#: The shares of a workload that are parts of its input, and of its output: together at most all of it.
INPUT_SHARES = ("cached", "written", "written_1h", "audio_in", "image_in")
OUTPUT_SHARES = ("reasoning", "audio_out", "image_out")

type Count = Decimal | int
type Counts = Mapping[tuple[Meter, Unit], Count]


@dataclass(frozen=True, slots=True, kw_only=True)
class Amounts:
    """What a request used. Tokens, but where a field names another unit.

    `input` counts every input token: cached, written, of audio and of images; `output` every output token.
    Audio and image tokens are taken to be neither cached nor reasoning.
    """

    input: Count = 0
    cache_read: Count = 0
    cache_write_5m: Count = 0
    cache_write_1h: Count = 0
    input_audio: Count = 0
    input_image: Count = 0
    output: Count = 0
    reasoning: Count = 0
    output_audio: Count = 0
    output_image: Count = 0
    images_in: Count = 0
    images_out: Count = 0
    requests: Count = 1
    web_searches: Count = 0

    @property
    def counts(self) -> Counts:
        """Each token once, by the meter that counts it."""
        apart = (
            self.cache_read + self.cache_write_5m + self.cache_write_1h + self.input_audio + self.input_image
        )
        made = self.reasoning + self.output_audio + self.output_image
        return {
            (Meter.INPUT, Unit.MTOK): max(self.input - apart, 0),
            (Meter.CACHE_READ, Unit.MTOK): self.cache_read,
            (Meter.CACHE_WRITE_5M, Unit.MTOK): self.cache_write_5m,
            (Meter.CACHE_WRITE_1H, Unit.MTOK): self.cache_write_1h,
            (Meter.INPUT_AUDIO, Unit.MTOK): self.input_audio,
            (Meter.INPUT_IMAGE, Unit.MTOK): self.input_image,
            (Meter.OUTPUT, Unit.MTOK): max(self.output - made, 0),
            (Meter.REASONING, Unit.MTOK): self.reasoning,
            (Meter.OUTPUT_AUDIO, Unit.MTOK): self.output_audio,
            (Meter.OUTPUT_IMAGE, Unit.MTOK): self.output_image,
            (Meter.INPUT, Unit.IMAGE): self.images_in,
            (Meter.OUTPUT, Unit.IMAGE): self.images_out,
            (Meter.REQUEST, Unit.REQUEST): self.requests,
            (Meter.WEB_SEARCH, Unit.REQUEST): self.web_searches,
        }


@dataclass(frozen=True, kw_only=True)
class Workload:
    """A month's work: tokens for one request, requests for the month; shares go from 0 to 1.

    `cached` is the share of input that is read from a cache, `written` the share that is written to one
    (`written_1h`: to be kept an hour), `audio_in` and `image_in` the shares of input that are sound and
    images; `reasoning`, `audio_out` and `image_out` are the same of output. `batch` is the share of requests
    that may wait for a cheaper run; the rest runs in `mode`. `at` is the hour at which it runs, where that is
    one (`HH:MM`, UTC, a working day; a day may stand before it: `Sa 03:00`), for prices that go by the hour.
    """

    input_tokens: Decimal
    output_tokens: Decimal
    requests: Decimal
    cached: Decimal = ZERO
    written: Decimal = ZERO
    written_1h: Decimal = ZERO
    audio_in: Decimal = ZERO
    image_in: Decimal = ZERO
    reasoning: Decimal = ZERO
    audio_out: Decimal = ZERO
    image_out: Decimal = ZERO
    batch: Decimal = ZERO
    mode: Mode = Mode.STANDARD
    at: str = ""

    @cached_property
    def moment(self) -> datetime | None:
        """A moment at which the work runs; None where it runs at any. Raises ValueError for no such hour."""
        if not self.at:
            return None
        day, _, clock = self.at.rpartition(" ")
        hour = datetime.strptime(clock, "%H:%M").replace(tzinfo=UTC)
        # 5 January 2026 was a Monday.
        return hour.replace(year=2026, month=1, day=5 + DAYS.index(day or DAYS[0]))

    def counts(self, share: Decimal = ONE) -> Counts:
        """What a share of the month's requests counts on each meter."""
        return self._counted(share)[0]

    def scaled(self, share: Decimal = ONE) -> Sequence[tuple[tuple[Meter, Unit], Decimal]]:
        """The same in what one price buys: millions of tokens, as a rule."""
        return self._counted(share)[1]

    def _counted(self, share: Decimal) -> tuple[Counts, Sequence[tuple[tuple[Meter, Unit], Decimal]]]:
        if share not in self._kept:
            counts = self._count(self.requests * share)
            scaled = tuple((at, Decimal(n) / PER.get(at[1], ONE)) for at, n in counts.items())
            self._kept[share] = (counts, scaled)
        return self._kept[share]

    @cached_property
    def _kept(self) -> dict[Decimal, tuple[Counts, Sequence[tuple[tuple[Meter, Unit], Decimal]]]]:
        return {}

    def _count(self, requests: Decimal) -> Counts:
        read, made = requests * self.input_tokens, requests * self.output_tokens
        counts: Counts = {
            _INPUT: read * (ONE - sum(getattr(self, name) for name in INPUT_SHARES)),
            (Meter.CACHE_READ, Unit.MTOK): read * self.cached,
            (Meter.CACHE_WRITE_5M, Unit.MTOK): read * self.written,
            (Meter.CACHE_WRITE_1H, Unit.MTOK): read * self.written_1h,
            (Meter.INPUT_AUDIO, Unit.MTOK): read * self.audio_in,
            (Meter.INPUT_IMAGE, Unit.MTOK): read * self.image_in,
            _OUTPUT: made * (ONE - sum(getattr(self, name) for name in OUTPUT_SHARES)),
            (Meter.REASONING, Unit.MTOK): made * self.reasoning,
            (Meter.OUTPUT_AUDIO, Unit.MTOK): made * self.audio_out,
            (Meter.OUTPUT_IMAGE, Unit.MTOK): made * self.image_out,
            _REQUEST: requests,
        }
        return {at: count for at, count in counts.items() if count}


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
    """US dollars from `low` to `high` (None: no upper bound is known), with its lines."""

    lines: tuple[Line, ...] = field(default=())
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
    hour; without it those that hold at no particular hour.
    """
    if not price.rates:
        return None
    used = _amounts(usage) if isinstance(usage, Usage) else usage
    if used is None:
        return None
    window = price.window(at) if at else ""
    rates = price.resolved(mode=mode, tokens=int(used.input), region=region, window=window)
    return _summed([(mode, rates, used.counts)])


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
    window = price.window(work.moment) if work.moment else ""
    usual = price.resolved(mode=work.mode, tokens=size, region=region, window=window)
    if _INPUT not in usual and _OUTPUT not in usual:
        return None
    batch = price.resolved(mode=Mode.BATCH, tokens=size, region=region, window=window) if work.batch else {}
    waits = work.batch if _INPUT in batch and _OUTPUT in batch else ZERO
    parts = [(work.mode, usual, ONE - waits if waits else ONE), (Mode.BATCH, batch, waits)]
    if not lines:
        total = ZERO
        for _, rates, share in parts:
            sure = _sure(rates, work.scaled(share)) if share else ZERO
            if sure is None:
                break
            total += sure
        else:
            return Bill(low=total, high=total)
    counted = [(mode, rates, work.counts(share)) for mode, rates, share in parts if share]
    return _summed(counted, lines=lines)


def _sure(rates: Rates, scaled: Sequence[tuple[tuple[Meter, Unit], Decimal]]) -> Decimal | None:
    """The sum where each meter has a price; None where one has none."""
    total = ZERO
    for at, count in scaled:
        usd = rates.get(at)
        if usd is None:
            if at == _REQUEST:
                continue
            usd = rates.get(_counted_as(at, rates))
            if usd is None:
                return None
        total += usd * count
    return total


def _summed(parts: Iterable[tuple[Mode, Rates, Counts]], *, lines: bool = True) -> Bill:
    made: list[Line] = []
    low = high = ZERO
    bounded = True
    for mode, rates, counts in parts:
        for (meter, unit), count in _merged(counts, rates).items():
            usd = rates.get((meter, unit))
            if lines:
                made.append(Line(meter=meter, tokens=count, usd=usd, mode=mode, unit=unit))
            if usd is not None:
                cost = usd * (Decimal(count) / PER.get(unit, ONE))
                low, high = low + cost, high + cost
                continue
            # A cached read costs at most what fresh input does; for the rest no bound is known.
            bound = rates.get(_INPUT) if meter == Meter.CACHE_READ else None
            if bound is None:
                bounded = False
            else:
                high += bound * count / MILLION
    return Bill(lines=tuple(made), low=low, high=high if bounded else None)


def _merged(counts: Counts, rates: Rates) -> Counts:
    """What is counted, by the meters that the list has."""
    out: dict[tuple[Meter, Unit], Count] = {}
    for (meter, unit), count in counts.items():
        if not count:
            continue
        at = _counted_as((meter, unit), rates)
        if at not in rates and meter == Meter.REQUEST:
            continue  # nobody charges for requests who does not say so
        out[at] = out.get(at, 0) + count
    return out


def _counted_as(at: tuple[Meter, Unit], rates: Rates) -> tuple[Meter, Unit]:
    """The meter that the list has for what another counts; where it has none, the last looked for."""
    while at not in rates and at[0] in PARTS:
        at = (PARTS[at[0]], at[1])
    if at in rates or at != _WRITE:
        return at
    if _WRITE_5M in rates:
        return _WRITE_5M
    return _INPUT if _READ in rates else _WRITE
