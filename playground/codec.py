"""The catalog's JSON: one way in, one way out, the same in the browser and in CI.

A fact is one line. `by` names the records that say the chosen value (`litellm`, `model-prices@2026-08-16`
with the day from which it holds); `also` holds what other records say and how it counts. A standing that
is not written is `single source`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from playground.catalog import (
    Channel,
    Claim,
    Evidence,
    Fact,
    Held,
    HeldChange,
    Model,
    Offering,
    PriceSpan,
    Provider,
    Record,
    Score,
    SourceState,
    Standing,
    Value,
)
from playground.endpoints import endpoint_from_json, endpoint_to_json

SCHEMA = 1
_FACT_KEYS = {"value", "standing", "by", "also", "reason", "link"}
_OFFERING_KEYS = {"ids", "records", "facts", "history"}


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
    _expect_keys(data, _FACT_KEYS, at)
    if "value" not in data:
        raise CodecError(f"{at}: has no value")
    value = None if data["value"] is None else _value(name, data["value"], at)
    try:
        standing = Standing(data.get("standing", Standing.SINGLE))
    except ValueError as error:
        raise CodecError(f"{at}: {data['standing']!r} is no standing") from error
    claims: list[Claim] = []
    if value is not None:
        claims.extend(_claims(data.get("by", ()), value, "", at))
    for group in data.get("also", ()):
        _expect_keys(group, {"value", "by", "note"}, at)
        said = _value(name, group.get("value"), at)
        claims.extend(_claims(group.get("by", ()), said, str(group.get("note", "")), at))
    return Fact(
        value=value,
        standing=standing,
        claims=tuple(claims),
        reason=str(data.get("reason", "")),
        link=str(data.get("link", "")),
    )


def _claims(by: Any, value: Value, note: str, at: str) -> Iterator[Claim]:
    for said in by:
        record, _, since = str(said).partition("@")
        try:
            yield Claim(
                record=record,
                value=value,
                since=date.fromisoformat(since) if since else None,
                note=note,
            )
        except ValueError as error:
            raise CodecError(f"{at}: {said!r} does not end in a date") from error


def _value(name: str, value: Any, at: str) -> Value:
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


def _records(data: Any, where: str) -> dict[str, Record]:
    found: dict[str, Record] = {}
    for label, row in _mapping(data, f"{where}: records").items():
        _expect_keys(row, {"id", "link"}, f"{where}: {label}")
        found[label] = Record(id=str(row.get("id", "")), link=str(row.get("link", "")))
    return found


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


def _span(data: Any, where: str) -> PriceSpan:
    _expect_keys(data, {"mode", "from", "usd", "by", "basis", "link"}, f"{where}: history")
    usd = data.get("usd")
    return PriceSpan(
        record=str(data.get("by", "")),
        start=date.fromisoformat(data["from"]) if data.get("from") else None,
        mode=str(data.get("mode", "")),
        usd=None if usd is None else {k: Decimal(v) for k, v in usd.items()},
        basis=str(data.get("basis", "")),
        link=str(data.get("link", "")),
    )


def offering_from_json(provider: str, key: str, data: Any, where: str) -> Offering:
    """One entry of `offerings/<provider>.json`; the key is channel/lab/model[@version][:variant]."""
    at = f"{where}: {key}"
    _expect_keys(data, _OFFERING_KEYS, at)
    channel, _, rest = key.partition("/")
    # A version or a variant follows the model's name: lab and name hold neither @ nor colon.
    rest, _, variant = rest.partition(":")
    model, _, version = rest.partition("@")
    if channel not in set(Channel) or model.count("/") != 1:
        raise CodecError(f"{at}: the key is not channel/lab/model[@version][:variant]")
    return Offering(
        provider=provider,
        channel=Channel(channel),
        model=model,
        version=version,
        variant=variant,
        ids=tuple(str(i) for i in data.get("ids", ())),
        records=_records(data.get("records", {}), at),
        facts={
            name: fact_from_json(name, fact, at)
            for name, fact in _mapping(data.get("facts", {}), f"{at}: facts").items()
        },
        history=tuple(_span(span, at) for span in data.get("history", ())),
    )


def model_from_json(model: str, data: Any, where: str) -> Model:
    """One entry of models.json. Raises CodecError."""
    at = f"{where}: {model}"
    _expect_keys(data, {"records", "facts", "scores"}, at)
    return Model(
        id=model,
        records=_records(data.get("records", {}), at),
        facts={
            name: fact_from_json(name, fact, at)
            for name, fact in _mapping(data.get("facts", {}), f"{at}: facts").items()
        },
        scores=tuple(score_from_json(row, at) for row in data.get("scores", ())),
    )


_SCORE_KEYS = set(Score.__dataclass_fields__)


def score_to_json(score: Score) -> dict[str, Any]:
    """One line of a model's scores, without what is not said."""
    said = {name: getattr(score, name) for name in Score.__dataclass_fields__}
    return {name: value for name, value in said.items() if value != ""}


def score_from_json(data: Any, where: str) -> Score:
    """One line of a model's scores. Raises CodecError."""
    at = f"{where}: scores"
    _expect_keys(data, _SCORE_KEYS, at)
    try:
        said = {"as_of": "", **data}
        figure, evidence = Decimal(str(said["score"])), Evidence(said["evidence"])
        return Score(**{**said, "score": figure, "evidence": evidence})
    except (KeyError, TypeError, ValueError, ArithmeticError) as error:
        raise CodecError(f"{at}: {data!r:.120}: {error}") from error


def provider_to_json(provider: Provider) -> dict[str, Any]:
    """The provider without what is unknown."""
    out: dict[str, Any] = {}
    for name in Provider.__dataclass_fields__:
        value = getattr(provider, name)
        if name == "endpoints":
            if value:
                out[name] = [endpoint_to_json(endpoint) for endpoint in value]
        elif name != "id" and value:
            out[name] = (
                str(value) if isinstance(value, date) else list(value) if isinstance(value, tuple) else value
            )
    return out


def provider_from_json(name: str, data: Any, where: str) -> Provider:
    """One entry of providers.json. Raises CodecError."""
    at = f"{where}: {name}"
    _expect_keys(data, set(Provider.__dataclass_fields__) - {"id"}, at)
    checked = data.get("browser_checked")
    try:
        endpoints = tuple(endpoint_from_json(row) for row in data.get("endpoints", ()))
    except (TypeError, ValueError) as error:
        raise CodecError(f"{at}: endpoints: {error}") from error
    return Provider(
        **{
            **data,
            "endpoints": endpoints,
            "id": name,
            "wire": tuple(data.get("wire", ())),
            "browser_checked": date.fromisoformat(checked) if checked else None,
        }
    )


#: Of a source's state, what is written only where there is something to say.
_UNSAID = {"claims", "changed", "stale", "modified", "earlier"}


def source_to_json(source: SourceState) -> dict[str, Any]:
    """One entry of sources.json."""
    out: dict[str, Any] = {}
    for name in SourceState.__dataclass_fields__:
        value = getattr(source, name)
        if name != "id" and (value or name not in _UNSAID):
            out[name] = str(value) if isinstance(value, date) else value
    return out


def source_from_json(name: str, data: Any, where: str) -> SourceState:
    """One entry of sources.json. Raises CodecError."""
    at = f"{where}: {name}"
    _expect_keys(data, set(SourceState.__dataclass_fields__) - {"id"}, at)
    try:
        dates = {k: date.fromisoformat(data[k]) for k in ("as_of", "retrieved", "changed") if k in data}
        return SourceState(**{**data, **dates, "id": name})
    except (KeyError, TypeError, ValueError) as error:
        raise CodecError(f"{at}: {error}") from error


def held_to_json(held: Held) -> dict[str, Any]:
    """One entry of held.json."""
    return {
        "id": held.id,
        "source": held.source,
        "where": held.where,
        "reason": held.reason,
        "since": str(held.since) if held.since else None,
        "changes": [{"target": c.target, "field": c.field, "was": c.was, "now": c.now} for c in held.changes],
    }


def held_from_json(data: Any, where: str) -> Held:
    """One entry of held.json. Raises CodecError."""
    _expect_keys(data, {"id", *Held.__dataclass_fields__}, where)
    try:
        return Held(
            source=data["source"],
            where=data["where"],
            reason=data["reason"],
            since=date.fromisoformat(data["since"]) if data.get("since") else None,
            changes=tuple(
                HeldChange(
                    target=c["target"],
                    field=c["field"],
                    **{k: None if c[k] is None else _value(c["field"], c[k], where) for k in ("was", "now")},
                )
                for c in data["changes"]
            ),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise CodecError(f"{where}: {data!r:.120}: {error}") from error


def _mapping(data: Any, at: str) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise CodecError(f"{at}: must be an object, it is {data!r:.60}")
    return data


def _expect_keys(data: Any, known: set[str], at: str) -> None:
    if unknown := sorted(set(_mapping(data, at)) - known):
        raise CodecError(f"{at}: unknown key {unknown[0]!r}; known are {', '.join(sorted(known))}")
