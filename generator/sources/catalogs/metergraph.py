"""Metergraph's price catalog: dated prices per model, channel and region, each citing the vendor's page.

A model has names under which calls to a channel are known, and prices by channel. Some names are the
channel's own ids, others only what was met in logs; so a name that is not plainly an id makes no offering.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

import yaml
from msgspec.structs import replace as with_changes

from generator.errors import SourceShapeError
from generator.sources.records import (
    FieldClaim,
    SourceRecord,
    day,
    expect,
    left_out,
    made_or_why,
    price_claim,
    unique,
    written_number,
)
from generator.sources.schedules import by_hour
from playground.catalog import PriceSpan
from playground.catalog.prices import Meter, Mode, Rate, Unit

SOURCE = "metergraph"

#: Every scalar as text, so that no price goes through a float.
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
MTOK = "_per_mtok"
METERS = {
    "input": (Mode.STANDARD, Meter.INPUT),
    "output": (Mode.STANDARD, Meter.OUTPUT),
    "cache_read": (Mode.STANDARD, Meter.CACHE_READ),
    "cache_write_5m": (Mode.STANDARD, Meter.CACHE_WRITE_5M),
    "cache_write_1h": (Mode.STANDARD, Meter.CACHE_WRITE_1H),
    "batch_input": (Mode.BATCH, Meter.INPUT),
    "batch_output": (Mode.BATCH, Meter.OUTPUT),
    "batch_cache_read": (Mode.BATCH, Meter.CACHE_READ),
}
REQUESTS = "request_fee_per_1k_usd"
#: What a price row says beside its prices, and the rules that change no price of a token.
OTHER_KEYS = frozenset({"channel", "region", "effective_from", "effective_to", "source_url", "rules"})
HOURS, STEP = "off_peak_discount", "long_context"
OTHER_RULES = frozenset({"varies_by_provider", "input_includes_cache_read", "uncaptured_fees"})

GLOBAL = "global"
BEDROCK, BEDROCK_GEO = "aws-bedrock", "aws-bedrock-geo"
#: What calls are known by that pass through other tools; a slash is theirs, too, at a lab's own API.
OTHER_TOOLS = frozenset({"litellm", "unknown"})
PLAIN = re.compile(r"[^/:]+")
IDS: Mapping[str, re.Pattern[str]] = {
    "vercel-ai-gateway": re.compile(r"(?!models/)[^/]+/[^/]+"),
    "openrouter-api": re.compile(r"[^/]+/[^/]+"),
    "fireworks-api": re.compile(r"accounts/[^:]+"),
    BEDROCK: re.compile(r"(global\.)?[a-z0-9]+\.[^/]+"),
    BEDROCK_GEO: re.compile(r"(us|eu|jp|au|apac|ca|in)\.[a-z0-9]+\.[^/]+"),
}
GEOGRAPHIC = re.compile(r"(us|eu|jp|au|apac|ca|in)\..+\..+")
NO_NAME = "no id of the channel's own"
NO_PRICE = "no price"
ONE_REGION = "a price of one of the provider's regions"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Name:
    """What a model is called in a channel: `makes` where that is plainly an id; `days` when it was meant."""

    text: str
    makes: bool
    days: tuple[date | None, date | None]
    regions: tuple[str, ...]


def parse(raw: bytes) -> list[SourceRecord]:
    """A record for each name, channel and region of each model. Raises SourceShapeError."""
    try:
        top = _LOADER(raw).get_single_data()
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        raise SourceShapeError(
            f"{SOURCE}: expected YAML, got {raw[:60].decode('utf-8', 'replace').strip()!r} "
            f"({str(error).partition(chr(10))[0]}); look at the source's address"
        ) from error
    models = expect(expect(top, dict, SOURCE, "the file").get("models"), list, SOURCE, "models")
    return [record for model in models for record in _records(model)]


def _records(model: Any) -> Iterator[SourceRecord]:
    made = made_or_why(_of_model, model)
    if isinstance(made, str):
        rows = model.get("prices") if isinstance(model, dict) else ()
        name = str(model.get("canonical_id", "")) if isinstance(model, dict) else ""
        yield left_out(SOURCE, name, made, rows=max(1, len(rows) if isinstance(rows, list) else 1))
    else:
        yield from made


def _of_model(model: dict[str, Any]) -> list[SourceRecord]:
    name = expect(model["canonical_id"], str, SOURCE, "a model's canonical_id")
    groups: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in model.get("prices") or ():
        groups.setdefault((row["channel"], row["region"]), []).append(row)
    if not groups:
        return [left_out(SOURCE, name, NO_PRICE)]
    records: list[SourceRecord] = []
    for (channel, region), rows in groups.items():
        row_id = f"{channel}/{region}/{name}" if region != GLOBAL else f"{channel}/{name}"
        if region != GLOBAL and channel not in (BEDROCK, BEDROCK_GEO):
            records.append(left_out(SOURCE, row_id, ONE_REGION, rows=len(rows)))
            continue
        names = _names(model, channel, region)
        if not names:
            records.append(left_out(SOURCE, row_id, NO_NAME, rows=len(rows)))
        ended = "effective_to" in rows[-1]
        for i, called in enumerate(names):
            known = replace(called, makes=called.makes and not ended)
            records.append(_record(row_id, channel, region, known, rows, counted=i == 0))
    return records


def _names(model: dict[str, Any], channel: str, region: str) -> list[_Name]:
    """The names in a channel that the prices of one region are about, each once."""
    listed = [
        a
        for a in map(_whole, model["aliases"])
        if a["channel"] == channel and a["provider"] not in OTHER_TOOLS
    ]
    pattern = IDS.get(channel, PLAIN)
    own = _letters(model["canonical_id"].partition("/")[2])
    texts = {a["alias"] for a in listed}
    names: dict[tuple[str, str], _Name] = {}
    for a in listed:
        text, place = str(a["alias"]), a.get("price_region") or ()
        regions = (place,) if isinstance(place, str) else tuple(place)
        if not pattern.fullmatch(text) or not _priced_here(channel, region, text, regions, texts):
            continue
        days = day(a.get("effective_from", "")), day(a.get("effective_to", ""))
        makes = not any(days) and (channel in IDS or _letters(text) == own)
        names.setdefault((text, str(days)), _Name(text=text, makes=makes, days=days, regions=regions))
    return list(names.values())


def _whole(alias: dict[str, Any]) -> dict[str, Any]:
    """An alias with what it takes over from an earlier one: `<<` in YAML, which the loader leaves alone."""
    return {**alias.get("<<", {}), **alias}


def _letters(name: str) -> str:
    """A name without what labs separate its parts by."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _priced_here(channel: str, region: str, text: str, regions: Sequence[str], texts: set[str]) -> bool:
    """Whether an id of Bedrock's is what a region's prices are about; elsewhere all are.

    A geography's profile has prices of its own, so it is not what the plain channel prices. An id without
    a profile stands for a region: the global price is its own only where no global profile is listed.
    """
    if regions:
        return region in regions
    if channel != BEDROCK:
        return True
    if GEOGRAPHIC.fullmatch(text):
        return False
    has_profile = text.startswith("global.")
    if region != GLOBAL:
        return not has_profile
    return has_profile or not any(other.startswith("global.") for other in texts)


def _record(
    row_id: str, channel: str, region: str, name: _Name, rows: list[dict[str, Any]], *, counted: bool
) -> SourceRecord:
    in_region = region != GLOBAL and not name.text.startswith("global.")
    claims: list[FieldClaim] = []
    history: list[PriceSpan] = []
    for row in rows:
        days = _within((day(row["effective_from"]), day(row.get("effective_to", ""))), name.days)
        if days is None:
            continue
        priced = list(_claims(row))
        claims += (with_changes(claim, since=days[0], until=days[1]) for claim in priced)
        history += _spans(row, priced, days[0])
    return SourceRecord(
        source=SOURCE,
        id=row_id,
        provider=channel,
        model=f"{region}/{name.text}" if in_region else name.text,
        claims=unique(claims),
        history=tuple(history),
        link=str(rows[-1]["source_url"]),
        rows=len(rows) if counted else 0,
        unread=tuple(sorted({key for row in rows for key in _unread(row)})),
        confirms=not name.makes,
    )


def _within(
    days: tuple[date | None, date | None], others: tuple[date | None, date | None]
) -> tuple[date | None, date | None] | None:
    """The days that two spans have in common, the last of each excluded; None where they have none."""
    since = max(filter(None, (days[0], others[0])), default=None)
    until = min(filter(None, (days[1], others[1])), default=None)
    return None if since and until and until <= since else (since, until)


def _unread(row: dict[str, Any]) -> Iterator[str]:
    priced = {f"{name}{MTOK}" for name in METERS} | {REQUESTS}
    yield from row.keys() - priced - OTHER_KEYS
    yield from (f"rules.{rule}" for rule in (row.get("rules") or {}).keys() - OTHER_RULES - {HOURS, STEP})


def _claims(row: dict[str, Any]) -> Iterator[FieldClaim]:
    """A price row's claims: the prices, those above so many tokens, those at peak hours."""
    rules = row.get("rules") or {}
    priced = [*_rates(row), *_steps(row, rules.get(STEP) or {})]
    hours = rules.get(HOURS) or {}
    if not hours:
        yield from (price_claim(rate, usd) for rate, usd in priced)
        return
    # The row states what is paid at peak hours.
    factor = written_number(hours["multiplier"])
    spans = ",".join(f"{int(a):02}:00-{int(b):02}:00" for a, b in hours["peak_hours_utc"])
    weekdays = "Mo-Fr " if hours.get("peak_weekdays_only") == "true" else ""
    yield FieldClaim(field="window.peak", value=f"{weekdays}{spans}")
    for rate, usd in priced:
        yield price_claim(rate, usd * factor)
        yield price_claim(replace(rate, window="peak"), usd)


def _rates(row: dict[str, Any]) -> Iterator[tuple[Rate, Decimal]]:
    lifetimes = row.get(f"cache_write_1h{MTOK}") is not None
    for name, (mode, meter) in METERS.items():
        if row.get(f"{name}{MTOK}") in (None, "", "null"):
            continue
        if meter == Meter.CACHE_WRITE_5M and not lifetimes:
            # It has one column for a write: of a channel with one lifetime, whatever that is.
            meter = Meter.CACHE_WRITE
        yield Rate(meter=meter, mode=mode), written_number(row[f"{name}{MTOK}"])
    if row.get(REQUESTS) not in (None, "", "null"):
        yield Rate(meter=Meter.REQUEST, unit=Unit.REQUEST), written_number(row[REQUESTS]) / 1000


def _steps(row: dict[str, Any], step: Mapping[str, str]) -> Iterator[tuple[Rate, Decimal]]:
    """The prices above so many tokens, as multiples; a cache's prices go with the input's."""
    if not step:
        return
    above = int(step["threshold"])
    for rate, usd in _rates(row):
        if rate.unit != Unit.MTOK or (rate.mode == Mode.BATCH and step.get("applies_to_batch") == "false"):
            continue
        side = "output" if rate.meter == Meter.OUTPUT else "input"
        yield replace(rate, above_tokens=above), usd * written_number(step.get(f"{side}_multiplier", "1"))


def _spans(row: dict[str, Any], claims: Sequence[FieldClaim], since: date | None) -> Iterator[PriceSpan]:
    """The prices of a row for the history, a span for each mode."""
    prices: dict[Mode, dict[str, Decimal]] = {}
    for claim in by_hour(claims):
        name = claim.field.removeprefix("price.")
        if name != claim.field:
            mode = Mode.BATCH if name.startswith("batch.") else Mode.STANDARD
            prices.setdefault(mode, {})[name.removeprefix("batch.")] = Decimal(str(claim.value))
    for mode, usd in prices.items():
        yield PriceSpan(
            record=SOURCE, start=since, mode=mode, usd=usd, basis="documented", link=str(row["source_url"])
        )
