"""One leaderboard: models in tiers by how able they are or how people rate them, with what they cost."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from generator.views.quality.topics import Topic
from playground.ability import (
    Abilities,
    Ability,
    Interval,
    Proof,
    Task,
    predecessor,
    voted_better,
    voted_tiers,
)
from playground.catalog import Catalog
from playground.decide.candidate import Candidate
from playground.decide.quality.evidence import proof_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A model with evidence: its tier, 1 the best, what that rests on, and its cheapest place."""

    model: str
    tier: int
    interval: Interval
    proof: Proof
    why: str
    offer: Candidate

    @property
    def usd(self) -> Decimal | None:
        """A month's cost at the prices announced last, where it is one number above nothing."""
        coming = self.offer.coming
        bill = coming[-1].bill if coming else self.offer.bill
        return (bill.usd or None) if bill else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Untested:
    """A model that nothing public speaks for here, and the tested one before it with its tier."""

    model: str
    offer: Candidate
    before: str = ""
    tier: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """A leaderboard.

    Listed are models that some place of those that Choose names sells: `unsold` is how many more have
    evidence; `places` has the tier of these, too. `elsewhere` are models that other tests than the topic's
    speak for, in tiers of ability in general; `untested` those of the front that nothing speaks for, `others`
    how many more that are sold have no evidence. `scores` and `measured` are of all that the tiers were made
    of.
    """

    topic: Topic
    tiers: tuple[tuple[Entry, ...], ...]
    places: Mapping[str, int]
    elsewhere: tuple[Entry, ...]
    untested: tuple[Untested, ...]
    others: int
    unsold: int
    scores: int
    measured: int
    newest: str

    def entry(self, model: str) -> Entry | None:
        """A model's entry; None where it is not listed."""
        tier = self.tiers[self.places[model] - 1] if model in self.places else ()
        return next((entry for entry in tier if entry.model == model), None)

    def better(self, a: str, b: str, abilities: Abilities) -> float | None:
        """The probability that one model is better than another here."""
        if not self.topic.votes:
            return abilities.better(a, b, self.topic.task)
        one, other = (abilities.of(m).votes[self.topic.votes].interval for m in (a, b))
        return voted_better(one, other)

    @property
    def models(self) -> int:
        """How many models stand in its tiers."""
        return len(self.entries) + self.unsold

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All entries, the best tier first."""
        return tuple(entry for tier in self.tiers for entry in tier)


def make_board(
    topic: Topic,
    abilities: Abilities,
    catalog: Catalog,
    offers: Mapping[str, Candidate],
    served: Collection[str],
    front: Sequence[str],
) -> Board:
    """The leaderboard of a topic.

    `abilities` have the votes, too; `offers` is for each model the place where the topic's work costs least;
    `served` are the models that are still to be had, `front` those that a reader looks for first.
    """
    known = {m: one for m, one in abilities.models.items() if m in served and m in catalog.models}
    if topic.votes:
        rated = {m: v.interval for m, one in known.items() if (v := one.votes.get(topic.votes))}
        tiers, elsewhere = voted_tiers(rated), []
    else:
        own = [m for m, one in known.items() if one.general and (not topic.task or topic.task in one.tasks)]
        tiers = abilities.tiers(own, topic.task)
        elsewhere = [m for m, one in known.items() if one.general and m not in set(own)]
    general = general_tiers(abilities, served)
    entries = [
        [_entry(known[m], n, topic, offers[m]) for m in tier if m in offers]
        for n, tier in enumerate(tiers, 1)
    ]
    in_tiers = [m for tier in tiers for m in tier]
    without = [m for m in offers if m not in {*in_tiers, *elsewhere}]
    scores, measured, newest = _evidence([known[m] for m in in_tiers], topic)
    return Board(
        topic=topic,
        tiers=tuple(tuple(sorted(tier, key=_cheapest_first)) for tier in entries),
        places={m: n for n, tier in enumerate(tiers, 1) for m in tier},
        elsewhere=tuple(
            sorted(
                (
                    _entry(known[m], general[m], replace(topic, task=None), offers[m])
                    for m in elsewhere
                    if m in offers
                ),
                key=lambda e: (e.tier, _cheapest_first(e)),
            )
        ),
        untested=tuple(
            Untested(model=m, offer=offers[m], before=before, tier=general.get(before, 0))
            for m in front
            if m in without
            for before in (_before(m, abilities, catalog),)
        ),
        others=len(set(without) - set(front)),
        unsold=sum(m not in offers for m in in_tiers),
        scores=scores,
        measured=measured,
        newest=newest,
    )


def _before(model: str, abilities: Abilities, catalog: Catalog) -> str:
    """The tested model before an untested one, where the catalog has it."""
    before = predecessor(model, abilities)
    return before if before in catalog.models else ""


def general_tiers(abilities: Abilities, served: Collection[str]) -> Mapping[str, int]:
    """The tier of each tested model that is still to be had, by its ability in general; 1 is the best."""
    return {m: n for n, tier in enumerate(abilities.tiers(served), 1) for m in tier}


def of_task(ability: Ability, task: Task | None) -> Ability:
    """An ability as the scores of one task alone tell it; as it is where no task is meant."""
    at = ability.tasks.get(task) if task else None
    if at is None:
        return ability
    return replace(ability, general=at.interval, scores=at.scores, measured=at.measured, newest=at.newest)


def _entry(ability: Ability, tier: int, topic: Topic, offer: Candidate) -> Entry:
    if topic.votes:
        votes = ability.votes[topic.votes]
        why = f"{votes.votes:,} votes, as of {votes.as_of}"
        interval, proof = votes.interval, Proof.VOTES
    else:
        here = of_task(ability, topic.task)
        if here.general is None:
            raise ValueError(f"{ability.model} has no test and cannot stand in a tier of {topic.id}")
        interval, proof, why = here.general, here.proof, proof_text(here)
    return Entry(model=ability.model, tier=tier, interval=interval, proof=proof, why=why, offer=offer)


def _cheapest_first(entry: Entry) -> tuple[bool, Decimal, str]:
    """Within a tier nobody is surely better, so what is left to go by is the cost."""
    usd = entry.usd
    return usd is None, usd or Decimal(0), entry.model


def _evidence(abilities: Sequence[Ability], topic: Topic) -> tuple[int, int, str]:
    """How much all entries rest on: scores or votes, how many of them measured, and the newest."""
    if topic.votes:
        votes = [one.votes[topic.votes] for one in abilities]
        return sum(v.votes for v in votes), 0, max((v.as_of for v in votes), default="")
    here = [of_task(one, topic.task) for one in abilities]
    return (
        sum(one.scores for one in here),
        sum(one.measured for one in here),
        max((one.newest for one in here), default=""),
    )
