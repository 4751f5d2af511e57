"""All that a fit reads of a catalog, without numpy, and its checksum."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from generator.ability.background import Background, backgrounds
from generator.ability.questions import QUESTIONS_FILE, load_questions
from generator.ability.rows import Cell, cells_of
from generator.curated.metrics import METRICS_FILE, load_metrics
from playground.catalog import Catalog

#: To be raised where the fit itself changes, so that abilities are fitted again.
METHOD = 5


@dataclass(frozen=True, kw_only=True)
class Inputs:
    """The cells, and what is known of each of their models beforehand.

    `without_task` are the benchmarks that metrics.yml has no task for, with how many scores.
    """

    cells: tuple[Cell, ...]
    models: Mapping[str, Background] = field(default_factory=dict)
    without_task: Mapping[str, int] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """The sha256 of all that the fit reads."""
        models = {name: asdict(one) for name, one in self.models.items()}
        content = [METHOD, [asdict(cell) for cell in self.cells], models]
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()

    def since(self, year: float) -> frozenset[str]:
        """The models that came out since a year."""
        return frozenset(name for name, one in self.models.items() if (one.released or 0.0) >= year)


def inputs_of(catalog: Catalog, folder: Path) -> Inputs:
    """What the scores of a catalog say, by the rules of its folder. Raises EditError."""
    metrics, questions = load_metrics(folder / METRICS_FILE), load_questions(folder / QUESTIONS_FILE)
    scores = {m.id: m.scores for m in catalog.models.values() if m.scores}
    cells, without_task = cells_of(scores, metrics, questions)
    known = backgrounds(catalog)
    return Inputs(
        cells=cells,
        models={name: known[name] for name in sorted({cell.model for cell in cells})},
        without_task=without_task,
    )
