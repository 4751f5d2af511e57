"""The catalog's ids checked against the grammar, for they are parts of paths: of its files and of pages."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from generator import bounds
from generator.errors import CatalogError
from playground.catalog import Offering

_FIX = "correct what names it so (identity.yml, providers.yml), or make the catalog again: almanac refresh"


def check_folders(at: str, what: str, names: Iterable[str]) -> None:
    """Raises CatalogError where a provider's or a lab's id is none."""
    for name in names:
        if fault := bounds.folder_fault(name):
            raise _error(at, what, name, f"its id {fault}")


def check_models(at: str, models: Iterable[str]) -> None:
    """Raises CatalogError where a model's id is none."""
    for model in models:
        if fault := bounds.model_fault(model):
            raise _error(at, "model", model, fault)


def check_offering(at: str, offering: Offering) -> None:
    """Raises CatalogError where a part of an offering's key is none."""
    parts = (offering.provider, offering.model, offering.version, offering.variant)
    if fault := bounds.offering_fault(*parts):
        raise _error(at, "offering", offering.key, fault)


def check_named(
    path: Path, what: str, known: Collection[str], named: Iterable[tuple[str | Offering, str]]
) -> None:
    """Raises CatalogError where an entry names what is not in the file at `path`, which holds all of it."""
    for entry, name in named:
        if name not in known:
            by = entry.key if isinstance(entry, Offering) else entry
            raise _error(str(path), what, name, f"{by} names it, and it is not there")


def _error(at: str, what: str, name: str, fault: str) -> CatalogError:
    return CatalogError(f"{at}: {what} {bounds.shortened(name, 120)!r}: {fault}; {_FIX}")
