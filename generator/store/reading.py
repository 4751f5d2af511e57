"""The committed catalog read from docs/catalog/: whole, or each fact only when somebody looks at it.

Both ways find where every entry begins and ends in one pass over the files. A fact that is written alike in
many places is decoded once.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from decimal import Decimal
from functools import partial
from itertools import repeat
from operator import attrgetter
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Raw

from generator.errors import CatalogError
from generator.garbage import uncollected
from generator.store.files import OFFERINGS, STAGED, Unplaced, finish_interrupted
from generator.store.ids import check_folders, check_models, check_named, check_offering
from generator.store.json_files import bytes_of, object_of, part_of
from generator.store.locked import locked
from generator.store.unread import (
    FIX,
    OnlyRecord,
    Unread,
    UnreadList,
    checked,
    rows_of,
    scores_of,
    spans_of,
    value_of,
)
from playground.bulk import made
from playground.catalog import Catalog, Fact, Key, Lab, Model, Offering, PriceSpan, Provider, Record, Score
from playground.catalog.codec import (
    held_from_json,
    model_from_json,
    offering_from_json,
    parse_key,
    provider_from_json,
    source_from_json,
)
from playground.catalog.fact_json import fact_from_json, only_record, record_from_json, records_from_json

_NONE = Raw(b"{}")
_NO_ROWS = Raw(b"[]")
INDEX = "catalog.json"
#: How often a catalog is read that another command replaces meanwhile.
ATTEMPTS = 5
_FILE = re.compile(rf"(?:{OFFERINGS}/)?[a-z0-9][a-z0-9.-]*\.jsonl?")


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
    scores: Raw = _NO_ROWS


class _OfferingsFile(msgspec.Struct):
    provider: str = ""
    offerings: dict[str, _OfferingEntry] = {}


class _ModelsFile(msgspec.Struct):
    labs: dict[str, Any] = {}
    runs: dict[str, Any] = {}
    models: dict[str, _ModelEntry] = {}


class _ProvidersFile(msgspec.Struct):
    providers: Raw


_OFFERINGS_FILE = msgspec.json.Decoder(_OfferingsFile, float_hook=Decimal)
_MODELS_FILE = msgspec.json.Decoder(_ModelsFile, float_hook=Decimal)
_PROVIDERS_FILE = msgspec.json.Decoder(_ProvidersFile)


def _record(label: str, raw: Raw, at: str) -> Record:
    return checked(record_from_json, label, value_of(raw, at), at)


class _Reader:
    """Reads the entries of one catalog: whole, or as `Unread`."""

    def __init__(self, *, whole: bool) -> None:
        self._whole = whole
        self._known: dict[tuple[str, bytes, str], Fact] = {}

    def _fact(self, only: str, name: str, raw: Raw, at: str) -> Fact:
        written = (name, bytes(raw), only)
        fact = self._known.get(written)
        if fact is None:
            fact = self._known[written] = checked(fact_from_json, name, value_of(raw, at), at, only)
        return fact

    def _facts(self, raw: Raw, records: Raw, at: str) -> Mapping[str, Fact]:
        if self._whole:
            only, known = only_record(rows_of("records", records, at)), self._known
            return {
                name: known.get((name, bytes(row), only)) or self._fact(only, name, row, at)
                for name, row in rows_of("facts", raw, at).items()
            }
        return Unread("facts", raw, OnlyRecord(records, self._fact), at)

    def _records(self, raw: Raw, at: str) -> Mapping[str, Record]:
        if self._whole:
            return checked(records_from_json, value_of(raw, at), at)
        return Unread("records", raw, _record, at)

    def _history(self, raw: Raw, at: str) -> Sequence[PriceSpan]:
        if not memoryview(raw):
            return ()
        return spans_of(raw, at) if self._whole else UnreadList(raw, spans_of, at)

    def _scores(self, raw: Raw, runs: Mapping[str, Any], at: str) -> Sequence[Score]:
        if raw is _NO_ROWS:
            return ()
        return scores_of(runs, raw, at) if self._whole else UnreadList(raw, partial(scores_of, runs), at)

    def offerings(self, folder: Path, name: str, only: Collection[str] | None) -> Iterator[Offering]:
        """What one provider's file holds, of these models only. Raises CatalogError."""
        path = folder / name
        try:
            file = _OFFERINGS_FILE.decode(bytes_of(path))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            # What is wrong with it, if anything, is found by who reads value for value and names the place.
            data = object_of(path)
            provider = _provider_of(path, data.get("provider", ""))
            for key, entry in part_of(path, data, "offerings").items():
                offering = checked(offering_from_json, provider, key, entry, str(path))
                if only is None or offering.model in only:
                    check_offering(str(path), offering)
                    yield offering
            return
        provider = _provider_of(path, file.provider)
        at = str(path)
        rows = checked(list, self._rows(at, file.offerings, only))
        columns = zip(_ROW, zip(*rows, strict=True), strict=True) if rows else ()
        for offering in made(Offering, len(rows), provider=repeat(provider, len(rows)), **dict(columns)):
            check_offering(at, offering)
            yield offering

    def _rows(
        self, path: str, entries: Mapping[str, _OfferingEntry], only: Collection[str] | None
    ) -> Iterator[tuple[Any, ...]]:
        """What _ROW names of each entry about these models only."""
        for key, entry in entries.items():
            at = f"{path}: {key}"
            channel, model, version, variant = parse_key(key, at)
            if only is None or model in only:
                yield (
                    *(channel, model, version, variant, entry.ids),
                    *(self._records(entry.records, at), self._facts(entry.facts, entry.records, at)),
                    self._history(entry.history, at),
                )

    def models(self, folder: Path) -> tuple[dict[str, Any], dict[str, Model]]:
        """The names of the labs, and the models. Raises CatalogError."""
        path = folder / "models.json"
        try:
            file = _MODELS_FILE.decode(bytes_of(path))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            data = object_of(path)
            models = part_of(path, data, "models")
            labs = part_of(path, data, "labs")
            runs = part_of(path, data, "runs") if "runs" in data else {}
            return labs, {k: checked(model_from_json, k, v, str(path), runs) for k, v in models.items()}
        return file.labs, {
            key: Model(
                id=key,
                records=self._records(entry.records, f"{path}: {key}"),
                facts=self._facts(entry.facts, entry.records, f"{path}: {key}"),
                scores=self._scores(entry.scores, file.runs, f"{path}: {key}"),
            )
            for key, entry in file.models.items()
        }

    def providers(self, folder: Path) -> Mapping[str, Provider]:
        """The providers. Raises CatalogError."""
        path = folder / "providers.json"
        if not self._whole:
            with suppress(msgspec.DecodeError, UnicodeDecodeError, RecursionError):
                return Unread(
                    "providers", _PROVIDERS_FILE.decode(bytes_of(path)).providers, _provider, str(path)
                )
        rows = part_of(path, object_of(path), "providers")
        return {k: checked(provider_from_json, k, row, str(path)) for k, row in rows.items()}


def _provider(name: str, raw: Raw, at: str) -> Provider:
    return checked(provider_from_json, name, value_of(raw, at), at)


def _provider_of(path: Path, provider: Any) -> str:
    """The provider that a file says it is about, where its name says the same. Raises CatalogError."""
    if provider != path.stem:
        raise CatalogError(f"{path}: says that it is about {provider!r:.60}; {FIX}")
    return path.stem


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
_ROW = ("channel", "model", "version", "variant", "ids", "records", "facts", "history")
_ORDER = attrgetter(*Key._fields)


@uncollected()
def _catalog(folder: Path, *, whole: bool = False, only: Collection[str] | None = None) -> Catalog:
    """The catalog as it stood at one moment, whoever replaces it meanwhile. Raises CatalogError."""
    for _ in range(ATTEMPTS):
        finish_interrupted(folder)
        before = bytes_of(folder / INDEX)
        try:
            with locked(folder, alone=False):
                read = _read_once(folder, whole=whole, only=only)
        except CatalogError:
            if before == bytes_of(folder / INDEX) and not (folder / STAGED).exists():
                raise
            continue
        if before == bytes_of(folder / INDEX) and not (folder / STAGED).exists():
            return read
    raise CatalogError(f"{folder}: is replaced again and again while it is read; try once more")


def _read_once(folder: Path, *, whole: bool, only: Collection[str] | None) -> Catalog:
    reader = _Reader(whole=whole)
    files = _indexed(folder)
    named = [name for name in files if name.startswith(f"{OFFERINGS}/")]
    offerings = [offering for name in named for offering in reader.offerings(folder, name, only)]
    labs, models = reader.models(folder)
    paths = {name: folder / f"{name}.json" for name in ("models", "providers", "sources", "held")}
    rows = part_of(paths["sources"], object_of(paths["sources"]), "sources")
    providers = reader.providers(folder)
    held = object_of(paths["held"]).get("held", []) if "held.json" in files else []
    if not isinstance(held, list):
        raise CatalogError(f"{paths['held']}: held must be a list, it is {held!r:.60}; {FIX}")
    if wrong := [name for name, lab in labs.items() if not isinstance(lab, str)]:
        raise CatalogError(f"{paths['models']}: labs: {wrong[0]}: must be a name; {FIX}")
    at = {name: str(path) for name, path in paths.items()}
    check_folders(at["models"], "lab", labs)
    check_models(at["models"], models)
    check_folders(at["providers"], "provider", providers)
    catalog = Catalog(
        labs={k: Lab(id=k, name=v) for k, v in labs.items()},
        models=models,
        providers=providers,
        offerings=tuple(sorted(offerings, key=_ORDER)),
        sources={k: checked(source_from_json, k, v, at["sources"]) for k, v in rows.items()},
        held=tuple(checked(held_from_json, row, at["held"]) for row in held),
    )
    if whole:
        check_named(paths["models"], "lab", labs, ((k, k.partition("/")[0]) for k in models))
    check_named(paths["models"], "model", models, ((o, o.model) for o in offerings))
    check_named(paths["providers"], "provider", providers, ((o, o.provider) for o in offerings))
    return catalog


def _indexed(folder: Path) -> dict[str, str]:
    """The sha256 of each of the catalog's files, by name. Raises CatalogError."""
    path = folder / INDEX
    files = part_of(path, object_of(path), "files")
    for name, sha256 in files.items():
        # A name that leads out of the folder is none of the catalog's.
        if not _FILE.fullmatch(name) or not isinstance(sha256, str):
            raise CatalogError(f"{path}: files: {name!r:.80} is no file of a catalog; {FIX}")
    return files


def load_unplaced(folder: Path) -> Unplaced:
    """Per source and reason the ids of the records that no rule places. Raises CatalogError."""
    path = folder / "unplaced.json"
    rows = object_of(path)
    for source in rows:
        for reason, names in part_of(path, rows, source).items():
            if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
                raise CatalogError(f"{path}: {source}: {reason!r:.60}: must be a list of ids; {FIX}")
    return {s: {r: tuple(names) for r, names in reasons.items()} for s, reasons in rows.items()}


def catalog_hash(folder: Path) -> str:
    """The catalog's sha256, as its index states it."""
    return str(object_of(folder / INDEX).get("sha256", ""))


def changed_files(folder: Path) -> list[str]:
    """Files that are not what the index says, or that it does not name: edited by hand or half merged."""
    files = _indexed(folder)
    wrong = []
    for name, wanted in files.items():
        path = folder / name
        if not path.exists() or hashlib.sha256(bytes_of(path)).hexdigest() != wanted:
            wrong.append(name)
    wrong.extend(
        f"{OFFERINGS}/{p.name}"
        for p in sorted((folder / OFFERINGS).glob("*.json"))
        if f"{OFFERINGS}/{p.name}" not in files
    )
    return wrong
