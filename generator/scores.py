"""Cited scores of benchmarks → the models they are about.

People keep them in docs/catalog/benchmarks.yml; a live refresh adds what models.dev lists. A row is placed by
the rules of identity.yml; a row about a model that nobody serves stays in the file and waits.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from generator.edits import read_edited, rows_of, text_field
from generator.errors import EditError
from generator.identity import Rules, place_model
from generator.records import Cited
from playground.catalog import Evidence, Model, Score

FILE = "benchmarks.yml"
_KEYS = {
    *("model", "benchmark", "score", "metric", "kind", "by", "source", "as_of"),
    *("version", "variant"),
}
#: Of benchmarks whose terms of republication are not established.
LEFT_OUT = ("Artificial Analysis",)


def load_scores(path: Path) -> tuple[Cited, ...]:
    """benchmarks.yml as values; none where there is no such file. Raises EditError naming the wrong row."""
    if not path.exists():
        return ()
    edited = read_edited(path)
    content = edited.content or []
    if not isinstance(content, list):
        raise EditError(f"{path}: must be a list of scores (`- model: …`)")
    found: list[Cited] = []
    for where, row in rows_of(path, "", content, _KEYS):
        said = {name: _text(row.get(name)) for name in ("version", "variant")}
        for name in ("model", "benchmark", "metric", "by", "source"):
            said[name] = text_field(edited, f"{where}: {name}", row.get(name))
        link = urlsplit(said["source"])
        if link.scheme != "https" or not link.netloc:
            raise EditError(f"{path}: {where}: source must begin with https://, it is {said['source']!r}")
        if row.get("kind") not in set(Evidence):
            raise EditError(f"{path}: {where}: kind is claimed or measured, not {row.get('kind')!r}")
        model = said.pop("model")
        score = Score(
            score=_figure(path, where, row.get("score")),
            evidence=Evidence(row["kind"]),
            as_of=_text(row.get("as_of")),
            link=said.pop("source"),
            **said,
        )
        found.append(Cited(model=model, score=score))
    return tuple(found)


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _figure(path: Path, where: str, value: Any) -> Decimal:
    try:
        figure = Decimal(str(value))
    except InvalidOperation as error:
        raise EditError(f"{path}: {where}: score is a number, not {value!r}") from error
    if isinstance(value, bool) or not figure.is_finite():
        raise EditError(f"{path}: {where}: score is a number, not {value!r}")
    return figure


def with_kept(models: Mapping[str, Model], old: Mapping[str, Model], by: str) -> Mapping[str, Model]:
    """The models with the scores that the old ones have from one list, which could not be read again."""
    kept = {m.id: tuple(s for s in m.scores if s.by == by) for m in old.values()}
    return {
        name: replace(model, scores=tuple(sorted({*model.scores, *more}, key=_order))) if more else model
        for name, model in models.items()
        for more in [kept.get(name, ())]
    }


def _order(score: Score) -> tuple[str, ...]:
    return (score.series, score.snapshot, score.as_of, score.link, str(score.score))


def with_scores(
    models: Mapping[str, Model], cited: Iterable[Cited], rules: Rules
) -> tuple[Mapping[str, Model], tuple[str, ...]]:
    """The models with their scores, and the names that no model here goes by.

    Of two rows that say the same thing of a model, its series and its date, one is kept.
    """
    by_model: dict[str, dict[tuple[str, ...], Score]] = {}
    unplaced: set[str] = set()
    for row in cited:
        if row.score.benchmark.startswith(LEFT_OUT):
            continue
        model, snapshot = place_model(row.model, rules)
        if model not in models:
            unplaced.add(row.model)
            continue
        score = replace(row.score, snapshot=snapshot)
        by_model.setdefault(model, {}).setdefault(_order(score), score)
    placed = {
        name: replace(model, scores=tuple(s for _, s in sorted(by_model[name].items())))
        if name in by_model
        else model
        for name, model in models.items()
    }
    return placed, tuple(sorted(unplaced))
