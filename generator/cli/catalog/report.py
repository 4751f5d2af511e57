"""`almanac report`: what to mend first, how well the facts stand; the catalog's truth; its front models."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click
from rich.markup import escape

from generator import store
from generator.cli.catalog.measures import print_front, print_truth, write_error_rates
from generator.cli.catalog.mending import mending_json, mending_table, things_to_mend
from generator.cli.catalog.tables import (
    reasons_table,
    row_to_json,
    size_text,
    sources_table,
    standing_table,
)
from generator.cli.options import AS_JSON, CATALOG, print_json
from generator.cli.terminal import wide as out
from generator.curated.truth import load_truth
from generator.curated.versus_models import VERSUS_FILE, load_versus
from generator.moved import load_moved
from generator.store.history import load_history
from generator.views.as_of import latest
from generator.views.front.completeness import front as measured_front
from generator.views.report import by_field, by_provider, counts
from generator.views.truth.sample import judged
from playground.lifecycle.passed import on_day


@click.command()
@CATALOG
@click.option(
    "--truth",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="Hold the catalog against the samples of first-party facts in this folder instead.",
)
@click.option(
    "--write", is_flag=True, help="With --truth: write the sources' error rates for the page Sources."
)
@click.option("--front", is_flag=True, help="How complete the front models are instead.")
@click.option("--all", "whole", is_flag=True, help="List all that is to be mended, or every gap, not a few.")
@AS_JSON
def report(folder: Path, truth: Path | None, write: bool, front: bool, whole: bool, as_json: bool) -> None:
    """What to mend first, how well the facts stand, and which rows are unplaced."""
    stored = store.load(folder)
    catalog = on_day(stored, datetime.now(UTC).date() if truth else latest(stored))
    if (write and not truth) or (truth and front):
        lone = write and not truth
        raise click.UsageError(
            "--write needs --truth FOLDER" if lone else "--truth and --front are two reports; ask for one"
        )
    if truth:
        sample = load_truth(truth, load_moved(folder))
        history = load_history(folder)
        print_truth(judged(sample, catalog, history), as_json=as_json)
        if write:
            as_read = judged(sample, on_day(stored, latest(stored)), history)
            write_error_rates(folder, as_read, str(latest(stored)))
        return
    if front:
        named = load_versus(folder / VERSUS_FILE)
        print_front(measured_front(catalog, named), whole=whole, as_json=as_json)
        return
    unplaced = store.load_unplaced(folder)
    findings = things_to_mend(folder, stored)  # as `check` counts them
    if as_json:
        held = counts(catalog)
        rows = {
            "counts": {n: getattr(held, n) for n in ("models", "offerings", "providers", "facts", "sources")},
            "fields": [row_to_json(r) for r in by_field(catalog)],
            "providers": [row_to_json(r) for r in by_provider(catalog)],
            "mend": mending_json(findings),
            "unplaced": {s: {r: list(i) for r, i in u.items()} for s, u in unplaced.items()},
        }
        print_json(rows)
        return
    out.print(size_text(catalog), highlight=False)
    out.print(mending_table(findings, whole=whole))
    out.print(sources_table(catalog))
    out.print(reasons_table(catalog))
    out.print(standing_table("Facts by field", by_field(catalog)))
    out.print(standing_table("Facts by provider", by_provider(catalog)[:40]))
    for source, reasons in unplaced.items():
        for reason, ids in reasons.items():
            out.print(f"[bold]{source}[/]: {reason} ({len(ids)}): {escape(', '.join(ids[:10]))} …")
