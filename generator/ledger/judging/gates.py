"""Claims that look wrong by themselves, such as a slipped unit, are marked suspect and not chosen.

Each gate looks at the claims of one offering.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from statistics import median

import msgspec
from msgspec.structs import replace as with_changes

from generator.ledger.judging.ladders import Ladder, ladders
from generator.sources.independence import witnesses
from generator.sources.records import first_day
from playground.catalog import Capability, Kind, Support, Value
from playground.catalog.prices import Meter, Rate, Unit, parse_price_field, with_meter
from playground.catalog.vocabulary import NUMBERS

#: A price this many times another source's is a slipped unit (10^3, 10^6), not a disagreement.
SLIP = Decimal(200)
#: No provider sells tokens above or (unless free) below these, in USD per million.
DEAREST, CHEAPEST = Decimal(5000), Decimal("0.0005")
#: Tokens written to a cache are read first: less than this share of fresh input is paid on top of it.
WRITES = (Meter.CACHE_WRITE, Meter.CACHE_WRITE_5M, Meter.CACHE_WRITE_1H, Meter.CACHE_WRITE_LONG)
WRITTEN = Decimal("0.6")
#: The smallest window of a model that chats; below it a window is written in thousands.
SMALLEST = 512
WINDOWS = ("context_tokens", "max_input_tokens")
#: How the reason begins why a change waits for a person.
HELD = "held"
EARLIEST, LATEST = date(2015, 1, 1), date(2045, 1, 1)
#: A window is given in thousands of 1,000 or of 1,024, and input may be counted otherwise than the window.
SLACK = 1.05
#: What writes into the window that it reads: sound and pictures are counted apart from what is taken in.
WRITERS = {Kind.CHAT, Kind.COMPLETION, Kind.OTHER, Kind.TRANSLATION, Kind.OCR}
#: What is billed as something else where it has no price of its own, so that a zero is none.
PART_OF = {
    Meter.REASONING: Meter.OUTPUT,
    **dict.fromkeys(WRITES, Meter.INPUT),
}
#: The prices of a second that goes in and of one that comes out.
SECOND_IN, SECOND_OUT = (Rate(meter=m, unit=Unit.SECOND).field for m in (Meter.INPUT, Meter.OUTPUT))
TALKING = {Kind.CHAT, Kind.COMPLETION}
GENERATIVE = {*TALKING, Kind.REALTIME}


class Weighed(msgspec.Struct, frozen=True, kw_only=True):
    """A claim with what is needed to weigh it.

    `suspect` says why it looks wrong; `inferred` what of it the source does not say itself, and whence it is.
    """

    record: str
    source: str
    origin: str
    as_of: date
    value: Value
    since: date | None = None
    suspect: str = ""
    inferred: str = ""

    def because(self, reason: str) -> Weighed:
        return self if self.suspect else with_changes(self, suspect=reason)


type Claims = dict[str, list[Weighed]]


def hold_suspects(claims: Claims, *, kind: Kind, free: bool, begun: date | None = None) -> Claims:
    """The offering's claims with the suspect ones marked.

    `free`: a price of zero is to be expected; `begun`: the day before which the model was not there.
    """
    # A change that waits for a person is no measure for the claims beside it.
    held = {name: [w for w in group if not w.suspect] for name, group in claims.items()}
    _limits(held, kind)
    _prices(held, kind=kind, free=free)
    _caches(held)
    _paid_twice(held, kind)
    _ladders(held)
    _dates(held, begun)
    return {
        name: group
        if len(group) == len(every := claims[name])
        else [*group, *(w for w in every if w.suspect)]
        for name, group in held.items()
    }


def _mark(claims: Claims, name: str, i: int, reason: str) -> None:
    claims[name][i] = claims[name][i].because(reason)


def _by_record(claims: Claims, name: str) -> Mapping[str, Weighed]:
    return {w.record: w for w in claims.get(name, ())}


def _limits(claims: Claims, kind: Kind) -> None:
    contexts = _by_record(claims, "context_tokens")
    inputs = _by_record(claims, "max_input_tokens")
    thousands: set[str] = set()
    for name in ("context_tokens", "max_input_tokens", "max_output_tokens"):
        for i, w in enumerate(claims.get(name, ())):
            if isinstance(w.value, int) and w.value <= 0:
                _mark(claims, name, i, f"a limit of {w.value} tokens")
            elif kind in TALKING and _int(w.value) < SMALLEST and (name in WINDOWS or w.record in thousands):
                thousands.add(w.record)
                _mark(claims, name, i, f"a limit of {w.value} tokens looks like one in thousands")
    for i, w in enumerate(claims.get("max_output_tokens", ())):
        if kind in NUMBERS:
            # What sources fill in here is the length of a vector, or what is taken in.
            _mark(claims, "max_output_tokens", i, f"a model for {kind} writes no tokens")
        if kind not in WRITERS:
            continue
        context = contexts.get(w.record)
        if context and _int(w.value) > SLACK * _int(context.value) > 0:
            _mark(claims, "max_output_tokens", i, "output limit above the context window")
        elif not context and (given := inputs.get(w.record)) and _int(given.value) > 0:
            known = max((_int(c.value) for c in contexts.values()), default=0)
            if known and _int(w.value) > SLACK * known:
                _mark(claims, "max_output_tokens", i, "output limit above the context window")


def _usd(w: Weighed) -> Decimal:
    return w.value if isinstance(w.value, Decimal) else Decimal(str(w.value))


def _int(value: Value) -> int:
    return int(value) if isinstance(value, int | Decimal) else 0


def _prices(claims: Claims, *, kind: Kind, free: bool) -> None:
    unpaid: set[str] | None = None
    for name, group in claims.items():
        if not name.startswith("price."):
            continue
        rate = parse_price_field(name)
        zeros = [w for w in group if w.value == 0]
        not_cached = _without_caching(claims, name) if zeros else ()
        if zeros and unpaid is None:
            unpaid = _only_zeros(claims)
        for i, w in enumerate(group):
            usd = _usd(w)
            if usd < 0:
                _mark(claims, name, i, "a price below zero")
            elif usd == 0:
                counts = w.record in (unpaid or ()) or (
                    rate.meter in (Meter.INPUT, Meter.OUTPUT) and kind in GENERATIVE
                )
                agreed = witnesses({z.origin for z in zeros}) > 1 and len(zeros) == len(group)
                if counts and rate.unit == Unit.MTOK and not free and not agreed:
                    _mark(claims, name, i, "a price of zero for a model that is sold")
                elif w.record in not_cached and not free and not agreed:
                    _mark(claims, name, i, "a price of zero for what its source does not say is cached")
                elif not free and (whole := _part_of_paid(claims, rate)):
                    _mark(claims, name, i, f"zero where {whole} is paid for: nothing on top of it, or a fee")
            elif rate.unit == Unit.MTOK and not CHEAPEST <= usd <= DEAREST:
                _mark(claims, name, i, f"{usd} USD per million tokens looks like a slipped unit")
            elif len(group) > 1:
                # Of two the other one is the measure, of more the middle one.
                prices = [_usd(o) for o in group if o.value]
                measure = [price for price in prices if len(prices) != 2 or price != usd]
                if any(price != usd for price in measure):
                    ratio = usd / Decimal(median(measure))
                    if not 1 / SLIP < ratio < SLIP and not _newer(w, group):
                        _mark(claims, name, i, f"{_times(ratio)} what other sources say")


def _caches(claims: Claims) -> None:
    """Reads that cost more than fresh input, and writes that cost far less, as an hour's storage does."""
    for name, group in claims.items():
        if "cache_" not in name or not name.startswith("price."):
            continue
        rate = parse_price_field(name)
        if rate.meter != Meter.CACHE_READ and rate.meter not in WRITES:
            continue
        inputs = _by_record(claims, with_meter(name, Meter.INPUT))
        for i, w in enumerate(group):
            paid, usd = inputs.get(w.record), _usd(w)
            if not paid or not paid.value or paid.suspect:
                continue
            fresh = _usd(paid)
            if rate.meter == Meter.CACHE_READ:
                if usd > fresh:
                    _mark(claims, name, i, "cached input costs more than input")
            elif 0 < usd < fresh * WRITTEN:
                _mark(claims, name, i, f"less than fresh input, {fresh:f} USD: what is paid on top of it")


def _paid_twice(claims: Claims, kind: Kind) -> None:
    """A second of sound that is heard is paid once: text comes out, and that has no seconds."""
    if kind != Kind.TRANSCRIPTION:
        return
    heard = _by_record(claims, SECOND_IN)
    for i, w in enumerate(claims.get(SECOND_OUT, ())):
        if w.value and (paid := heard.get(w.record)) and paid.value:
            _mark(claims, SECOND_OUT, i, "the second of sound that is paid as input, again as output")


def _ladders(claims: Claims) -> None:
    """Steps that no request reaches, that go down, or that the cache takes and priced input does not."""
    limits = [w for n in ("context_tokens", "max_input_tokens") for w in claims.get(n, ()) if not w.suspect]
    window = max((_int(w.value) for w in limits), default=0)
    for ladder in ladders(claims):
        below: dict[str, Decimal] = {}
        for tokens, name in ladder.names.items():
            here: dict[str, Decimal] = {}
            for i, w in enumerate(claims.get(name, ())):
                usd = _usd(w)
                if 0 < window <= tokens:
                    _mark(claims, name, i, f"a step where the context window of {window:,} tokens ends")
                elif tokens and usd < below.get(w.source, usd):
                    _mark(claims, name, i, f"a step down from {below[w.source]} USD")
                elif not w.suspect:
                    # Of two rows of a source the lower one is the measure.
                    here[w.source] = min(usd, here.get(w.source, usd))
            below |= here
        _cache_alone(claims, ladder)


def _cache_alone(claims: Claims, ladder: Ladder) -> None:
    rate = parse_price_field(ladder.base)
    if rate.meter not in (Meter.CACHE_READ, Meter.CACHE_WRITE, Meter.CACHE_WRITE_5M, Meter.CACHE_WRITE_1H):
        return
    of_input = with_meter(ladder.base, Meter.INPUT)
    for tokens, name in ladder.steps.items():
        at_input = replace(rate, meter=Meter.INPUT, above_tokens=tokens).field
        priced, stepped = ({w.source for w in claims.get(n, ())} for n in (of_input, at_input))
        for i, w in enumerate(claims[name]):
            if w.source in priced - stepped:
                _mark(claims, name, i, "a step of the cache's price where input has none")


def _without_caching(claims: Claims, name: str) -> set[str]:
    """Of a cached read the records that sell fresh input and tell of no caching: their zero is no price."""
    if parse_price_field(name).meter != Meter.CACHE_READ:
        return set()
    caching = _by_record(claims, f"can.{Capability.PROMPT_CACHING}")
    inputs = _by_record(claims, with_meter(name, Meter.INPUT))
    sold = {record for record, w in inputs.items() if w.value}
    return {record for record in sold if record not in caching or caching[record].value != Support.YES}


def _part_of_paid(claims: Claims, rate: Rate) -> str:
    """What the tokens of a meter are billed as where that costs something; empty where it does not."""
    if rate.meter not in PART_OF or rate.unit != Unit.MTOK:
        return ""
    whole = PART_OF[rate.meter]
    rates = (replace(rate, meter=whole), Rate(meter=whole, mode=rate.mode), Rate(meter=whole))
    fields = {each.field for each in rates}
    paid = any(w.value and not w.suspect for name in fields for w in claims.get(name, ()))
    return str(whole) if paid else ""


def _only_zeros(claims: Claims) -> set[str]:
    """The records that price everything at zero."""
    priced = [w for name, group in claims.items() if name.startswith("price.") for w in group]
    return {w.record for w in priced} - {w.record for w in priced if _usd(w) > 0}


def _newer(claim: Weighed, group: Sequence[Weighed]) -> bool:
    """Of two sources that stand alone against each other the fresher one is not the slipped one."""
    return len(group) == 2 and claim.as_of > min(w.as_of for w in group)


def _times(ratio: Decimal) -> str:
    return f"{ratio:.0f} times" if ratio > 1 else f"1/{1 / ratio:.0f} of"


def _dates(claims: Claims, begun: date | None) -> None:
    for name in ("released", "retires", "knowledge"):
        for i, w in enumerate(claims.get(name, ())):
            when = first_day(str(w.value))
            if when is None:
                _mark(claims, name, i, "not a date")
            elif not EARLIEST <= when <= LATEST:
                _mark(claims, name, i, "a date outside any model's life")
            elif name != "retires" and when > w.as_of:
                _mark(claims, name, i, "a day after its source was read")
            elif name == "retires" and begun and when < begun:
                _mark(claims, name, i, "retires before the model was there")
    released = [first_day(str(w.value)) for w in claims.get("released", ()) if not w.suspect]
    for i, w in enumerate(claims.get("knowledge", ())):
        when = first_day(str(w.value))
        if when and any(r and when > r for r in released):
            _mark(claims, "knowledge", i, "knows of a time after its release")
