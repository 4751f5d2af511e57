"""What to give up, how little would be enough, and which missing fact would change the first place."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from playground.catalog import Capability, Catalog
from playground.decide.chooser import choose
from playground.decide.sentences import remedy_sentences
from playground.need.need import Need
from tests.playground.decide.abilities import abilities_of
from tests.playground.decide.any_catalog import CATALOGS, CONSTRAINTS
from tests.playground.decide.offers import GOOD, TODAY, WORK, left, of, offer


@given(CATALOGS, CONSTRAINTS, st.booleans())
def test_where_nobody_is_left_the_conflict_is_as_small_as_can_be_and_what_would_help_helps(
    whole: Catalog, more: dict[str, Any], keep: bool
) -> None:
    need = replace(Need(work=WORK, keep_unknown=keep), **more)
    answer = choose(need, whole, TODAY)
    assert bool(answer.ranked) == (not answer.conflict) == (not answer.relaxations)
    masks = dict(answer.judgement.masks)
    asks = answer.judgement.asks
    fails = {n: m.no if keep and n not in asks else m.no | m.unknown for n, m in masks.items()}
    everyone = (1 << len(whole.offerings)) - 1

    def meets(names: Iterable[str]) -> int:
        return everyone & ~reduce(or_, (fails[name] for name in names), 0)

    if answer.conflict:
        assert not meets(answer.conflict)
        for name in answer.conflict:
            assert meets(set(answer.conflict) - {name})
    for without, leaves in answer.relaxations.items():
        assert meets(set(fails) - set(without)).bit_count() == leaves
        assert all(not meets(set(fails) - {name}) for name in fails) or len(without) == 1
        enough = answer.enough[without]
        if enough and len(enough) == len(without):
            # As much as is said to be enough leaves somebody, and a little less leaves nobody.
            assert left(relaxed(need, enough), whole)
            if len(enough) == 1:
                ((part, value),) = enough.items()
                less = value * Decimal("0.999") if part == "budget" else value + 1
                assert not left(relaxed(need, {part: less}), whole)


def relaxed(need: Need, parts: Mapping[str, Decimal]) -> Need:
    work = {part: value for part, value in parts.items() if part.endswith("_tokens")}
    days = {part: int(value) for part, value in parts.items() if part.startswith("min_")}
    rest = {part: value for part, value in parts.items() if part not in work and part not in days}
    return replace(need, work=replace(need.work, **work), **days, **rest)  # type: ignore[arg-type]


def test_how_little_would_be_enough_is_said_for_each_number() -> None:
    one = replace(GOOD, facts={**GOOD.facts, **offer(retires="2027-01-10").facts})
    limits = {"max_output_tokens": 8_000, "context_tokens": 128_000}
    work = replace(WORK, input_tokens=Decimal(200_000), output_tokens=Decimal(9_000))
    for change, without, enough in (
        ({"budget": Decimal(49)}, "budget", {"budget": Decimal(50)}),
        ({"request_budget": Decimal("0.004")}, "request budget", {"request_budget": Decimal("0.005")}),
        ({"min_days": 100}, "still lives", {"min_days": Decimal(46)}),
        ({"min_providers": 3}, "providers to switch to", {"min_providers": Decimal(1)}),
        ({"work": replace(work, output_tokens=Decimal(1))}, "input fits", {"input_tokens": Decimal(127_999)}),
        (
            {"work": replace(work, input_tokens=Decimal(1))},
            "output fits",
            {"output_tokens": Decimal(limits["max_output_tokens"])},
        ),
    ):
        answer = choose(replace(Need(work=WORK, min_days=0), **change), of(one), TODAY)
        assert (answer.conflict, dict(answer.enough)) == ((without,), {(without,): enough})
        sentence = next(iter(remedy_sentences(answer)))
        assert sentence.startswith("There would be one with ")


def test_what_would_be_enough_comes_through_json_and_still_is() -> None:
    """A third of a cent has no end: as the nearest number it could be a hair too little."""
    one = replace(GOOD, facts={**GOOD.facts, **offer(price__input="0.33333333333333333333333").facts})
    work = replace(WORK, input_tokens=Decimal(7), requests=Decimal(3), output_tokens=Decimal(1))
    need = Need(work=work, budget=Decimal("0.000001"))
    ((_, enough),) = choose(need, of(one), TODAY).enough.items()
    budget = Decimal(str(json.loads(json.dumps(float(enough["budget"])))))
    assert left(replace(need, budget=budget), of(one))


def test_a_missing_fact_that_would_change_the_first_place_is_reported_and_no_other() -> None:
    cheap = {"kind": "chat", "max_output_tokens": 8_000, "price__output": 1}
    silent = offer("acme/silent", **cheap, context_tokens=128_000, price__input=1)
    two = offer("acme/two", kind="chat", price__input=1, price__output=1)  # two things nobody says
    dear = offer("acme/dear", **{**cheap, "price__output": 90}, context_tokens=128_000, price__input=9)
    need = Need(work=WORK, must=(Capability.VISION,))
    for keep in (True, False):
        answer = choose(replace(need, keep_unknown=keep), of(GOOD, silent, two, dear), TODAY)
        assert answer.ranked[0].offering.key == GOOD.key
        assert [(p.candidate.offering.key, p.doubt) for p in answer.pending()] == [
            (silent.key, "can: vision")
        ]
    # A price that is missing keeps one from the first place too.
    cached = replace(need, must=(), work=replace(WORK, cached=Decimal("0.5")))
    read = replace(GOOD, facts={**GOOD.facts, **offer(price__cache_read="0.5").facts})
    answer = choose(cached, of(read, silent), TODAY)
    assert [(p.candidate.offering.key, p.doubt) for p in answer.pending()] == [
        (silent.key, "price of cache read")
    ]
    # Not so where cost does not count.
    assert choose(replace(cached, cost=0), of(read, silent), TODAY).pending() == ()
    # Where nobody is left for want of a fact, the answer says whose.
    alone = choose(replace(need, keep_unknown=False), of(silent), TODAY)
    assert not alone.ranked
    assert [(p.candidate.offering.key, p.doubt) for p in alone.pending()] == [(silent.key, "can: vision")]


def test_who_is_first_already_or_has_no_place_at_all_waits_for_no_fact_to_come_first() -> None:
    cheap = offer("acme/silent", kind="chat", max_output_tokens=8_000, price__input="0.1", price__output=1)
    short = replace(GOOD, facts={n: f for n, f in GOOD.facts.items() if n != "context_tokens"})
    answer = choose(Need(work=WORK), of(short, cheap), TODAY, abilities=abilities_of({GOOD.model: 1.0}))
    assert (list(answer.leaders.keys), list(answer.untested.keys)) == ([short.key], [cheap.key])
    assert answer.pending() == ()
    # Of two that lack the same, the cheaper would come first; without a test of any, cost alone decides.
    assert [p.candidate.offering.key for p in choose(Need(work=WORK), of(short, cheap), TODAY).pending()] == [
        short.key
    ]
