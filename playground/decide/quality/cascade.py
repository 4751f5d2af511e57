"""A small model first and a large one where its answer fails: whether both together cost less than one.

The small model is asked first. The reader's own check says whether that solved the request; if not, the large
one is asked. Whatever the two have in common, at least as many requests are solved as by the large one alone,
as each that it would solve is solved by one of the two. The expected cost is

    cost of the small one + (1 - share that the small one solves) * cost of the large one

so it pays where the small one solves more than a share that the two prices alone decide.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import NormalDist

from playground.ability import TIER_ODDS, Interval
from playground.decide.answer import Answer
from playground.decide.candidate import Candidate, Named
from playground.decide.columns import rows_of
from playground.decide.judgement import Judgement
from playground.labels.odds import percent
from playground.pricing.money import usd

#: A second model and a check are work: what saves less than this share is no answer.
LEAST_SAVING = Decimal("0.2")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cascade:
    """Two models in a row, and the one model that they are weighed against.

    Shares are from 0 to 1, at the difficulty of `benchmark`, costs in US dollars a month. `solves` is the
    share that the small one solves and `cost` what both cost, each with its interval of 80 %; `needed` is the
    share that it must solve to cost less than `instead_of`, exact; `odds` the probability that it does.
    `right` is the share that is solved by both at least, `right_instead` that of the one model.
    """

    small: Candidate
    large: Candidate
    instead_of: Candidate
    benchmark: str
    solves: Interval
    needed: float
    odds: float
    cost: Interval
    right: float
    right_instead: float

    def each(self, requests: Decimal) -> tuple[float, float]:
        """What each solved request costs in dollars: by both in a row at most, and by the one model."""
        alone = float(_usd(self.instead_of))
        n = float(requests)
        return self.cost.middle / (n * self.right), alone / (n * self.right_instead)


@dataclass(frozen=True, slots=True)
class _Place:
    """A row with what it costs a month in dollars and the share that its model solves."""

    row: int
    usd: Decimal
    share: float


def cascade_of(answer: Answer) -> Cascade | None:
    """The cheapest two models in a row that solve as many as the first alone; None where one model is better.

    Where the cost of each right answer orders, the first is not to be beaten in that: there both are weighed
    against the ablest model instead, for who needs more of the requests solved than the first solves.
    """
    judgement, need = answer.judgement, answer.need
    merits = judgement.merits
    if not answer.leaders or not merits.benchmark_name or need.speed or not judgement.bills.comparable:
        return None
    places = list(_places(answer.leaders.rows, judgement))
    if not places or not (need.accepted or places[0].row == answer.leaders.rows[0]):
        return None
    one = max(places, key=lambda p: p.share) if need.accepted else places[0]
    doubts = judgement.doubts
    below = [row for row in rows_of(judgement.below) if doubts[row] <= doubts[one.row]]
    places = [p for p in places if doubts[p.row] <= doubts[one.row]]
    small = _front(p for p in (*places, *_places(below, judgement)) if p.usd < one.usd)
    large = _front(p for p in places if p.share >= one.share)
    pairs = [(_expected(a, b), a, b) for a in small for b in large]
    if not pairs:
        return None
    cost, first, second = min(pairs, key=lambda pair: (pair[0], pair[1].row, pair[2].row))
    if cost > one.usd * (1 - LEAST_SAVING):
        return None
    made = _cascade(first, second, one, judgement)
    return made if made.odds > TIER_ODDS else None


def _places(rows: Sequence[int], judgement: Judgement) -> Iterator[_Place]:
    """The rows of which both cost and share are known."""
    shares, models = judgement.merits.shares, judgement.columns.column("model")
    for row in rows:
        share = shares.get(models[row])
        if share and (bill := judgement.ranking.bill(row)) and (usd := bill.usd):
            yield _Place(row, usd, share)


def _front(places: Iterator[_Place]) -> list[_Place]:
    """Those that solve more than any that costs no more."""
    front: list[_Place] = []
    for place in sorted(places, key=lambda p: (p.usd, -p.share, p.row)):
        if not front or place.share > front[-1].share:
            front.append(place)
    return front


def _expected(small: _Place, large: _Place) -> Decimal:
    return small.usd + Decimal(repr(1 - small.share)) * large.usd


def _cascade(small: _Place, large: _Place, one: _Place, judgement: Judgement) -> Cascade:
    merits = judgement.merits
    benchmark = merits.abilities.benchmarks[merits.benchmark_name]
    at = merits.intervals[small.row]
    if at is None:
        raise ValueError(f"row {small.row} has no ability and cannot be weighed")
    low, high = (benchmark.success(Interval(low=x, middle=x, high=x)) for x in (at.low, at.high))
    costs = [float(small.usd) + (1 - share) * float(large.usd) for share in (high, small.share, low)]
    needed = 1 - float((one.usd - small.usd) / large.usd)
    return Cascade(
        small=judgement.candidate(small.row),
        large=judgement.candidate(large.row),
        instead_of=judgement.candidate(one.row),
        benchmark=merits.benchmark_name,
        solves=Interval(low=low, middle=small.share, high=high),
        needed=max(needed, 0.0),
        odds=_odds(needed, at, judgement),
        cost=Interval(low=costs[0], middle=costs[1], high=costs[2]),
        right=large.share,
        right_instead=one.share,
    )


def _odds(needed: float, at: Interval, judgement: Judgement) -> float:
    """The probability that a model of this ability solves more than a share."""
    benchmark = judgement.merits.abilities.benchmarks[judgement.merits.benchmark_name]
    above = (needed - benchmark.chance) / (1 - benchmark.chance)
    if above <= 0:
        return 1.0
    if above >= 1:
        return 0.0
    ability = (math.log(above / (1 - above)) - benchmark.level) / benchmark.slope
    return 1 - NormalDist(at.middle, at.deviation or 1e-3).cdf(ability)


def cascade_sentences(cascade: Cascade, requests: Decimal, named: Named) -> Iterator[str]:
    """What it is, what it costs, when it pays, and what it needs."""
    small, large, one = (named(c.offering) for c in (cascade.small, cascade.large, cascade.instead_of))
    costs, solves = cascade.cost, cascade.solves
    yield f"Ask {small} first, and {large} where its answer fails your check"
    both, alone = cascade.each(requests)
    yield (
        f"Expected are {_dollars(costs.middle)} a month ({_dollars(costs.low)} to {_dollars(costs.high)}) "
        f"instead of {usd(_usd(cascade.instead_of))} for {one} alone; each solved request costs at most "
        f"{_dollars(both)} instead of {_dollars(alone)}"
    )
    put = f"{percent(solves.middle)} ({percent(solves.low)} to {percent(solves.high)})"
    yield (
        f"It pays where the first solves more than {percent(cascade.needed)}, as the prices say; at the "
        f"difficulty of {cascade.benchmark} it is put at {put}, so it pays with {percent(cascade.odds)} "
        f"probability. Both together solve {percent(cascade.right)} or more, the one alone "
        f"{percent(cascade.right_instead)}"
    )
    yield (
        "It needs a check of your own that says whether an answer is right: tests that pass, a schema, a "
        "person. What the check costs is not counted, what it lets through wrongly stays wrong, and requests "
        "that fail are taken to be as long as the others"
    )


def _dollars(amount: float) -> str:
    return usd(Decimal(repr(amount)))


def _usd(candidate: Candidate) -> Decimal:
    """What a candidate of a cascade costs a month."""
    if candidate.bill is None or candidate.bill.usd is None:
        raise ValueError(f"{candidate.offering.key} has no single cost")
    return candidate.bill.usd
