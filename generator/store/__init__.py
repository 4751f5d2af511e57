"""The committed catalog on disk, and its history: docs/catalog/, read whole and replaced whole."""

from __future__ import annotations

from generator.store.files import (
    STAGED,
    Unplaced,
    catalog_hash,
    changed_files,
    finish_interrupted,
    load,
    load_unplaced,
    render,
    save,
)

__all__ = [
    "STAGED",
    "Unplaced",
    "catalog_hash",
    "changed_files",
    "finish_interrupted",
    "load",
    "load_unplaced",
    "render",
    "save",
]
