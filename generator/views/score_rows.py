"""Scores of benchmarks as pages show them: on each model's page, and all of them by series."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.views.figures import UNKNOWN, end_mark, escape
from playground.catalog import Catalog, Score
from playground.labels.addresses import markdown_link, model_path
from playground.labels.names import display_names

#: A series with fewer models tells nobody apart; its scores stand on the models' pages.
ENOUGH = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreView:
    """One score, written out; the figure leads to where it is published."""

    benchmark: str
    run: str
    figure: str
    metric: str
    kind: str
    by: str
    as_of: str


def score_view(score: Score) -> ScoreView:
    """A score as a row of a model's table."""
    run = ", ".join(part for part in (score.version, score.variant, score.snapshot) if part)
    return ScoreView(
        benchmark=escape(score.benchmark),
        run=escape(run) or UNKNOWN,
        figure=_figure(score),
        metric=escape(score.metric),
        kind=str(score.evidence),
        by=escape(score.by),
        as_of=escape(score.as_of) or UNKNOWN,
    )


def _figure(score: Score) -> str:
    return markdown_link(f"{score.score.normalize():f}", score.link)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesView:
    """Scores that may be compared, the best first."""

    title: str
    kind: str
    rows: tuple[tuple[str, str, str, str, str], ...]


def series_views(catalog: Catalog, ends: Mapping[str, str]) -> Mapping[str, list[SeriesView]]:
    """The series of each benchmark that at least three models have a score in, those with most first.

    `ends` has for each model that ends when that is.
    """
    names = display_names(catalog)
    by_series: dict[str, list[tuple[str, Score]]] = defaultdict(list)
    for model in catalog.models.values():
        for score in model.scores:
            by_series[score.series].append((model.id, score))
    by_benchmark: dict[str, list[SeriesView]] = defaultdict(list)
    for _, scores in sorted(by_series.items(), key=lambda s: (-len(s[1]), s[0])):
        if len({model for model, _ in scores}) < ENOUGH:
            continue
        worst_first = scores[0][1].lower_is_better
        ordered = sorted(scores, key=lambda s: (s[1].score if worst_first else -s[1].score, s[0], s[1].as_of))
        by_benchmark[scores[0][1].benchmark].append(
            SeriesView(
                title=escape(f"{scores[0][1].run}: {scores[0][1].backing}"),
                kind=str(scores[0][1].evidence),
                rows=tuple(_rows(ordered, names, ends)),
            )
        )
    return dict(sorted(by_benchmark.items(), key=lambda b: (-sum(len(s.rows) for s in b[1]), b[0])))


def _rows(
    scores: list[tuple[str, Score]], names: Mapping[str, str], ends: Mapping[str, str]
) -> Iterator[tuple[str, str, str, str, str]]:
    for model, score in scores:
        link = f"[{escape(names[model])}]({model_path(model)}#scores){end_mark(ends.get(model, ''))}"
        as_of = escape(score.as_of) or UNKNOWN
        yield link, _figure(score), escape(score.snapshot) or UNKNOWN, escape(score.by), as_of
