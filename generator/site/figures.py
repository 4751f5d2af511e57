"""What was measured of the sources and fitted to their scores, as a site's owner shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from generator.store.abilities import (
    ABILITIES_FILE,
    JUDGED_FILE,
    abilities_bytes,
    judged_bytes,
    load_abilities,
    load_judged,
)
from generator.views.truth.error_file import ERRORS_FILE, Measured, errors_bytes, read_errors
from playground.ability import Abilities
from playground.catalog import Catalog, Evidence

#: The files of the catalog's folder that hold them.
FIGURES_FILES = (ABILITIES_FILE, JUDGED_FILE, ERRORS_FILE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How able models are, how well hidden scores were foretold, how often each source is wrong."""

    abilities: Abilities
    judged: Mapping[str, Any]
    errors: Measured | None

    def files(self) -> dict[str, bytes]:
        """The files that hold them, without those that would be empty."""
        made = {}
        if self.abilities.models:
            made[ABILITIES_FILE] = abilities_bytes(self.abilities)
        if self.judged:
            made[JUDGED_FILE] = judged_bytes(self.judged)
        if self.errors and self.errors.rates:
            made[ERRORS_FILE] = errors_bytes(self.errors)
        return made


def load_figures(folder: Path) -> Figures:
    """The figures beside a catalog. Raises AlmanacError for a file that is not of its form."""
    return Figures(
        abilities=load_abilities(folder),
        judged=load_judged(folder),
        errors=read_errors(folder / ERRORS_FILE),
    )


def figures_left(figures: Figures, whole: Catalog, shown: Catalog, hidden: Sequence[str]) -> Figures:
    """The figures of the models and sources shown, as if the hidden sources had never been read.

    Abilities are fitted to all scores together: where a hidden source gave one of a test, none is left.
    """
    given = {s.evidence for m in whole.models.values() for s in m.scores if s.source in hidden}
    abilities, judged, errors = figures.abilities, figures.judged, figures.errors
    if given - {Evidence.VOTED}:
        abilities, judged = Abilities(), {}
    elif given and judged:
        judged = {**judged, "agreement": {}}  # with the votes
    models = {name: one for name, one in abilities.models.items() if name in shown.models}
    if errors:
        errors = replace(errors, rates=tuple(r for r in errors.rates if r.source in shown.sources))
    return Figures(abilities=replace(abilities, models=models), judged=judged, errors=errors)
