"""The committed catalog on disk: docs/catalog/, replaced whole.

A new catalog is written beside the old one and moved in its place file by file only once it is complete;
a move that was cut off is finished by the next command. So a kill at any moment, or a full disk, leaves
the old catalog or the new one.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from generator.errors import SetupError
from generator.store.ids import check_folders, check_models, check_offering
from generator.store.locked import locked
from playground.catalog import Catalog, Fact, Model, Offering
from playground.catalog.codec import SCHEMA, held_to_json, provider_to_json, score_to_line, source_to_json
from playground.catalog.fact_json import fact_to_json, only_record, records_to_json, span_to_json

OFFERINGS = "offerings"
STAGING, STAGED = ".staging", ".staged"

_ENCODE = msgspec.json.Encoder(decimal_format="number").encode


def _line(value: Any) -> str:
    return _ENCODE(value).decode()


@cache
def _name(field: str) -> str:
    """A field's name: the same few hundred stand on two hundred thousand lines."""
    return _line(field)


#: What was written of a fact, by which it is and the only record beside it. Of ten facts nine are one and the
#: same as another offering's. The fact stands there, too, so that no later one can be taken for it.
type Written = dict[tuple[int, str], tuple[Fact, str]]
#: Per source and reason the ids of the records that no rule places.
type Unplaced = Mapping[str, Mapping[str, tuple[str, ...]]]


def render(catalog: Catalog, unplaced: Unplaced) -> Iterator[tuple[str, bytes]]:
    """Every file of the catalog as name and content, the same for the same catalog.

    Raises CatalogError where an id is none that can name a file or a page.
    """
    check_folders("the catalog", "provider", catalog.providers)
    check_folders("the catalog", "lab", catalog.labs)
    check_models("the catalog", catalog.models)
    for offering in catalog.offerings:
        check_offering("the catalog", offering)
    files: dict[str, bytes] = {}
    written: Written = {}
    by_provider: dict[str, list[Offering]] = {}
    for offering in catalog.offerings:
        by_provider.setdefault(offering.provider, []).append(offering)
    for provider, offerings in by_provider.items():
        files[f"{OFFERINGS}/{provider}.json"] = _offerings_file(provider, offerings, written)
    files["models.json"] = _models_file(catalog, written)
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


def _offerings_file(provider: str, offerings: list[Offering], written: Written) -> bytes:
    out = [f'{{"schema": {SCHEMA}, "provider": {_line(provider)}, "offerings": {{']
    for i, offering in enumerate(offerings):
        last = i == len(offerings) - 1
        out.append(f" {_line(offering.key.partition('/')[2])}: {{")
        out.append(f'  "ids": {_line(offering.ids)},')
        out.append(f'  "records": {_line(records_to_json(offering.records))},')
        out.extend(_facts(offering, written, more=bool(offering.history)))
        if offering.history:
            out.append('  "history": [')
            spans = [f"  {_line(span_to_json(span))}" for span in offering.history]
            out.append(",\n".join(spans))
            out.append("  ]")
        out.append(" }" if last else " },")
    out.append("}}\n")
    return "\n".join(out).encode()


def _facts(owner: Offering | Model, written: Written, *, more: bool) -> Iterator[str]:
    only = only_record(owner.records)
    lines: list[str] = []
    for name, fact in owner.facts.items():
        known = written.get((id(fact), only))
        if known is None:
            known = written[id(fact), only] = fact, _line(fact_to_json(fact, only))
        lines.append(f" {_name(name)}:{known[1]}")
    yield '  "facts": {'
    yield ",\n".join(lines)
    yield "  }," if more else "  }"


def _models_file(catalog: Catalog, written: Written) -> bytes:
    models = list(catalog.models.values())
    runs: dict[str, dict[str, Any]] = {}
    scores = {model.id: [_line(score_to_line(score, runs)) for score in model.scores] for model in models}
    out = [f'{{"schema": {SCHEMA}, "labs": {{']
    out.append(",\n".join(f" {_line(lab.id)}: {_line(lab.name)}" for lab in catalog.labs.values()))
    out.append('}, "runs": {')
    out.append(
        ",\n".join(f" {_line(key)}: {_line(runs[key])}" for key in sorted(runs, key=lambda k: _line(runs[k])))
    )
    out.append('}, "models": {')
    for i, model in enumerate(models):
        out.append(f" {_line(model.id)}: {{")
        out.append(f'  "records": {_line(records_to_json(model.records))},')
        out.extend(_facts(model, written, more=bool(model.scores)))
        if model.scores:
            out.append('  "scores": [')
            out.append(",\n".join(f"  {line}" for line in scores[model.id]))
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
        shutil.rmtree(staging, ignore_errors=True)
        (staging / OFFERINGS).mkdir(parents=True)
        for name, content in files:
            with (staging / name).open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
    except OSError as error:
        shutil.rmtree(staging, ignore_errors=True)
        raise SetupError(
            f"{folder}: the new catalog could not be written ({error.strerror or error}); "
            "the old one is unchanged. Make room or look at the folder's rights, then refresh again"
        ) from error
    with locked(folder, alone=True):
        _move(staged, folder)  # one that was cut off
        staging.rename(staged)
        _move(staged, folder)


def finish_interrupted(folder: Path) -> None:
    """Move a complete new catalog into place, where one lies there."""
    staged = folder / STAGED
    if staged.is_dir():
        with locked(folder, alone=True):
            _move(staged, folder)


def _move(staged: Path, folder: Path) -> None:
    """Move what is staged, if anything is, into place; leave nothing of the old behind."""
    if not staged.is_dir():
        return
    index = staged / "catalog.json"
    keep: set[str] | None = None
    with suppress(FileNotFoundError):
        keep = set(json.loads(index.read_bytes())["files"])
    (folder / OFFERINGS).mkdir(exist_ok=True)
    # The index goes last: while it lies in the staged folder the move is not done.
    for path in sorted(staged.rglob("*.json*"), key=lambda p: (p == index, str(p))):
        if path == index and keep is not None:
            for old in (folder / OFFERINGS).glob("*.json"):
                if f"{OFFERINGS}/{old.name}" not in keep:
                    old.unlink(missing_ok=True)
        # Another command may be finishing the same move.
        with suppress(FileNotFoundError):
            path.replace(folder / path.relative_to(staged))
    shutil.rmtree(staged, ignore_errors=True)
