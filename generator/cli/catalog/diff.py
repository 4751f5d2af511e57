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
from generator.store.place import catalog_folder
from generator.views.catalog_diff import as_json, as_markdown, as_text, catalog_diff


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
def diff(old: str, new: str | None, form: str) -> None:
    """Explain what changed between two catalogs: folders, or revisions of git (almanac diff HEAD~1)."""
    with opened(old) as before, opened(new or str(catalog_folder())) as after:
        difference = catalog_diff(store.load(before), store.load(after))
    if form == "json":
        print_json(as_json(difference))
    else:
        click.echo(shown(as_markdown(difference) if form == "markdown" else as_text(difference)), nl=False)
