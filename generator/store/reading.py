"""The committed catalog read from docs/catalog/: whole, or each fact only when somebody looks at it.

Both ways find where every entry begins and ends in one pass over the files. A fact that is written alike in
many places is decoded once.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from operator import attrgetter
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Raw

from generator.errors import CatalogError
from generator.garbage import uncollected
from generator.store.files import OFFERINGS, Unplaced, finish_interrupted
from generator.store.unread import (
    ANY,
    FIX,
    WRONG,
    Unread,
    UnreadSpans,
    checked,
    fault,
    rows_of,
    spans_of,
    value_of,
)
from playground.catalog import Catalog, Fact, Key, Lab, Model, Offering, PriceSpan, Record
from playground.catalog.codec import (
    held_from_json,
    model_from_json,
    offering_from_json,
    parse_key,
    provider_from_json,
    score_from_json,
    source_from_json,
)
from playground.catalog.fact_json import fact_from_json, record_from_json

_NONE = Raw(b"{}")


class _OfferingEntry(msgspec.Struct, forbid_unknown_fields=True, gc=False):
    """An entry of offerings/<provider>.json, its facts and records where they stand."""

    ids: tuple[str, ...] = ()
    records: Raw = _NONE
    facts: Raw = _NONE
    history: Raw = Raw(b"")


class _ModelEntry(msgspec.Struct, forbid_unknown_fields=True, gc=False):
    """An entry of models.json, its facts and records where they stand."""

    records: Raw = _NONE
    facts: Raw = _NONE
    scores: list[Any] = []


class _OfferingsFile(msgspec.Struct):
    provider: str = ""
    offerings: dict[str, _OfferingEntry] = {}


class _ModelsFile(msgspec.Struct):
    labs: dict[str, Any] = {}
    models: dict[str, _ModelEntry] = {}


_OFFERINGS_FILE = msgspec.json.Decoder(_OfferingsFile, float_hook=Decimal)
_MODELS_FILE = msgspec.json.Decoder(_ModelsFile, float_hook=Decimal)


def _record(label: str, raw: Raw, at: str) -> Record:
    return checked(record_from_json, label, value_of(raw, at), at)


class _Reader:
    """Reads the entries of one catalog: whole, or as `Unread`."""

    def __init__(self, *, whole: bool) -> None:
        self._whole = whole
        self._known: dict[tuple[str, bytes], Fact] = {}

    def _fact(self, name: str, raw: Raw, at: str) -> Fact:
        written = (name, bytes(raw))
        fact = self._known.get(written)
        if fact is None:
            fact = self._known[written] = checked(fact_from_json, name, value_of(raw, at), at)
        return fact

    def _facts(self, raw: Raw, at: str) -> Mapping[str, Fact]:
        if self._whole:
            return {name: self._fact(name, row, at) for name, row in rows_of("facts", raw, at).items()}
        return Unread("facts", raw, self._fact, at)

    def _records(self, raw: Raw, at: str) -> Mapping[str, Record]:
        if self._whole:
            return {name: _record(name, row, at) for name, row in rows_of("records", raw, at).items()}
        return Unread("records", raw, _record, at)

    def _history(self, raw: Raw, at: str) -> Sequence[PriceSpan]:
        if not memoryview(raw):
            return ()
        return spans_of(raw, at) if self._whole else UnreadSpans(raw, at)

    def offerings(self, folder: Path, name: str, only: Collection[str] | None) -> Iterator[Offering]:
        """What one provider's file holds, of these models only. Raises CatalogError."""
        try:
            file = _OFFERINGS_FILE.decode(_bytes(folder / name))
        except msgspec.DecodeError:
            # What is wrong with it, if anything, is found by who reads value for value and names the place.
            data = _read(folder / name)
            for key, entry in data.get("offerings", {}).items():
                offering = checked(offering_from_json, data.get("provider", ""), key, entry, name)
                if only is None or offering.model in only:
                    yield offering
            return
        try:
            for key, entry in file.offerings.items():
                at = f"{name}: {key}"
                channel, model, version, variant = parse_key(key, at)
                if only is None or model in only:
                    yield Offering(
                        provider=file.provider,
                        channel=channel,
                        model=model,
                        version=version,
                        variant=variant,
                        ids=entry.ids,
                        records=self._records(entry.records, at),
                        facts=self._facts(entry.facts, at),
                        history=self._history(entry.history, at),
                    )
        except WRONG as error:
            raise fault(error) from error

    def models(self, folder: Path) -> tuple[dict[str, Any], dict[str, Model]]:
        """The names of the labs, and the models. Raises CatalogError."""
        name = "models.json"
        try:
            file = _MODELS_FILE.decode(_bytes(folder / name))
        except msgspec.DecodeError:
            data = _read(folder / name)
            models = data.get("models", {})
            return data.get("labs", {}), {k: checked(model_from_json, k, v, name) for k, v in models.items()}
        return file.labs, {
            key: Model(
                id=key,
                records=self._records(entry.records, f"{name}: {key}"),
                facts=self._facts(entry.facts, f"{name}: {key}"),
                scores=tuple(checked(score_from_json, row, f"{name}: {key}") for row in entry.scores),
            )
            for key, entry in file.models.items()
        }


def load(folder: Path) -> Catalog:
    """The committed catalog. Raises CatalogError naming file, entry and next step."""
    return _catalog(folder, whole=True)


def load_unread(folder: Path) -> Catalog:
    """The committed catalog, its facts and records unread: for who looks at few of them.

    Raises CatalogError as `load` does, but of what is wrong with a fact only when that fact is looked at.
    """
    return _catalog(folder)


def load_named(folder: Path, names: Collection[str]) -> Catalog:
    """As `load_unread`, without the offerings of other models than these name by id or by an offering's key.

    With all offerings where a name is neither, so that what was meant can be looked for.
    """
    catalog = _catalog(folder, only={model_named(name) for name in names})
    keys = {o.key for o in catalog.offerings}
    known = all(name in catalog.models or name in keys for name in names)
    return catalog if known else _catalog(folder)


def model_named(name: str) -> str:
    """The model of an offering's key; what has no provider and channel before it is a model's id."""
    parts = name.split("/", 2)
    return re.split("[:@]", parts[2])[0] if len(parts) == 3 else name


#: As `Offering.sort_key`, without making keys.
_ORDER = attrgetter(*Key._fields)


@uncollected()
def _catalog(folder: Path, *, whole: bool = False, only: Collection[str] | None = None) -> Catalog:
    finish_interrupted(folder)
    reader = _Reader(whole=whole)
    index = _read(folder / "catalog.json")
    files = [name for name in index.get("files", {}) if name.startswith(f"{OFFERINGS}/")]
    offerings = [offering for name in files for offering in reader.offerings(folder, name, only)]
    labs, models = reader.models(folder)
    providers = _read(folder / "providers.json").get("providers", {})
    sources = _read(folder / "sources.json").get("sources", {})
    held = _read(folder / "held.json").get("held", []) if "held.json" in index["files"] else ()
    return Catalog(
        labs={k: Lab(id=k, name=v) for k, v in labs.items()},
        models=models,
        providers={k: checked(provider_from_json, k, v, "providers.json") for k, v in providers.items()},
        offerings=tuple(sorted(offerings, key=_ORDER)),
        sources={k: checked(source_from_json, k, v, "sources.json") for k, v in sources.items()},
        held=tuple(checked(held_from_json, row, "held.json") for row in held),
    )


def load_unplaced(folder: Path) -> Unplaced:
    """Per source and reason the ids of the records that no rule places. Raises CatalogError."""
    rows = _read(folder / "unplaced.json")
    return {s: {r: tuple(ids) for r, ids in reasons.items()} for s, reasons in rows.items()}


def catalog_hash(folder: Path) -> str:
    """The catalog's sha256, as its index states it."""
    return str(_read(folder / "catalog.json").get("sha256", ""))


def changed_files(folder: Path) -> list[str]:
    """Files that are not what the index says, or that it does not name: edited by hand or half merged."""
    index = _read(folder / "catalog.json")
    wrong = []
    for name, wanted in index.get("files", {}).items():
        path = folder / name
        if not path.exists() or hashlib.sha256(path.read_bytes()).hexdigest() != wanted:
            wrong.append(name)
    known = set(index.get("files", {}))
    wrong.extend(
        f"{OFFERINGS}/{p.name}"
        for p in sorted((folder / OFFERINGS).glob("*.json"))
        if f"{OFFERINGS}/{p.name}" not in known
    )
    return wrong


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise CatalogError(f"{path}: the file is missing; {FIX}") from error
    except OSError as error:
        raise CatalogError(f"{path}: cannot be read ({error.strerror}); look at its rights") from error


def _read(path: Path) -> dict[str, Any]:
    try:
        data = ANY.decode(_bytes(path))
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise CatalogError(f"{path}: is not valid JSON ({error}); {FIX}") from error
    if not isinstance(data, dict):
        raise CatalogError(f"{path}: must be an object; {FIX}")
    return data
