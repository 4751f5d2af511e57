"""A need in a YAML file, into playground.need.Need."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from generator.errors import EditError
from playground.catalog import Catalog
from playground.need.need import Need
from playground.need.reader import read_need


def load_need(path: Path) -> dict[str, Any]:
    """The file's parts by name, unchecked but for being a mapping. Raises EditError."""
    from generator.curated.yaml_file import read_edited  # YAML is slow to load, and most needs are options

    content = read_edited(path).content
    if not isinstance(content, dict):
        raise EditError(f"{path}: must be a mapping (`budget: 500`), it is a {type(content).__name__}")
    return {str(k): v for k, v in content.items()}


def need(parts: Mapping[str, Any], catalog: Catalog, where: str) -> Need:
    """The need that these parts make. Raises EditError naming every part that is wrong and what would do."""
    made, faults = read_need(parts, catalog)
    if faults:
        raise EditError("\n".join(f"{where}: {fault.part}: {fault.message}" for fault in faults))
    return made
