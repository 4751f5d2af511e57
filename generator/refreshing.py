"""`almanac refresh` and `almanac report`: the catalog made again, and how well it stands.

A refresh ends with 0 where every source was read, 3 where some kept their last good data, 4 where changes are
held for a person to look at, 1 or 2 where the catalog could not be made and is as it was.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, DownloadColumn, TextColumn
from rich.progress import Progress as Bar
from rich.table import Table

from generator import store
from generator.fetch import Progress
from generator.options import AS_JSON, CATALOG, cache_folder, existing, print_json
from generator.refresh import Outcome, Refreshed, Verdict
from generator.refresh import refresh as refresh_catalog
from generator.report import Row, by_field, by_provider
from generator.sources import SCORES, SOURCES, Scores, Source
from generator.views import change_text
from playground.catalog import Catalog, Held
from playground.codec import held_to_json
from playground.spelling import did_you_mean

#: What a refresh ends with where the catalog was made, but not all of it is as fresh as it could be.
STALE, HELD = 3, 4
#: Of what is held together, as much is shown.
SHOWN = 6

#: A log has no width of its own; tables need more than the 80 columns they get by default.
out = Console(width=None if sys.stdout.isatty() else 132)
err = Console(stderr=True)


@click.command()
@click.option("--pinned/--live", "pinned", default=None, help="Packages of exact versions, or the web.")
@click.option(
    "--from",
    "mirrors",
    multiple=True,
    metavar="SOURCE=URL",
    help="Read a source from another address than its own, such as a mirror; may be given again.",
)
@click.option("--accept-held", "accept", is_flag=True, help="Let every change through that would be held.")
@CATALOG
@AS_JSON
def refresh(pinned: bool | None, mirrors: tuple[str, ...], accept: bool, folder: Path, as_json: bool) -> None:
    """Make the catalog again from its sources, and say what became of every one.

    A source that fails keeps its last good data. Ends with 0 where all were read, 3 where some kept what they
    said before, 4 where changes wait for a person, 1 or 2 where nothing could be made.
    """
    if pinned is None:
        raise click.UsageError(
            "say where from: --pinned (packages of exact versions; makes the committed catalog) "
            "or --live (the sources as they are now)"
        )
    if pinned and mirrors:
        raise click.UsageError("--from is for --live; a pinned refresh takes packages from pip's index")
    existing(folder)
    elsewhere = _mirrors(mirrors)
    with _bars(quiet=as_json) as progress:
        done = refresh_catalog(
            folder,
            cache_folder(),
            live=not pinned,
            today=datetime.now(UTC).date(),
            progress=progress,
            sources=tuple(_moved(s, elsewhere) for s in SOURCES),
            scores=tuple(_moved(s, elsewhere) for s in SCORES),
            accept=accept,
        )
    code = exit_code(done)
    if as_json:
        print_json({**_refresh_json(done), "exit_code": code})
        sys.exit(code)
    catalog = done.result.catalog
    out.print(_sources_table(catalog, done.outcomes))
    out.print(_reasons_table(catalog))
    out.print(_standing_table("Facts by field", by_field(catalog)[:12]))
    for source, keys in done.unread.items():
        said = ", ".join(f"{k} ({n})" for k, n in keys.items())
        err.print(f"[yellow]{source}: keys that no rule reads: {escape(said)}")
    for row in done.result.removable:
        err.print(f"[yellow]overrides.yml: {row.where}: the sources now say the same; remove it")
    for row in done.result.aimless:
        err.print(f"[yellow]overrides.yml: {row.where}: there is no {row.target}")
    for line in done.result.used_up:
        err.print(f"[yellow]overrides.yml: approve: {escape(line)} lets nothing through any more; remove it")
    if done.unscored:
        out.print(f"Scored, but served nowhere: {', '.join(done.unscored)}", highlight=False, markup=False)
    for one in done.outcomes:
        if one.said:
            err.print(f"[yellow]{one.source}: {escape(_kept(one))}", highlight=False, soft_wrap=True)
    if catalog.held:
        out.print(_held_table(catalog.held))
        out.print("To let one through: a line `- approve: <id>` in overrides.yml, then refresh again.")
    noted = f", {len(done.events):,} changes noted" if done.events else ""
    out.print(
        f"{len(catalog.models):,} models, {len(catalog.offerings):,} offerings written to {folder}{noted}"
    )
    sys.exit(code)


def exit_code(done: Refreshed) -> int:
    """What the process ends with."""
    if done.result.catalog.held:
        return HELD
    if any(one.said for one in done.outcomes):
        return STALE
    return 0


def _kept(one: Outcome) -> str:
    if one.verdict == Verdict.MISSING:
        return f"not read, and nothing is known of it: {one.said}"
    return f"not read; what it said on {one.as_of} stays: {one.said}"


def _mirrors(said: tuple[str, ...]) -> Mapping[str, str]:
    known = {s.id for s in (*SOURCES, *SCORES)}
    found: dict[str, str] = {}
    for text in said:
        name, _, url = text.partition("=")
        if name not in known:
            hint = did_you_mean(name, known) or f"; known are {', '.join(sorted(known))}"
            raise click.UsageError(f"--from {text}: there is no source {name!r}{hint}")
        if not url.startswith(("https://", "http://")):
            raise click.UsageError(f"--from {text}: write {name}=https://…")
        found[name] = url
    return found


def _moved[S: (Source, Scores)](source: S, mirrors: Mapping[str, str]) -> S:
    if source.id not in mirrors:
        return source
    return replace(source, live=replace(source.live, url=mirrors[source.id]))


@contextmanager
def _bars(*, quiet: bool) -> Iterator[Any]:
    """A bar per source on a terminal, nothing elsewhere."""
    with Bar(
        TextColumn("{task.description:14}"),
        BarColumn(),
        DownloadColumn(),
        console=err,
        transient=True,
        disable=quiet or not err.is_terminal,
    ) as bars:

        def start(source: str) -> Progress:
            task = bars.add_task(source, total=None)
            return lambda done, total: bars.update(task, completed=done, total=total)

        yield start


@click.command()
@CATALOG
@AS_JSON
def report(folder: Path, as_json: bool) -> None:
    """How well the facts stand, by field and by provider, and which rows are unplaced."""
    catalog = store.load(existing(folder))
    unplaced = store.load_unplaced(folder)
    if as_json:
        rows = {
            "fields": [_row_json(r) for r in by_field(catalog)],
            "providers": [_row_json(r) for r in by_provider(catalog)],
            "unplaced": {s: {r: list(i) for r, i in u.items()} for s, u in unplaced.items()},
        }
        print_json(rows)
        return
    out.print(_sources_table(catalog))
    out.print(_reasons_table(catalog))
    out.print(_standing_table("Facts by field", by_field(catalog)))
    out.print(_standing_table("Facts by provider", by_provider(catalog)[:40]))
    for source, reasons in unplaced.items():
        for reason, ids in reasons.items():
            out.print(f"[bold]{source}[/]: {reason} ({len(ids)}): {escape(', '.join(ids[:10]))} …")


def _sources_table(catalog: Catalog, outcomes: tuple[Outcome, ...] = ()) -> Table:
    verdicts = {one.source: one.verdict for one in outcomes}
    table = Table(title="Sources", title_justify="left")
    for name in ("Source", "Verdict", "Version", "As of"):
        table.add_column(name)
    for name in ("Rows", "Parsed", "Left out", "Placed", "Unplaced"):
        table.add_column(name, justify="right")
    for s in catalog.sources.values():
        table.add_row(
            s.id,
            verdicts.get(s.id, Verdict.STALE if s.stale else ""),
            s.version.rpartition(" ")[2],
            str(s.as_of),
            *(f"{n:,}" for n in (s.rows, s.parsed, sum(s.left_out.values()))),
            *(f"{n:,}" for n in (s.placed, sum(s.unplaced.values()))),
        )
    for one in outcomes:
        if one.verdict == Verdict.MISSING:
            table.add_row(one.source, one.verdict)
    return table


def _held_table(held: tuple[Held, ...]) -> Table:
    table = Table(title="Held until a person looks", title_justify="left")
    for name in ("Id", "Source", "Where", "Why", "What"):
        table.add_column(name)
    for one in held:
        shown = "\n".join(change_text(c) for c in one.changes[:SHOWN])
        more = f"\n… and {len(one.changes) - SHOWN} more" if len(one.changes) > SHOWN else ""
        table.add_row(one.id, one.source, escape(one.where), one.reason, escape(shown + more))
    return table


def _reasons_table(catalog: Catalog) -> Table:
    table = Table(title="Rows left out, records unplaced", title_justify="left")
    table.add_column("Source")
    table.add_column("", justify="right")
    table.add_column("Reason")
    for s in catalog.sources.values():
        for reason, n in (*s.left_out.items(), *s.unplaced.items()):
            table.add_row(s.id, f"{n:,}", escape(reason))
    return table


def _standing_table(title: str, rows: list[Row]) -> Table:
    table = Table(title=title, title_justify="left")
    table.add_column("")
    for name in ("Facts", "Agreed", "Single source", "Disputed", "Overridden", "Held back"):
        table.add_column(name, justify="right")
    for r in rows:
        counts = (r.agreed, r.single, r.disputed, r.overridden, r.suspect)
        table.add_row(escape(r.name), f"{r.facts:,}", *(f"{n:,} ({n / r.facts:.1%})" for n in counts))
    return table


def _refresh_json(done: Refreshed) -> dict[str, Any]:
    catalog = done.result.catalog
    return {
        "models": len(catalog.models),
        "offerings": len(catalog.offerings),
        "sources": {one.source: _source_json(one, done) for one in done.outcomes},
        "facts": _row_json(by_field(catalog)[0]),
        "events": len(done.events),
        "held": [held_to_json(one) for one in catalog.held],
        "removable_overrides": [f"{o.target} {o.field}" for o in done.result.removable],
        "aimless_overrides": [f"{o.target} {o.field}" for o in done.result.aimless],
        "used_up_approvals": list(done.result.used_up),
    }


def _source_json(one: Outcome, done: Refreshed) -> dict[str, Any]:
    found: dict[str, Any] = {"verdict": one.verdict}
    if one.said:
        found["said"] = one.said
    state = done.result.catalog.sources.get(one.source)
    if state is None:
        return found
    return {
        **found,
        "version": state.version,
        "as_of": str(state.as_of),
        "changed": str(state.changed) if state.changed else None,
        "rows": state.rows,
        "parsed": state.parsed,
        "left_out": dict(state.left_out),
        "placed": state.placed,
        "unplaced": dict(state.unplaced),
        "unread": dict(done.unread.get(one.source, {})),
    }


def _row_json(row: Row) -> dict[str, Any]:
    return {name: getattr(row, name) for name in Row.__dataclass_fields__}
