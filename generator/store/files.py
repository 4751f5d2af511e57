"""The committed catalog on disk: docs/catalog/, read whole and replaced whole.

A new catalog is written beside the old one and moved in its place file by file only once it is complete;
a move that was cut off is finished by the next command. So a kill at any moment, or a full disk, leaves
the old catalog or the new one.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec

from generator.errors import CatalogError, SetupError
from generator.garbage import uncollected
from playground.catalog import Catalog, Lab, Offering
from playground.catalog.codec import (
    SCHEMA,
    held_from_json,
    held_to_json,
    model_from_json,
    offering_from_json,
    provider_from_json,
    provider_to_json,
    score_to_json,
    source_from_json,
    source_to_json,
)
from playground.catalog.fact_json import CodecError, fact_to_json, records_to_json, span_to_json

OFFERINGS = "offerings"
STAGING, STAGED = ".staging", ".staged"

_ENCODE = msgspec.json.Encoder(decimal_format="number").encode


def _line(value: Any) -> str:
    return _ENCODE(value).decode()


#: Per source and reason the ids of the records that no rule places.
type Unplaced = Mapping[str, Mapping[str, tuple[str, ...]]]


def render(catalog: Catalog, unplaced: Unplaced) -> Iterator[tuple[str, bytes]]:
    """Every file of the catalog as name and content, the same for the same catalog."""
    files: dict[str, bytes] = {}
    by_provider: dict[str, list[Offering]] = {}
    for offering in catalog.offerings:
        by_provider.setdefault(offering.provider, []).append(offering)
    for provider, offerings in by_provider.items():
        files[f"{OFFERINGS}/{provider}.json"] = _offerings_file(provider, offerings)
    files["models.json"] = _models_file(catalog)
    files["providers.json"] = _rows_file(
        "providers", {p.id: provider_to_json(p) for p in catalog.providers.values()}
    )
    files["sources.json"] = _rows_file("sources", {s.id: source_to_json(s) for s in catalog.sources.values()})
    files["held.json"] = _held_file(catalog)
    files["unplaced.json"] = (
        json.dumps(unplaced, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    ).encode()
    yield from sorted(files.items())
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())}
    index = {
        "schema": SCHEMA,
        "sha256": hashlib.sha256(_ENCODE(hashes)).hexdigest(),
        "offerings": len(catalog.offerings),
        "models": len(catalog.models),
        "files": hashes,
    }
    yield "catalog.json", (json.dumps(index, indent=1) + "\n").encode()


def _offerings_file(provider: str, offerings: list[Offering]) -> bytes:
    out = [f'{{"schema": {SCHEMA}, "provider": {_line(provider)}, "offerings": {{']
    for i, offering in enumerate(offerings):
        last = i == len(offerings) - 1
        out.append(f" {_line(offering.key.partition('/')[2])}: {{")
        out.append(f'  "ids": {_line(offering.ids)},')
        out.append(f'  "records": {_line(records_to_json(offering.records))},')
        out.extend(_facts(offering.facts, more=bool(offering.history)))
        if offering.history:
            out.append('  "history": [')
            spans = [f"   {_line(span_to_json(span))}" for span in offering.history]
            out.append(",\n".join(spans))
            out.append("  ]")
        out.append(" }" if last else " },")
    out.append("}}\n")
    return "\n".join(out).encode()


def _facts(facts: Mapping[str, Any], *, more: bool) -> Iterator[str]:
    yield '  "facts": {'
    yield ",\n".join(f"   {_line(name)}: {_line(fact_to_json(f))}" for name, f in facts.items())
    yield "  }," if more else "  }"


def _models_file(catalog: Catalog) -> bytes:
    out = [f'{{"schema": {SCHEMA}, "labs": {{']
    out.append(",\n".join(f" {_line(lab.id)}: {_line(lab.name)}" for lab in catalog.labs.values()))
    out.append('}, "models": {')
    models = list(catalog.models.values())
    for i, model in enumerate(models):
        out.append(f" {_line(model.id)}: {{")
        out.append(f'  "records": {_line(records_to_json(model.records))},')
        out.extend(_facts(model.facts, more=bool(model.scores)))
        if model.scores:
            out.append('  "scores": [')
            out.append(",\n".join(f"   {_line(score_to_json(score))}" for score in model.scores))
            out.append("  ]")
        out.append(" }" if i == len(models) - 1 else " },")
    out.append("}}\n")
    return "\n".join(out).encode()


def _held_file(catalog: Catalog) -> bytes:
    out = [f'{{"schema": {SCHEMA}, "held": [']
    for i, held in enumerate(catalog.held):
        row = held_to_json(held)
        changes = row.pop("changes")
        out.append(f' {_line(row)[:-1]}, "changes": [')
        out.append(",\n".join(f"  {_line(change)}" for change in changes))
        out.append(" ]}" if i == len(catalog.held) - 1 else " ]},")
    out.append("]}\n")
    return "\n".join(out).encode()


def _rows_file(name: str, rows: Mapping[str, Any]) -> bytes:
    lines = ",\n".join(f" {_line(key)}: {_line(row)}" for key, row in rows.items())
    return f'{{"schema": {SCHEMA}, "{name}": {{\n{lines}\n}}}}\n'.encode()


def save(folder: Path, files: Iterator[tuple[str, bytes]]) -> None:
    """Put a new catalog in the place of the old one.

    Raises SetupError where the disk is full or the folder cannot be written; the old catalog stays.
    """
    staging, staged = folder / STAGING, folder / STAGED
    try:
        finish_interrupted(folder)
        shutil.rmtree(staging, ignore_errors=True)
        (staging / OFFERINGS).mkdir(parents=True)
        for name, content in files:
            with (staging / name).open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        staging.rename(staged)
    except OSError as error:
        shutil.rmtree(staging, ignore_errors=True)
        raise SetupError(
            f"{folder}: the new catalog could not be written ({error.strerror or error}); "
            "the old one is unchanged. Make room or look at the folder's rights, then refresh again"
        ) from error
    finish_interrupted(folder)


def finish_interrupted(folder: Path) -> None:
    """Move a complete new catalog into place, where one lies there; leave nothing of the old behind."""
    staged = folder / STAGED
    if not staged.is_dir():
        return
    index = staged / "catalog.json"
    keep: set[str] | None = None
    if index.exists():
        keep = set(json.loads(index.read_bytes())["files"])
    (folder / OFFERINGS).mkdir(exist_ok=True)
    # The index goes last: while it lies in the staged folder the move is not done.
    for path in sorted(staged.rglob("*.json*"), key=lambda p: (p == index, str(p))):
        if path == index and keep is not None:
            for old in (folder / OFFERINGS).glob("*.json"):
                if f"{OFFERINGS}/{old.name}" not in keep:
                    old.unlink()
        path.replace(folder / path.relative_to(staged))
    shutil.rmtree(staged)


@uncollected()
def load(folder: Path) -> Catalog:
    """The committed catalog. Raises CatalogError naming file, entry and next step."""
    finish_interrupted(folder)
    index = _read(folder / "catalog.json")
    offerings: list[Offering] = []
    for name in index.get("files", {}):
        if name.startswith(f"{OFFERINGS}/"):
            data = _read(folder / name)
            provider = data.get("provider", "")
            for key, entry in data.get("offerings", {}).items():
                offerings.append(_decode(offering_from_json, provider, key, entry, name))
    models = _read(folder / "models.json")
    return Catalog(
        labs={k: Lab(id=k, name=v) for k, v in models.get("labs", {}).items()},
        models={
            k: _decode(model_from_json, k, v, "models.json") for k, v in models.get("models", {}).items()
        },
        providers={
            k: _decode(provider_from_json, k, v, "providers.json")
            for k, v in _read(folder / "providers.json").get("providers", {}).items()
        },
        offerings=tuple(sorted(offerings, key=Offering.sort_key)),
        sources={
            k: _decode(source_from_json, k, v, "sources.json")
            for k, v in _read(folder / "sources.json").get("sources", {}).items()
        },
        held=tuple(
            _decode(held_from_json, row, "held.json")
            for row in (_read(folder / "held.json").get("held", []) if "held.json" in index["files"] else ())
        ),
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


def _decode[**P, T](decode: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    try:
        return decode(*args, **kwargs)
    except (CodecError, ValueError, TypeError) as error:
        raise CatalogError(
            f"docs/catalog/{error}; restore the file (git checkout) or make the catalog again: "
            "almanac refresh --pinned"
        ) from error


_DECODER = msgspec.json.Decoder(float_hook=Decimal)


def _read(path: Path) -> dict[str, Any]:
    fix = "restore it (git checkout) or make the catalog again: almanac refresh --pinned"
    try:
        data = _DECODER.decode(path.read_bytes())
    except FileNotFoundError as error:
        raise CatalogError(f"{path}: the file is missing; {fix}") from error
    except OSError as error:
        raise CatalogError(f"{path}: cannot be read ({error.strerror}); look at its rights") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise CatalogError(f"{path}: is not valid JSON ({error}); {fix}") from error
    if not isinstance(data, dict):
        raise CatalogError(f"{path}: must be an object; {fix}")
    return data
