"""Cited scores of benchmarks → the models they are about.

People write them into docs/catalog/benchmarks.yml, and public lists bring theirs (generator/sources/). A row
is placed by the rules of identity.yml, read by those of metrics.yml; a row about a model that nobody serves
waits where it stands. The same figure by two ways is one score.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from functools import cache

from generator.curated.identity_rules import Rules
from generator.curated.metrics import Metrics
from generator.ledger.placing.identity import place_model
from generator.ledger.placing.spelled import spelled
from generator.ledger.scores.runs import read_run
from playground.catalog import CitedScore, Model, Score

#: Whose figures may not be published again: by the names of its benchmarks, of who ran them, and its pages.
LEFT_OUT = ("Artificial Analysis", "artificialanalysis")


def with_earlier_scores(
    models: Mapping[str, Model], old: Mapping[str, Model], source: str
) -> Mapping[str, Model]:
    """The models with the scores that the old ones have from one list, which could not be read again."""
    earlier = {m.id: [s for s in m.scores if s.source == source] for m in old.values()}
    return {
        name: replace(model, scores=without_repeats([*model.scores, *earlier[name]]))
        if earlier.get(name)
        else model
        for name, model in models.items()
    }


def with_scores(
    models: Mapping[str, Model], cited: Iterable[CitedScore], rules: Rules, metrics: Metrics
) -> tuple[Mapping[str, Model], tuple[str, ...]]:
    """The models with their scores, and the names that no model here goes by."""
    by_model: dict[str, list[Score]] = defaultdict(list)
    unplaced: set[str] = set()

    @cache
    def place(name: str) -> tuple[str | None, str]:
        named, snapshot = place_model(name, rules)
        return (named if named in models else spelled(named, models)), snapshot

    for row in cited:
        if is_left_out(row):
            continue
        model, snapshot = place(row.model)
        if model is None:
            unplaced.add(row.model)
        else:
            by_model[model].append(replace(read_run(row, metrics), snapshot=snapshot))
    placed = {
        name: replace(model, scores=without_repeats(by_model[name])) if name in by_model else model
        for name, model in models.items()
    }
    return placed, tuple(sorted(unplaced))


def is_left_out(row: CitedScore) -> bool:
    """Whether a row is of somebody whose figures may not be published again."""
    score = row.score
    return any(
        name in text for name in LEFT_OUT for text in (score.benchmark, score.by, score.link, row.variant)
    )


#: How a figure is cited, which two rows about it may say differently, and which figure it is.
_CITATION = {"by", "link", "as_of", "note", "source"}
_REST = tuple(f.name for f in fields(Score) if f.name not in _CITATION | {"benchmark", "evidence", "score"})


def without_repeats(scores: Iterable[Score]) -> tuple[Score, ...]:
    """One model's scores in the order of their series, each once; of two that repeat each other the one that
    says more is kept.
    """
    once: dict[tuple[str, str, str], list[Score]] = defaultdict(list)
    for score in sorted(scores, key=_silence):
        same = once[_figure(score)]
        if not any(is_repeat(score, other) for other in same):
            same.append(score)
    return tuple(sorted((s for same in once.values() for s in same), key=_order))


def is_repeat(score: Score, other: Score) -> bool:
    """Whether two rows about one model are one score.

    They are where benchmark, evidence and value to three decimals are the same, and nothing that both say of
    the test and its run differs.
    """
    pairs = ((getattr(score, name), getattr(other, name)) for name in _REST)
    return _figure(score) == _figure(other) and all(a == b or not a or not b for a, b in pairs)


def _figure(score: Score) -> tuple[str, str, str]:
    return score.benchmark, score.evidence, f"{score.score:.3f}"


def _silence(score: Score) -> tuple[int, tuple[str, ...]]:
    return sum(not getattr(score, name) for name in _REST), _order(score)


def _order(score: Score) -> tuple[str, ...]:
    return (score.series, score.snapshot, score.as_of, score.link, str(score.score), score.source)
