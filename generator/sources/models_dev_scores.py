"""models.dev's own list of models (models.json): what benchmarks say of each, with the page that says it.

Read live only: the pinned package does not carry it. The file does not say who stands behind a figure, so all
count as claimed, in series of their own, and the link tells the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlsplit

from generator.sources.records import expect, read_json
from playground.catalog import CitedScore, Evidence, Score

SOURCE = "models-dev-scores"
#: Who stands behind its scores, as far as it says.
BY = "the page that models.dev cites"


def parse(raw: bytes) -> list[CitedScore]:
    """Every score that has a figure and a source.

    Raises SourceShapeError where the file is not models by id, or one of its lists is none.
    """
    top = expect(read_json(raw, SOURCE), dict, SOURCE, "the file")
    models = expect(top.get("models", top), dict, SOURCE, "models")
    return [
        CitedScore(model=name, score=score)
        for name, model in models.items()
        for score in _scores(name, expect(model, dict, SOURCE, name))
    ]


def _scores(name: str, model: Mapping[str, Any]) -> Iterator[Score]:
    rows = expect(model.get("benchmarks") or [], list, SOURCE, f"{name}.benchmarks")
    for row in rows:
        entry = expect(row, dict, SOURCE, f"{name}.benchmarks")
        link, figure = str(entry.get("source") or ""), _figure(entry.get("score"))
        if figure is None or urlsplit(link).scheme != "https" or not entry.get("name"):
            continue
        yield Score(
            benchmark=str(entry["name"]),
            score=figure,
            metric=str(entry.get("metric") or "score (metric not stated)"),
            evidence=Evidence.CLAIMED,
            by=BY,
            link=link,
            as_of=str(entry.get("date") or model.get("last_updated") or ""),
            version=str(entry.get("version") or ""),
            variant=", ".join(str(entry[k]) for k in ("variant", "harness") if entry.get(k)),
        )


def _figure(value: Any) -> Decimal | None:
    if isinstance(value, bool) or value is None:
        return None
    try:
        figure = Decimal(str(value))
    except InvalidOperation:
        return None
    return figure if figure.is_finite() else None
