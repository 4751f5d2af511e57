"""The catalog as `almanac choose` reads it, without its claims, kept packed in the user's cache.

A choice looks at some facts of every offering, so reading them when they are looked at would gain little. The
copy counts only while the catalog's files and the code that packs them are as they were. Where it is missing,
old, damaged or cannot be written, the catalog itself is read: the answer is the same.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import msgspec

from generator.garbage import uncollected
from generator.store.files import OFFERINGS, finish_interrupted
from generator.store.reading import load
from playground.catalog import Catalog, packed

#: A file that changed so many seconds ago may change again within the same tick of a coarse clock.
SETTLED_S = 2.0
#: How many catalogs have a copy, those packed last.
MOST = 5
_HASH = hashlib.sha256
_SIZE = _HASH().digest_size


@uncollected()
def load_packed(folder: Path, cache: Path) -> Catalog:
    """The catalog as `playground.catalog.packed` keeps it. Raises CatalogError as `load` does."""
    finish_interrupted(folder)
    try:
        newest, state = _state(folder)
    except OSError:
        return load(folder)  # which says what is missing
    copy = cache / "packed" / f"{_HASH(os.fsencode(folder.resolve())).hexdigest()[:16]}.json"
    if (known := _read(copy, state)) is not None:
        return known
    catalog = load(folder)
    if time.time() - newest > SETTLED_S:
        plain = packed.pack(catalog, "", str(catalog.day or ""), names={}, calls={})
        _write(copy, state, msgspec.json.encode(plain))
    return catalog


def _state(folder: Path) -> tuple[float, bytes]:
    """When a file last changed, in seconds, and a hash of how the catalog's files and the code stand."""
    newest = 0.0
    seen = []
    for place in (folder, folder / OFFERINGS, Path(packed.__file__).parent):
        for name, stat in _files(place):
            newest = max(newest, stat.st_mtime)
            seen.append(f"{name} {stat.st_size} {stat.st_mtime_ns} {stat.st_ctime_ns}")
    return newest, _HASH("\n".join(seen).encode()).digest()


def _files(place: Path) -> Iterator[tuple[str, os.stat_result]]:
    with os.scandir(place) as entries:
        listed = sorted((e for e in entries if e.name.endswith((".json", ".py"))), key=lambda e: e.name)
    return ((entry.path, entry.stat()) for entry in listed)


def _read(copy: Path, state: bytes) -> Catalog | None:
    """What the copy holds, where it is whole and of this state: it begins with the hashes of both."""
    try:
        raw = copy.read_bytes()
    except OSError:
        return None
    content = raw[2 * _SIZE :]
    if raw[: 2 * _SIZE] != state + _HASH(content).digest():
        return None
    return packed.unpack(msgspec.json.decode(content))


def _write(copy: Path, state: bytes, content: bytes) -> None:
    """Put the copy in the place of the one before; leave things as they are where that cannot be done."""
    part = copy.with_name(f"{copy.name}.{os.getpid()}.part")
    try:
        copy.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(state + _HASH(content).digest() + content)
        part.replace(copy)
        # Of catalogs that are gone, and of writers that were killed.
        for old in sorted(copy.parent.iterdir(), key=lambda p: p.stat().st_mtime)[:-MOST]:
            old.unlink()
    except OSError:
        with suppress(OSError):
            part.unlink()
