"""Tables of the catalog's state that several commands print."""

from __future__ import annotations

from typing import Any

from rich.markup import escape
from rich.table import Table

from generator.ledger.refresh.outcome import Outcome, SourceVerdict
from generator.views.figures import change_text
from generator.views.report import Row
from playground.catalog import Catalog, Held

#: Of what is held together, as much is shown.
SHOWN = 6


def sources_table(catalog: Catalog, outcomes: tuple[Outcome, ...] = ()) -> Table:
    """Each source: what became of it, how fresh it is, how many of its rows are placed."""
    verdicts = {one.source: one.verdict for one in outcomes}
    table = Table(title="Sources", title_justify="left")
    for name in ("Source", "Verdict", "Version", "As of"):
        table.add_column(name)
    for name in ("Rows", "Parsed", "Left out", "Placed", "Unplaced"):
        table.add_column(name, justify="right")
    for s in catalog.sources.values():
        table.add_row(
            s.id,
            verdicts.get(s.id, SourceVerdict.STALE if s.stale else ""),
            s.version.rpartition(" ")[2],
            str(s.as_of),
            *(f"{n:,}" for n in (s.rows, s.parsed, sum(s.left_out.values()))),
            *(f"{n:,}" for n in (s.placed, sum(s.unplaced.values()))),
        )
    for one in outcomes:
        if one.verdict == SourceVerdict.MISSING:
            table.add_row(one.source, one.verdict)
    return table


def held_table(held: tuple[Held, ...]) -> Table:
    """The changes that wait for a person, the first few of each."""
    table = Table(title="Held until a person looks", title_justify="left")
    for name in ("Id", "Source", "Where", "Why", "What"):
        table.add_column(name)
    for one in held:
        shown = "\n".join(change_text(c) for c in one.changes[:SHOWN])
        more = f"\n… and {len(one.changes) - SHOWN} more" if len(one.changes) > SHOWN else ""
        table.add_row(one.id, one.source, escape(one.where), one.reason, escape(shown + more))
    return table


def reasons_table(catalog: Catalog) -> Table:
    """Why rows were left out or left unplaced, with how many."""
    table = Table(title="Rows left out, records unplaced", title_justify="left")
    table.add_column("Source")
    table.add_column("", justify="right")
    table.add_column("Reason")
    for s in catalog.sources.values():
        for reason, n in (*s.left_out.items(), *s.unplaced.items()):
            table.add_row(s.id, f"{n:,}", escape(reason))
    return table


def standing_table(title: str, rows: list[Row]) -> Table:
    """How many facts stand how, a row for each name."""
    table = Table(title=title, title_justify="left")
    table.add_column("")
    for name in ("Facts", "Agreed", "Single source", "Disputed", "Overridden", "Held back"):
        table.add_column(name, justify="right")
    for r in rows:
        counts = (r.agreed, r.single, r.disputed, r.overridden, r.suspect)
        table.add_row(escape(r.name), f"{r.facts:,}", *(f"{n:,} ({n / r.facts:.1%})" for n in counts))
    return table


def row_to_json(row: Row) -> dict[str, Any]:
    """A row as plain values."""
    return {name: getattr(row, name) for name in Row.__dataclass_fields__}
