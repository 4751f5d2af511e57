"""The catalog's JSON files read into plain values, with errors that name the file and the next step."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from generator.errors import CatalogError
from generator.merges import unfinished_merge
from generator.plain_file import plain_bytes
from generator.store.unread import ANY, FIX


def bytes_of(path: Path) -> bytes:
    """A file's content. Raises CatalogError."""
    try:
        return plain_bytes(path)
    except FileNotFoundError as error:
        raise CatalogError(f"{path}: the file is missing; {FIX}") from error


def object_of(path: Path) -> dict[str, Any]:
    """The object that a file holds, numbers with a point as Decimal. Raises CatalogError."""
    raw = bytes_of(path)
    try:
        data = ANY.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        seen = unfinished_merge(raw) or f"is not valid JSON ({error})"
        raise CatalogError(f"{path}: {seen}; {FIX}") from error
    if not isinstance(data, dict):
        raise CatalogError(f"{path}: must be an object; {FIX}")
    return data


def part_of(path: Path, data: Mapping[str, Any], name: str) -> dict[str, Any]:
    """An object of a file. Raises CatalogError where it is missing or something else."""
    part = data.get(name)
    if not isinstance(part, dict):
        seen = "is missing" if name not in data else f"must be an object, it is {part!r:.60}"
        raise CatalogError(f"{path}: {name} {seen}; {FIX}")
    return part
