"""The product's own files, for the tests that hold what is true of each of them."""

from __future__ import annotations

from pathlib import Path


def sources(*suffixes: str) -> list[Path]:
    """The sources of the product with one of these endings."""
    return [
        path
        for root in ("generator", "playground")
        for path in sorted(Path(root).rglob("*"))
        if path.suffix in suffixes and "node_modules" not in path.parts
    ]
