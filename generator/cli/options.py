"""Options that several commands share, and how they print JSON."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Collection, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from generator.errors import SetupError
from generator.store.place import PROJECTS, catalog_folder

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
ON = click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day it is asked for (today).")
#: The parts of a workload, each with what it means.
WORK = {
    "input-tokens": "Input tokens a request (1000).",
    "output-tokens": "Output tokens a request (500).",
    "requests": "Requests a month (1000).",
    "cached": "Share of input read from a cache, 0 to 1.",
    "written": "Share of input written to a cache, 0 to 1.",
    "written-1h": "Share of input written to a cache for an hour, 0 to 1.",
    "audio-in": "Share of input that is sound, 0 to 1.",
    "image-in": "Share of input that is images, 0 to 1.",
    "reasoning": "Share of output that is reasoning, 0 to 1.",
    "audio-out": "Share of output that is sound, 0 to 1.",
    "image-out": "Share of output that is images, 0 to 1.",
    "batch": "Share of requests that may wait, 0 to 1.",
    "mode": "How the rest is served: standard, flex, priority …",
    "at": "The hour it runs at, in UTC, where prices go by it: 02:30, or Sa 14:00.",
}


def texts(options: Mapping[str, str], *, multiple: Collection[str] = ()) -> Callable[[Any], Any]:
    """An option for each name with its help; those in `multiple` may be given again."""

    def add(command: Any) -> Any:
        for name, help_text in reversed(list(options.items())):
            command = click.option(f"--{name}", multiple=name in multiple, help=help_text)(command)
        return command

    return add


def cache_folder() -> Path:
    """Where downloads and the last good answers are kept: ALMANAC_CACHE, or a folder of the user's."""
    return Path(os.environ.get("ALMANAC_CACHE") or Path.home() / ".cache" / "model-almanac")


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

    click.echo(json.dumps(data, indent=1, default=plain, ensure_ascii=False))
