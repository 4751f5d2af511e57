"""Scores of both sides of one test: strictly alike, or with what differs between the runs; and their rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from playground.catalog import Evidence, RunEffort, Score, Unit, newest_score
from playground.catalog.model import differing, scores_of, within_error
from playground.versus.sentence import Sentence
from playground.versus.side import CitedFact, Side


@dataclass(frozen=True, slots=True, kw_only=True)
class ScorePair:
    """Both sides' scores of one test; `differs` says what of the runs is not alike, empty where all is."""

    a: Score
    b: Score
    differs: tuple[str, ...] = ()

    @property
    def strict(self) -> bool:
        """Whether the runs are alike, so that the figures may be held against each other."""
        return not self.differs

    @property
    def better(self) -> str:
        """`a`, `b`, or empty where the runs differ, the figures are equal or within their error."""
        if self.differs or self.a.score == self.b.score or within_error(self.a, self.b):
            return ""
        return "a" if (self.a.score > self.b.score) != self.a.lower_is_better else "b"


#: Of the tests that speak for a model the most telling are named, one of each benchmark; the page lists all.
MOST = 3
#: Points of percent, and how many times as much of anything else, that tell something.
POINTS, TIMES = Decimal(3), Decimal("1.25")
#: The points that tell something where neither figure has a standard error: as wide as most that have one.
POINTS_WITHOUT_ERROR = Decimal(5)
#: What a test that others ran weighs beside a price, and one that the makers ran themselves.
MEASURED_WEIGHT, CLAIMED_WEIGHT = 0.15, 0.1


def benchmarks(x: Side, y: Side) -> Iterator[Sentence]:
    """It scores clearly better in a test run alike; the three most telling benchmarks, and who ran them."""
    pairs = [p for p in score_pairs(x, y) if p.strict and p.a.evidence != Evidence.VOTED]
    # Of one test that the same people ran at several efforts the highest speaks.
    highest = {(p.a.test, p.a.backing): p for p in sorted(pairs, key=_effort)}
    won = [p for p in pairs if p.better == "a" and highest[p.a.test, p.a.backing] is p and _far_apart(p)]
    # Two parts of one benchmark are one reason: the most telling part speaks.
    parts: dict[str, ScorePair] = {}
    for pair in sorted(won, key=_by_weight):
        parts.setdefault(pair.a.benchmark, pair)
    for pair in list(parts.values())[:MOST]:
        effort = f" at {pair.a.effort} effort" if pair.a.effort else ""
        figures = f"{pair.a.text} against {pair.b.text}{effort}"
        part = f" ({pair.a.subset})" if pair.a.subset else ""
        text = f"{pair.a.benchmark}{part} counts: {figures}, {_who(pair.a)}"
        facts = tuple(
            CitedFact(of=s.model.id, field=f"score: {one.series}", value=one.score)
            for s, one in ((x, pair.a), (y, pair.b))
        )
        weight = MEASURED_WEIGHT if pair.a.evidence == Evidence.MEASURED else CLAIMED_WEIGHT
        yield Sentence(rule="benchmark", text=text, facts=facts, weight=weight)


def _far_apart(pair: ScorePair) -> bool:
    """Whether anybody would act on the difference: a point more of a hundred tells nothing."""
    high, low = max(pair.a.score, pair.b.score), min(pair.a.score, pair.b.score)
    if pair.a.unit == Unit.PERCENT and not pair.a.lower_is_better:
        exact = pair.a.stderr is not None or pair.b.stderr is not None or pair.a.low is not None
        return high - low >= (POINTS if exact else POINTS_WITHOUT_ERROR)
    return high >= low * TIMES or low <= 0


def _by_weight(pair: ScorePair) -> tuple[int, Decimal, str]:
    """Measured before claimed, then by how far apart they are."""
    return _ORDER.index(pair.a.evidence), -abs(pair.a.score - pair.b.score), pair.a.series


def _effort(pair: ScorePair) -> int:
    """The place of its effort among all; below them where none is stated."""
    return list(RunEffort).index(pair.a.effort) if pair.a.effort else -1


def _who(score: Score) -> str:
    return score.backing + (" (lower is better)" if score.lower_is_better else "")


_ORDER = [Evidence.MEASURED, Evidence.CLAIMED, Evidence.VOTED]


def score_pairs(x: Side, y: Side) -> Iterator[ScorePair]:
    """The tests that have a score of both: every series that both are in, else the two runs most alike.

    Strict ones first; then measured before claimed before votes.
    """
    of_x, of_y = (
        [score for score in scores_of(s.model.scores, s.home.version) if score.is_compared] for s in (x, y)
    )
    pairs: list[ScorePair] = []
    for test in {s.test for s in of_x} & {s.test for s in of_y}:
        mine, other = ([s for s in scores if s.test == test] for scores in (of_x, of_y))
        shared = {s.series for s in mine} & {s.series for s in other}
        strict = [_newest(series, mine, other, x, y) for series in shared]
        pairs += [p for p in strict if p] or [_most_alike(mine, other)]
    yield from sorted(pairs, key=lambda p: (not p.strict, _ORDER.index(p.a.evidence), p.a.series, p.b.series))


def _newest(series: str, mine: Sequence[Score], other: Sequence[Score], x: Side, y: Side) -> ScorePair | None:
    a = newest_score([s for s in mine if s.series == series], x.home.version)
    b = newest_score([s for s in other if s.series == series], y.home.version)
    return ScorePair(a=a, b=b) if a and b else None


def _most_alike(mine: Sequence[Score], other: Sequence[Score]) -> ScorePair:
    """The two runs with the fewest differences; of several such the latest."""
    pairs = [ScorePair(a=a, b=b, differs=differing(a, b)) for a in mine for b in other]
    fewest = min(len(p.differs) for p in pairs)
    alike = [p for p in pairs if len(p.differs) == fewest]
    return max(alike, key=lambda p: (min(p.a.as_of, p.b.as_of), p.a.as_of, p.b.as_of, p.a.series, p.b.series))
