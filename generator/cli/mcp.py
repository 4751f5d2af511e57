"""`almanac mcp`: the catalog for assistants, over standard input and output."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from generator.cli.options import cache_folder
from generator.cli.terminal import err
from generator.errors import SetupError
from generator.store.place import catalog_folder


@click.command()
@click.option(
    "--catalog",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder that holds the catalog (docs/catalog, else the package's own).",
)
@click.option("--site", help="Answer from a published site's catalog: its address.")
def mcp(folder: Path | None, site: str | None) -> None:
    """Serve the catalog to assistants by the Model Context Protocol, over standard input and output."""
    from generator.assistant.library import Library
    from generator.assistant.mirror import mirror

    try:
        from generator.assistant.server import server  # large, and no other command needs it
    except ModuleNotFoundError as error:
        raise SetupError(
            f"almanac mcp needs the package {error.name}, which is not installed; "
            "run: pip install 'model-almanac[mcp]' (in a checkout: make setup-test)"
        ) from error
    if folder and site:
        raise click.UsageError("--catalog and --site are two places for one catalog; name one")
    if site:
        catalog_dir, old = mirror(site, cache_folder())
        if old:
            err.print(f"{old}; answering from the last good copy", markup=False, highlight=False)
    else:
        catalog_dir = catalog_folder(folder)
    server(Library(catalog_dir, datetime.now(UTC).date())).run()
