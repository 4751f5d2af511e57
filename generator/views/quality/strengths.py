"""What a model is good at, as far as anything public tells: by task, beside models of about its price."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.views.figures import UNKNOWN, escape
from generator.views.quality.board import Board, Entry, of_task
from generator.views.quality.plot import figures
from generator.views.quality.topics import LANGUAGES, OVERALL, PAGES, Topic
from playground.ability import TIER_ODDS, Abilities, Ability, Lean, Proof, predecessor
from playground.catalog import Evidence, Score
from playground.decide.quality.evidence import proof_text
from playground.labels.addresses import model_path
from playground.pricing.money import usd

#: A model costs about as much as another within this factor; so many of the nearest are named.
ALIKE, NEAREST = 2, 4
#: The page that each topic stands on.
STANDS_ON = {topic: page.path for page in PAGES for topic in page.topics}


@dataclass(frozen=True, slots=True, kw_only=True)
class Strength:
    """How able a model is at one topic: texts for a row of its page."""

    topic: str
    tier: str
    figure: str
    basis: str
    beside: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Strengths:
    """What is known of a model's quality: in a few words, a sentence of the evidence, more, rows by topic."""

    short: str
    evidence: str
    notes: tuple[str, ...] = ()
    rows: tuple[Strength, ...] = ()


class Comparison:
    """All leaderboards, to say of each model where it stands on them.

    `abilities` have the votes, too; `boards` are all topics' leaderboards, `names` what each model is called,
    `scores` those of each model.
    """

    def __init__(
        self,
        abilities: Abilities,
        boards: Mapping[Topic, Board],
        names: Mapping[str, str],
        scores: Mapping[str, Sequence[Score]],
    ) -> None:
        self._scores = scores
        self._abilities = abilities
        self._boards = boards
        self._names = names
        self._overall = boards[OVERALL]

    def of(self, model: str) -> Strengths:
        """What is known of a model."""
        ability = self._abilities.of(model)
        short = self._short(ability)
        if ability.proof is Proof.UNTESTED:
            evidence = _of_other_kinds(self._scores.get(model, ())) or "No public evidence of its quality."
            return Strengths(short=short, evidence=evidence, notes=tuple(self._before(model)))
        if ability.proof is Proof.VOTES:
            evidence = "No public test of it, only votes of people."
        else:
            evidence = f"{proof_text(ability)}.".replace("1 score,", "One score,")
        notes = (*self._before(model), *_leans(ability), *self._languages(model))
        rows = (
            self._row(ability, topic, board)
            for topic, board in self._boards.items()
            if topic.title not in LANGUAGES and _stands_on(ability, topic)
        )
        return Strengths(short=short, evidence=evidence, notes=notes, rows=tuple(rows))

    def _short(self, ability: Ability) -> str:
        """`tier 1 of 20, measured`, or the kind of evidence alone."""
        tier = self._overall.places.get(ability.model) if ability.general else None
        return f"tier {tier} of {len(self._overall.tiers)}, {ability.proof}" if tier else str(ability.proof)

    def _before(self, model: str) -> Iterator[str]:
        """The tested model before one that no test has, with its tier."""
        if self._abilities.of(model).general:
            return
        before = predecessor(model, self._abilities)
        if before not in self._names:
            return
        tier = self._overall.places.get(before)
        where = f"is in tier {tier} of {len(self._overall.tiers)} overall" if tier else "is served no more"
        yield f"The tested model before it, {self._link(before)}, {where}; that is no figure of this one."

    def _row(self, ability: Ability, topic: Topic, board: Board) -> Strength:
        tier = board.places.get(ability.model)
        here = of_task(ability, topic.task)
        interval = ability.votes[topic.votes].interval if topic.votes else here.general
        votes = f"{ability.votes[topic.votes].votes:,} votes" if topic.votes else ""
        return Strength(
            topic=f"[{escape(topic.title)}]({STANDS_ON[topic]}#{topic.id})",
            tier=f"{tier} of {len(board.tiers)}" if tier else UNKNOWN,
            figure=figures(interval) if interval else UNKNOWN,
            basis=votes or f"{here.proof} <small>{escape(proof_text(here))}</small>",
            beside=self._beside(ability.model, board) or UNKNOWN,
        )

    def _beside(self, model: str, board: Board) -> str:
        """Who of those that cost about as much is better, who worse, who not told apart; who is cheaper."""
        own = board.entry(model)
        if own is None or not own.usd:
            return ""
        near = sorted(
            (abs(math.log(float(e.usd) / float(own.usd))), e.model, e)
            for e in board.entries
            if e.usd and e.model != model
        )
        groups: dict[str, list[str]] = {"better than": [], "worse than": [], "not told apart from": []}
        for distance, other, _ in near[:NEAREST]:
            if distance > math.log(ALIKE):
                break
            odds = board.better(model, other, self._abilities)
            if odds is None:
                continue
            which = (
                "better than"
                if odds > TIER_ODDS
                else "worse than"
                if odds < 1 - TIER_ODDS
                else "not told apart from"
            )
            percent = f" ({_percent(max(odds, 1 - odds))})" if which != "not told apart from" else ""
            groups[which].append(self._link(other) + percent)
        texts = [f"{which} {_listed(models)}" for which, models in groups.items() if models]
        return "; ".join((*texts, *self._cheapest(own, board)))

    def _cheapest(self, own: Entry, board: Board) -> Iterator[str]:
        """The cheapest of its tier, where that costs less than half."""
        first = next((e for e in board.entries if e.tier == own.tier), own)
        if first.usd and own.usd and own.usd > ALIKE * first.usd:
            costs = f"{usd(first.usd)} a month against {usd(own.usd)}"
            yield f"cheapest of its tier: {self._link(first.model)}, {costs}"

    def _languages(self, model: str) -> Iterator[str]:
        tiers = [
            f"{board.places[model]} in {topic.title}"
            for topic, board in self._boards.items()
            if topic.title in LANGUAGES and model in board.places
        ]
        if tiers:
            yield f"[Languages](/leaderboards/languages/), by people’s votes: tier {', '.join(tiers)}."

    def _link(self, model: str) -> str:
        return f"[{escape(self._names[model])}]({model_path(model)}#strengths)"


def _stands_on(ability: Ability, topic: Topic) -> bool:
    if topic.votes:
        return topic.votes in ability.votes
    return ability.general is not None and (topic.task is None or topic.task in ability.tasks)


def _of_other_kinds(scores: Sequence[Score]) -> str:
    """What there is of a model that no leaderboard here compares: scores or votes of other work."""
    if not scores:
        return ""
    if all(score.evidence == Evidence.VOTED for score in scores):
        text = "No public test of it; people’s votes of work that has no leaderboard here"
        return f"{text} [stand below](#scores)."
    return "No test that leaderboards here rest on; [its scores](#scores) are of others."


def _leans(ability: Ability) -> Iterator[str]:
    """Where it is surely better or worse than its ability in general says."""
    for lean in (Lean.STRONGER, Lean.WEAKER):
        tasks = [str(task) for task, at in ability.tasks.items() if at.lean is lean]
        if tasks:
            yield f"{lean.capitalize()} at {_listed(tasks)} than it is in general."


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _percent(share: float) -> str:
    return f"{min(round(100 * share), 99)} %"
