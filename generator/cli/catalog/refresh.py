"""`almanac refresh`: the catalog made again.

It ends with 0 where every source was read, 3 where some kept their last good data, 4 where changes are held
for a person to look at, 1 or 2 where the catalog could not be made and is as it was.
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
from rich.markup import escape
from rich.progress import BarColumn, DownloadColumn, TextColumn
from rich.progress import Progress as Bar

from generator.ability.refit import NUMPY_MISSING, Refitted, refit
from generator.cli.catalog.tables import (
    held_table,
    reasons_table,
    reread_text,
    row_to_json,
    size_text,
    sources_table,
    standing_table,
)
from generator.cli.options import AS_JSON, OWN_CATALOG, cache_folder, existing, print_json
from generator.cli.terminal import err
from generator.cli.terminal import wide as out
from generator.fetch.fetched import Progress
from generator.ledger.refresh.outcome import Outcome, Refreshed, SourceVerdict
from generator.sources import ALL, SCORES, SOURCES, Scores, Source
from generator.store.abilities import ABILITIES_FILE
from generator.views.report import by_field
from playground.catalog.codec import held_to_json
from playground.spelling import did_you_mean

#: What a refresh ends with where the catalog was made, but not all of it is as fresh as it could be.
STALE, HELD = 3, 4


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
@OWN_CATALOG
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
    from generator.ability.inputs import inputs_of
    from generator.ledger.refresh.refresh import refresh as refresh_catalog  # with HTTP, slow to load

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
    abilities = refit(folder, inputs_of(done.result.catalog, folder))
    code = exit_code(done)
    if as_json:
        print_json({**_refresh_json(done), "abilities": abilities, "exit_code": code})
        sys.exit(code)
    _print_outcome(done, folder, abilities)
    sys.exit(code)


def _print_outcome(done: Refreshed, folder: Path, abilities: Refitted) -> None:
    """What became of every source, and what a person should look at."""
    catalog = done.result.catalog
    out.print(sources_table(catalog, done.outcomes))
    out.print(reasons_table(catalog))
    out.print(standing_table("Facts by field", by_field(catalog)[:12]))
    for source, keys in done.unread.items():
        keys_text = ", ".join(f"{k} ({n})" for k, n in keys.items())
        err.print(f"[yellow]{source}: keys that no rule reads: {escape(keys_text)}")
    for row in done.result.removable:
        err.print(f"[yellow]overrides.yml: {row.where}: the sources now say the same; remove it")
    for each in done.result.reread:
        err.print(f"[yellow]{escape(reread_text(each))}", highlight=False, soft_wrap=True)
    for row in done.result.aimless:
        err.print(f"[yellow]overrides.yml: {row.where}: there is no {row.target}")
    for line in done.result.used_up:
        err.print(f"[yellow]overrides.yml: approve: {escape(line)} lets nothing through any more; remove it")
    if done.unscored:
        out.print(f"Scored, but served nowhere: {', '.join(done.unscored)}", highlight=False, markup=False)
    for one in done.outcomes:
        if one.reason:
            err.print(f"[yellow]{one.source}: {escape(_unread_text(one))}", highlight=False, soft_wrap=True)
    if catalog.held:
        out.print(held_table(catalog.held))
        out.print("To let one through: a line `- approve: <id>` in overrides.yml, then refresh again.")
    if abilities == Refitted.NO_NUMPY:
        err.print(f"[yellow]{ABILITIES_FILE} is {abilities}; {NUMPY_MISSING}, then run almanac abilities")
    noted = f", {len(done.events):,} changes noted" if done.events else ""
    out.print(f"{size_text(catalog)} written to {folder}{noted}", highlight=False)


def exit_code(done: Refreshed) -> int:
    """What the process ends with."""
    if done.result.catalog.held:
        return HELD
    if any(one.reason for one in done.outcomes):
        return STALE
    return 0


def _unread_text(one: Outcome) -> str:
    if one.verdict == SourceVerdict.MISSING:
        return f"not read, and nothing is known of it: {one.reason}"
    return f"not read; what it said on {one.as_of} stays: {one.reason}"


def _mirrors(texts: tuple[str, ...]) -> Mapping[str, str]:
    known = {s.id for s in ALL}
    mirrors: dict[str, str] = {}
    for text in texts:
        name, _, url = text.partition("=")
        if name not in known:
            hint = did_you_mean(name, known) or f"; known are {', '.join(sorted(known))}"
            raise click.UsageError(f"--from {text}: there is no source {name!r}{hint}")
        if not url.startswith(("https://", "http://")):
            raise click.UsageError(f"--from {text}: write {name}=https://…")
        mirrors[name] = url
    return mirrors


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


def _refresh_json(done: Refreshed) -> dict[str, Any]:
    catalog = done.result.catalog
    return {
        "models": len(catalog.models),
        "offerings": len(catalog.offerings),
        "sources": {one.source: _source_json(one, done) for one in done.outcomes},
        "facts": row_to_json(by_field(catalog)[0]),
        "events": len(done.events),
        "held": [held_to_json(one) for one in catalog.held],
        "removable_overrides": [f"{o.target} {o.field}" for o in done.result.removable],
        "overrides_to_reread": [reread_text(one) for one in done.result.reread],
        "aimless_overrides": [f"{o.target} {o.field}" for o in done.result.aimless],
        "used_up_approvals": list(done.result.used_up),
    }


def _source_json(one: Outcome, done: Refreshed) -> dict[str, Any]:
    fields: dict[str, Any] = {"verdict": one.verdict}
    if one.reason:
        fields["said"] = one.reason
    state = done.result.catalog.sources.get(one.source)
    if state is None:
        return fields
    return {
        **fields,
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
