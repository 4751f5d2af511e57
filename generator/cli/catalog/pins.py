"""`almanac pins`: which exact packages carry the sources, and whether their registries have newer ones.

It ends with 0 where no pin is behind, 3 where some are, 2 where a registry could not be asked; with --update
0 where all that is newer is pinned, 1 where a source cannot be read from its newer package.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import click
from rich.table import Table

from generator.cli.options import AS_JSON, cache_folder, print_json
from generator.cli.terminal import err
from generator.cli.terminal import wide as out
from generator.errors import AlmanacError, FetchError, SourceShapeError
from generator.sources import ALL, Pin, Scores, Source
from generator.sources.pins import PINS_FILE, load_pins, save_pins
from playground.spelling import did_you_mean

#: Where a checkout's documentation names the packages.
REFERENCE = Path("docs/sources-reference.md")
#: What it ends with where there are newer packages than the pinned ones.
BEHIND = 3


@click.command()
@click.argument("sources", nargs=-1)
@click.option("--update", is_flag=True, help="Pin the newest package of these sources (all) instead.")
@AS_JSON
def pins(sources: tuple[str, ...], update: bool, as_json: bool) -> None:
    """Show the exact packages that carry the sources, and which of them have newer versions.

    Ends with 0 where none has, 3 where some have, 2 where a registry could not be asked; with --update also
    with 1 where a source cannot be read from its newer package: that pin stays.
    """
    wanted = _wanted(sources)
    newest = asyncio.run(_newest(wanted))
    faults = {name: one for name, one in newest.items() if isinstance(one, AlmanacError)}
    behind = {n: v for n, v in newest.items() if isinstance(v, str) and v != wanted[n].version}
    updated: dict[str, Pin] = {}
    if update and behind:
        updated, lacking = _updated(wanted, behind)
        faults |= lacking
        _save(wanted, updated)
    for fault in dict.fromkeys(map(str, faults.values())):
        err.print(f"[yellow]{fault}", markup=True, highlight=False, soft_wrap=True)
    code = max((one.exit_code for one in faults.values()), default=BEHIND if behind and not update else 0)
    if as_json:
        print_json([_row(name, pin, newest[name], updated.get(name)) for name, pin in wanted.items()])
    else:
        out.print(_table(wanted, newest))
        for name, pin in updated.items():
            out.print(f"{name}: {wanted[name].version} → {pin.version} of {pin.published}", highlight=False)
        if updated:
            out.print("Now make the catalog again: almanac refresh --pinned")
    sys.exit(code)


def _wanted(named: Iterable[str]) -> dict[str, Pin]:
    """The pins of these sources, of all where none is named; those that read the same package go along."""
    pinned = {source.id: source.pin for source in ALL if source.pin}
    known = {source.id for source in ALL}
    chosen = tuple(named) or tuple(pinned)
    for name in chosen:
        if name not in known:
            hint = did_you_mean(name, known) or f"; known are {', '.join(sorted(known))}"
            raise click.UsageError(f"there is no source {name!r}{hint}")
        if name not in pinned:
            raise click.UsageError(f"{name}: no package carries it; it is only read live")
    packages = {_package(pinned[name]) for name in chosen}
    return {name: pin for name, pin in sorted(pinned.items()) if _package(pin) in packages}


def _package(pin: Pin) -> tuple[str, str]:
    return pin.registry, pin.package


async def _newest(wanted: Mapping[str, Pin]) -> dict[str, str | AlmanacError]:
    """The newest version of each, or why that is not known; each package is asked for once."""
    from generator.fetch.newer import newest  # with HTTP, slow to load

    async def one(pin: Pin) -> str | AlmanacError:
        try:
            return await newest(pin)
        except AlmanacError as error:
            return error

    packages = {_package(pin): pin for pin in wanted.values()}
    answers = dict(zip(packages, await asyncio.gather(*map(one, packages.values())), strict=True))
    return {name: answers[_package(pin)] for name, pin in wanted.items()}


def _updated(
    wanted: Mapping[str, Pin], behind: Mapping[str, str]
) -> tuple[dict[str, Pin], dict[str, AlmanacError]]:
    """The pins of the newer versions, and why a package cannot be taken.

    Sources of one package move together.
    """
    from generator.fetch.newer import newer_pin

    rows: dict[str, Source | Scores] = {row.id: row for row in ALL}
    updated: dict[str, Pin] = {}
    lacking: dict[str, AlmanacError] = {}
    cache = cache_folder()
    for package in dict.fromkeys(_package(wanted[name]) for name in behind):
        names = [name for name in behind if _package(wanted[name]) == package]
        try:
            made = asyncio.run(newer_pin(wanted[names[0]], behind[names[0]], cache))
            moved = {name: replace(made, files=wanted[name].files) for name in names}
            for name, pin in moved.items():
                _read(rows[name], pin, cache)
        except AlmanacError as error:
            lacking |= dict.fromkeys(names, error)
        else:
            updated |= moved
    return updated, lacking


def _read(row: Source | Scores, pin: Pin, cache: Path) -> None:
    """Read the source from its new package. Raises SourceShapeError where it is not to be read there."""
    from generator.fetch.pinned import file_name, read_files
    from generator.ledger.refresh.source_reading import parse, read_scores

    try:
        raw = read_files(pin, cache / "packages" / file_name(pin))
    except FetchError as error:
        raise SourceShapeError(f"{row.id}: {error}") from error
    if isinstance(row, Scores):
        read_scores(row, raw)
    else:
        parse(row, raw)


def _save(wanted: Mapping[str, Pin], updated: Mapping[str, Pin]) -> None:
    """Write the pins, and their versions where the documentation names them."""
    if not updated:
        return
    save_pins({**load_pins(PINS_FILE), **updated}, PINS_FILE)
    if REFERENCE.is_file():
        text = REFERENCE.read_text("utf-8")
        for name, pin in updated.items():
            text = text.replace(f"`{pin.package}` {wanted[name].version} ", f"`{pin.package}` {pin.version} ")
        REFERENCE.write_text(text, "utf-8")


def _row(name: str, pin: Pin, newest: str | AlmanacError, updated: Pin | None) -> dict[str, object]:
    now = updated or pin
    return {
        "source": name,
        "registry": now.registry,
        "package": now.package,
        "version": now.version,
        "published": str(now.published),
        "newest": newest if isinstance(newest, str) else None,
        "updated_from": pin.version if updated else None,
    }


def _table(wanted: Mapping[str, Pin], newest: Mapping[str, str | AlmanacError]) -> Table:
    table = Table(title="Pinned packages", title_justify="left")
    for name in ("Source", "Registry", "Package", "Version", "Of", "Newer"):
        table.add_column(name)
    for name, pin in wanted.items():
        version = newest[name]
        newer = (
            "not known" if isinstance(version, AlmanacError) else version if version != pin.version else "–"
        )
        table.add_row(name, pin.registry, pin.package, pin.version, str(pin.published), newer)
    return table
