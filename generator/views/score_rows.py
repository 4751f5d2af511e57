"""Scores of benchmarks as the page of their model shows them."""

from __future__ import annotations

from dataclasses import dataclass

from generator.views.figures import UNKNOWN, escape
from playground.catalog import Score
from playground.labels.addresses import markdown_link


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
