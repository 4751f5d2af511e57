"""needs.yml: the needs that readers come with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.curated.yaml_file import read_edited, rows_of, text_field
from generator.errors import EditError
from playground.catalog import Catalog
from playground.need.reader import read_need
from playground.spelling import slug

NEEDS_FILE = "needs.yml"
TEXTS = ("id", "title", "said", "why", "cost")


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedNeed:
    """A need that has a name: `said` in a line, `why` its numbers are what they are.

    `cost` is whose price the cost is, where that is not what the reader would pay; else empty.
    """

    id: str
    title: str
    said: str
    why: str
    need: Mapping[str, Any]
    cost: str = ""


def load_needs(path: Path) -> tuple[NamedNeed, ...]:
    """needs.yml as values; none where there is no such file. Raises EditError naming the entry."""
    if not path.exists():
        return ()
    edited = read_edited(path)
    if not isinstance(edited.content, list):
        raise EditError(f"{path}: must be a list of needs (`- id: …`)")
    needs: dict[str, NamedNeed] = {}
    for where, row in rows_of(path, "", edited.content, set(NamedNeed.__dataclass_fields__)):
        texts = {k: text_field(edited, f"{where}: {k}", row.get(k)) for k in TEXTS if k in row or k != "cost"}
        if texts["id"] != slug(texts["id"]):
            raise EditError(f"{path}: {where}: id must be lower case with dashes, it is {texts['id']!r}")
        if texts["id"] in needs:
            raise EditError(f"{path}: {where}: {texts['id']} is there already; give it another id")
        if not isinstance(row.get("need"), dict):
            raise EditError(f"{path}: {where} ({texts['id']}): need must be a mapping (`must: [vision]`)")
        needs[texts["id"]] = NamedNeed(**texts, need={str(k): v for k, v in row["need"].items()})
    return tuple(needs.values())


def need_unless_asked(folder: Path, catalog: Catalog) -> NamedNeed | None:
    """What is answered where nobody asks for anything: the first named need that the catalog can answer."""
    needs = load_needs(folder / NEEDS_FILE)
    return next((named for named in needs if not read_need(named.need, catalog)[1]), None)


def faulty(folder: Path, needs: tuple[NamedNeed, ...], catalog: Catalog) -> Iterator[str]:
    """What in the named needs cannot be read against the catalog, a line for each."""
    for named in needs:
        for fault in read_need(named.need, catalog)[1]:
            yield f"{folder / NEEDS_FILE}: {named.id}: {fault.part}: {fault.message}"
