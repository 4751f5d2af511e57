"""A small model first and a large one where it fails: when that is an answer, and what it costs."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from math import exp

import pytest

from playground.ability import Abilities
from playground.catalog import Capability, Kind, Offering
from playground.decide.answer_json import answer_to_json
from playground.decide.chooser import choose
from playground.decide.quality.cascade import LEAST_SAVING, Cascade, cascade_of, cascade_sentences
from playground.need.need import Need
from tests.playground.decide.abilities import abilities_of
from tests.playground.decide.offers import GOOD, TODAY, WORK, of, offer


def priced(name: str, price: str) -> Offering:
    """A model whose tokens all cost the same, so that a month costs 35 times the price."""
    facts = offer(price__input=price, price__output=price).facts
    return replace(GOOD, model=f"acme/{name}", facts={**GOOD.facts, **facts})


SMALL, LARGE = priced("small", "0.1"), priced("large", "2")
SMALL_COST, LARGE_COST = 3.5, 70.0
NEED = Need(work=WORK, cost=0)


def solved(ability: float) -> float:
    """What a model of that ability solves of the tests' benchmark."""
    return 1 / (1 + exp(-ability))


def made(need: Need, able: Abilities, *offerings: Offering) -> Cascade | None:
    return cascade_of(choose(need, of(*(offerings or (SMALL, LARGE))), TODAY, abilities=able))


def test_its_cost_is_that_of_the_small_one_and_of_the_large_for_what_that_fails() -> None:
    cascade = made(NEED, abilities_of({SMALL.model: 0.0, LARGE.model: 2.0}))
    assert cascade
    assert (cascade.small.offering, cascade.large.offering) == (SMALL, LARGE)
    assert cascade.instead_of.offering == LARGE
    assert cascade.cost.middle == pytest.approx(SMALL_COST + 0.5 * LARGE_COST, rel=1e-4)
    # It pays from the share on at which the small one's cost is saved at the large one: by the prices alone.
    assert cascade.needed == pytest.approx(SMALL_COST / LARGE_COST)
    assert cascade.right == pytest.approx(solved(2.0), abs=1e-4)
    both, alone = cascade.each(WORK.requests)
    assert both == pytest.approx(cascade.cost.middle / (10_000 * cascade.right))
    assert alone == pytest.approx(LARGE_COST / (10_000 * cascade.right))


def test_the_interval_is_that_of_what_the_small_one_solves() -> None:
    cascade = made(NEED, abilities_of({SMALL.model: 0.0, LARGE.model: 2.0}, spread=0.5))
    assert cascade
    assert cascade.solves.low == pytest.approx(solved(-0.5), abs=1e-4)
    assert cascade.solves.high == pytest.approx(solved(0.5), abs=1e-4)
    ends = [SMALL_COST + (1 - solved(x)) * LARGE_COST for x in (0.5, -0.5)]
    assert [cascade.cost.low, cascade.cost.high] == pytest.approx(ends, rel=1e-4)
    assert cascade.cost.low < cascade.cost.middle < cascade.cost.high


def test_it_is_no_answer_where_one_model_does_better() -> None:
    # The small one solves hardly anything; costs nearly as much; is not known to solve enough.
    assert made(NEED, abilities_of({SMALL.model: -5.0, LARGE.model: 2.0})) is None
    near = priced("near", "1.9")
    assert made(NEED, abilities_of({near.model: 1.0, LARGE.model: 2.0}), near, LARGE) is None
    half = priced("half", "1")
    unsure = abilities_of({half.model: 1.0, LARGE.model: 2.0}, spread=2.5)
    assert made(NEED, abilities_of({half.model: 1.0, LARGE.model: 2.0}), half, LARGE)
    assert made(NEED, unsure, half, LARGE) is None
    # Nobody tested either; the first is the cheapest; two answers in a row take their time.
    assert made(NEED, Abilities()) is None
    assert made(Need(work=WORK), abilities_of({SMALL.model: 1.0, LARGE.model: 1.2})) is None
    fast = {SMALL.key: Decimal(100), LARGE.key: Decimal(50)}
    able = abilities_of({SMALL.model: 0.0, LARGE.model: 2.0})
    assert made(replace(NEED, speed=1, speeds=fast), able) is None
    assert made(replace(NEED, kind=Kind.EMBEDDING), able) is None


def test_what_saves_little_is_no_answer() -> None:
    able = abilities_of({"acme/mid": 0.0, LARGE.model: 2.0})
    saving = {}
    for cents in range(10, 100, 10):
        mid = priced("mid", f"{Decimal(cents) / 100}")
        saving[cents] = 1 - (35 * cents / 100 + 0.5 * LARGE_COST) / LARGE_COST
        shown = made(NEED, able, mid, LARGE) is not None
        if abs(saving[cents] - float(LEAST_SAVING)) > 0.001:
            assert shown is (saving[cents] > LEAST_SAVING), cents


def test_one_that_is_not_able_enough_alone_may_be_the_small_one() -> None:
    able = abilities_of({SMALL.model: 0.0, LARGE.model: 2.0}, spread=0.1)
    cascade = made(Need(work=WORK, quality=0, able="hard"), able)
    assert cascade
    assert cascade.small.offering == SMALL
    # But not one that fails anything else that is asked.
    blind = replace(SMALL, facts={**SMALL.facts, **offer(can__vision="no").facts})
    need = Need(work=WORK, quality=0, able="hard", must=(Capability.VISION,))
    assert made(need, able) is not None
    assert made(need, able, blind, LARGE) is None


def test_by_the_cost_of_right_answers_it_is_weighed_against_the_ablest() -> None:
    need = Need(work=WORK, accepted=True)
    answer = choose(
        need, of(SMALL, LARGE), TODAY, abilities=abilities_of({SMALL.model: 0.0, LARGE.model: 2.0})
    )
    assert answer.leaders[0].offering == SMALL
    cascade = cascade_of(answer)
    assert cascade
    assert cascade.instead_of.offering == LARGE
    both, alone = cascade.each(WORK.requests)
    assert both < alone
    # No two in a row cost less for each right answer than the first alone.
    assert both > SMALL_COST / (10_000 * solved(0.0))


def test_it_says_what_it_needs_in_sentences_and_as_values() -> None:
    able = abilities_of({SMALL.model: 0.0, LARGE.model: 2.0}, spread=0.2)
    answer = choose(NEED, of(SMALL, LARGE), TODAY, abilities=able)
    cascade = cascade_of(answer)
    assert cascade
    sentences = list(cascade_sentences(cascade, WORK.requests, lambda o: o.model.removeprefix("acme/")))
    assert sentences[0] == "Ask small first, and large where its answer fails your check"
    assert "It pays where the first solves more than 5 %" in sentences[2]
    assert "50 % (45 % to 55 %)" in sentences[2]
    assert "It needs a check of your own" in sentences[3]
    values = answer_to_json(answer, "x", TODAY)["cascade"]
    assert (values["small"], values["large"]) == (SMALL.key, LARGE.key)
    assert values["needed"] == 0.05
    assert answer_to_json(choose(NEED, of(LARGE), TODAY, abilities=able), "x", TODAY)["cascade"] is None
