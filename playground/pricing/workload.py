"""What a request used (Amounts), or a month's work uses (Workload), counted by the meters of a price list.

The numbers and meters that counting and pricing (cost.py) share have their one home here.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from functools import cached_property

from playground.catalog.prices import DAYS, Meter, Mode, Unit

MILLION = Decimal(1_000_000)
THOUSAND = Decimal(1_000)
ONE = Decimal(1)
ZERO = Decimal(0)
#: How many of what is counted one price buys.
PER: Mapping[Unit, Decimal] = {Unit.MTOK: MILLION, Unit.THOUSAND: THOUSAND}

#: A meter and the unit that it counts in, as a list of prices has them.
INPUT, OUTPUT = (Meter.INPUT, Unit.MTOK), (Meter.OUTPUT, Unit.MTOK)
CACHE_READ, CACHE_WRITE = (Meter.CACHE_READ, Unit.MTOK), (Meter.CACHE_WRITE, Unit.MTOK)
CACHE_WRITE_5M, CACHE_WRITE_1H = (Meter.CACHE_WRITE_5M, Unit.MTOK), (Meter.CACHE_WRITE_1H, Unit.MTOK)
INPUT_AUDIO, INPUT_IMAGE = (Meter.INPUT_AUDIO, Unit.MTOK), (Meter.INPUT_IMAGE, Unit.MTOK)
REASONING = (Meter.REASONING, Unit.MTOK)
OUTPUT_AUDIO, OUTPUT_IMAGE = (Meter.OUTPUT_AUDIO, Unit.MTOK), (Meter.OUTPUT_IMAGE, Unit.MTOK)
REQUEST = (Meter.REQUEST, Unit.REQUEST)

#: What is paid by the piece: an image made, a page read, a second of sound heard, a character spoken.
IMAGE, PAGE = (Meter.OUTPUT, Unit.IMAGE), (Meter.INPUT, Unit.PAGE)
SECOND, CHARACTER = (Meter.INPUT, Unit.SECOND), (Meter.INPUT, Unit.CHARACTER)

#: The shares of a workload that are parts of its input, and of its output: together at most all of it.
INPUT_SHARES = ("cached", "written", "written_1h", "audio_in", "image_in")
OUTPUT_SHARES = ("reasoning", "audio_out", "image_out")

#: Meters that a list leaves out where it does not price them apart, and what their tokens then are.
COUNTED_AS: Mapping[Meter, Meter] = {
    Meter.REASONING: Meter.OUTPUT,
    Meter.INPUT_IMAGE: Meter.INPUT,
    Meter.INPUT_VIDEO: Meter.INPUT,
    Meter.CACHE_READ_IMAGE: Meter.CACHE_READ,
    Meter.CACHE_WRITE_5M: Meter.CACHE_WRITE,
    Meter.CACHE_WRITE_1H: Meter.CACHE_WRITE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """What a workload counts by the piece: the meter that charges for it, and how many of its units one is.

    Who charges by the token charges for `covered` and `beside`, and both must be counted for a cost to be
    known. Who charges by the piece charges for it in place of `covered`; for `beside` where it says so.
    """

    at: Metered
    covered: Metered
    beside: Metered | None = None
    each: int = 1


#: The parts of a workload that are counted by the piece.
PIECES: Mapping[str, Piece] = {
    "images": Piece(at=IMAGE, covered=OUTPUT_IMAGE),
    "pages": Piece(at=PAGE, covered=INPUT_IMAGE, beside=OUTPUT),
    "minutes": Piece(at=SECOND, covered=INPUT_AUDIO, beside=OUTPUT, each=60),
    "characters": Piece(at=CHARACTER, covered=INPUT, beside=OUTPUT_AUDIO),
}
_BY_METER = {piece.at: piece for piece in PIECES.values()}

#: A meter and the unit that it counts in.
type Metered = tuple[Meter, Unit]
type Count = Decimal | int
type Counts = Mapping[Metered, Count]
#: What is counted by the meters that a list has: each with how many times what one price buys. Then the same
#: without the counts, for a sum; None where the list has no price for some of it. Then the meters that the
#: list charges for and of which the work does not say how much it is, though there must be some.
type Listed = tuple[
    Sequence[tuple[Metered, Count, Decimal]], Sequence[tuple[Metered, Decimal]] | None, Sequence[Metered]
]


def listed(counts: Counts, meters: Collection[Metered]) -> Listed:
    """What is counted, by the meters that a list has."""
    out: dict[Metered, Count] = {}
    sure: dict[Metered, Decimal] = {}
    counts, unsaid = _once(counts, meters) if counts.keys() & _BY_METER else (counts, [])
    for at, count in counts.items():
        if not count:
            continue
        counted_as = _counted_as(at, meters)
        if counted_as not in meters and counted_as[0] == Meter.REQUEST:
            continue  # nobody charges for requests who does not say so
        out[counted_as] = out.get(counted_as, 0) + count
        times = Decimal(count) / PER.get(at[1], ONE)
        sure[counted_as] = sure[counted_as] + times if counted_as in sure else times
    counted = [(at, count, Decimal(count) / PER.get(at[1], ONE)) for at, count in out.items()]
    known = not unsaid and all(at in meters for at in sure)
    return counted, list(sure.items()) if known else None, unsaid


def _once(counts: Counts, meters: Collection[Metered]) -> tuple[Counts, Sequence[Metered]]:
    """The counts with no work in them twice, as a piece and as its tokens; and what the work does not say.

    A list that charges by the piece asks beside it for the tokens that it has a price for, and for no others.
    One that does not is billed by the tokens, where the work says how many they are; else the piece stays,
    and has no price.
    """
    once = dict(counts)
    unsaid: list[Metered] = []
    by_piece = False
    for at in counts.keys() & _BY_METER:
        if not counts[at]:
            continue
        piece = _BY_METER[at]
        beside = piece.beside
        lacks = beside is not None and not counts.get(beside)
        if at in meters:
            by_piece = True
            once.pop(piece.covered, None)
            if beside is not None and lacks and _counted_as(beside, meters) in meters:
                unsaid.append(beside)
        elif counts.get(piece.covered) and not lacks:
            del once[at]
    if by_piece:
        once = {at: n for at, n in once.items() if at[1] != Unit.MTOK or _counted_as(at, meters) in meters}
    return once, sorted(unsaid)


def by_token(at: Metered, counts: Counts, meters: Collection[Metered]) -> bool:
    """Whether a piece of work can be billed by its tokens: they are counted, and a list has their prices."""
    piece = _BY_METER[at]
    paid = [one for one in (piece.covered, piece.beside) if one]
    return all(counts.get(one) and _counted_as(one, meters) in meters for one in paid)


def _counted_as(at: Metered, meters: Collection[Metered]) -> Metered:
    """The meter that the list has for what another counts; where it has none, the last looked for."""
    while at not in meters and at[0] in COUNTED_AS:
        at = (COUNTED_AS[at[0]], at[1])
    if at in meters or at != CACHE_WRITE:
        return at
    if CACHE_WRITE_5M in meters:
        return CACHE_WRITE_5M
    return INPUT if CACHE_READ in meters else CACHE_WRITE


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
            INPUT: max(self.input - apart, 0),
            CACHE_READ: self.cache_read,
            CACHE_WRITE_5M: self.cache_write_5m,
            CACHE_WRITE_1H: self.cache_write_1h,
            INPUT_AUDIO: self.input_audio,
            INPUT_IMAGE: self.input_image,
            OUTPUT: max(self.output - made, 0),
            REASONING: self.reasoning,
            OUTPUT_AUDIO: self.output_audio,
            OUTPUT_IMAGE: self.output_image,
            (Meter.INPUT, Unit.IMAGE): self.images_in,
            (Meter.OUTPUT, Unit.IMAGE): self.images_out,
            REQUEST: self.requests,
            (Meter.WEB_SEARCH, Unit.REQUEST): self.web_searches,
        }


@dataclass(frozen=True, kw_only=True)
class Workload:
    """A month's work: tokens for one request, requests for the month; shares go from 0 to 1.

    `images` are those made for one request, `pages` those read, `minutes` are of sound that is heard,
    `characters` those that are spoken; the tokens of a request are the same work, as who charges by the token
    counts it.
    `cached` is the share of input that is read from a cache, `written` the share that is written to one
    (`written_1h`: for an hour), `audio_in` and `image_in` the shares of input that are sound and
    images; `reasoning`, `audio_out` and `image_out` are the same of output. `batch` is the share of requests
    that may wait for a cheaper run; the rest runs in `mode`. `at` is the hour at which it runs, where that is
    one (`HH:MM`, UTC, a working day; a day may stand before it: `Sa 03:00`), for prices that go by the hour.
    """

    input_tokens: Decimal
    output_tokens: Decimal
    requests: Decimal
    images: Decimal = ZERO
    pages: Decimal = ZERO
    minutes: Decimal = ZERO
    characters: Decimal = ZERO
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

    @cached_property
    def pieces(self) -> tuple[Metered, ...]:
        """The meters of what it counts by the piece."""
        return tuple(piece.at for name, piece in PIECES.items() if getattr(self, name))

    def counts(self, share: Decimal = ONE) -> Counts:
        """What a share of the month's requests counts on each meter."""
        if share not in self._by_share:
            self._by_share[share] = self._count(self.requests * share)
        return self._by_share[share]

    def listed(self, share: Decimal, meters: tuple[Metered, ...]) -> Listed:
        """The same by the meters that a list has, worked out once for all lists that have these."""
        if (share, meters) not in self._by_meters:
            self._by_meters[share, meters] = listed(self.counts(share), meters)
        return self._by_meters[share, meters]

    @cached_property
    def _by_share(self) -> dict[Decimal, Counts]:
        return {}

    @cached_property
    def _by_meters(self) -> dict[tuple[Decimal, tuple[Metered, ...]], Listed]:
        return {}

    def _count(self, requests: Decimal) -> Counts:
        read, made = requests * self.input_tokens, requests * self.output_tokens
        counts: Counts = {
            **{piece.at: requests * piece.each * getattr(self, name) for name, piece in PIECES.items()},
            INPUT: read * (ONE - sum(getattr(self, name) for name in INPUT_SHARES)),
            CACHE_READ: read * self.cached,
            CACHE_WRITE_5M: read * self.written,
            CACHE_WRITE_1H: read * self.written_1h,
            INPUT_AUDIO: read * self.audio_in,
            INPUT_IMAGE: read * self.image_in,
            OUTPUT: made * (ONE - sum(getattr(self, name) for name in OUTPUT_SHARES)),
            REASONING: made * self.reasoning,
            OUTPUT_AUDIO: made * self.audio_out,
            OUTPUT_IMAGE: made * self.image_out,
            REQUEST: requests,
        }
        return {at: count for at, count in counts.items() if count}
