"""`almanac diff OLD NEW`: what changed between two catalogs."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from generator import store
from generator.bounds import shown
from generator.cli.catalog.revision import files_at
from generator.cli.options import print_json
from generator.curated.named_needs import NEEDS_FILE, load_needs
from generator.store.abilities import load_abilities
from generator.store.place import catalog_folder
from generator.views.catalog_diff import as_json, as_markdown, as_text, catalog_diff
from generator.views.verdicts.moved import Edition, MovedVerdict, moved_verdicts
from playground.catalog import Catalog


@contextmanager
def opened(name: str) -> Iterator[Path]:
    """The catalog's folder: as named, or as it was at a revision of git."""
    if Path(name).is_dir():
        yield Path(name)
        return
    with tempfile.TemporaryDirectory() as folder:
        for path, content in files_at(name, "docs/catalog"):
            file = Path(folder, *path.split("/"))
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        yield Path(folder) / "docs" / "catalog"


@click.command()
@click.argument("old")
@click.argument("new", required=False)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    show_default=True,
    help="Markdown is for a pull request, JSON for programs.",
)
@click.option("--verdicts", is_flag=True, help="Also which named needs have another first place, and why.")
def diff(old: str, new: str | None, form: str, *, verdicts: bool) -> None:
    """Explain what changed between two catalogs: folders, or revisions of git (almanac diff HEAD~1)."""
    with opened(old) as before, opened(new or str(catalog_folder())) as after:
        catalogs = store.load(before), store.load(after)
        difference = catalog_diff(*catalogs)
        moved = _moved((before, after), catalogs) if verdicts else ()
    if form == "json":
        print_json(as_json(difference, moved))
    else:
        written = as_markdown if form == "markdown" else as_text
        click.echo(shown(written(difference, moved)), nl=False)


def _moved(folders: tuple[Path, Path], catalogs: tuple[Catalog, Catalog]) -> tuple[MovedVerdict, ...]:
    """The named needs of the newer folder that have another first place there."""
    editions = [
        Edition(catalog=catalog, abilities=load_abilities(folder), day=catalog.day)
        for folder, catalog in zip(folders, catalogs, strict=True)
        if catalog.day
    ]
    if len(editions) < 2:  # a catalog of no source has no day, and no prices either
        return ()
    return tuple(moved_verdicts(editions[0], editions[1], load_needs(folders[1] / NEEDS_FILE)))
