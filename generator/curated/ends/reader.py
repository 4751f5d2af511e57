"""Reads ended.yml into ends, so that every fault names file, entry and fix."""

from __future__ import annotations

from collections.abc import Container, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from generator.curated.ends import ENDED_FILE
from generator.curated.yaml_file import Edited, address_field, date_field, read_edited, text_field
from generator.errors import EditError
from playground.lifecycle.ended import End, EndedApi, Ends

#: The keys of a group of ids, of an id, of an API and of a provider that ended as a whole.
GROUP = {"provider", "page", "copy", "read", "ids"}
ID = {"id", "version", "also", "ended", "deprecated", "instead", "quote"}
WHOLE = {"provider", "name", "page", "copy", "read", "ended", "deprecated", "instead", "quote"}
API = WHOLE | {"written", "beside", "keys"}
#: A quote is a pointer into a page, not the page.
QUOTE_LENGTH = 26


def load_ends(path: Path) -> Ends:
    """ended.yml; nothing where there is no such file. Raises EditError naming the entry."""
    if not path.exists():
        return Ends()
    edited = read_edited(path, keys={"models", "apis", "providers"})
    names = tuple(_names(edited))
    seen: set[tuple[str, str, str]] = set()
    for end in names:
        for name in dict.fromkeys(n.lower() for n in (end.name, *end.also)):
            if (key := (end.provider, name, end.version)) in seen:
                raise EditError(f"{path}: {name} at {end.provider} stands there twice; keep one of the two")
            seen.add(key)
    providers = {
        end.provider: end for end in (_end(edited, w, r) for w, r in edited.rows("providers", WHOLE))
    }
    return Ends(names=names, apis=tuple(_apis(edited)), providers=providers)


def unknown_providers(folder: Path, ends: Ends, providers: Container[str]) -> Iterator[str]:
    """Ends at providers that the catalog does not have, a line for each provider."""
    named = {end.provider for end in (*ends.names, *(api.end for api in ends.apis), *ends.providers.values())}
    for provider in sorted(name for name in named if name not in providers):
        yield f"{folder / ENDED_FILE}: {provider} is no provider of the catalog; name one that is, or add it"


def _names(edited: Edited) -> Iterator[End]:
    for where, group in edited.rows("models", GROUP):
        ids = Edited(edited.path, {where: group.get("ids")})
        for at, row in ids.rows(where, ID):
            whole = {**{k: v for k, v in group.items() if k != "ids"}, **row}
            yield _end(edited, at, {**whole, "name": row.get("id")})


def _apis(edited: Edited) -> Iterator[EndedApi]:
    for where, row in edited.rows("apis", API):
        written = _texts(edited, f"{where}.written", row.get("written"))
        if not written:
            raise EditError(f"{edited.path}: {where}.written must say how a call is written")
        yield EndedApi(
            end=_end(edited, where, row),
            written=written,
            beside=tuple(text.lower() for text in _texts(edited, f"{where}.beside", row.get("beside"))),
            keys=tuple(text.lower() for text in _texts(edited, f"{where}.keys", row.get("keys"))),
        )


def _end(edited: Edited, where: str, row: dict[str, Any]) -> End:
    """One end, with its page, the page's words and the day they were read. Raises EditError."""
    days: dict[str, date | None] = {
        key: date_field(edited, f"{where}.{key}", row[key]) if row.get(key) else None
        for key in ("ended", "deprecated")
    }
    if (days["ended"] is None) == (days["deprecated"] is None):
        raise EditError(f"{edited.path}: {where} must have one of ended and deprecated, a day")
    quote = text_field(edited, f"{where}.quote", row.get("quote"))
    if len(quote.split()) > QUOTE_LENGTH:
        raise EditError(
            f"{edited.path}: {where}.quote has more than {QUOTE_LENGTH} words; keep those that say it"
        )
    if row.get("copy"):
        address_field(edited, f"{where}.copy", row["copy"])
    return End(
        provider=text_field(edited, f"{where}.provider", row.get("provider")),
        name=text_field(edited, f"{where}.name", row.get("name")),
        last_day=days["ended"],
        deprecated=days["deprecated"],
        version=text_field(edited, f"{where}.version", row["version"]) if "version" in row else "",
        also=_texts(edited, f"{where}.also", row.get("also")),
        instead=_texts(edited, f"{where}.instead", row.get("instead")),
        page=address_field(edited, f"{where}.page", row.get("page")),
        quote=quote,
        read=date_field(edited, f"{where}.read", row.get("read")),
    )


def _texts(edited: Edited, where: str, value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, list):
        raise EditError(f"{edited.path}: {where} must be a list (`[one, two]`), it is {value!r}")
    return tuple(text_field(edited, where, text) for text in value)
