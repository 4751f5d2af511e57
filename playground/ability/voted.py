"""Ratings by people's votes: an ability of its own kind, by category, that no test score is averaged with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from math import hypot
from statistics import NormalDist

from playground.ability.abilities import TIER_ODDS, Abilities, in_tiers
from playground.ability.ability import TENTH, Ability, Interval, Votes
from playground.catalog import Evidence, Model, Score

#: How many standard deviations the published intervals, of 95 %, reach to either side.
PUBLISHED = 1.96


def with_votes(abilities: Abilities, models: Iterable[Model]) -> Abilities:
    """The abilities with what people voted of these models, as the catalog's scores have it."""
    voted = {model.id: votes for model in models if (votes := votes_of(model.scores))}
    known = dict(abilities.models)
    for name, votes in voted.items():
        known[name] = replace(known.get(name) or Ability(model=name), votes=votes)
    return replace(abilities, models=dict(sorted(known.items())))


def votes_of(scores: Iterable[Score]) -> Mapping[str, Votes]:
    """A model's ratings by category; of several, such as of two efforts, the one with most votes."""
    chosen: dict[str, Score] = {}
    for score in scores:
        if score.evidence == Evidence.VOTED and score.low is not None and score.high is not None:
            before = chosen.get(score.subset)
            if before is None or (score.n or 0, score.score) > (before.n or 0, before.score):
                chosen[score.subset] = score
    return {category: _votes(score) for category, score in sorted(chosen.items())}


def voted_better(a: Interval, b: Interval) -> float:
    """The probability that people prefer one model to another, by their ratings in one category."""
    spread = hypot(a.deviation, b.deviation)
    if not spread:
        return 0.5 if a.middle == b.middle else float(a.middle > b.middle)
    return NormalDist().cdf((a.middle - b.middle) / spread)


def voted_tiers(rated: Mapping[str, Interval]) -> Sequence[Sequence[str]]:
    """Models in tiers of one category, as Abilities.tiers has those of tests; their ratings err alone."""

    def surely_better(a: str, b: str) -> bool:
        return voted_better(rated[a], rated[b]) > TIER_ODDS

    return in_tiers({model: interval.middle for model, interval in rated.items()}, surely_better)


def _votes(score: Score) -> Votes:
    """The rating with the interval that holds 80 %, as abilities have it."""
    middle, low, high = (float(value or 0) for value in (score.score, score.low, score.high))
    narrower = TENTH / PUBLISHED
    return Votes(
        interval=Interval(
            low=round(middle - (middle - low) * narrower, 1),
            middle=round(middle, 1),
            high=round(middle + (high - middle) * narrower, 1),
        ),
        votes=score.n or 0,
        as_of=score.as_of,
    )
