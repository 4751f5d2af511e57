"""How able a model must be: surely so before perhaps so, and as good as a model as far as tests tell."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from playground.ability import Abilities, Interval, Task
from playground.decide.answer import Answer
from playground.decide.answer_json import answer_to_json
from playground.decide.chooser import Chooser, choose
from playground.decide.decision_record import Claims, decision_record
from playground.decide.quality.sureness import head_of
from playground.labels.names import display_names
from playground.need.levels import LEVELS
from playground.need.need import Need
from tests.catalogs import abilities, committed
from tests.playground.decide.abilities import abilities_of
from tests.playground.decide.offers import GOOD, TODAY, WORK, of, offer

SURE = replace(GOOD, model="acme/sure", facts={**GOOD.facts, **offer(price__output=20).facts})
WEAK = replace(GOOD, model="acme/weak", facts={**GOOD.facts, **offer(price__output=1).facts})
#: Hard work asks for 0.6: GOOD has that with 74 %, SURE with 99 %, WEAK with 1 %.
ABLE = abilities_of({GOOD.model: 0.8, SURE.model: 1.3, WEAK.model: -0.1}, spread=0.4)
NEED = Need(work=WORK, able="hard")


def asked(need: Need = NEED, able: Abilities = ABLE, *, without: str = "") -> Answer:
    offerings = [one for one in (GOOD, SURE, WEAK) if one.model != without]
    return choose(need, of(*offerings), TODAY, abilities=able)


def sentences(answer: Answer) -> tuple[str, ...]:
    head = head_of(answer, lambda offering: offering.model.removeprefix("acme/"))
    assert head
    return head.sentences


@pytest.mark.parametrize("quality", [0, 1])
def test_who_is_surely_able_enough_comes_before_who_perhaps_is_and_who_surely_is_not_is_out(
    quality: int,
) -> None:
    answer = asked(replace(NEED, quality=quality))
    assert [(c.offering.model, c.perhaps) for c in answer.leaders] == [
        (SURE.model, 0),
        (GOOD.model, 1),
    ]
    assert [c.offering.model for c in answer.eliminated["able enough"]] == [WEAK.model]
    first, able, settles = sentences(answer)
    name = GOOD.model.removeprefix("acme/")
    assert first == f"sure comes before {name}, which is only 74 % likely to be able enough."
    assert able == (
        "sure is 99 % likely to be able enough for hard work, which asks for an ability of 0.6; "
        "its own is put at 1.3 (0.9 to 1.7)."
    )
    assert settles == "What would settle it: your own prompts on both."
    assert not [flip for flip in answer.flips if GOOD.key in (flip.above, flip.below)]


def test_where_the_first_is_perhaps_able_enough_its_head_begins_with_that() -> None:
    first = sentences(asked(without=SURE.model))[0]
    assert first.startswith("Perhaps able enough only (74 % likely): ")
    row = answer_to_json(asked(without=SURE.model), "x", TODAY)["candidates"][0]
    assert row["ability"]["enough"] == "74 % likely to be able enough"
    verdict = next(v for v in row["verdicts"] if v["constraint"] == "able enough")
    assert verdict["said"] == "ability 0.8 (0.4 to 1.2): 74 % likely to reach the 0.6 that hard work asks for"


def test_of_those_that_perhaps_are_who_rather_is_than_not_comes_first() -> None:
    """However much cheaper one is that rather is not."""
    able = abilities_of({GOOD.model: 0.7, WEAK.model: 0.5}, spread=0.4)
    answer = asked(able=able, without=SURE.model)
    assert [(c.offering.model, c.perhaps) for c in answer.leaders] == [(GOOD.model, 1), (WEAK.model, 2)]


def test_of_whom_less_is_known_comes_after_whom_more_is_known_however_able() -> None:
    """A fact that nobody says is more than a doubt about ability."""
    facts = {name: fact for name, fact in SURE.facts.items() if name != "max_output_tokens"}
    answer = choose(NEED, of(GOOD, replace(SURE, facts=facts)), TODAY, abilities=ABLE)
    assert answer.leaders[0].offering.model == GOOD.model


def test_who_is_perhaps_able_enough_is_not_waiting_for_a_fact_to_come_first() -> None:
    facts = {name: fact for name, fact in GOOD.facts.items() if name != "max_output_tokens"}
    unsaid = replace(GOOD, facts=facts)
    answer = choose(NEED, of(unsaid, SURE), TODAY, abilities=ABLE)
    assert answer.leaders[0].offering.model == SURE.model
    assert answer.pending() == ()
    sure_of_it = {**ABLE.models, GOOD.model: abilities_of({GOOD.model: 1.2}).models[GOOD.model]}
    answer = choose(NEED, of(unsaid, SURE), TODAY, abilities=replace(ABLE, models=sure_of_it))
    assert [one.candidate.offering.key for one in answer.pending()] == [GOOD.key]


def test_where_nobody_left_has_a_public_test_nobody_is_known_to_be_able_enough() -> None:
    """Those that are tested are out for less; the untested are to be tried, and are no answer."""
    new = replace(SURE, model="acme/new")
    answer = choose(NEED, of(WEAK, new), TODAY, abilities=ABLE)
    assert (list(answer.leaders.keys), list(answer.untested.keys)) == ([], [new.key])
    assert "able enough" in answer.conflict
    assert answer.relaxations == {("able enough",): 2}
    assert head_of(answer, lambda offering: offering.key) is None
    # A model without a test of its own is nothing to be as good as: then the order is by all else.
    unknown = choose(replace(NEED, able=new.model), of(WEAK, new), TODAY, abilities=ABLE)
    assert unknown.leaders
    assert choose(replace(NEED, able=""), of(WEAK, new), TODAY, abilities=ABLE).leaders


def test_as_good_as_a_model_is_whom_it_is_not_surely_better_than() -> None:
    answer = asked(
        replace(NEED, able=SURE.model),
        abilities_of({GOOD.model: 1.0, SURE.model: 1.3, WEAK.model: 0.5}, spread=0.4),
    )
    assert {c.offering.model for c in answer.leaders} == {GOOD.model, SURE.model}
    assert [c.offering.model for c in answer.eliminated["able enough"]] == [WEAK.model]
    assert answer.leaders[0].offering.model == GOOD.model
    able = sentences(answer)[1]
    assert "is 25 % likely to be at least as able as" in able
    assert "its ability is put at 1.0 (0.6 to 1.4)" in able
    assert "at 1.3 (0.9 to 1.7). Left is whoever" in able
    whole = of(GOOD, SURE, WEAK)
    text = decision_record(answer, whole, "x", TODAY, names=display_names(whole), claims=Claims({}))
    assert "25 % likely to be as able as asked" in text


@pytest.mark.parametrize("task", [None, Task.CODE, Task.VISION, Task.LONG_CONTEXT])
@pytest.mark.parametrize("level", LEVELS)
def test_no_first_of_the_catalog_is_perhaps_able_enough_where_another_surely_is(
    level: str, task: Task | None
) -> None:
    answer = chooser().answer(Need(work=WORK, able=level, task=task), flips=0)
    first, merits = answer.leaders[0], answer.judgement.merits
    as_known = (c for c in answer.leaders if len(c.lacks) <= len(first.lacks))
    assert not first.perhaps or all(c.perhaps for c in as_known)
    assert first.enough is not None
    assert first.perhaps or first.enough >= 0.8
    assert merits.perhaps.keys().isdisjoint(c.offering.model for c in answer.eliminated["able enough"])


def test_as_good_as_the_best_of_the_catalog_is_its_tier() -> None:
    """Where a model's interval reaches far into that of the best it is as good, as in a leaderboard."""
    known = abilities()
    at: dict[str, Interval] = dict(known.at(Task.CODE))
    best = max(at, key=lambda model: at[model].middle)
    answer = chooser().answer(Need(work=WORK, able=best, task=Task.CODE), flips=0)
    left = {c.offering.model for c in answer.leaders}
    assert len(left) > 1
    assert left <= set(known.tiers(at, Task.CODE)[0])


@cache
def chooser() -> Chooser:
    return Chooser(committed(), TODAY, abilities())
