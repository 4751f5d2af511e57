"""What is true of every choice, whatever the catalog holds."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from playground.catalog import Capability, Catalog, Offering
from playground.decide.chooser import choose
from playground.decide.order.flips import INPUTS
from playground.need.need import SOON, Need
from playground.pricing.cost import monthly
from tests.playground.decide.any_catalog import CATALOGS, CONSTRAINTS, OFFERINGS, known
from tests.playground.decide.offers import TODAY, WORK, left


@given(CATALOGS, CONSTRAINTS, CONSTRAINTS, st.booleans())
def test_adding_a_constraint_never_adds_a_candidate(
    whole: Catalog, first: dict[str, object], more: dict[str, object], keep: bool
) -> None:
    need = replace(Need(work=WORK, keep_unknown=keep), **first)  # type: ignore[arg-type]
    added = {k: v for k, v in more.items() if k not in first}
    # A model must live on for SOON days unless the need says how many: fewer let more in.
    if isinstance(days := added.get("min_days"), int) and days < SOON:
        del added["min_days"]
    narrower = replace(need, **added)  # type: ignore[arg-type]
    assert set(left(narrower, whole)) <= set(left(need, whole))


@given(CATALOGS, CONSTRAINTS, st.randoms(use_true_random=False))
def test_the_answer_does_not_depend_on_the_order_of_the_catalog(
    whole: Catalog, more: dict[str, object], chance: random.Random
) -> None:
    need = replace(Need(work=WORK), **more)  # type: ignore[arg-type]
    shuffled = list(whole.offerings)
    chance.shuffle(shuffled)
    assert choose(need, whole, TODAY) == choose(need, replace(whole, offerings=tuple(shuffled)), TODAY)


@given(CATALOGS)
def test_every_offering_is_either_left_or_eliminated_with_a_reason(whole: Catalog) -> None:
    answer = choose(Need(work=WORK, must=(Capability.VISION,)), whole, TODAY)
    out = [c for groups in (answer.eliminated, answer.left_out) for group in groups.values() for c in group]
    assert sorted(c.offering.key for c in [*answer.ranked, *out]) == sorted(o.key for o in whole.offerings)
    assert all(c.failed for c in out)


@given(CATALOGS)
def test_a_dominated_offering_is_never_on_the_front(whole: Catalog) -> None:
    answer = choose(Need(work=WORK, should=(Capability.VISION,)), whole, TODAY)
    front = [c for c in answer.ranked if c.offering.key in answer.front]
    assert front or not answer.ranked
    for one in front:
        for other in answer.ranked:
            assert one.bill is not None
            assert other.bill is not None
            better = [other.bill.low < one.bill.low, other.wished > one.wished]
            worse = [other.bill.low > one.bill.low, other.wished < one.wished]
            assert not (any(better) and not any(worse))


AMOUNTS = st.integers(0, 500_000).map(Decimal)


@given(OFFERINGS.map(known), AMOUNTS, AMOUNTS, AMOUNTS, st.sampled_from(["input_tokens", "output_tokens"]))
def test_more_work_never_costs_less(
    one: Offering, tokens: Decimal, other: Decimal, more: Decimal, name: str
) -> None:
    work = replace(WORK, input_tokens=tokens, output_tokens=other, cached=Decimal("0.25"))
    less = monthly(work, one.price)
    grown = monthly(INPUTS[name](work, getattr(work, name) + more), one.price)
    assert less is not None
    assert grown is not None
    assert grown.low >= less.low
