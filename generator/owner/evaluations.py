"""Results of evaluations that a site owner publishes: figures alone, a file each, beside the catalog."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.errors import EditError
from generator.merges import unfinished_merge
from generator.plain_file import plain_bytes
from playground.errors import RequestError
from playground.json_text import read_json
from playground.observed.observed import Observed
from playground.observed.observed_json import observed_from_json

#: The folder of these files in that of the catalog.
FOLDER = "evaluations"
#: Bytes: 120 models with forty parameters each are less.
MOST = 2_000_000
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_EXPORT = "almanac evaluate export RESULTS --to figures --author NAME"


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteEvaluation:
    """The figures of one evaluation; `id` is its file's name without `.json`."""

    id: str
    observed: Observed


def load_evaluations(catalog: Path) -> tuple[SiteEvaluation, ...]:
    """The evaluations in the catalog's folder, the newest first; none where there is no such folder.

    Raises EditError naming the file and the next step, CatalogError where one cannot be read.
    """
    made = [_read(path) for path in sorted((catalog / FOLDER).glob("*.json"))]
    return tuple(sorted(made, key=lambda one: one.observed.day, reverse=True))


def _read(path: Path) -> SiteEvaluation:
    if not _NAME.fullmatch(path.stem):
        raise EditError(f"{path}: call it by small letters, digits and hyphens, such as support-tickets.json")
    raw = plain_bytes(path)
    if len(raw) > MOST:
        raise EditError(f"{path}: has {len(raw):,} bytes; figures alone have less than {MOST:,}: {_EXPORT}")
    if broken := unfinished_merge(raw):
        raise EditError(f"{path}: {broken}; finish the merge")
    try:
        value = read_json(raw.decode("utf-8"))
    except ValueError as error:
        raise EditError(f"{path}: is no JSON ({error}); write it anew: {_EXPORT}") from error
    return SiteEvaluation(id=path.stem, observed=_observed(path, value))


def _observed(path: Path, value: Any) -> Observed:
    if isinstance(value, Mapping) and "almanac_results" in value:
        raise EditError(f"{path}: holds cases and answers; publish its figures alone: {_EXPORT}")
    try:
        observed = observed_from_json(value)
    except RequestError as error:
        raise EditError(f"{path}: {error}; write it anew: {_EXPORT}") from error
    if not observed.author.strip():
        raise EditError(f"{path}: author is empty; write who publishes these results")
    return observed
