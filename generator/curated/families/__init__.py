"""families.yml: which efforts and parameters a family of models takes, as its vendor's page says."""

from __future__ import annotations

from generator.curated.families.reader import (
    FAMILIES_FILE,
    Placed,
    load_families,
    unknown_places,
    with_families,
)

__all__ = ["FAMILIES_FILE", "Placed", "load_families", "unknown_places", "with_families"]
