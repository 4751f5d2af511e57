"""The catalog's JSON: one way in, one way out, the same in the browser and in CI.

A fact is one line. `by` names the records that say the chosen value (`litellm`, `model-prices@2026-08-16`
with the day from which it holds); `also` holds what other records say and how it counts. A standing that
is not written is `single source`; then `by` is left out where it is the only record there is.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from playground.catalog.catalog import Held, HeldChange, SourceState
from playground.catalog.endpoints import endpoint_from_json, endpoint_to_json
from playground.catalog.fact_json import (
    CodecError,
    day_from_json,
    expect_keys,
    expect_list,
    expect_mapping,
    expect_texts,
    expect_texts_in,
    fact_from_json,
    only_record,
    records_from_json,
    spans_from_json,
    value_from_json,
)
from playground.catalog.facts import Fact, Record
from playground.catalog.model import Model, Score
from playground.catalog.offering import Offering
from playground.catalog.provider import STATED, Certified, NamedReplacement, Provider, Statement
from playground.catalog.vocabulary import Certification, Channel, Evidence, RunEffort, Unit

SCHEMA = 1
_OFFERING_KEYS = {"ids", "records", "facts", "history"}


def offering_from_json(provider: str, key: str, data: Any, where: str) -> Offering:
    """One entry of `offerings/<provider>.json`; the key is channel/lab/model[@version][:variant]."""
    at = f"{where}: {key}"
    expect_keys(data, _OFFERING_KEYS, at)
    channel, model, version, variant = parse_key(key, at)
    records = records_from_json(data.get("records", {}), at)
    return Offering(
        provider=provider,
        channel=channel,
        model=model,
        version=version,
        variant=variant,
        ids=expect_texts(data.get("ids", ()), f"{at}: ids"),
        records=records,
        facts=_facts(data, records, at),
        history=spans_from_json(data.get("history", ()), at),
    )


def _facts(data: Mapping[str, Any], records: Mapping[str, Record], at: str) -> dict[str, Fact]:
    only = only_record(records)
    rows = expect_mapping(data.get("facts", {}), f"{at}: facts")
    return {name: fact_from_json(name, row, at, only) for name, row in rows.items()}


_CHANNELS = {str(channel): channel for channel in Channel}


def parse_key(key: str, at: str) -> tuple[Channel, str, str, str]:
    """Channel, model, version and variant of channel/lab/model[@version][:variant]. Raises CodecError."""
    named, _, rest = key.partition("/")
    channel, sold = _CHANNELS.get(named), _sold(rest)
    if channel is None or sold is None:
        raise CodecError(f"{at}: the key is not channel/lab/model[@version][:variant]")
    return channel, *sold


# Many providers sell the same; and of a text that is one object, not several alike, the hash is known.
@lru_cache(maxsize=8192)
def _sold(text: str) -> tuple[str, str, str] | None:
    """Model, version and variant of lab/model[@version][:variant]; None where it is not so."""
    # A version or a variant follows the model's name: lab and name hold neither @ nor colon.
    rest, _, variant = text.partition(":")
    model, _, version = rest.partition("@")
    return (model, version, variant) if model.count("/") == 1 else None


def model_from_json(model: str, data: Any, where: str, runs: Mapping[str, Any]) -> Model:
    """One entry of models.json, whose scores name their runs. Raises CodecError."""
    at = f"{where}: {model}"
    expect_keys(data, {"records", "facts", "scores"}, at)
    records = records_from_json(data.get("records", {}), at)
    return Model(
        id=model,
        records=records,
        facts=_facts(data, records, at),
        scores=tuple(score_from_json(row, at, runs) for row in data.get("scores", ())),
    )


_SCORE_KEYS = set(Score.__dataclass_fields__)
#: What the scores of one run of a test have alike.
_RUN = (
    *("benchmark", "version", "subset", "metric", "unit", "evidence", "by", "harness", "setting"),
    *("link", "as_of", "note", "source"),
)

_SCORE_NUMBERS = ("stderr", "low", "high")


def score_to_json(score: Score) -> dict[str, Any]:
    """One line of a model's scores, without what is unknown; a score is in percent unless it says else."""
    row = {name: getattr(score, name) for name in Score.__dataclass_fields__}
    return {
        name: value
        for name, value in row.items()
        if value is not None and value != "" and (name, value) != ("unit", Unit.PERCENT)
    }


def score_to_line(score: Score, runs: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """As `score_to_json`, but for what its whole run has alike: that goes to `runs`, under its checksum."""
    row = score_to_json(score)
    run = {name: row.pop(name) for name in _RUN if name in row}
    key = hashlib.sha256(json.dumps(run).encode()).hexdigest()[:10]
    runs[key] = run
    return {"run": key, **row}


def score_from_json(data: Any, where: str, runs: Mapping[str, Any] | None = None) -> Score:
    """One line of a model's scores, which may name its run. Raises CodecError."""
    at = f"{where}: scores"
    if isinstance(data, dict) and "run" in data:
        run = (runs or {}).get(data["run"]) if isinstance(data["run"], str) else None
        if not isinstance(run, dict):
            raise CodecError(f"{at}: run {data['run']!r:.60} is not among the file's runs")
        data = {**run, **{key: value for key, value in data.items() if key != "run"}}
    expect_keys(data, _SCORE_KEYS, at)
    try:
        row = {
            "as_of": "",
            **data,
            "score": Decimal(str(data["score"])),
            "evidence": Evidence(data["evidence"]),
        }
        row |= {name: Decimal(str(data[name])) for name in _SCORE_NUMBERS if name in data}
        row |= {"effort": RunEffort(data["effort"])} if "effort" in data else {}
        row |= {"unit": Unit(data["unit"])} if "unit" in data else {}
        return Score(**row)
    except (KeyError, TypeError, ValueError, ArithmeticError) as error:
        raise CodecError(f"{at}: {data!r:.120}: {error}") from error


#: The parts of a row that stands on words of a page, in their order.
_CITED = (
    *("value", "names", "model", "instead", "channels", "models", "setting"),
    *("note", "quote", "url", "read"),
)
#: What each entry of a list is made into; None where it stays as it is.
_ENTRIES: Mapping[str, Callable[[Any], Any] | None] = {
    "names": Certification,
    "instead": None,
    "channels": Channel,
    "models": None,
}


def cited_to_json(row: Statement | NamedReplacement | Certified) -> dict[str, Any]:
    """What a provider says, with its words, their page and the day; without what is empty."""
    known = row.__dataclass_fields__
    parts = {name: value for name in _CITED if name in known and (value := getattr(row, name))}
    return {name: list(map(str, v)) if isinstance(v, tuple) else str(v) for name, v in parts.items()}


def _cited_from_json[T: Statement | NamedReplacement | Certified](cls: type[T], data: Any, where: str) -> T:
    """What cited_to_json made. Raises CodecError."""
    expect_keys(data, set(cls.__dataclass_fields__), where)
    try:
        lists = {
            name: tuple(data[name]) if made is None else tuple(map(made, data[name]))
            for name, made in _ENTRIES.items()
            if name in data
        }
        return cls(**{**data, **lists, "read": date.fromisoformat(data["read"])})
    except (KeyError, TypeError, ValueError) as error:
        raise CodecError(f"{where}: {error}") from error


#: What a provider has several rows of, each with words of a page.
ROWS: Mapping[str, type[Statement] | type[NamedReplacement] | type[Certified]] = {
    "residency": Statement,
    "free_tier": Statement,
    "replacements": NamedReplacement,
    "certifications": Certified,
}
#: What is left out, as it says that nobody says.
UNSAID = ("browser", "unknown")


def provider_to_json(provider: Provider) -> dict[str, Any]:
    """The provider without what is unknown."""
    out: dict[str, Any] = {}
    for name in Provider.__dataclass_fields__:
        value = getattr(provider, name)
        if name == "endpoints":
            if value:
                out[name] = [endpoint_to_json(endpoint) for endpoint in value]
        elif name in ROWS:
            if value:
                out[name] = list(map(cited_to_json, value))
        elif name in STATED:
            if value:
                row = cited_to_json(value)
                out[name] = row.pop("value")
                out.setdefault("statements", {})[name] = row
        elif name != "id" and value and (name, value) != UNSAID:
            out[name] = (
                str(value) if isinstance(value, date) else list(value) if isinstance(value, tuple) else value
            )
    return out


def _texts_of(kind: type[Provider | SourceState]) -> set[str]:
    """The fields that hold one text."""
    return {field.name for field in fields(kind) if field.type in ("str", "str | None")}


#: The keys of a provider's entry, and those of them that hold one text.
_PROVIDER_KEYS = {"statements", *Provider.__dataclass_fields__} - {"id"}
_PROVIDER_TEXTS = _texts_of(Provider) - set(STATED)


def provider_from_json(name: str, data: Any, where: str) -> Provider:
    """One entry of providers.json. Raises CodecError."""
    at = f"{where}: {name}"
    expect_keys(data, _PROVIDER_KEYS, at)
    plain, statements = dict(data), data.get("statements", {})
    plain.pop("statements", None)
    expect_texts_in(data, _PROVIDER_TEXTS, at)
    expect_keys(statements, {name for name in STATED if name in data}, f"{at}: statements")
    checked = data.get("browser_checked")
    try:
        endpoints = tuple(endpoint_from_json(row) for row in data.get("endpoints", ()))
    except (TypeError, ValueError) as error:
        raise CodecError(f"{at}: endpoints: {error}") from error
    rows = {name: expect_list(data.get(name, ()), f"{at}: {name}") for name in ROWS}
    return Provider(
        **{
            **plain,
            **{
                name: _cited_from_json(
                    Statement, {"value": data[name], **statements.get(name, {})}, f"{at}: {name}"
                )
                for name in STATED
                if name in data
            },
            "endpoints": endpoints,
            **{
                name: tuple(_cited_from_json(kind, row, f"{at}: {name}") for row in rows[name])
                for name, kind in ROWS.items()
            },
            "id": name,
            "wire": expect_texts(data.get("wire", ()), f"{at}: wire"),
            "browser_checked": day_from_json(checked, f"{at}: browser_checked") if checked else None,
        }
    )


#: Of a source's state, what is written only where there is something to say.
_OPTIONAL = {"claims", "changed", "stale", "modified", "earlier"}


def source_to_json(source: SourceState) -> dict[str, Any]:
    """One entry of sources.json."""
    out: dict[str, Any] = {}
    for name in SourceState.__dataclass_fields__:
        value = getattr(source, name)
        if name != "id" and (value or name not in _OPTIONAL):
            out[name] = str(value) if isinstance(value, date) else value
    return out


def source_from_json(name: str, data: Any, where: str) -> SourceState:
    """One entry of sources.json. Raises CodecError."""
    at = f"{where}: {name}"
    expect_keys(data, set(SourceState.__dataclass_fields__) - {"id"}, at)
    expect_texts_in(data, _texts_of(SourceState), at)
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
    expect_keys(data, {"id", *Held.__dataclass_fields__}, where)
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
                    **{
                        k: None if c[k] is None else value_from_json(c["field"], c[k], where)
                        for k in ("was", "now")
                    },
                )
                for c in data["changes"]
            ),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise CodecError(f"{where}: {data!r:.120}: {error}") from error
