"""Results of evaluations that a site owner publishes: figures alone, a file each, beside the catalog."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from generator.errors import AlmanacError, EditError
from generator.merges import unfinished_merge
from generator.owner.figures import figure_faults
from generator.plain_file import plain_bytes
from playground.errors import RequestError
from playground.json_text import NumberError, read_numbers_held
from playground.observed.observed import Observed
from playground.observed.observed_json import observed_from_json

#: The folder of these files in that of the catalog.
FOLDER = "evaluations"
#: Bytes: 120 models with forty parameters each are less.
MOST = 2_000_000
#: Notes for whoever edits the folder.
_NOTES = {".md", ".txt"}
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_EXPORT = "almanac evaluate export RESULTS --to figures --author NAME"


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteEvaluation:
    """The figures of one evaluation; `id` is its file's name without `.json`."""

    id: str
    observed: Observed


def load_evaluations(catalog: Path) -> tuple[SiteEvaluation, ...]:
    """The evaluations in the catalog's folder, the newest first; none where there is no such folder.

    Raises EditError naming every file that is broken, with the next step.
    """
    made, faults = read_evaluations(catalog)
    if faults:
        raise EditError("\n".join(faults))
    return made


def read_evaluations(
    catalog: Path, today: date | None = None
) -> tuple[tuple[SiteEvaluation, ...], tuple[str, ...]]:
    """The evaluations that are sound, the newest first, and what is wrong with each of the others.

    With `today`, a day after it is wrong.
    """
    made, faults = list[SiteEvaluation](), list[str]()
    folder = catalog / FOLDER
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.name.startswith(".") or path.suffix in _NOTES:
            continue
        try:
            one = _read(path)
        except AlmanacError as error:
            faults.append(str(error))
            continue
        wrong = list(figure_faults(one.observed))
        # Somewhere it is tomorrow already.
        if today and one.observed.day > today + timedelta(days=1):
            wrong.append(f"day is {one.observed.day}, after today; write the day of the run")
        faults += [f"{path}: {fault}" for fault in wrong]
        if not wrong:
            made.append(one)
    return tuple(sorted(made, key=lambda one: one.observed.day, reverse=True)), tuple(faults)


def _read(path: Path) -> SiteEvaluation:
    if path.suffix != ".json" or not _NAME.fullmatch(path.stem):
        raise EditError(
            f"{path}: is not read; call it by small letters, digits and hyphens, such as "
            "support-tickets.json, or move it elsewhere"
        )
    try:
        raw = plain_bytes(path)
    except FileNotFoundError as error:
        raise EditError(f"{path}: leads to no file; write it anew: {_EXPORT}") from error
    if len(raw) > MOST:
        raise EditError(f"{path}: has {len(raw):,} bytes; figures alone have less than {MOST:,}: {_EXPORT}")
    if broken := unfinished_merge(raw):
        raise EditError(f"{path}: {broken}; finish the merge")
    try:
        value = read_numbers_held(raw.decode("utf-8"))
    except NumberError as error:
        what = str(error).partition(";")[0]
        raise EditError(f"{path}: {what}; write it anew: {_EXPORT}") from error
    except ValueError as error:
        raise EditError(f"{path}: is no JSON ({error}); write it anew: {_EXPORT}") from error
    return SiteEvaluation(id=path.stem, observed=_observed(path, value))


def _observed(path: Path, value: Any) -> Observed:
    if isinstance(value, Mapping) and "almanac_results" in value:
        raise EditError(f"{path}: holds cases and answers; publish its figures alone: {_EXPORT}")
    try:
        return observed_from_json(value)
    except RequestError as error:
        raise EditError(f"{path}: {error}; write it anew: {_EXPORT}") from error
