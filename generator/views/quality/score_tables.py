"""All scores by what they test: a table for each test, the newest first, with each model's price beside."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.views.figures import UNKNOWN, end_mark, escape
from generator.views.score_rows import score_view
from playground.catalog import Evidence, Model, Score
from playground.labels.addresses import model_path

#: A test or a series with fewer models tells nobody apart; its scores stand on the models' pages.
ENOUGH = 5
#: What ran alike stands once more, beside the whole test, where so many models did.
ENOUGH_ALIKE = 8
#: How many of those that people prefer are listed in each category.
MOST_VOTED = 20
#: What a reader calls each task of metrics.yml, in the order of the page; what has no name here is in OTHER.
TASKS: Mapping[str, str] = {
    "code": "Coding",
    "agents": "Agents and tools",
    "reasoning": "Reasoning and maths",
    "vision": "Vision and documents",
    "writing": "Writing",
    "instructions": "Following instructions",
    "languages": "Languages",
    "knowledge": "Knowledge",
    "factuality": "Facts, and what is made up",
    "long context": "Long context",
    "extraction": "Extraction and tables",
    "security": "Security",
}
OTHER, VOTED = "Other tests", "Preferred by people"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreTable:
    """Scores of one test, the newest first: `strict` where all ran alike, else each row says how it ran."""

    title: str
    models: int
    strict: bool
    newest: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What a row shows beside the score: `names` and `ends` of each model, its `prices` in and out."""

    names: Mapping[str, str]
    ends: Mapping[str, str]
    prices: Callable[[str], tuple[str, str]]


type _Scored = tuple[str, Score]


def score_tables(
    models: Sequence[Model], task_of: Callable[[str], str], listed: Listed
) -> Mapping[str, list[ScoreTable]]:
    """The tables of each task: of every test that at least five models have a score of, that with the newest
    score first, and where its runs differ also of those that are alike. Votes come last.

    `task_of` has the task of a benchmark; empty where it is not said.
    """
    tests: dict[str, list[_Scored]] = defaultdict(list)
    for model in models:
        for score in model.scores:
            if score.is_compared:
                tests[score.test].append((model.id, score))
    by_title: dict[str, list[ScoreTable]] = {title: [] for title in (*TASKS.values(), OTHER, VOTED)}
    for scores in sorted(tests.values(), key=lambda s: (_newest(s), _models(s), s[0][1].test), reverse=True):
        if _models(scores) >= ENOUGH:
            first = scores[0][1]
            task = TASKS.get(task_of(first.benchmark), OTHER)
            title = VOTED if first.evidence == Evidence.VOTED else task
            by_title[title].extend(_tables(scores, listed))
    return {title: tables for title, tables in by_title.items() if tables}


def _newest(scores: Sequence[_Scored]) -> str:
    return max(score.as_of for _, score in scores)


def _models(scores: Sequence[_Scored]) -> int:
    return len({model for model, _ in scores})


def _tables(scores: list[_Scored], listed: Listed) -> Iterator[ScoreTable]:
    """The test however it was run, then each series of it that has enough models to stand apart."""
    series: dict[str, list[_Scored]] = defaultdict(list)
    for model, score in scores:
        series[score.series].append((model, score))
    test, voted = scores[0][1].test, scores[0][1].evidence == Evidence.VOTED
    if len(series) > 1:
        yield _table(test, scores, listed, strict=False)
    for name, alike in sorted(series.items(), key=lambda s: (-_models(s[1]), s[0])):
        enough = ENOUGH if len(series) == 1 else ENOUGH_ALIKE
        if _models(alike) >= enough and not (voted and len(series) > 1):
            yield _table(name, alike, listed, strict=True)


def _table(title: str, scores: list[_Scored], listed: Listed, *, strict: bool) -> ScoreTable:
    low_first = scores[0][1].lower_is_better
    best_first = sorted(scores, key=lambda s: (s[1].score if low_first else -s[1].score, s[0]))
    if scores[0][1].evidence == Evidence.VOTED:
        best_first = best_first[:MOST_VOTED]
    newest_first = sorted(best_first, key=lambda s: s[1].as_of, reverse=True)
    return ScoreTable(
        title=escape(title),
        models=_models(scores),
        strict=strict,
        newest=escape(_newest(scores)),
        rows=tuple(_row(model, score, listed) for model, score in newest_first),
    )


def _row(model: str, score: Score, listed: Listed) -> tuple[str, ...]:
    link = f"[{escape(listed.names[model])}]({model_path(model)}#scores)"
    view = score_view(score)
    return (
        link + end_mark(listed.ends.get(model, "")),
        view.figure,
        *listed.prices(model),
        view.as_of,
        f"{view.kind}, {view.by}",
        ", ".join(part for part in (view.effort, view.run) if part != UNKNOWN) or UNKNOWN,
    )
