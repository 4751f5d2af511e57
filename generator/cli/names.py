"""The names that a command is given, as the catalog has them, with the catalog that has them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from generator import store
from generator.assistant.lookup import Lookup
from generator.moved import load_moved
from playground.catalog import Catalog


def read_named(folder: Path, typed: Iterable[str], *, every: bool = False) -> tuple[Catalog, tuple[str, ...]]:
    """The catalog, and what each name means in it: a model's id, `provider/lab/model`, or an offering's key.

    Without `every`, only the offerings of these models where all names are ids as they stand. Raises
    UnknownNameError and AmbiguousNameError.
    """
    names = load_moved(folder).now_called(typed)
    catalog = store.load_unread(folder) if every else store.load_named(folder, names)
    return catalog, lookup(catalog, folder).names(names)


def lookup(catalog: Catalog, folder: Path) -> Lookup:
    """Names in a catalog; what is left out of one stands beside what is printed."""
    return Lookup(catalog, folder, note=lambda text: click.echo(text, err=True))
