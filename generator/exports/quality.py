"""How able models are, for programs: each model's standing on the leaderboards, all of these, all scores.

Every figure stands with its interval of 80 %, its kind of evidence and the licence of what it was made from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from generator.exports.explorer import TIERS, coded
from generator.exports.leaderboards import Boards
from generator.views.quality.board import Board, Entry, of_task
from generator.views.quality.plot import figures as written
from generator.views.quality.topics import Topic
from playground.ability import Ability, Interval, Proof
from playground.catalog import Catalog, Evidence, Score
from playground.catalog.codec import score_to_json

#: The licence of a score that a person cited; lists of scores have their own.
CITED = "a fact cited from the linked page"
FITTED = (
    "fitted by Model Almanac from public scores (MIT); name the day, the interval and the kind of evidence"
)


#: What stands in the note of a score that came by way of a list with a licence of its own.
RELAYED = {
    "densa-labs/benchmark-registry": "CC BY 4.0; name Benchmark Registry, a project of Densa Labs, "
    "https://benchmarkregistry.org/"
}


def licence_of(score: Score, catalog: Catalog) -> str:
    """Under which licence a score was published, and whom to name, by the list that it was read from."""
    if published := catalog.sources.get(score.source):
        return f"{published.licence}; name {published.name} with the link"
    return next((licence for by, licence in RELAYED.items() if by in score.note), CITED)


def score_json(score: Score, catalog: Catalog) -> dict[str, Any]:
    """A score with its test, which compares widely, its series, which compares strictly, and its licence."""
    row = {k: float(v) if isinstance(v, Decimal) else v for k, v in score_to_json(score).items()}
    known = {"unit": str(score.unit), "licence": licence_of(score, catalog)}
    return {"test": score.test, "series": score.series, **row, **known}


def scores_json(catalog: Catalog) -> Iterator[dict[str, Any]]:
    """Every score of every model."""
    for model in catalog.models.values():
        for score in model.scores:
            yield {"model": model.id, **score_json(score, catalog)}


def model_quality(model: str, boards: Boards) -> dict[str, Any] | None:
    """Where a model stands on each leaderboard; None where nothing public speaks for it."""
    ability = boards.abilities.of(model)
    if ability.proof is Proof.UNTESTED:
        return None
    topics = {
        topic.id: row
        for topic, board in boards.by_topic.items()
        if (row := _standing(ability, topic, board)) is not None
    }
    return {
        "evidence": str(ability.proof),
        "summary": boards.comparison.of(model).evidence,
        "topics": topics,
        "licence": FITTED,
    }


def _standing(ability: Ability, topic: Topic, board: Board) -> dict[str, Any] | None:
    """A model's figures at one topic; `tier` only where it is still served."""
    if topic.votes:
        votes = ability.votes.get(topic.votes)
        if votes is None:
            return None
        figures = {"unit": "rating", **_interval(votes.interval), "votes": votes.votes, "newest": votes.as_of}
        evidence = Proof.VOTES
    else:
        here = of_task(ability, topic.task)
        if here.general is None or (topic.task and topic.task not in ability.tasks):
            return None
        figures = {"unit": "ability", **_interval(here.general)}
        figures |= {"scores": here.scores, "measured": here.measured, "newest": here.newest}
        evidence = here.proof
    tier = board.places.get(ability.model)
    place = {"tier": tier, "tiers": len(board.tiers)} if tier else {}
    return {"title": topic.title, "evidence": str(evidence), **place, **figures}


def _interval(interval: Interval) -> dict[str, float]:
    return {"low": interval.low, "middle": interval.middle, "high": interval.high}


def leaderboards_json(boards: Boards) -> Iterator[dict[str, Any]]:
    """Every leaderboard, the best tier first, within one the cheapest first; then who has no evidence."""
    for topic, board in boards.by_topic.items():
        work = boards.works[topic.need]
        yield {
            "id": topic.id,
            "title": topic.title,
            "unit": "rating" if topic.votes else "ability",
            **({"task": str(topic.task)} if topic.task else {}),
            **({"votes": topic.votes} if topic.votes else {}),
            "work": {"title": work.title, **work.parts},
            "evidence": {
                "votes" if topic.votes else "scores": board.scores,
                "measured": board.measured,
                "newest": board.newest,
            },
            "licence": _licence(topic, boards),
            "entries": [_entry(entry) for entry in board.entries],
            "untested": [
                {"model": one.model, **({"before": one.before} if one.before else {})}
                for one in board.untested
            ],
        }


def _licence(topic: Topic, boards: Boards) -> str:
    """What those who pass a leaderboard on owe to whom: ratings are their publisher's, abilities ours."""
    if not topic.votes:
        return FITTED
    scores = (s for model in boards.catalog.models.values() for s in model.scores)
    voted = next((s for s in scores if s.evidence is Evidence.VOTED), None)
    return licence_of(voted, boards.catalog) if voted else CITED


def _entry(entry: Entry) -> dict[str, Any]:
    usd = {} if entry.usd is None else {"usd_a_month": round(float(entry.usd), 4)}
    return {
        "model": entry.model,
        "tier": entry.tier,
        **_interval(entry.interval),
        "evidence": str(entry.proof),
        "why": entry.why,
        "offering": entry.offer.offering.key,
        **usd,
    }


def explorer_quality(models: list[str], boards: Boards) -> dict[str, Any]:
    """The explorer's columns of quality, a code for each of these models; read once they are to be shown."""

    def ability(model: str) -> list[Any] | None:
        interval = boards.abilities.of(model).general
        return [interval.middle, "", written(interval)] if interval else None

    def place_in(places: Mapping[str, int]) -> Callable[[str], list[Any] | None]:
        return lambda model: [places[model], ""] if model in places else None

    columns = {
        "evidence": coded(models, lambda model: [str(boards.abilities.of(model).proof), ""]),
        "ability": coded(models, ability),
    }
    for topic, board in boards.by_topic.items():
        if topic.id in TIERS:
            columns[f"tier_{topic.id}"] = coded(models, place_in(board.places))
    return {"columns": columns}
