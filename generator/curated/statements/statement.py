"""What a provider says of itself, as people write it down: a value with its words, their page and the day."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from generator.curated.yaml_file import Edited, date_field, rows_of, text_field
from generator.errors import EditError
from playground.catalog import Certification, Certified, Channel, Statement

#: The longest quote, in words: what proves the value, not the page.
LONGEST_QUOTE = 25
#: Letters of scripts that put no space between words; about two of them make one.
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]{1,2}")
_KEYS = {"value", "quote", "url", "read", "note"}


def quote_length(quote: str) -> int:
    """How many words a quote has, in Chinese and Japanese too."""
    return len(_UNSPACED.sub(" x ", quote).split())


def quote_field(edited: Edited, where: str, row: Mapping[str, Any]) -> str:
    """The words of a page that a row quotes, of LONGEST_QUOTE at most. Raises EditError."""
    quote = text_field(edited, f"{where}: quote", row.get("quote"))
    if quote_length(quote) > LONGEST_QUOTE:
        raise EditError(
            f"{edited.path}: {where}: the quote has {quote_length(quote)} words; "
            f"keep the {LONGEST_QUOTE} that say it"
        )
    return quote


def channels_field(edited: Edited, where: str, channels: Any) -> tuple[Channel, ...]:
    """A list of channels, which must not be empty. Raises EditError."""
    if not isinstance(channels, list) or not channels or not set(channels) <= set(Channel):
        raise EditError(
            f"{edited.path}: {where}: channels is {channels!r:.60}; write a list of {', '.join(Channel)}"
        )
    return tuple(map(Channel, channels))


def statement_field(edited: Edited, where: str, row: Any, choices: Collection[str] = ()) -> Statement:
    """One statement: `value` (one of `choices`, where there are any), `quote`, `url`, `read`, and a `note`.

    `models` are those that it speaks of, where not of all. Raises EditError where one of them is missing:
    what no page says is left out, and so is unknown.
    """
    if not isinstance(row, dict):
        raise EditError(
            f"{edited.path}: {where} must be a mapping with value, quote, url and read, it is {row!r:.60}; "
            "quote the page that says it, or leave the entry out"
        )
    (_, row), *_ = rows_of(edited.path, where, [row], _KEYS | {"models"})
    _check_models(edited, where, row)
    return _statement(edited, where, row, choices)


def placed_statements(
    edited: Edited, where: str, rows: Any, choices: Collection[str]
) -> tuple[Statement, ...]:
    """What a provider says of some channels and models, a row for each promise. Raises EditError.

    Several rows may speak of a channel: of other models, or of what else a reader can set.
    """
    if not isinstance(rows, list):
        raise EditError(f"{edited.path}: {where} must be a list (`- value: …`), it is {rows!r:.60}")
    statements = []
    spoken_of: set[tuple[Channel, str, tuple[str, ...]]] = set()
    for at, row in rows_of(edited.path, where, rows, _KEYS | {"channels", "models", "setting"}):
        channels_field(edited, at, row.get("channels"))
        _check_models(edited, at, row)
        stated = _statement(edited, at, row, choices)
        about = {(channel, stated.setting, stated.models) for channel in stated.channels}
        if twice := sorted(spoken_of & about):
            raise EditError(
                f"{edited.path}: {at}: {twice[0][0]} has a row already; keep one, or say of which models "
                "or by which setting"
            )
        spoken_of |= about
        statements.append(stated)
    return tuple(statements)


def certified_rows(edited: Edited, where: str, rows: Any) -> tuple[Certified, ...]:
    """The certifications that a provider's pages name, a row for each quote. Raises EditError."""
    if not isinstance(rows, list):
        raise EditError(f"{edited.path}: {where} must be a list (`- names: […]`), it is {rows!r:.60}")
    certified = []
    for at, row in rows_of(edited.path, where, rows, (_KEYS - {"value"}) | {"names", "channels"}):
        names = row.get("names")
        if not isinstance(names, list) or not names or not set(names) <= set(Certification):
            raise EditError(
                f"{edited.path}: {at}: names is {names!r:.60}; write a list of {', '.join(Certification)}"
            )
        channels = row.get("channels", [])
        if not isinstance(channels, list) or not set(channels) <= set(Channel):
            raise EditError(
                f"{edited.path}: {at}: channels is {channels!r:.60}; write a list of {', '.join(Channel)}"
            )
        quote, url, read, note = _citation(edited, at, row)
        certified.append(
            Certified(
                names=tuple(Certification(name) for name in names),
                channels=tuple(Channel(channel) for channel in channels),
                quote=quote,
                url=url,
                read=read,
                note=note,
            )
        )
    return tuple(certified)


def _citation(edited: Edited, where: str, row: Mapping[str, Any]) -> tuple[str, str, date, str]:
    """A row's quote, the page's address, the day it was read, and the note, empty for none."""
    quote = quote_field(edited, where, row)
    url = text_field(edited, f"{where}: url", row.get("url"))
    if not url.startswith("https://"):
        raise EditError(f"{edited.path}: {where}: url must be the page's address (https://…), it is {url!r}")
    note = text_field(edited, f"{where}: note", row["note"]) if "note" in row else ""
    return quote, url, date_field(edited, f"{where}: read", row.get("read")), note


def _check_models(edited: Edited, where: str, row: Mapping[str, Any]) -> None:
    models = row.get("models", [])
    if not isinstance(models, list) or not all(isinstance(m, str) and "/" in m for m in models):
        raise EditError(
            f"{edited.path}: {where}: models is {models!r:.60}; write a list of lab/model, * for any letters"
        )


def _statement(edited: Edited, where: str, row: Mapping[str, Any], choices: Collection[str]) -> Statement:
    value = text_field(edited, f"{where}: value", row.get("value"))
    if choices and value not in choices:
        raise EditError(
            f"{edited.path}: {where}: value is {value!r}; write one of {', '.join(choices)} "
            "(yes and no in quotes)"
        )
    quote, url, read, note = _citation(edited, where, row)
    return Statement(
        value=value,
        quote=quote,
        url=url,
        read=read,
        channels=tuple(Channel(channel) for channel in row.get("channels", ())),
        note=note,
        models=tuple(row.get("models", ())),
        setting=text_field(edited, f"{where}: setting", row["setting"]) if "setting" in row else "",
    )
