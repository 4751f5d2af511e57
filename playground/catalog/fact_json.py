"""The JSON of a fact, its claims, its records and its price history.

A fact is one line. `by` names the records that say the chosen value (`litellm`, `model-prices@2026-08-16`
with the day from which it holds); `also` holds what other records say and how it counts. A standing that
is not written is `single source`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from playground.catalog.facts import Claim, Fact, PriceSpan, Record, Value
from playground.catalog.vocabulary import Standing

_RECORD_KEYS = {"id", "link"}
_FACT_KEYS = {"value", "standing", "by", "also", "reason", "link"}


class CodecError(ValueError):
    """The JSON is not of the catalog's form; the message names the place and what was seen."""


def fact_to_json(fact: Fact) -> dict[str, Any]:
    """The fact as its line holds it."""
    out: dict[str, Any] = {"value": fact.value}
    if fact.standing != Standing.SINGLE:
        out["standing"] = str(fact.standing)
    if by := [_by(c) for c in fact.claims if not c.note]:
        out["by"] = by
    groups: dict[tuple[Any, str], list[str]] = {}
    for claim in fact.claims:
        if claim.note:
            groups.setdefault((claim.value, claim.note), []).append(_by(claim))
    if groups:
        out["also"] = [{"value": v, "by": by, "note": n} for (v, n), by in groups.items()]
    if fact.reason:
        out["reason"] = fact.reason
    if fact.link:
        out["link"] = fact.link
    return out


def _by(claim: Claim) -> str:
    return f"{claim.record}@{claim.since}" if claim.since else claim.record


def fact_from_json(name: str, data: Any, where: str) -> Fact:
    """The fact of one line. Raises CodecError."""
    at = f"{where}: {name}"
    expect_keys(data, _FACT_KEYS, at)
    if "value" not in data:
        raise CodecError(f"{at}: has no value")
    value = None if data["value"] is None else value_from_json(name, data["value"], at)
    try:
        standing = Standing(data.get("standing", Standing.SINGLE))
    except ValueError as error:
        raise CodecError(f"{at}: {data['standing']!r} is no standing") from error
    claims: list[Claim] = []
    if value is not None:
        claims.extend(_claims(data.get("by", ()), value, "", at))
    for group in expect_list(data.get("also", ()), f"{at}: also"):
        expect_keys(group, {"value", "by", "note"}, at)
        claimed = value_from_json(name, group.get("value"), at)
        claims.extend(_claims(group.get("by", ()), claimed, str(group.get("note", "")), at))
    return Fact(
        value=value,
        standing=standing,
        claims=tuple(claims),
        reason=str(data.get("reason", "")),
        link=str(data.get("link", "")),
    )


def _claims(by: Any, value: Value, note: str, at: str) -> Iterator[Claim]:
    for dated_record in expect_list(by, f"{at}: by"):
        record, _, since = str(dated_record).partition("@")
        try:
            yield Claim(
                record=record,
                value=value,
                since=date.fromisoformat(since) if since else None,
                note=note,
            )
        except ValueError as error:
            raise CodecError(f"{at}: {dated_record!r} does not end in a date") from error


def value_from_json(name: str, value: Any, at: str) -> Value:
    """A fact's value. Raises CodecError."""
    if isinstance(value, list):
        return tuple(str(v) for v in value)
    if isinstance(value, bool) or not isinstance(value, int | Decimal | str):
        raise CodecError(f"{at}: {value!r} is no value of a fact")
    if name.startswith(("price.", "uplift.")):
        if isinstance(value, str):
            raise CodecError(f"{at}: {value!r} is no number")
        return Decimal(value)
    return value


def records_to_json(records: Mapping[str, Record]) -> dict[str, Any]:
    """The records by their labels."""
    return {label: {"id": r.id, "link": r.link} if r.link else {"id": r.id} for label, r in records.items()}


def records_from_json(data: Any, where: str) -> dict[str, Record]:
    """The inverse of records_to_json. Raises CodecError."""
    rows = expect_mapping(data, f"{where}: records")
    return {label: record_from_json(label, row, where) for label, row in rows.items()}


def record_from_json(label: str, data: Any, where: str) -> Record:
    """One of the records. Raises CodecError."""
    expect_keys(data, _RECORD_KEYS, f"{where}: {label}")
    return Record(id=str(data.get("id", "")), link=str(data.get("link", "")))


def span_to_json(span: PriceSpan) -> dict[str, Any]:
    """One entry of a price history."""
    out: dict[str, Any] = {"mode": span.mode, "from": str(span.start) if span.start else None}
    out["usd"] = None if span.usd is None else dict(span.usd)
    out["by"] = span.record
    if span.basis:
        out["basis"] = span.basis
    if span.link:
        out["link"] = span.link
    return out


def span_from_json(data: Any, where: str) -> PriceSpan:
    """The inverse of span_to_json. Raises CodecError."""
    expect_keys(data, {"mode", "from", "usd", "by", "basis", "link"}, f"{where}: history")
    usd = data.get("usd")
    return PriceSpan(
        record=str(data.get("by", "")),
        start=date.fromisoformat(data["from"]) if data.get("from") else None,
        mode=str(data.get("mode", "")),
        usd=None if usd is None else {k: Decimal(v) for k, v in usd.items()},
        basis=str(data.get("basis", "")),
        link=str(data.get("link", "")),
    )


def spans_from_json(data: Any, where: str) -> tuple[PriceSpan, ...]:
    """A price history. Raises CodecError."""
    return tuple([span_from_json(span, where) for span in expect_list(data, f"{where}: history")])


def expect_mapping(data: Any, at: str) -> dict[str, Any]:
    """The data where it is an object. Raises CodecError."""
    if not isinstance(data, dict):
        raise CodecError(f"{at}: must be an object, it is {data!r:.60}")
    return data


def expect_list(data: Any, at: str) -> list[Any] | tuple[Any, ...]:
    """The data where it is a list. Raises CodecError."""
    if not isinstance(data, list | tuple):
        raise CodecError(f"{at}: must be a list, it is {data!r:.60}")
    return data


def expect_keys(data: Any, known: set[str], at: str) -> None:
    """Raises CodecError where the object has a key that is not known."""
    if unknown := sorted(expect_mapping(data, at).keys() - known):
        raise CodecError(f"{at}: unknown key {unknown[0]!r}; known are {', '.join(sorted(known))}")
