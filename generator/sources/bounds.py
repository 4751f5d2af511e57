"""The door: every record that a source makes, within the bounds, or left out with the reason.

A row outside them stops nothing: it is counted with its reason as other rows are that are left out. Three
things are mended, because no fact hangs on them: characters that nobody sees go from names and notes, a link
that is no address of http or https goes from its row, and so do keys of a row beyond what can be shown.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

from msgspec.structs import replace as with_changes

from generator import bounds
from generator.sources.records import FieldClaim, SourceRecord, left_out
from playground.catalog import CitedScore, PriceSpan, Value

#: Fields that name a day, a month or a year.
DAYS = frozenset({"released", "listed", "deprecated", "retires", "retires_earliest", "knowledge"})
#: Fields that are shown as a source writes them.
WRITTEN = frozenset({"name", "family", "licence"})
#: What is written of a score.
TEXTS = ("benchmark", "metric", "by", "as_of", "version", "subset", "harness", "setting", "snapshot", "note")
TWICE = "its id differs from an earlier row's only in case or in how its letters are composed"
UNSEEN = "an id with characters that nobody sees"
MOST_UNREAD = 50


class OutsideError(ValueError):
    """A row is outside the bounds; the message is the reason under which it is counted."""


def admitted(records: Iterable[SourceRecord]) -> list[SourceRecord]:
    """The records of one source, those outside the bounds left out."""
    spelled: dict[str, str] = {}
    return [_admitted(record, spelled) for record in records]


def _admitted(record: SourceRecord, spelled: dict[str, str]) -> SourceRecord:
    if record.left_out:
        return with_changes(record, id=_name(record.id))
    try:
        within = _within(record)
        for name in (record.provider, f"{record.provider}/{record.model}"):
            if spelled.setdefault(_folded(name), name) != name:
                raise OutsideError(TWICE)
    except OutsideError as outside:
        return left_out(record.source, _name(record.id), str(outside), record.rows)
    return within


def _name(text: object) -> str:
    """A row's name for a person to find it by, whatever it holds."""
    return bounds.shortened(bounds.seen(str(text)), 120)


def _folded(name: str) -> str:
    if name.isascii():  # as nearly all are: nothing there to normalize
        return name.lower()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def _within(record: SourceRecord) -> SourceRecord:
    """The record within the bounds. Raises OutsideError."""
    for name in (record.id, record.provider, record.model, record.origin):
        _check_id(name)
    if len(record.claims) + len(record.model_claims) + len(record.history) > bounds.CLAIMS:
        raise OutsideError(f"more than {bounds.CLAIMS} claims")
    unread = sorted({_name(key) for key in record.unread})[:MOST_UNREAD]
    return with_changes(
        record,
        claims=_claims(record.claims),
        model_claims=_claims(record.model_claims),
        history=tuple(map(_span, record.history)),
        hints={name: _hint(name, text) for name, text in record.hints.items()} if record.hints else None,
        link=record.link if bounds.is_address(record.link) else "",
        unread=tuple(unread),
    )


def _check_id(name: object) -> None:
    if not isinstance(name, str):
        raise OutsideError("an id that is no text")
    _check(_id_fault(name))


@lru_cache(maxsize=65_536)
def _id_fault(name: str) -> str:
    """Why a text cannot be an id; empty where it can. The same few come a hundred thousand times."""
    if len(name) > bounds.NAME:
        return f"an id of more than {bounds.NAME} characters"
    return UNSEEN if bounds.has_unseen(name) else ""


def _claims(claims: tuple[FieldClaim, ...]) -> tuple[FieldClaim, ...]:
    """The claims of a record within the bounds. Raises OutsideError."""
    try:
        changed = [_changed(c.field, c.value, c.since, c.until) for c in claims]
    except TypeError:  # a value that has no hash, such as a list where none belongs
        changed = [_changed.__wrapped__(c.field, c.value, c.since, c.until) for c in claims]
    if changed.count(None) == len(changed):  # as of nearly all records
        return claims
    pairs = zip(claims, changed, strict=True)
    return tuple(c if value is None else with_changes(c, value=value) for c, value in pairs)


# Of every ten claims nine say what another row's says. Typed, for a yes is no 1 and no number 1.0.
@lru_cache(maxsize=65_536, typed=True)
def _changed(field: str, value: Value, since: date | None, until: date | None) -> Value | None:
    """What a claim's value becomes within the bounds; None where it stays. Raises OutsideError."""
    _check_id(field)
    for day in (since, until):
        _check(bounds.day_fault(day) if day else "")
    within = _value(field, value)
    return None if within == value else within


def _value(field: str, value: Value) -> Value:
    if isinstance(value, tuple):
        if len(value) > bounds.ENTRIES:
            raise OutsideError(f"a list of more than {bounds.ENTRIES}")
        for entry in value:
            _check_id(entry)
        return value
    if not isinstance(value, str):
        _check(bounds.number_fault(value))
        return value
    if field in DAYS:
        _check(bounds.written_day_fault(value))
    if field in WRITTEN:
        return _text(value)
    _check_id(value)
    return value


def _text(text: str) -> str:
    within = bounds.seen(text)
    if len(within) > bounds.TEXT:
        raise OutsideError(f"a text of more than {bounds.TEXT} characters")
    return within


def _span(span: PriceSpan) -> PriceSpan:
    _check(bounds.day_fault(span.start) if span.start else "")
    for text in (span.mode, span.basis, *(span.usd or ())):
        _check_id(text)
    for usd in (span.usd or {}).values():
        _check(bounds.number_fault(usd))
    return span if not span.link or bounds.is_address(span.link) else replace(span, link="")


def _hint(name: str, text: str) -> str:
    if name == "provider_docs":
        return text if bounds.is_address(text) else ""
    if name == "provider_api":
        return text if bounds.is_api_address(text) else ""
    return _text(text)


def _check(fault: str) -> None:
    if fault:
        raise OutsideError(fault)


def admitted_scores(cited: Iterable[CitedScore | str]) -> Iterator[CitedScore | str]:
    """The scores of one list; in the place of one that is left out, or outside the bounds, the reason."""
    for row in cited:
        try:
            yield row if isinstance(row, str) else _score(row)
        except OutsideError as outside:
            yield str(outside)


def _score(row: CitedScore) -> CitedScore:
    score = row.score
    _check_id(row.model)
    if not bounds.is_address(score.link):
        raise OutsideError("a page that is no address of http or https")
    # A score may be below zero, such as a difference.
    _check(bounds.number_fault(abs(score.score)))
    _check(bounds.written_day_fault(score.as_of))
    written: dict[str, Any] = {name: getattr(score, name) for name in TEXTS}
    texts: dict[str, Any] = {name: _text(text) for name, text in written.items()}
    for figure in (score.stderr, score.low, score.high):
        _check(bounds.number_fault(abs(figure or 0)))
    variant = _text(row.variant)
    if texts == written and variant == row.variant:  # as of nearly all
        return row
    return replace(row, score=replace(score, **texts), variant=variant)
