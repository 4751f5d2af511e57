"""models.dev's own list of models (models.json): what benchmarks say of each, with the page that says it.

Read live only: the pinned package does not carry it. The file does not say who stands behind a figure; the
page that it cites does where it is a known board's, and all others count as claimed. Pages of Artificial
Analysis and of OpenRouter, which passes its figures on, are left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlsplit

from generator.sources.records import UNFORESEEN, expect, made_or_why, read_json
from playground.catalog import CitedScore, Evidence, Score

SOURCE = "models-dev-scores"
#: Who stands behind its scores, as far as it says.
BY = "the page that models.dev cites"
#: Why a row is left out that says no figure, or not where it is from.
NO_FIGURE, NO_PAGE = "no figure", "no page that says it"
NOT_TO_REPUBLISH = "a page whose figures may not be published again"
#: Boards that test models themselves, and sites whose figures are not to be published again.
BOARDS = {
    "labs.scale.com": "Scale AI",
    "scale.com": "Scale AI",
    "aider.chat": "Aider",
    "swebench.com": "SWE-bench",
    "epoch.ai": "Epoch AI",
    "tbench.ai": "Terminal-Bench",
}
CLOSED = frozenset({"artificialanalysis.ai", "openrouter.ai"})


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
    host = (urlsplit(link).hostname or "").removeprefix("www.") if isinstance(link, str) else ""
    if host in CLOSED:
        return NOT_TO_REPUBLISH
    board = BOARDS.get(host, "")
    texts = {
        "benchmark": row["name"],
        "metric": row.get("metric") or "score (metric not stated)",
        "link": link,
        "as_of": row.get("date") or model.get("last_updated") or "",
        "version": str(row.get("version") or ""),
        "harness": row.get("harness") or "",
    }
    variant = row.get("variant") or ""
    if not row["name"] or not all(isinstance(text, str) for text in (variant, *texts.values())):
        return UNFORESEEN
    evidence = Evidence.MEASURED if board else Evidence.CLAIMED
    score = Score(score=figure, evidence=evidence, by=board or BY, source=SOURCE, **texts)
    return CitedScore(model=name, score=score, variant=variant)


def _figure(value: Any) -> Decimal | None:
    if isinstance(value, bool) or value is None:
        return None
    try:
        figure = Decimal(str(value))
    except InvalidOperation:
        return None
    return figure if figure.is_finite() else None
