"""Scores of both sides in one series, and the rule that reads them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from playground.catalog import Score, newest_score
from playground.versus.sentence import Sentence
from playground.versus.side import CitedFact, Side


@dataclass(frozen=True, slots=True, kw_only=True)
class ScorePair:
    """Both sides' scores in one series: they may be held against each other."""

    a: Score
    b: Score

    @property
    def better(self) -> str:
        """`a`, `b`, or empty where they are equal."""
        if self.a.score == self.b.score:
            return ""
        return "a" if (self.a.score > self.b.score) != self.a.lower_is_better else "b"


def benchmarks(x: Side, y: Side) -> Iterator[Sentence]:
    """It scores better in a series that has both; who stands behind the figures is said."""
    for pair in score_pairs(x, y):
        if pair.better == "a":
            figures = f"{score_text(pair.a)} against {score_text(pair.b)}"
            text = f"{pair.a.benchmark} counts: {figures}, {_who(pair.a)}"
            facts = tuple(
                CitedFact(of=s.model.id, field=f"score: {one.series}", value=one.score)
                for s, one in ((x, pair.a), (y, pair.b))
            )
            yield Sentence(rule="benchmark", text=text, facts=facts)


def score_text(score: Score) -> str:
    """`62.7`: without an exponent and without trailing zeros."""
    return f"{score.score.normalize():f}"


def _who(score: Score) -> str:
    return score.backing + (" (lower is better)" if score.lower_is_better else "")


def score_pairs(x: Side, y: Side) -> Iterator[ScorePair]:
    """The series that have a score of both, measured before claimed."""
    series = {s.series for s in x.model.scores} & {s.series for s in y.model.scores}
    pairs = []
    for name in series:
        a, b = (newest_score([s for s in m.model.scores if s.series == name], m.home.version) for m in (x, y))
        if a and b:
            pairs.append(ScorePair(a=a, b=b))
    yield from sorted(pairs, key=lambda p: (p.a.evidence != "measured", p.a.series))
