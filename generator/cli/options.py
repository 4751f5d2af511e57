"""Options that several commands share, and how they print JSON."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.bounds import escaped_json
from generator.errors import SetupError
from generator.store.place import PROJECTS, catalog_folder

if TYPE_CHECKING:
    from playground.need.form import Part

_FOLDER = click.Path(path_type=Path, file_okay=False)
#: The catalog to read.
CATALOG = click.option(
    "--catalog",
    "folder",
    type=_FOLDER,
    callback=lambda _context, _option, named: catalog_folder(named),
    help="The folder that holds the catalog (docs/catalog, else the package's own).",
)
#: The catalog of a project, which is made or checked.
OWN_CATALOG = click.option(
    "--catalog",
    "folder",
    type=_FOLDER,
    default=PROJECTS,
    show_default=True,
    help="The folder that holds the catalog.",
)
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON for machines.")
ON = click.option(
    "--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day it is asked for, at whose prices (today)."
)


def part_options(parts: Iterable[Part]) -> Callable[[Any], Any]:
    """An option for each part of a need that a terminal may give."""
    from playground.need.form import Control  # most commands ask for no need

    def add(command: Any) -> Any:
        for part in reversed([part for part in parts if part.help]):
            flag = part.control is Control.TICK
            command = click.option(
                f"--{(part.option or part.name).replace('_', '-')}",
                part.name,
                # Of an option that is told to be no flag Click takes the value to be optional.
                is_flag=flag or None,
                multiple=part.several,
                help=part.help,
            )(command)
        return command

    return add


def cache_folder() -> Path:
    """Where downloads and what is made once are kept: ALMANAC_CACHE, or a folder of the user's.

    Raises SetupError where neither is known.
    """
    if named := os.environ.get("ALMANAC_CACHE"):
        return Path(named)
    try:
        return Path.home() / ".cache" / "model-almanac"
    except RuntimeError as error:
        raise SetupError("this user has no home folder; name a folder in ALMANAC_CACHE") from error


def existing(folder: Path) -> Path:
    """The folder of the catalog. Raises SetupError where there is none."""
    if not folder.is_dir():
        raise SetupError(
            f"{folder} does not exist; run almanac in the project's folder, or name it with --catalog"
        )
    return folder


def print_json(data: Any) -> None:
    """Print it for machines, money as numbers."""

    def plain(value: Any) -> Any:
        if isinstance(value, Decimal):
            return int(value) if value == value.to_integral_value() else float(value)
        raise TypeError(type(value).__name__)

    click.echo(escaped_json(json.dumps(data, indent=1, default=plain, ensure_ascii=False)))
