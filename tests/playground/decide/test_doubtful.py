"""A price in doubt is never first: in no answer, no bill, no comparison and as no replacement."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from generator.curated.need_file import need as read_need
from playground.catalog import Fact, Offering, Standing
from playground.decide.chooser import Chooser, choose
from playground.labels.names import display_names
from playground.lifecycle.outlook import outlook_of
from playground.lifecycle.replacement import Outlooks
from playground.need.need import Need
from playground.pricing.bills import bills_to_json
from playground.pricing.doubt import doubted_price
from playground.pricing.savings import elsewhere, savings
from playground.pricing.workload import Workload
from playground.versus.side import side
from playground.versus.versus import versus
from tests.catalogs import committed
from tests.playground.decide.offers import GOOD, TODAY, WORK, left, of, offer

WHY = "1/7 of what 44 other providers ask: median $1"


def doubtful(offering: Offering, *fields: str) -> Offering:
    """The offering with these prices in doubt."""
    facts = {
        n: replace(f, standing=Standing.DOUBTFUL, reason=WHY) if n in fields else f
        for n, f in offering.facts.items()
    }
    return replace(offering, facts=facts)


def add(offering: Offering, **prices: str) -> Offering:
    facts = {
        f"price.{n.replace('__', '.')}": Fact(value=Decimal(usd), standing=Standing.SINGLE)
        for n, usd in prices.items()
    }
    return replace(offering, facts={**offering.facts, **facts})


CHEAP = doubtful(
    offer(
        provider="cheap",
        kind="chat",
        context_tokens=128_000,
        max_output_tokens=8_000,
        can__vision="yes",
        price__input=0.1,
        price__output=0.4,
    ),
    "price.input",
)
BOTH = of(GOOD, CHEAP)


def test_it_stands_among_what_is_left_out_with_the_reason() -> None:
    answer = choose(Need(work=WORK), BOTH, TODAY)
    assert list(answer.ranked.keys) == [GOOD.key]
    out = answer.left_out["price not in doubt"]
    assert list(out.keys) == [CHEAP.key]
    verdict = next(v for v in out[0].verdicts if v.constraint == "price not in doubt")
    assert (verdict.reason, verdict.field) == (f"price in doubt: {WHY}", "price.input")
    assert [p.candidate.offering.key for p in answer.pending()] == []


def test_who_asks_for_it_gets_it() -> None:
    assert left(Need(work=WORK, doubtful=True), BOTH) == [CHEAP.key, GOOD.key]
    assert read_need({"doubtful": "yes"}, BOTH, "the need").doubtful


@pytest.mark.parametrize(
    ("field", "work", "counts"),
    [
        ("price.batch.input", WORK, False),
        ("price.batch.input", replace(WORK, batch=Decimal("0.5")), True),
        ("price.input", replace(WORK, batch=Decimal(1)), True),  # as usual where there is no batch
        ("price.flex.input", WORK, False),
        ("price.cache_read", WORK, False),
        ("price.cache_read", replace(WORK, cached=Decimal("0.5")), True),
        ("price.input>200000", WORK, False),
        ("price.input>200000", replace(WORK, input_tokens=Decimal(300_000)), True),
        ("price.output", WORK, True),
    ],
)
def test_only_a_price_that_the_work_is_billed_by_counts(field: str, work: Workload, counts: bool) -> None:
    assert (doubted_price({field: WHY}, work) == field) is counts


def test_a_bill_in_doubt_comes_after_the_others_and_says_why() -> None:
    names = display_names(BOTH)
    rows = bills_to_json(WORK, [CHEAP, GOOD], BOTH, names, TODAY)
    assert [row["offering"] for row in rows] == [GOOD.key, CHEAP.key]
    assert [row["note"] for row in rows] == ["", f"price in doubt (input): {WHY}"]


def test_what_is_in_doubt_promises_no_saving() -> None:
    batch = add(GOOD, batch__input="0.01", batch__output="0.01")
    assert [s.way for s in savings(WORK, batch)] == ["everything in batch"]
    assert list(savings(WORK, doubtful(batch, "price.batch.input"))) == []
    other = doubtful(replace(GOOD, channel="eu"), "price.input")  # type: ignore[arg-type]
    assert elsewhere(GOOD, of(GOOD, other)) == []


def test_a_rule_of_versus_rests_on_no_price_in_doubt() -> None:
    one = replace(CHEAP, model="acme/one", provider="azure")
    other = replace(GOOD, model="acme/other")
    whole = of(one, other)
    names = display_names(whole)
    compared = versus(side("acme/one", whole, names), side("acme/other", whole, names))
    assert not [s for s in (*compared.for_a, *compared.for_b) if s.rule in ("cheaper", "crossover")]
    sure = of(add(one, input="0.1"), other)
    compared = versus(side("acme/one", sure, names), side("acme/other", sure, names))
    assert "cheaper" in [s.rule for s in compared.for_a]


def test_another_place_speaks_for_a_model_than_one_whose_price_is_in_doubt() -> None:
    home = doubtful(offer(provider="acme", price__input=0.01, price__output=4), "price.input")
    whole = of(home, GOOD)
    assert side("acme/one", whole, display_names(whole)).home.key == GOOD.key


def test_it_takes_the_place_of_nothing_that_ends() -> None:
    ends = replace(offer(kind="chat", retires="2026-12-01", price__input=0.1, price__output=0.4))
    new = replace(
        offer("acme/one-2", kind="chat", price__input=0.1, price__output=0.4), facts={**CHEAP.facts}
    )
    for offering, found in ((new, False), (add(new, input="0.1"), True)):
        outlooks = Outlooks(of(ends, offering), TODAY)
        assert (outlooks.replacement(outlook_of(ends, TODAY)) is not None) is found


# The committed catalog.


def test_no_answer_over_the_catalog_has_a_price_in_doubt_in_it() -> None:
    chooser = Chooser(committed(), date(2026, 11, 24))
    for work in (WORK, replace(WORK, batch=Decimal(1)), replace(WORK, cached=Decimal("0.9"))):
        answer = chooser.answer(Need(work=work))
        by_key = {o.key: o for o in committed().offerings}
        assert not [key for key in answer.ranked.keys if doubted_price(by_key[key].doubts(), work)]
        assert len(answer.left_out["price not in doubt"]) > 0
