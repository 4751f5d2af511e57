"""confirmed.yml: facts that a person read on the vendor's own page, too, with the words that say them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from generator.bounds import folder_fault, model_fault
from generator.curated.fields import is_known_field
from generator.curated.overrides import no_field, value_field
from generator.curated.statements.statement import channels_field, quote_field
from generator.curated.yaml_file import Edited, address_field, date_field, id_field, read_edited, rows_of
from generator.errors import EditError
from playground.catalog import Channel, Value

CONFIRMED_FILE = "confirmed.yml"
_PAGE, _ROW = {"provider", "url", "read", "note", "rows"}, {"models", "channels", "says", "quote", "note"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """What one page says of one model: at a provider over some channels, or (no provider) wherever it runs.

    No `channels` are all of the provider's.
    """

    provider: str
    model: str
    channels: frozenset[Channel]
    says: Mapping[str, Value]
    quote: str
    url: str
    read: date
    where: str


def load_confirmed(path: Path) -> tuple[Confirmation, ...]:
    """confirmed.yml as values; nothing where there is no file. Raises EditError naming the entry."""
    if not path.exists():
        return ()
    edited = read_edited(path)
    content = edited.content or []
    if not isinstance(content, list):
        raise EditError(f"{path}: must be a list of pages (`- provider: …`)")
    read: dict[tuple[str, str, Channel | None, str], str] = {}
    confirmed = []
    for where, page in rows_of(path, "", content, _PAGE):
        for one in _of_page(edited, where, page):
            for channel in one.channels or (None,):
                for field in one.says:
                    at = (one.provider, one.model, channel, field)
                    if before := read.get(at):
                        raise EditError(f"{path}: {one.where}: {before} says {field} already; keep one")
                    read[at] = f"{one.where} ({one.model})"
            confirmed.append(one)
    return tuple(confirmed)


def _of_page(edited: Edited, where: str, page: Mapping[str, Any]) -> Iterator[Confirmation]:
    provider = ""
    if "provider" in page:
        provider = id_field(edited, f"{where}: provider", page["provider"], folder_fault)
    url = address_field(edited, f"{where}: url", page.get("url"))
    read = date_field(edited, f"{where}: read", page.get("read"))
    rows = page.get("rows")
    if not isinstance(rows, list) or not rows:
        raise EditError(f"{edited.path}: {where}: rows must be a list (`- models: […]`), it is {rows!r:.60}")
    for at, row in rows_of(edited.path, f"{where}: rows", rows, _ROW):
        quote = quote_field(edited, at, row)
        says, channels = _says(edited, at, row.get("says")), _channels(edited, at, provider, row)
        models = row.get("models")
        if not isinstance(models, list) or not models:
            raise EditError(f"{edited.path}: {at}: models must be a list of ids, it is {models!r:.60}")
        for model in models:
            yield Confirmation(
                provider=provider,
                model=id_field(edited, f"{at}: models", model, model_fault),
                channels=channels,
                says=says,
                quote=quote,
                url=url,
                read=read,
                where=at,
            )


def _says(edited: Edited, at: str, says: Any) -> Mapping[str, Value]:
    if not isinstance(says, dict) or not says:
        raise EditError(f"{edited.path}: {at}: says must be fields and values, it is {says!r:.60}")
    for name in says:
        if not isinstance(name, str) or not is_known_field(name):
            raise EditError(f"{edited.path}: {at}: {no_field(str(name))}")
    return {name: value_field(edited.path, f"{at}: {name}", name, value) for name, value in says.items()}


def _channels(edited: Edited, at: str, provider: str, row: Mapping[str, Any]) -> frozenset[Channel]:
    if "channels" not in row:
        return frozenset()
    if not provider:
        raise EditError(f"{edited.path}: {at}: channels are a provider's; name it, or leave them out")
    return frozenset(channels_field(edited, at, row["channels"]))
