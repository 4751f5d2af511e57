"""Cited scores of benchmarks → the models they are about.

People write them into docs/catalog/benchmarks.yml; a live refresh adds what models.dev lists. A row is
placed by the rules of identity.yml; a row about a model that nobody serves stays in the file and waits.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from generator.curated.identity_rules import Rules
from generator.ledger.placing.identity import place_model
from generator.ledger.placing.spelled import spelled
from playground.catalog import CitedScore, Model, Score

#: Of benchmarks whose terms of republication are not established.
LEFT_OUT = ("Artificial Analysis",)


def with_earlier_scores(
    models: Mapping[str, Model], old: Mapping[str, Model], by: str
) -> Mapping[str, Model]:
    """The models with the scores that the old ones have from one list, which could not be read again."""
    earlier = {m.id: tuple(s for s in m.scores if s.by == by) for m in old.values()}
    return {
        name: replace(model, scores=tuple(sorted({*model.scores, *earlier[name]}, key=_order)))
        if earlier.get(name)
        else model
        for name, model in models.items()
    }


def _order(score: Score) -> tuple[str, ...]:
    return (score.series, score.snapshot, score.as_of, score.link, str(score.score))


def with_scores(
    models: Mapping[str, Model], cited: Iterable[CitedScore], rules: Rules
) -> tuple[Mapping[str, Model], tuple[str, ...]]:
    """The models with their scores, and the names that no model here goes by.

    Of two rows that say the same thing of a model, its series and its date, one stays.
    """
    by_model: dict[str, dict[tuple[str, ...], Score]] = {}
    unplaced: set[str] = set()
    for row in cited:
        if row.score.benchmark.startswith(LEFT_OUT):
            continue
        named, snapshot = place_model(row.model, rules)
        model = named if named in models else spelled(named, models)
        if model is None:
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
