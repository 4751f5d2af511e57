"""The near miss of a budget: who is surely abler, and what that would cost more."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from playground.catalog import Offering
from playground.decide.answer import Answer
from playground.decide.chooser import choose
from playground.decide.quality.over_budget import over_budget
from playground.decide.quality.sureness import head_of
from playground.need.need import Need
from tests.playground.decide.abilities import abilities_of
from tests.playground.decide.offers import GOOD, TODAY, WORK, of, offer

#: They cost 50 and 130 dollars a month (tests/playground/decide/quality/test_sureness.py).
DEAR = replace(GOOD, model="acme/dear", facts={**GOOD.facts, **offer(price__output=20).facts})
BUDGET = Need(work=WORK, budget=Decimal(100))


def named(offering: Offering) -> str:
    return offering.model.removeprefix("acme/")


def asked(need: Need, dear: float = 2.0) -> Answer:
    able = abilities_of({GOOD.model: 0.0, DEAR.model: dear}, spread=0.1)
    return choose(need, of(GOOD, DEAR), TODAY, abilities=able)


def test_the_head_says_what_a_little_more_would_buy() -> None:
    head = head_of(asked(BUDGET), named)
    assert head
    assert head.beyond.startswith("$130.00 a month, $30.00 over what you allow, would buy dear: it is ")
    assert head.beyond in " ".join(head.sentences)


@pytest.mark.parametrize(
    ("need", "dear"),
    [
        (replace(BUDGET, budget=Decimal(200)), 2.0),  # nobody is over it
        (BUDGET, 0.02),  # not surely abler
        (replace(BUDGET, quality=Decimal(0)), 2.0),  # more ability is not asked
        (replace(BUDGET, request_budget=Decimal("0.006")), 2.0),  # another limit stands in its way
    ],
)
def test_where_more_money_buys_nothing_surely_better_nothing_is_said(need: Need, dear: float) -> None:
    answer = asked(need, dear)
    assert answer.leaders
    assert over_budget(answer) is None
