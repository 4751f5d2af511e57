"""The leaderboards of a site: how able its models are, and where each costs least for the work of a need."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from generator.curated.named_needs import NEEDS_FILE, NamedNeed, load_needs
from generator.curated.versus_models import VERSUS_FILE, load_versus
from generator.views.front.rule import front_models
from generator.views.quality.board import Board, make_board
from generator.views.quality.strengths import Comparison
from generator.views.quality.topics import NEEDS, OVERALL, PAGES, Topic
from playground.ability import Abilities, with_votes
from playground.advisor import Advisor
from playground.catalog import Catalog
from playground.decide.candidate import Candidate
from playground.need.need import WORK, need_to_parts
from playground.pricing.workload import Workload


@dataclass(frozen=True, slots=True, kw_only=True)
class PricedWork:
    """A month's work, what it is called, and for each model the place where it costs least.

    `parts` say the work as the address of the Choose page does.
    """

    title: str
    work: Workload
    parts: Mapping[str, Any]
    offers: Mapping[str, Candidate]


@dataclass(frozen=True, kw_only=True)
class Boards:
    """All that leaderboards are made of: the catalog, abilities with votes, works by the name of their need.

    `names` is what each model is called, `front` are those that a reader looks for first, `judged` how well
    hidden scores were foretold.
    """

    catalog: Catalog
    names: Mapping[str, str]
    abilities: Abilities
    works: Mapping[str, PricedWork]
    front: Sequence[str]
    judged: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def by_topic(self) -> Mapping[Topic, Board]:
        """The leaderboard of each topic."""
        served = {o.model for o in self.catalog.offerings if not o.retired}
        return {
            topic: make_board(
                topic, self.abilities, self.catalog, self.works[topic.need].offers, served, self.front
            )
            for page in PAGES
            for topic in page.topics
        }

    def tier(self, model: str) -> int:
        """A model's tier by its ability in general; 0 where it has none."""
        return self.by_topic[OVERALL].places.get(model, 0)

    @cached_property
    def comparison(self) -> Comparison:
        """Where each model stands on them."""
        scores = {name: model.scores for name, model in self.catalog.models.items()}
        return Comparison(self.abilities, self.by_topic, self.names, scores)


def make_boards(
    advisor: Advisor, needs: Iterable[NamedNeed], front: Sequence[str], judged: Mapping[str, Any]
) -> Boards:
    """The leaderboards of an advisor's catalog.

    A site without one of the needs whose work is priced prices what Choose takes where nothing is said.
    """
    by_name = {named.id: named for named in needs}
    return Boards(
        catalog=advisor.catalog,
        names=advisor.names,
        abilities=with_votes(advisor.abilities, advisor.catalog.models.values()),
        works={name: _priced(advisor, by_name.get(name)) for name in NEEDS},
        front=front,
        judged=judged,
    )


def read_boards(advisor: Advisor, folder: Path) -> Boards:
    """The leaderboards of the catalog in a folder, by the needs and the models that people named there."""
    named = load_versus(folder / VERSUS_FILE)
    return make_boards(advisor, load_needs(folder / NEEDS_FILE), front_models(advisor.catalog, named), {})


def _priced(advisor: Advisor, named: NamedNeed | None) -> PricedWork:
    parts = {part: value for part, value in named.need.items() if part in WORK} if named else {}
    need, _ = advisor.read({**parts, "quality": 0})
    written = need_to_parts(need)
    return PricedWork(
        title=named.title if named else "A thousand requests",
        work=need.work,
        parts={part: value for part, value in written.items() if part in WORK},
        offers={c.offering.model: c for c in advisor.answer(need).leaders},
    )
