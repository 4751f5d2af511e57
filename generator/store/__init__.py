"""The committed catalog on disk, and its history: docs/catalog/, read as needed and replaced whole."""

from __future__ import annotations

from generator.store.files import STAGED, Unplaced, finish_interrupted, render, save
from generator.store.reading import catalog_hash, changed_files, load, load_named, load_unplaced, load_unread

__all__ = [
    "STAGED",
    "Unplaced",
    "catalog_hash",
    "changed_files",
    "finish_interrupted",
    "load",
    "load_named",
    "load_unplaced",
    "load_unread",
    "render",
    "save",
]
