"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path

import click

CATALOG = click.option(
    "--catalog",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("docs/catalog"),
    show_default=True,
    help="The folder that holds the catalog.",
)
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON for machines.")
