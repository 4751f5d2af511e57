"""What one source claims, row by row, in our vocabulary but under the source's own names."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

import msgspec

from generator.errors import SourceShapeError
from playground.catalog import Capability, Effort, PriceSpan, Support, Value
from playground.catalog.numbers import plain_number
from playground.catalog.prices import Rate


class FieldClaim(msgspec.Struct, frozen=True, kw_only=True):
    """One field's value as the source gives it; `since` and `until` (excluded) where the source dates it.

    `from_there_on` marks a step of a price of which the source says only that it begins at its tokens or
    above. A refresh makes hundreds of thousands, and a Struct in a third of a dataclass's time.
    """

    field: str
    value: Value
    since: date | None = None
    until: date | None = None
    from_there_on: bool = False

    def holds(self, today: date) -> bool:
        return (self.since is None or self.since <= today) and (self.until is None or today < self.until)


class SourceRecord(msgspec.Struct, frozen=True, kw_only=True):
    """One thing a source describes: a model at a provider, or a row left out and why.

    `provider` and `model` are as the source names them; `hints` are what the source says beside the id
    that identity needs (`channel`, `region`, `family`). `rows` is how many rows of the source stand in
    this record, so that rows parsed and rows left out add up to the whole file; `unread` are the row's
    keys that no rule of the adapter reads. `joins` marks what is true of a model at a provider over any
    channel: it joins the offerings that other records make there, and makes none. With `this_channel` it
    joins only the one over the channel that its id names; without a provider (`model` is then `lab/name`) it
    is about the model itself, wherever that is served. `confirms` marks a name that the source has met and
    that may be no id of the provider's: it joins the one offering that it names where other records make
    that, and makes none. None of these lends its id.
    """

    source: str
    id: str
    provider: str = ""
    model: str = ""
    claims: tuple[FieldClaim, ...] = ()
    model_claims: tuple[FieldClaim, ...] = ()
    history: tuple[PriceSpan, ...] = ()
    hints: Mapping[str, str] | None = None
    link: str = ""
    origin: str = ""
    rows: int = 1
    left_out: str = ""
    unread: tuple[str, ...] = ()
    joins: bool = False
    confirms: bool = False
    this_channel: bool = False


def left_out(source: str, row: str, reason: str, rows: int = 1) -> SourceRecord:
    """A row that is not parsed, with the reason it is counted under."""
    return SourceRecord(source=source, id=row, left_out=reason, rows=rows)


#: Why a row is left out that its adapter trips over, by its shape or by a number without end.
UNFORESEEN = "a shape the adapter does not know"
ENDLESS = "a number that is not finite"


def made_or_why[**P, T](make: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | str:
    """What `make` makes of one row; where it trips over the row, the reason for which that is left out."""
    try:
        return make(*args, **kwargs)
    except OverflowError:
        return ENDLESS
    except (
        *(KeyError, TypeError, ValueError, AttributeError, IndexError),
        *(ArithmeticError, RecursionError, OSError, SourceShapeError),
    ):
        return UNFORESEEN


def row_of[**P](
    source: str, name: str, make: Callable[P, SourceRecord], *args: P.args, **kwargs: P.kwargs
) -> SourceRecord:
    """The record that `make` makes of one row; a row it trips over is left out, and the others stay."""
    made = made_or_why(make, *args, **kwargs)
    return left_out(source, name, made) if isinstance(made, str) else made


def price_claim(rate: Rate, usd: Decimal, since: date | None = None, until: date | None = None) -> FieldClaim:
    """The claim that a rate costs `usd` of its unit."""
    value = plain_number(usd) if usd.is_finite() else usd
    return FieldClaim(field=rate.field, value=value, since=since, until=until)


#: What goes in and comes out beside text, in the words of models.dev and of what merges it.
INPUTS = {
    "image": Capability.VISION,
    "pdf": Capability.PDF,
    "audio": Capability.AUDIO_IN,
    "video": Capability.VIDEO_IN,
}
OUTPUTS = {"image": Capability.IMAGE_OUT, "audio": Capability.AUDIO_OUT}


def modality_claims(inputs: Collection[str], outputs: Collection[str]) -> Iterator[FieldClaim]:
    """What goes in and comes out: of a list that names any, what it does not name is a "no"."""
    for table, listed in ((INPUTS, inputs), (OUTPUTS, outputs)):
        if listed:
            for word, capability in table.items():
                yield support_claim(capability, yes=word in listed)


@lru_cache(maxsize=None, typed=True)  # the same few are claimed two hundred thousand times
def support_claim(capability: Capability | Effort, yes: bool) -> FieldClaim:
    """The claim that an offering can do something, or takes an effort value."""
    prefix = "can" if isinstance(capability, Capability) else "effort"
    return FieldClaim(field=f"{prefix}.{capability}", value=Support.YES if yes else Support.NO)


def release_claim(text: str) -> FieldClaim:
    """The claim that a model came out on a day; of the first of a month only the month is taken.

    Lists write the first where they know the month: twice as many days are firsts as would be by chance.
    """
    return FieldClaim(field="released", value=text.removesuffix("-01") if text.count("-") == 2 else text)


def day(text: str) -> date | None:
    """The day a source's date or timestamp names; None where it names none."""
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        return None


def first_day(text: str) -> date | None:
    """The first day that a day, a month or a year written may mean; None where it is none of them."""
    return day(text) or day(f"{text}-01") or day(f"{text}-01-01")


#: More digits than this before or after the point make a number that nobody means.
DIGITS = 60


@lru_cache(maxsize=65_536)  # prices are round: of every ten nine have been read before
def written_number(written: str) -> Decimal:
    """A number as written; one of absurd size is infinite, so that nobody spends minutes on its digits."""
    number = Decimal(written)
    return number if len(written) <= DIGITS and abs(number.adjusted()) <= DIGITS else Decimal("Infinity")


def _whole(written: str) -> int | Decimal:
    return int(written) if len(written) <= DIGITS else Decimal("Infinity")


_DECODER = msgspec.json.Decoder(float_hook=written_number)


def read_json(raw: bytes, source: str) -> Any:
    """The source's JSON with every non-integer number a Decimal, infinite where it is of absurd size.

    Raises SourceShapeError where it is not JSON.
    """
    try:
        return _DECODER.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        # It knows no whole number of thousands of digits and no half of a surrogate pair: one such row
        # would take all others with it.
        with suppress(ValueError, RecursionError):
            return json.loads(raw.decode("utf-8"), parse_float=written_number, parse_int=_whole)
        start = raw[:60].decode("utf-8", "replace").strip()
        raise SourceShapeError(
            f"{source}: expected JSON, got {start!r} ({error}); "
            "look at the source's address and at what it answers now"
        ) from error
    except RecursionError as error:
        raise SourceShapeError(
            f"{source}: its JSON is nested deeper than any catalog; look at what it answers now"
        ) from error


def expect(value: Any, kind: type, source: str, where: str) -> Any:
    """The value, when it is of the kind its adapter knows.

    Raises SourceShapeError naming source, place and what was seen.
    """
    if not isinstance(value, kind):
        raise SourceShapeError(
            f"{source}: {where} is a {type(value).__name__}, expected {kind.__name__}; the source "
            f"changed its shape: adapt {source.replace('-', '_')}.py in generator/sources/"
        )
    return value


def unique(claims: Iterable[FieldClaim]) -> tuple[FieldClaim, ...]:
    """The claims with one per field and start, the first said."""
    seen: dict[tuple[str, date | None], FieldClaim] = {}
    for claim in claims:
        seen.setdefault((claim.field, claim.since), claim)
    return tuple(seen.values())
