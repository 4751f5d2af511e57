"""The catalog as `almanac choose` reads it, without its claims, kept packed in the user's cache.

A choice looks at some facts of every offering, so reading them when they are looked at would gain little. The
copy counts only while the catalog's files and the code that packs them are as they were.
"""

from __future__ import annotations

import time
from pathlib import Path

import msgspec

from generator.garbage import uncollected
from generator.store.copies import copy_of, files_state, read_copy, state_of, write_copy
from generator.store.files import OFFERINGS, finish_interrupted
from generator.store.reading import load
from playground.catalog import Catalog, packed

#: A file that changed so many seconds ago may change again within the same tick of a coarse clock.
SETTLED_S = 2.0


@uncollected()
def load_packed(folder: Path, cache: Path) -> Catalog:
    """The catalog as `playground.catalog.packed` keeps it. Raises CatalogError as `load` does."""
    finish_interrupted(folder)
    try:
        newest, state = _state(folder)
    except OSError:
        return load(folder)  # which says what is missing
    copy = copy_of(folder, cache, "packed")
    if (content := read_copy(copy, state)) is not None:
        return packed.unpack(msgspec.json.decode(content))
    catalog = load(folder)
    if time.time() - newest > SETTLED_S:
        plain = packed.pack(catalog, "", str(catalog.day or ""), names={}, calls={})
        write_copy(copy, state, msgspec.json.encode(plain))
    return catalog


def _state(folder: Path) -> tuple[float, bytes]:
    """When a file last changed, in seconds, and how the catalog's files and the code stand."""
    states = [files_state(place) for place in (folder, folder / OFFERINGS, Path(packed.__file__).parent)]
    return max(newest for newest, _ in states), state_of([line for _, lines in states for line in lines])
