"""statements.yml: the sentences of the guides that are not computed, each with the words it stands on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from generator.curated.statements.statement import quote_field
from generator.curated.yaml_file import Edited, address_field, date_field, read_edited, rows_of, text_field
from generator.errors import EditError

STATEMENTS_FILE = "statements.yml"
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_KNOWN, _UNKNOWN = {"id", "says", "quote", "url", "read", "copy", "note"}, {"id", "says", "looked", "read"}


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideStatement:
    """One sentence, without its full stop, and the words of a page that say it.

    `read` is the day on which the page was read, `copy` the day that the copy bears. An unknown one has no
    words: `looked` says where they were looked for.
    """

    id: str
    says: str
    read: date
    quote: str = ""
    url: str = ""
    copy: date | None = None
    note: str = ""
    looked: str = ""


type GuideStatements = Mapping[str, GuideStatement]


def load_guide_statements(path: Path) -> GuideStatements:
    """statements.yml by id; nothing where there is no file. Raises EditError naming the entry."""
    if not path.exists():
        return {}
    edited = read_edited(path)
    if not isinstance(edited.content, list):
        raise EditError(f"{path}: must be a list of statements (`- id: …`)")
    statements: dict[str, GuideStatement] = {}
    for where, row in rows_of(path, "", edited.content, _KNOWN | _UNKNOWN):
        one = _statement(edited, where, row)
        if one.id in statements:
            raise EditError(f"{path}: {where}: {one.id} is there twice; keep one")
        statements[one.id] = one
    return statements


def _statement(edited: Edited, where: str, row: Mapping[str, Any]) -> GuideStatement:
    """One statement, known or unknown. Raises EditError."""
    at = f"{edited.path}: {where}"
    name = text_field(edited, f"{where}: id", row.get("id"))
    if not _ID.fullmatch(name):
        raise EditError(f"{at}: id is {name!r}; write small letters and digits with dashes between")
    says = text_field(edited, f"{where}: says", row.get("says"))
    if says.endswith("."):
        raise EditError(f"{at}: says ends in a full stop; leave it out, the guide sets it")
    read = date_field(edited, f"{where}: read", row.get("read"))
    if "looked" in row:
        if wrong := sorted(row.keys() - _UNKNOWN):
            raise EditError(f"{at}: has looked and {wrong[0]}; what was found is no longer unknown: keep one")
        if "unknown" not in says:
            raise EditError(f'{at}: has no quote, and says does not say "unknown"; quote a page or say so')
        looked = text_field(edited, f"{where}: looked", row["looked"])
        return GuideStatement(id=name, says=says, read=read, looked=looked)
    quote = quote_field(edited, where, row)
    return GuideStatement(
        id=name,
        says=says,
        read=read,
        quote=quote,
        url=address_field(edited, f"{where}: url", row.get("url")),
        copy=date_field(edited, f"{where}: copy", row["copy"]) if "copy" in row else None,
        note=text_field(edited, f"{where}: note", row["note"]) if "note" in row else "",
    )
