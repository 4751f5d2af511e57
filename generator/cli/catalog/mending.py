"""What a person should mend first, as `almanac report` lists it and `almanac check` counts it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.markup import escape
from rich.table import Table

from generator.cli.catalog.tables import after_reading
from generator.curated.overrides import load_overrides
from generator.curated.statements.confirmed import CONFIRMED_FILE, load_confirmed
from generator.curated.versus_models import VERSUS_FILE, load_versus
from generator.ledger.confirmed import Unconfirmed, unconfirmed
from generator.ledger.overridden import Reread, to_reread
from generator.views.as_of import latest
from generator.views.mending.finding import Unread
from generator.views.mending.mending import KINDS, ToMend, by_kind, to_mend
from playground.catalog import Catalog

#: So many are listed unless all are asked for.
FIRST = 20
OVERRIDES = "overrides.yml"


def rereads(folder: Path, catalog: Catalog) -> list[Reread]:
    """The overrides of the folder whose page should be read again, as of today."""
    path = folder / OVERRIDES
    overrides = load_overrides(path) if path.exists() else ()
    return list(to_reread(overrides, catalog, datetime.now(UTC).date()))


def pages_to_reread(folder: Path, catalog: Catalog) -> list[Unconfirmed]:
    """What pages said, as people read them, that the folder's catalog says no more."""
    return list(unconfirmed(load_confirmed(folder / CONFIRMED_FILE), catalog))


def things_to_mend(folder: Path, catalog: Catalog) -> list[ToMend]:
    """All that rules find in the folder's catalog, by the day that it is as of."""
    unread = [
        Unread(target=r.override.target, field=r.override.field, why=r.why, todo=after_reading(r))
        for r in rereads(folder, catalog)
    ]
    return to_mend(catalog, load_versus(folder / VERSUS_FILE), latest(catalog), unread)


def count_line(findings: list[ToMend]) -> str:
    """How many things there are to mend."""
    if not findings:
        return "Nothing to mend."
    return f"{len(findings):,} thing{'' if len(findings) == 1 else 's'} to mend; almanac report lists them."


def mending_table(findings: list[ToMend], *, whole: bool) -> Table:
    """What to mend, the most important first: what was seen where, and what to do next."""
    shown = findings if whole else findings[:FIRST]
    kinds = ", ".join(f"{kind} {n:,}" for kind, n in by_kind(findings).items() if n)
    table = Table(title=f"To mend ({kinds or 'nothing'})", title_justify="left")
    for name in ("Kind", "Where"):
        table.add_column(name)
    table.add_column("Places", justify="right")
    for name in ("Seen", "Next"):
        table.add_column(name)
    for one in shown:
        where = f"{one.finding.where} (front)" if one.front else one.finding.where
        texts = (one.kind, where, f"{one.reach:,}", one.finding.seen, one.finding.todo)
        table.add_row(*map(escape, texts))
    if len(shown) < len(findings):
        table.caption = f"The first {len(shown)} of {len(findings):,}; almanac report --all lists them all."
    return table


def mending_json(findings: list[ToMend]) -> dict[str, Any]:
    """The same as plain values, all of it."""
    return {
        "kinds": {kind: by_kind(findings)[kind] for kind in KINDS},
        "found": [
            {
                "kind": one.kind,
                "front": one.front,
                "model": one.finding.model,
                "field": one.finding.field,
                "where": one.finding.where,
                "places": list(one.finding.places),
                "seen": one.finding.seen,
                "next": one.finding.todo,
            }
            for one in findings
        ],
    }
