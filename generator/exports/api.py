"""The published data, `catalog/v1/`: one flat row for each offering, documents for each model and provider.

The rules of the version are those of docs/data.md: what stands here is only added to; an id means one thing
for ever; an id that changed leads to the new one.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from generator.bounds import cell
from generator.curated.fields import NUMBERS, PARAMETERS
from generator.exports.documents import API_VERSION, coming, known
from generator.exports.leaderboards import Boards
from generator.exports.quality import leaderboards_json, scores_json
from generator.views.report import counts
from playground.catalog import Capability, Catalog, Effort, Offering, Provider, Standing
from playground.catalog.codec import provider_to_json
from playground.labels.addresses import anchor, model_path, provider_path
from playground.labels.hours import hourly_fields
from playground.labels.names import channel_name, display_names, served
from playground.pricing.price_changes import price_changes

if TYPE_CHECKING:
    from arro3.core import DataType, Schema

#: Where it lies in the site.
FOLDER = f"catalog/v{API_VERSION}"
SCHEMA = Path(__file__).parent / "api.schema.json"
#: Rates that the table has a column for; what else is charged stands in `other`.
RATES = (
    *("input", "output", "cache_read", "cache_write", "cache_write_5m", "cache_write_1h", "reasoning"),
    *("input_audio", "output_audio", "input_image", "output_image", "output.per_image", "output.per_second"),
    *("request.per_request", "web_search.per_request", "batch.input", "batch.output", "batch.cache_read"),
    *("flex.input", "flex.output", "priority.input", "priority.output"),
)
#: What tells an offering from the others and says where it is: text.
HEAD = (
    *("key", "model", "model_name", "lab", "lab_name", "provider", "provider_name"),
    *("channel", "version", "variant", "served", "ids", "page"),
)
TEXTS = ("kind", "status", "released", "listed", "deprecated", "retires", "retires_earliest", "replaced_by")
#: Of the model, whoever serves it.
OF_MODEL = ("family", "knowledge", "open_weights", "licence")
#: Of the model too, as whole numbers.
SIZES = ("parameters", "active_parameters")
#: A column that stands among the offering's own, though it is the model's.
RELEASED = "released"
SUPPORT = (
    *(f"can.{c}" for c in Capability),
    *(f"effort.{e}" for e in Effort),
    "accepts.temperature",
)
WHOLE = tuple(sorted(NUMBERS - PARAMETERS))
PRICES = tuple(f"price.{rate}" for rate in RATES)
#: Fields whose standing is worth a look, by what it is.
STANDINGS = {
    "disputed": Standing.DISPUTED,
    "overridden": Standing.OVERRIDDEN,
    "held_back": Standing.SUSPECT,
    "doubtful": Standing.DOUBTFUL,
}
#: Of the model: the kind of evidence of its quality, its ability with its interval of 80 %, its tier.
ABILITY = ("ability_low", "ability", "ability_high")
QUALITY = ("evidence", *ABILITY, "tier")
#: The table's columns in their order; new ones come at the end, none goes while the version stands.
COLUMNS = (
    *(*HEAD, *TEXTS, *WHOLE, *PRICES, *SUPPORT, "regions", *OF_MODEL),
    *("disputed", "overridden", "held_back", "other", "some_regions", "doubtful", "by_hour", "coming"),
    *(*SIZES, "default_effort", *QUALITY),
)
_NAMED = frozenset(COLUMNS)
_LISTS = ("ids", "regions", "some_regions", *STANDINGS, "by_hour")

_encode = msgspec.json.Encoder(decimal_format="number").encode


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """What is published: the catalog, its hash, its day, its leaderboards; old ids and those they are now."""

    catalog: Catalog
    sha256: str
    as_of: str
    name: str
    models_renamed: Mapping[str, str]
    providers_renamed: Mapping[str, str]
    boards: Boards


def row(offering: Offering, catalog: Catalog, name: str) -> dict[str, Any]:
    """An offering as one flat row: its figures without their claims; what is unknown is left out."""
    model = catalog.models[offering.model]
    flat: dict[str, Any] = {
        "key": offering.key,
        "model": model.id,
        "model_name": name,
        "lab": model.lab,
        "lab_name": catalog.labs[model.lab].name,
        "provider": offering.provider,
        "provider_name": catalog.providers[offering.provider].name,
        "channel": str(offering.channel),
        "version": offering.version,
        "variant": offering.variant,
        "served": served(offering) or channel_name(offering, catalog),
        "ids": list(offering.ids),
        "page": f"{model_path(model.id).lstrip('/')}#{anchor(offering)}",
        "facts": known(offering.facts),
        "model_facts": known({n: model.facts[n] for n in (*OF_MODEL, *SIZES, RELEASED) if n in model.facts}),
    }
    for label, standing in STANDINGS.items():
        if fields := [n for n, f in offering.facts.items() if f.standing is standing]:
            flat[label] = fields
    if fields := list(hourly_fields(offering.facts)):
        flat["by_hour"] = fields
    if changes := price_changes(offering, catalog.day):
        flat["coming"] = coming(changes)
    return {n: value for n, value in flat.items() if value != ""}


def provider_document(
    provider: Provider, offerings: Iterable[Offering], names: Mapping[str, str], catalog: Catalog
) -> dict[str, Any]:
    """A provider with what it offers; `docs/catalog/schema.json` says what `provider` holds."""
    return {
        "api": API_VERSION,
        "id": provider.id,
        "page": provider_path(provider.id).lstrip("/"),
        "provider": provider_to_json(provider),
        "offerings": [row(o, catalog, names[o.model]) for o in offerings],
    }


def moved(now: str, folder: str) -> dict[str, Any]:
    """What stands at an old id's address."""
    return {"api": API_VERSION, "moved": {"id": now, "document": f"{FOLDER}/{folder}/{now}.json"}}


def whole_files(released: Released) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Every document about the whole catalog, as name in the folder and what makes its content."""
    names = display_names(released.catalog)

    quality = {model: _quality(model, released.boards) for model in released.catalog.models}

    @cache
    def offerings() -> list[dict[str, Any]]:
        return [row(o, released.catalog, names[o.model]) for o in released.catalog.offerings]

    @cache
    def cells() -> list[dict[str, Any]]:
        return [_cells(entry | quality[entry["model"]]) for entry in offerings()]

    yield "index.json", lambda: _index(released)
    yield "catalog.json", lambda: _whole(released, offerings(), names, quality)
    yield "offerings.csv", lambda: _csv(cells())
    yield "offerings.parquet", lambda: _parquet(cells())
    yield "leaderboards.json", lambda: _listed(released, "leaderboards", leaderboards_json(released.boards))
    yield "scores.json", lambda: _listed(released, "scores", scores_json(released.catalog))
    yield "schema.json", SCHEMA.read_bytes


def _quality(model: str, boards: Boards) -> dict[str, Any]:
    """What is known of a model's quality, as columns; of an untested one only that."""
    ability = boards.abilities.of(model)
    known = {"evidence": str(ability.proof)}
    if ability.general is None:
        return known
    interval = ability.general
    figures = zip(ABILITY, (interval.low, interval.middle, interval.high), strict=True)
    return {**known, **dict(figures), **({"tier": tier} if (tier := boards.tier(model)) else {})}


def _listed(released: Released, label: str, entries: Iterable[Mapping[str, Any]]) -> bytes:
    """A document of one list, an entry a line."""
    body = ",\n".join(_encode(entry).decode() for entry in entries)
    return f'{_encode(_about(released)).decode()[:-1]},\n"{label}": [\n{body}\n]}}\n'.encode()


def _about(released: Released) -> dict[str, Any]:
    return {
        "api": API_VERSION,
        "name": released.name,
        "as_of": released.as_of,
        "catalog_sha256": released.sha256,
    }


def _index(released: Released) -> bytes:
    held = counts(released.catalog)
    index = {
        **_about(released),
        "documents": {
            "catalog": "catalog.json",
            "csv": "offerings.csv",
            "parquet": "offerings.parquet",
            "model": "models/{model}.json",
            "provider": "providers/{provider}.json",
            "leaderboards": "leaderboards.json",
            "scores": "scores.json",
            "schema": "schema.json",
            "history": "../history.jsonl",
            "with_claims": "../catalog.json",
        },
        "counts": {
            "models": held.models,
            "providers": held.providers,
            "offerings": held.offerings,
            "facts": held.facts,
            "sources": held.sources,
        },
        "renamed": {
            "models": dict(released.models_renamed),
            "providers": dict(released.providers_renamed),
        },
        "deprecated": [],
    }
    return (json.dumps(index, indent=1, ensure_ascii=False) + "\n").encode()


def _whole(
    released: Released,
    offerings: list[dict[str, Any]],
    names: Mapping[str, str],
    quality: Mapping[str, Mapping[str, Any]],
) -> bytes:
    catalog = released.catalog
    models = [
        {
            "id": model.id,
            "name": names[model.id],
            "lab": model.lab,
            "lab_name": catalog.labs[model.lab].name,
            "page": model_path(model.id).lstrip("/"),
            "facts": known(model.facts),
            **quality[model.id],
        }
        for model in catalog.models.values()
    ]
    providers = [
        {"id": p.id, "name": p.name, "page": provider_path(p.id).lstrip("/")}
        for p in catalog.providers.values()
    ]
    # One line each, so that two days can be compared by any tool.
    lines = [f"{_encode(_about(released)).decode()[:-1]},"]
    for label, entries in (("models", models), ("providers", providers), ("offerings", offerings)):
        body = ",\n".join(_encode(entry).decode() for entry in entries)
        lines.append(f'"{label}": [\n{body}\n]' + ("}" if label == "offerings" else ","))
    return ("\n".join(lines) + "\n").encode()


def _cells(entry: Mapping[str, Any]) -> dict[str, Any]:
    """A row as the table's cells; what has no column stands in `other`, as JSON."""
    facts = entry["facts"]
    by_column = {**entry["model_facts"], **facts, **{n: entry[n] for n in entry if n in _NAMED}}
    other = {n: value for n, value in facts.items() if n not in _NAMED}
    cells = {n: by_column.get(n) for n in COLUMNS}
    coming_changes = entry.get("coming")
    return {
        **cells,
        "other": _encode(other).decode() if other else None,
        "coming": _encode(coming_changes).decode() if coming_changes else None,
    }


def _csv(rows: Iterable[Mapping[str, Any]]) -> bytes:
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(COLUMNS)
    for cells in rows:  # whose columns stand in this order
        table.writerow([cell(" ".join(v) if isinstance(v, list) else v) for v in cells.values()])
    return text.getvalue().encode()


@cache
def _arrow_schema() -> Schema:
    from arro3.core import DataType, Field, Schema

    text, number = DataType.string(), DataType.float64()

    def kind(column: str) -> DataType:
        if column in _LISTS:
            return DataType.list(Field("item", text))
        if column in (*WHOLE, *SIZES, "tier"):
            return DataType.int64()
        return number if column in (*PRICES, *ABILITY) else text

    return Schema([Field(column, kind(column)) for column in COLUMNS])


def _parquet(rows: list[dict[str, Any]]) -> bytes:
    from arro3.io import read_json, write_parquet  # large, and only a build needs it

    lines = io.BytesIO(b"\n".join(_encode(cells) for cells in rows))
    sink = io.BytesIO()
    # One group of rows: a reader asks for a few columns of all of them.
    table = read_json(lines, _arrow_schema(), batch_size=len(rows) or None)
    write_parquet(table, sink, compression="zstd(9)")
    return sink.getvalue()
