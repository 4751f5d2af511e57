"""`almanac runtime`: the playground's own Pyodide."""

from __future__ import annotations

from pathlib import Path

import click

from generator.cli.site.setup import check_setup


@click.command()
@click.option(
    "--cache",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(".cache/runtime"),
    show_default=True,
    help="Where the distribution is kept, by the hash of what went into it.",
)
def runtime(cache: Path) -> None:
    """Assemble the playground's own Pyodide; print the folder it is in."""
    from generator.site.runtime import assemble  # slow to load, as all that is read of packages

    check_setup()
    click.echo(assemble(cache))
