"""models.dev's own list of models (models.json): what benchmarks say of each, with the page that says it.

Read live only: the pinned package does not carry it. The file does not say who stands behind a figure, so all
count as claimed, in series of their own, and the link tells the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from generator.sources.records import UNFORESEEN, expect, made_or_why, read_json
from playground.catalog import CitedScore, Evidence, Score

SOURCE = "models-dev-scores"
#: Who stands behind its scores, as far as it says.
BY = "the page that models.dev cites"
#: Why a row is left out that says no figure, or not where it is from.
NO_FIGURE, NO_PAGE = "no figure", "no page that says it"


def parse(raw: bytes) -> list[CitedScore | str]:
    """Every score that has a figure and a page; in the place of a row that is none, why it is left out.

    Raises SourceShapeError where the file is not models by id.
    """
    top = expect(read_json(raw, SOURCE), dict, SOURCE, "the file")
    models = expect(top.get("models", top), dict, SOURCE, "models")
    return [made_or_why(_score, name, model, row) for name, model in models.items() for row in _rows(model)]


def _rows(model: Any) -> list[Any]:
    """A model's rows; one that is no list, and a model that is none, is one row that nobody can read."""
    rows = model.get("benchmarks") or [] if isinstance(model, Mapping) else [model]
    return rows if isinstance(rows, list) else [rows]


def _score(name: str, model: Mapping[str, Any], row: Mapping[str, Any]) -> CitedScore | str:
    """The score of one row, or why it is none."""
    link, figure = row.get("source") or "", _figure(row.get("score"))
    if figure is None:
        return NO_FIGURE
    if not link:
        return NO_PAGE
    texts = {
        "benchmark": row["name"],
        "metric": row.get("metric") or "score (metric not stated)",
        "link": link,
        "as_of": row.get("date") or model.get("last_updated") or "",
        "version": str(row.get("version") or ""),
        "variant": ", ".join(row[k] for k in ("variant", "harness") if row.get(k)),
    }
    if not row["name"] or not all(isinstance(text, str) for text in texts.values()):
        return UNFORESEEN
    return CitedScore(model=name, score=Score(score=figure, evidence=Evidence.CLAIMED, by=BY, **texts))


def _figure(value: Any) -> Decimal | None:
    if isinstance(value, bool) or value is None:
        return None
    try:
        figure = Decimal(str(value))
    except InvalidOperation:
        return None
    return figure if figure.is_finite() else None
