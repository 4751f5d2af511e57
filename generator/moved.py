"""Ids that rules have changed, in docs/catalog/moved.jsonl: an old one leads to the new one for ever.

A refresh writes it: where it lays a model's records to another id than before, the old id moved there. What
people renamed stands in renamed.yml, and here too once a refresh has seen it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator.errors import CatalogError
from generator.merges import unfinished_merge
from generator.plain_file import plain_bytes

MOVED_FILE = "moved.jsonl"


@dataclass(frozen=True, slots=True)
class Moved:
    """Old → new, models' ids and offerings' keys.

    `modes` are of offerings that became a mode of another: their prices are that one's prices in the mode.
    `ended` are models that are none here any more, such as routers, with the provider that served them.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    modes: Mapping[str, str] = field(default_factory=dict)
    ended: Mapping[str, str] = field(default_factory=dict)

    def now_called(self, names: Iterable[str]) -> tuple[str, ...]:
        """The names as they are now."""
        return tuple(self.names.get(name, name) for name in names)

    def field_now(self, target: str, name: str) -> str:
        """What a field of an old target is called where it stands now."""
        mode = self.modes.get(target)
        return f"price.{mode}.{name.removeprefix('price.')}" if mode and name.startswith("price.") else name


def load_moved(folder: Path) -> Moved:
    """The moves until now; none where there is no file. Raises CatalogError naming the line."""
    path = folder / MOVED_FILE
    try:
        raw = plain_bytes(path)
    except FileNotFoundError:
        return Moved()
    if merge := unfinished_merge(raw):
        raise CatalogError(f"{path}: {merge}; settle it: what both sides added stays, each line once")
    names: dict[str, str] = {}
    modes: dict[str, str] = {}
    ended: dict[str, str] = {}
    for number, line in enumerate(raw.splitlines(), 1):
        try:
            row = json.loads(line)
            if "served_by" in row:
                ended[str(row["was"])] = str(row["served_by"])
                continue
            names[str(row["was"])] = str(row["now"])
            if "mode" in row:
                modes[str(row["was"])] = str(row["mode"])
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise CatalogError(
                f"{path}: line {number} is no move ({error}); restore the file (git checkout)"
            ) from error
    return Moved(names, modes, ended)


def lines(moved: Moved) -> bytes:
    """The file's content, sorted by the old ids."""
    rows = {
        was: {"was": was, "now": now} | ({"mode": moved.modes[was]} if was in moved.modes else {})
        for was, now in moved.names.items()
    } | {was: {"was": was, "served_by": provider} for was, provider in moved.ended.items()}
    return "".join(f"{json.dumps(rows[was])}\n" for was in sorted(rows)).encode()
