"""What changed and when: docs/catalog/history.jsonl, one dated event a line, appended and never rewritten.

A refresh writes what differs from the catalog before it. Dated price lists of the sources reach back further:
their changes are in the file from the start, under the days that the sources give.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec

from generator.errors import CatalogError
from generator.merges import unfinished_merge
from generator.moved import Moved, load_moved
from generator.plain_file import plain_bytes
from generator.store.events import Event, EventKind, FieldChange
from playground.catalog import Value

HISTORY_FILE = "history.jsonl"


_DECODER = msgspec.json.Decoder(float_hook=Decimal)
_ENCODE = msgspec.json.Encoder(decimal_format="number").encode


def to_json(event: Event) -> dict[str, Any]:
    """One line of the file."""
    out: dict[str, Any] = {"date": str(event.day), "kind": str(event.kind), "target": event.target}
    if event.changes:
        out["changes"] = [
            {"field": c.field, "was": c.was, "now": c.now, "by": list(c.by)} for c in event.changes
        ]
    if event.links:
        out["links"] = dict(event.links)
    if event.basis:
        out["basis"] = event.basis
    return out


def lines(events: Iterable[Event]) -> bytes:
    """The events as they are appended."""
    return b"".join(_ENCODE(to_json(event)) + b"\n" for event in events)


def load_history(folder: Path, moved: Moved | None = None) -> tuple[Event, ...]:
    """Every event, in the order in which they were noted, each of what its target is called now.

    `moved` are the ids that changed, else those beside the file. Raises CatalogError naming the line.
    """
    path = folder / HISTORY_FILE
    moved = load_moved(folder) if moved is None else moved
    try:
        raw = plain_bytes(path)
    except FileNotFoundError:
        return ()
    if merge := unfinished_merge(raw):
        raise CatalogError(f"{path}: {merge}; settle it: what both sides appended stays, each line once")
    events: list[Event] = []
    for number, line in enumerate(raw.splitlines(), 1):
        try:
            events.append(_now_called(_event(_DECODER.decode(line)), moved))
        except (
            *(msgspec.DecodeError, UnicodeDecodeError, RecursionError),
            *(KeyError, TypeError, ValueError, AttributeError),
        ) as error:
            raise CatalogError(
                f"{path}: line {number} is no event ({error}); restore the file (git checkout)"
            ) from error
    if raw and not raw.endswith(b"\n"):
        # What is appended next would stand in the same line.
        raise CatalogError(
            f"{path}: its last line has no end, so it was cut off; restore the file (git checkout)"
        )
    return tuple(events)


def _now_called(event: Event, moved: Moved) -> Event:
    if event.target not in moved.names:
        return event
    changes = (replace(c, field=moved.field_now(event.target, c.field)) for c in event.changes)
    return replace(event, target=moved.names[event.target], changes=tuple(changes))


def _event(data: Mapping[str, Any]) -> Event:
    return Event(
        day=date.fromisoformat(data["date"]),
        kind=EventKind(data["kind"]),
        target=str(data["target"]),
        changes=tuple(
            FieldChange(
                field=c["field"],
                was=_value(c["field"], c["was"]),
                now=_value(c["field"], c["now"]),
                by=tuple(c["by"]),
            )
            for c in data.get("changes", ())
        ),
        links=dict(data.get("links", {})),
        basis=str(data.get("basis", "")),
    )


def _value(name: str, value: Any) -> Value | None:
    if isinstance(value, list):
        return tuple(value)
    if name.startswith(("price.", "uplift.")) and isinstance(value, int):
        return Decimal(value)
    return value  # type: ignore[no-any-return]
