"""models.dev: hand-kept catalog of models per provider, as its JSON API or as the pinned package's SQLite.

Both forms hold the same facts: the package is a dump of `api.json`. Prices are USD per million tokens.
The package has no dates per row; the JSON adds `release_date` and `last_updated`.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from msgspec.structs import replace as with_changes

from generator.errors import SourceShapeError
from generator.sources.records import (
    UNFORESEEN,
    FieldClaim,
    SourceRecord,
    expect,
    left_out,
    modality_claims,
    price_claim,
    read_json,
    release_claim,
    row_of,
    support_claim,
    unique,
)
from playground.catalog import Capability, Effort, Kind
from playground.catalog.prices import Meter, Mode, Rate

SOURCE = "models-dev"

METERS = {
    "input": Meter.INPUT,
    "output": Meter.OUTPUT,
    "reasoning": Meter.REASONING,
    "cache_read": Meter.CACHE_READ,
    "cache_write": Meter.CACHE_WRITE,
    "input_audio": Meter.INPUT_AUDIO,
    "output_audio": Meter.OUTPUT_AUDIO,
}
_TIER_KEY = re.compile(r"context_over_(\d+)([km]?)")


def parse(raw: bytes) -> list[SourceRecord]:
    """Every model row of every provider.

    Raises SourceShapeError where it is neither the JSON API nor the package's database.
    """
    providers = _from_sqlite(raw) if raw.startswith(b"SQLite format 3") else _from_json(raw)
    return [record for provider in providers for record in _records(provider)]


def _records(provider: dict[str, Any]) -> Iterator[SourceRecord]:
    models = provider.get("models")
    if not isinstance(models, dict):
        yield left_out(SOURCE, provider["id"], UNFORESEEN)
        return
    for name, row in models.items():
        yield row_of(SOURCE, f"{provider['id']}/{name}", _record, provider, row)


def _from_json(raw: bytes) -> Iterator[dict[str, Any]]:
    top = expect(read_json(raw, SOURCE), dict, SOURCE, "the file")
    for name, provider in top.items():
        yield {**(provider if isinstance(provider, dict) else {}), "id": name}


def _from_sqlite(raw: bytes) -> Iterator[dict[str, Any]]:
    """The package's tables, put together again into the shape of the JSON API."""
    try:
        base = sqlite3.connect(":memory:")
        base.deserialize(raw)
        base.row_factory = sqlite3.Row
        models = [dict(r) for r in base.execute("SELECT * FROM models ORDER BY full_id")]
        modality_rows = list(
            base.execute("SELECT * FROM model_modalities ORDER BY model_full_id, direction, position")
        )
        prices = [dict(r) for r in base.execute("SELECT * FROM pricing ORDER BY min_context")]
        modes = [dict(r) for r in base.execute("SELECT * FROM experimental_modes")]
        providers = [dict(r) for r in base.execute("SELECT * FROM providers ORDER BY id")]
        base.close()
    except sqlite3.Error as error:
        raise SourceShapeError(
            f"{SOURCE}: the package's database is not as expected ({error}); "
            "adapt generator/sources/catalogs/models_dev.py"
        ) from error
    modalities: dict[str, dict[str, list[str]]] = {}
    for row in modality_rows:
        both = modalities.setdefault(row["model_full_id"], {"input": [], "output": []})
        both[row["direction"]].append(row["value"])
    costs: dict[tuple[str, str | None], dict[str, Any]] = {}
    for price in prices:
        owner = (price["model_full_id"], price["experimental_mode_name"])
        cost = {k.removeprefix("cost_"): _decimal(v) for k, v in price.items() if k[:5] == "cost_"}
        above = price["min_context"]
        costs.setdefault(owner, {}).update(
            {f"context_over_{above}": cost} if above else cost  # the base row stands at context 0
        )
    experimental: dict[str, dict[str, Any]] = {}
    for mode in modes:
        body = read_json((mode["provider_body_json"] or "{}").encode(), SOURCE)
        experimental.setdefault(mode["model_full_id"], {})[mode["name"]] = {
            "cost": costs.get((mode["model_full_id"], mode["name"])),
            "provider": {"body": body},
        }
    rows: dict[str, dict[str, Any]] = {}
    for model in models:
        full = model["full_id"]
        model["modalities"] = modalities.get(full, {"input": [], "output": []})
        model["limit"] = {k: model[f"limit_{k}"] for k in ("context", "input", "output")}
        model["cost"] = costs.get((full, None))
        model["experimental"] = {"modes": experimental.get(full, {})}
        rows.setdefault(model["provider_id"], {})[model["id"]] = model
    for provider in providers:
        yield {**provider, "models": rows.get(provider["id"], {})}


def _decimal(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _record(provider: dict[str, Any], row: dict[str, Any]) -> SourceRecord:
    name = expect(row.get("id"), str, SOURCE, f"{provider['id']}: a model's id")
    hints = {
        "provider_name": str(provider.get("name") or ""),
        "provider_docs": str(provider.get("doc") or ""),
        "provider_api": str(provider.get("api") or ""),
        "family": str(row.get("family") or ""),
    }
    return SourceRecord(
        source=SOURCE,
        id=f"{provider['id']}/{name}",
        provider=provider["id"],
        model=name,
        claims=unique(_claims(row)),
        model_claims=unique(_model_claims(row)),
        hints=hints,
    )


def _model_claims(row: Mapping[str, Any]) -> Iterator[FieldClaim]:
    if isinstance(row.get("name"), str):
        yield FieldClaim(field="name", value=row["name"])
    family = row.get("family")
    if isinstance(family, str) and len(family) > 1:
        # One letter (`o`, of o1 and o3) is a key of the list's, and names nothing.
        yield FieldClaim(field="family", value=family)
    if isinstance(row.get("knowledge"), str):
        yield FieldClaim(field="knowledge", value=row["knowledge"])
    if isinstance(row.get("release_date"), str):
        yield release_claim(row["release_date"])
    if isinstance(row.get("open_weights"), int):
        yield FieldClaim(field="open_weights", value="yes" if row["open_weights"] else "no")


def _claims(row: Mapping[str, Any]) -> Iterator[FieldClaim]:
    modalities = row.get("modalities") or {}
    inputs, outputs = modalities.get("input") or [], modalities.get("output") or []
    yield FieldClaim(field="kind", value=_kind(str(row.get("id")), row.get("family"), outputs))
    yield from modality_claims(inputs, outputs)
    for key, capability in (
        ("tool_call", Capability.TOOL_CALLS),
        ("reasoning", Capability.REASONING),
        ("structured_output", Capability.STRUCTURED_OUTPUT),
    ):
        # The package has 1 and 0 for true and false.
        if isinstance(row.get(key), int):
            yield support_claim(capability, bool(row[key]))
    yield from _reasoning(row)
    if isinstance(row.get("temperature"), int):
        yield FieldClaim(field="accepts.temperature", value="yes" if row["temperature"] else "no")
    if isinstance(row.get("status"), str):
        yield FieldClaim(field="status", value=row["status"])
    limits = row.get("limit") or {}
    for key, name in (
        ("context", "context_tokens"),
        ("input", "max_input_tokens"),
        ("output", "max_output_tokens"),
    ):
        if isinstance(limits.get(key), int | Decimal):
            yield FieldClaim(field=name, value=int(limits[key]))
    yield from _prices(row.get("cost"), Mode.STANDARD)
    for name, mode in ((row.get("experimental") or {}).get("modes") or {}).items():
        body = ((mode.get("provider") or {}).get("body")) or {}
        priority = body.get("service_tier") == "priority"
        if priority or name in set(Mode):
            yield from _prices(mode.get("cost"), Mode.PRIORITY if priority else Mode(name))


def _reasoning(row: Mapping[str, Any]) -> Iterator[FieldClaim]:
    """Effort values and token budgets, in the form the JSON API gives them (`reasoning_options`)."""
    for option in row.get("reasoning_options") or ():
        if option.get("type") == "effort" and isinstance(option.get("values"), list):
            for effort in Effort:
                yield support_claim(effort, effort in option["values"])
        elif option.get("type") == "budget_tokens":
            for end in ("min", "max"):
                if isinstance(option.get(end), int | Decimal):
                    yield FieldClaim(field=f"reasoning_budget_{end}", value=int(option[end]))


def _prices(cost: Mapping[str, Any] | None, mode: Mode) -> Iterator[FieldClaim]:
    cost = cost or {}
    yield from _rates(cost, mode)
    steps = cost.get("tiers")
    for step in steps or ():
        of = step.get("tier") or {}
        if of.get("type") == "context" and isinstance(of.get("size"), int):
            yield from _rates(step, mode, above=of["size"])
    for key, value in () if steps else cost.items():
        # The older form, which the package still has alone: any step from there on stands in it.
        if (above := _TIER_KEY.fullmatch(key)) and isinstance(value, Mapping):
            tokens = int(above[1]) * {"": 1, "k": 1000, "m": 1_000_000}[above[2]]
            yield from (
                with_changes(claim, from_there_on=True) for claim in _rates(value, mode, above=tokens)
            )


def _rates(cost: Mapping[str, Any], mode: Mode, above: int = 0) -> Iterator[FieldClaim]:
    for key, usd in cost.items():
        if key in METERS and isinstance(usd, int | Decimal):
            yield price_claim(Rate(meter=METERS[key], mode=mode, above_tokens=above), Decimal(usd))


def _kind(name: str, family: str | None, outputs: list[str]) -> Kind:
    """models.dev has no kind: it follows from what comes out and, for vectors, from the family's name."""
    names = f"{name} {family or ''}".lower()
    if "embed" in names:
        return Kind.EMBEDDING
    if "rerank" in names:
        return Kind.RERANK
    if "whisper" in names or "transcri" in names:
        return Kind.TRANSCRIPTION
    if "realtime" in names or "-live" in names:
        return Kind.REALTIME
    if "text" in outputs:
        return Kind.CHAT
    if "video" in outputs:
        return Kind.VIDEO
    if "image" in outputs:
        return Kind.IMAGE
    if "audio" in outputs:
        return Kind.MUSIC if "lyria" in names else Kind.SPEECH
    return Kind.CHAT
