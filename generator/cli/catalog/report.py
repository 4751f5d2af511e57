"""`almanac report`: how well the facts stand, and which rows are unplaced."""

from __future__ import annotations

from pathlib import Path

import click
from rich.markup import escape

from generator import store
from generator.cli.catalog.tables import reasons_table, row_to_json, sources_table, standing_table
from generator.cli.options import AS_JSON, CATALOG, print_json
from generator.cli.terminal import wide as out
from generator.views.report import by_field, by_provider


@click.command()
@CATALOG
@AS_JSON
def report(folder: Path, as_json: bool) -> None:
    """How well the facts stand, by field and by provider, and which rows are unplaced."""
    catalog = store.load(folder)
    unplaced = store.load_unplaced(folder)
    if as_json:
        rows = {
            "fields": [row_to_json(r) for r in by_field(catalog)],
            "providers": [row_to_json(r) for r in by_provider(catalog)],
            "unplaced": {s: {r: list(i) for r, i in u.items()} for s, u in unplaced.items()},
        }
        print_json(rows)
        return
    out.print(sources_table(catalog))
    out.print(reasons_table(catalog))
    out.print(standing_table("Facts by field", by_field(catalog)))
    out.print(standing_table("Facts by provider", by_provider(catalog)[:40]))
    for source, reasons in unplaced.items():
        for reason, ids in reasons.items():
            out.print(f"[bold]{source}[/]: {reason} ({len(ids)}): {escape(', '.join(ids[:10]))} …")
