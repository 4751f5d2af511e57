"""Scores of benchmarks as pages show them: on each model's page, and all of them by test."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.views.figures import UNKNOWN, end_mark, escape
from playground.catalog import Catalog, Evidence, Score
from playground.labels.addresses import markdown_link, model_path
from playground.labels.names import display_names

#: A test or a series with fewer models tells nobody apart; its scores stand on the models' pages.
ENOUGH = 5
#: How many of those that people prefer are listed in each category.
MOST_VOTED = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreView:
    """One score, written out; the figure leads to where it is published."""

    benchmark: str
    tasks: str
    figure: str
    metric: str
    effort: str
    run: str
    kind: str
    by: str
    as_of: str


def score_view(score: Score) -> ScoreView:
    """A score as a row of a model's table."""
    return ScoreView(
        benchmark=escape(score.benchmark),
        tasks=escape(_listed(score.version, score.subset)) or UNKNOWN,
        figure=_figure(score),
        metric=escape(score.metric),
        effort=str(score.effort or UNKNOWN),
        run=escape(_listed(score.harness, score.setting, score.snapshot)) or UNKNOWN,
        kind=str(score.evidence),
        by=escape(score.by + (f" ({score.note})" if score.note else "")),
        as_of=escape(score.as_of) or UNKNOWN,
    )


def _listed(*parts: str) -> str:
    return ", ".join(filter(None, parts))


def _figure(score: Score) -> str:
    """The figure with its interval of 95 %, or its standard error, where one is published."""
    link = markdown_link(score.text, score.link)
    if score.low is not None and score.high is not None:
        return f"{link} <small>{score.low:f} to {score.high:f}</small>"
    return link if not score.stderr else f"{link} <small>± {score.stderr:.1f}</small>"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreTable:
    """Scores of one test, the best first: `strict` where all ran alike, else each row says how it was run."""

    title: str
    models: int
    strict: bool
    rows: tuple[tuple[str, ...], ...]


def score_tables(catalog: Catalog, ends: Mapping[str, str]) -> Mapping[str, list[ScoreTable]]:
    """The tables of each benchmark: of every test that at least four models have a score of, that with most
    first, and where its runs differ also of those that are alike. Votes come last.

    `ends` has for each model that ends when that is.
    """
    names = display_names(catalog)
    tests: dict[str, list[tuple[str, Score]]] = defaultdict(list)
    for model in catalog.models.values():
        for score in model.scores:
            if score.is_compared:
                tests[score.test].append((model.id, score))
    by_benchmark: dict[str, list[ScoreTable]] = defaultdict(list)
    for _, scores in sorted(tests.items(), key=_most_first):
        if _models(scores) >= ENOUGH:
            by_benchmark[scores[0][1].benchmark].extend(_tables(scores, names, ends))
    voted = {s.benchmark for scores in tests.values() for _, s in scores if s.evidence == Evidence.VOTED}
    in_order = sorted(by_benchmark.items(), key=lambda b: (b[0] in voted, -max(t.models for t in b[1]), b[0]))
    return dict(in_order)


def _most_first(named: tuple[str, list[tuple[str, Score]]]) -> tuple[int, str]:
    return -_models(named[1]), named[0]


def _models(scores: list[tuple[str, Score]]) -> int:
    return len({model for model, _ in scores})


def _tables(
    scores: list[tuple[str, Score]], names: Mapping[str, str], ends: Mapping[str, str]
) -> Iterator[ScoreTable]:
    """The test however it was run, then each series of it that has enough models."""
    series: dict[str, list[tuple[str, Score]]] = defaultdict(list)
    for model, score in scores:
        series[score.series].append((model, score))
    test, voted = scores[0][1].test, scores[0][1].evidence == Evidence.VOTED
    if len(series) > 1:
        yield _table(test, scores, names, ends, strict=False)
    for name, alike in sorted(series.items(), key=_most_first):
        if _models(alike) >= ENOUGH and not (voted and len(series) > 1):
            yield _table(name, alike, names, ends, strict=True)


def _table(
    title: str,
    scores: list[tuple[str, Score]],
    names: Mapping[str, str],
    ends: Mapping[str, str],
    *,
    strict: bool,
) -> ScoreTable:
    low_first = scores[0][1].lower_is_better
    ordered = sorted(scores, key=lambda s: (s[1].score if low_first else -s[1].score, s[0], s[1].as_of))
    if scores[0][1].evidence == Evidence.VOTED:
        ordered = ordered[:MOST_VOTED]
    return ScoreTable(
        title=escape(title), models=_models(scores), strict=strict, rows=tuple(_rows(ordered, names, ends))
    )


def _rows(
    scores: list[tuple[str, Score]], names: Mapping[str, str], ends: Mapping[str, str]
) -> Iterator[tuple[str, ...]]:
    for model, score in scores:
        link = f"[{escape(names[model])}]({model_path(model)}#scores){end_mark(ends.get(model, ''))}"
        view = score_view(score)
        yield link, view.figure, view.effort, view.run, f"{view.kind}, {view.by}", view.as_of
