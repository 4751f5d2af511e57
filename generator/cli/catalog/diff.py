"""`almanac diff OLD NEW`: what changed between two catalogs."""

from __future__ import annotations

import io
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from generator import store
from generator.bounds import shown
from generator.cli.options import print_json
from generator.errors import CatalogError
from generator.store.place import catalog_folder
from generator.views.catalog_diff import as_json, as_markdown, as_text, catalog_diff


@contextmanager
def opened(name: str) -> Iterator[Path]:
    """The catalog's folder: as named, or as it was at a revision of git."""
    if Path(name).is_dir():
        yield Path(name)
        return
    if name.startswith("-"):
        raise CatalogError(f"{name}: is neither a folder nor a revision of git")
    packed = subprocess.run(  # noqa: S603 (git's own words)
        ["git", "archive", "--format=tar", name, "docs/catalog"],  # noqa: S607
        capture_output=True,
        check=False,
    )
    if packed.returncode:
        raise CatalogError(
            f"{name}: is neither a folder nor a revision of git that holds docs/catalog "
            f"({packed.stderr.decode('utf-8', 'replace').strip()})"
        )
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as archive:
            archive.extractall(folder, filter="data")
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
