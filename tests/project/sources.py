"""The project's own files, for the tests that hold what is true of each of them."""

from __future__ import annotations

from pathlib import Path


def sources(*suffixes: str, roots: tuple[str, ...] = ("generator", "playground")) -> list[Path]:
    """The sources with one of these endings: of the product, or below other roots."""
    return [
        path
        for root in roots
        for path in sorted(Path(root).rglob("*"))
        if path.suffix in suffixes and "node_modules" not in path.parts
    ]
