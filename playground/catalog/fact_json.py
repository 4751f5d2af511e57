"""The JSON of a fact, its claims, its records and its price history.

A fact is one line. `by` names the records that say the chosen value (`litellm`, `model-prices@2026-08-16`
with the day from which it holds); `also` holds what other records say and how it counts. A standing that
is not written is `single source`; then `by` is left out where it is the only record there is.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from playground.catalog.facts import Claim, Fact, PriceSpan, Record, Value
from playground.catalog.vocabulary import Effort, Kind, Standing, Support

_RECORD_KEYS = {"id", "link"}
_FACT_KEYS = {"value", "standing", "by", "also", "reason", "link"}
#: Numbers beyond these are none that anything costs or counts, and `1e999999` takes minutes to write out.
_LARGEST, _DIGITS = 2**63 - 1, 40
#: What the values of a field are, by its name or by what stands before the point in it.
_MONEY, _SUPPORT = ("price", "uplift"), ("can", "accepts", "effort", "in", "within", "open_weights")
_DAYS = ("released", "listed", "deprecated", "retires", "retires_earliest", "knowledge")
_LISTS = ("regions", "some_regions")
_TEXTS = ("name", "family", "licence", "status", "replaced_by", "points_to", "window")
_COUNTS = re.compile(
    r"(?:context|max_input|max_output|cache_min)_tokens|(?:requests|tokens)_per_minute|.*parameters"
)
_DAY = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")


class CodecError(ValueError):
    """The JSON is not of the catalog's form; the message names the place and what was seen."""


def only_record(labels: Collection[str]) -> str:
    """The label of the only record of an offering or a model; empty where it has several, or none."""
    return next(iter(labels)) if len(labels) == 1 else ""


def fact_to_json(fact: Fact, only: str = "") -> dict[str, Any]:
    """The fact as its line holds it; `only` is the only record there, whose name goes without saying."""
    out: dict[str, Any] = {"value": fact.value}
    if fact.standing != Standing.SINGLE:
        out["standing"] = str(fact.standing)
    by = [_by(c) for c in fact.claims if not c.note]
    if by != ([only] if _goes_without_saying(out, only) else []):
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


def _goes_without_saying(line: Mapping[str, Any], only: str) -> bool:
    """Whether the line of a fact without `by` means that the only record says it."""
    return bool(only) and line["value"] is not None and "standing" not in line


def _by(claim: Claim) -> str:
    return f"{claim.record}@{claim.since}" if claim.since else claim.record


def fact_from_json(name: str, data: Any, where: str, only: str = "") -> Fact:
    """The fact of one line; `only` is the only record there. Raises CodecError."""
    at = f"{where}: {name}"
    expect_keys(data, _FACT_KEYS, at)
    if "value" not in data:
        raise CodecError(f"{at}: has no value")
    value = None if data["value"] is None else value_from_json(name, data["value"], at)
    if fault := "" if value is None else _chosen_fault(name, value):
        raise CodecError(f"{at}: {fault}")
    try:
        standing = Standing(data.get("standing", Standing.SINGLE))
    except ValueError as error:
        raise CodecError(f"{at}: {data['standing']!r} is no standing") from error
    claims: list[Claim] = []
    if value is not None:
        unsaid = (only,) if _goes_without_saying(data, only) else ()
        claims.extend(_claims(data.get("by", unsaid), value, "", at))
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
    """A fact's value, of the type that the field has. Raises CodecError."""
    if isinstance(value, list):
        value = tuple(value)
    elif isinstance(value, bool) or not isinstance(value, int | Decimal | str):
        raise CodecError(f"{at}: {value!r:.60} is no value of a fact")
    family = _family(name)
    if isinstance(value, int | Decimal) and not _is_bounded(value):
        raise CodecError(f"{at}: {value!r:.60} is larger or finer than any number here")
    if family == "money":
        if isinstance(value, str | tuple):
            raise CodecError(f"{at}: {value!r:.60} is no number")
        return Decimal(value)
    if fault := _type_fault(family, value):
        raise CodecError(f"{at}: {value!r:.60} {fault}")
    return value  # type: ignore[no-any-return]


@cache
def _family(name: str) -> str:
    """Which sort of values a field has; empty for fields that are not known."""
    first = name.partition(".")[0]
    sorts = {"money": _MONEY, "support": _SUPPORT, "day": _DAYS, "list": _LISTS, "text": _TEXTS}
    if sort := next((sort for sort, names in sorts.items() if first in names), ""):
        return sort
    if name in ("kind", "default_effort"):
        return name
    return "count" if _COUNTS.fullmatch(name) else ""


def _is_bounded(number: int | Decimal) -> bool:
    if isinstance(number, Decimal) and (not number.is_finite() or abs(number.adjusted()) > _DIGITS):
        return False
    return -_LARGEST <= number <= _LARGEST


def _type_fault(family: str, value: Any) -> str:
    """Why a value is none of its field's, to follow the value; empty where it is one."""
    if family == "list":
        listed = isinstance(value, tuple) and all(isinstance(v, str) for v in value)
        return "" if listed else "is no list of texts"
    if isinstance(value, tuple):
        # A field that no rule here knows, such as a vendor's `clients`, may have several.
        return "is a list, and the field has one value" if family else ""
    if family == "count":
        return "" if isinstance(value, int) else "is no whole number"
    closed = {"support": Support, "kind": Kind, "default_effort": Effort}.get(family)
    if closed is not None:
        return "" if value in set(closed) else f"is none of {', '.join(closed)}"
    return "is no text" if family in ("day", "text") and not isinstance(value, str) else ""


def _chosen_fault(name: str, value: Value) -> str:
    """Why nobody may have chosen the value, though a source may well have claimed it; empty where one may."""
    family = _family(name)
    if family in ("money", "count") and isinstance(value, int | Decimal) and value < 0:
        return f"{value} is below zero"
    return f"{value!r:.60} is no day" if family == "day" and not _is_day(str(value)) else ""


def _is_day(text: str) -> bool:
    """Whether it is a year, a month or a day."""
    if not _DAY.fullmatch(text):
        return False
    try:
        date.fromisoformat(text + "-01-01"[len(text) - len("2026") :])
    except ValueError:
        return False
    return True


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
    at = f"{where}: history"
    expect_keys(data, {"mode", "from", "usd", "by", "basis", "link"}, at)
    usd, start = data.get("usd"), data.get("from")
    return PriceSpan(
        record=str(data.get("by", "")),
        start=day_from_json(start, f"{at}: from") if start else None,
        mode=str(data.get("mode", "")),
        usd=None if usd is None else {k: _usd(v, f"{at}: {k}") for k, v in expect_mapping(usd, at).items()},
        basis=str(data.get("basis", "")),
        link=str(data.get("link", "")),
    )


def day_from_json(text: Any, at: str) -> date:
    """A day. Raises CodecError."""
    try:
        return date.fromisoformat(text)
    except (ValueError, TypeError) as error:
        raise CodecError(f"{at}: {text!r:.60} is no day") from error


def _usd(value: Any, at: str) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal) or not _is_bounded(value) or value < 0:
        raise CodecError(f"{at}: {value!r:.60} is no price")
    return Decimal(value)


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


def expect_texts(data: Any, at: str) -> tuple[str, ...]:
    """The data where it is a list of texts. Raises CodecError."""
    texts = expect_list(data, at)
    if not all(isinstance(text, str) for text in texts):
        raise CodecError(f"{at}: must be a list of texts, it is {data!r:.60}")
    return tuple(texts)


def expect_texts_in(data: Mapping[str, Any], names: Collection[str], at: str) -> None:
    """Raises CodecError where one of these values of an object is there and no text."""
    for name in names:
        if not isinstance(value := data.get(name) or "", str):
            raise CodecError(f"{at}: {name} must be a text, it is {value!r:.60}")


def expect_keys(data: Any, known: set[str], at: str) -> None:
    """Raises CodecError where the object has a key that is not known."""
    if not expect_mapping(data, at).keys() <= known:
        unknown = sorted(data.keys() - known)
        raise CodecError(f"{at}: unknown key {unknown[0]!r}; known are {', '.join(sorted(known))}")
