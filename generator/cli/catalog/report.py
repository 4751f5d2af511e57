"""`almanac report`: what to mend first, how well the facts stand, and which rows are unplaced."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click
from rich.markup import escape

from generator import store
from generator.cli.catalog.mending import mending_json, mending_table, things_to_mend
from generator.cli.catalog.tables import (
    judged_to_json,
    reasons_table,
    row_to_json,
    size_text,
    sources_table,
    standing_table,
    tally_to_json,
    truth_table,
    wrong_line,
)
from generator.cli.options import AS_JSON, CATALOG, print_json
from generator.cli.terminal import wide as out
from generator.curated.truth import load_truth
from generator.moved import load_moved
from generator.views.as_of import latest
from generator.views.report import by_field, by_provider, counts
from generator.views.truth import Judged, by_source, judged
from generator.views.truth import by_field as truth_by_field
from playground.lifecycle.passed import on_day


@click.command()
@CATALOG
@click.option(
    "--truth",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="Hold the catalog against the samples of first-party facts in this folder instead.",
)
@click.option("--all", "whole", is_flag=True, help="List all that is to be mended, not the first twenty.")
@AS_JSON
def report(folder: Path, truth: Path | None, whole: bool, as_json: bool) -> None:
    """What to mend first, how well the facts stand, and which rows are unplaced."""
    stored = store.load(folder)
    catalog = on_day(stored, datetime.now(UTC).date() if truth else latest(stored))
    if truth:
        _judge(judged(load_truth(truth, load_moved(folder)), catalog), as_json=as_json)
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


def _judge(judgements: list[Judged], *, as_json: bool) -> None:
    """What the catalog says of the samples' facts, by field and by source, and each that is wrong."""
    fields, sources = truth_by_field(judgements), by_source(judgements)
    wrong = [one for one in judgements if one.wrong]
    if as_json:
        print_json(
            {
                "fields": [tally_to_json(t) for t in fields],
                "sources": [tally_to_json(t) for t in sources],
                "wrong": [judged_to_json(one) for one in wrong],
            }
        )
        return
    out.print(truth_table("First-party facts by field", fields))
    out.print(truth_table("Their claims by source", sources))
    for one in wrong:
        out.print(wrong_line(one), markup=False, highlight=False, soft_wrap=True)
