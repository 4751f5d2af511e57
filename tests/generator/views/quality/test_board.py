"""Leaderboards: tiers, not ranks; what is not known stands apart and has no figure."""

from __future__ import annotations

from generator.views.quality.board import Board
from generator.views.quality.topics import PAGES
from playground.ability import Proof
from tests.catalogs import abilities, committed
from tests.generator.views.quality.made import able, boards, rated

TOPICS = {topic.id: topic for page in PAGES for topic in page.topics}


def tiers(board: Board) -> list[list[str]]:
    return [[entry.model.removeprefix("acme/") for entry in tier] for tier in board.tiers]


def board(topic: str, *made: object, **more: object) -> Board:
    return boards(*made, **more).by_topic[TOPICS[topic]]  # type: ignore[arg-type]


def test_a_tier_holds_all_that_its_best_is_not_surely_better_than_and_the_cheapest_comes_first() -> None:
    known = {"best": able(1.5), "near": able(1.4), "far": able(0.2)}
    made = board("overall", {"best": 9, "near": 2, "far": 1}, known)
    assert tiers(made) == [["near", "best"], ["far"]]
    assert [entry.tier for entry in made.entries] == [1, 1, 2]


def test_a_task_ranks_by_its_own_tests_and_lists_who_has_none_apart() -> None:
    known = {"coder": able(0.1, code=1.2), "other": able(1.5), "slow": able(1.0, code=0.0)}
    made = board("coding", {"coder": 1, "other": 1, "slow": 1}, known)
    assert tiers(made) == [["coder"], ["slow"]]
    assert [(e.model, e.tier) for e in made.elsewhere] == [("acme/other", 1)]
    assert made.scores == 4
    assert made.measured == 0
    assert {entry.proof for entry in made.entries} == {Proof.CLAIMED}


def test_an_untested_model_has_no_figure_and_names_the_tested_one_before_it() -> None:
    asked = {"quick-1": 1, "quick-2": 1, "quick-3": 1, "quick-4": 1}
    made = board("overall", asked, {"quick-1": able(0.1), "quick-2": able(0.9)}, front=("quick-3",))
    assert tiers(made) == [["quick-2"], ["quick-1"]]
    (one,) = made.untested
    assert (one.model, one.before, one.tier) == ("acme/quick-3", "acme/quick-2", 1)
    assert made.others == 1  # quick-4, which no reader looks for first


def test_who_is_sold_by_nobody_that_choose_names_is_counted_and_keeps_its_tier() -> None:
    made = board("overall", {"sold": 1, "unsold": 0}, {"sold": able(0.1), "unsold": able(1.9)})
    assert [entry.tier for entry in made.entries] == [2]
    assert (made.unsold, made.models) == (1, 2)
    assert made.places == {"acme/unsold": 1, "acme/sold": 2}


def test_votes_make_a_leaderboard_of_their_own() -> None:
    votes = {"liked": rated(1500), "also": rated(1498), "less": rated(1300)}
    made = board("chat", {"liked": 3, "also": 2, "less": 1}, {"less": able(2.0)}, votes)
    assert tiers(made) == [["also", "liked"], ["less"]]
    assert {entry.proof for entry in made.entries} == {Proof.VOTES}
    assert made.scores == 3600


def test_every_tier_of_the_committed_catalog_holds_who_may_be_as_good_as_its_best() -> None:
    from generator.exports.chooser import advisor_for
    from generator.exports.leaderboards import make_boards

    made = make_boards(advisor_for(committed(), "0", abilities()), (), (), {})
    seen = 0
    for one in made.by_topic.values():
        listed = [m for m, _ in sorted(one.places.items(), key=lambda p: p[1])]
        for tier in set(one.places.values()):
            members = [m for m in listed if one.places[m] == tier]
            below = [m for m in listed if one.places[m] > tier]
            odds = {(a, b): one.better(a, b, made.abilities) for a in members for b in (*members, *below)}
            best = [
                a
                for a in members
                if all((odds[a, b] or 0) <= 0.8 for b in members)
                and all((odds[a, b] or 0) > 0.8 for b in below)
            ]
            assert best, (one.topic.id, tier)
            seen += len(members)
    assert seen > 1000
