"""Choosing: judged one constraint at a time, explained, in an order that a need alone decides."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from generator.curated.named_needs import load_needs
from playground.catalog import Capability, Channel, Fact, Kind, Standing, Support
from playground.catalog.regions import Zone
from playground.decide.chooser import Chooser, choose
from playground.need.need import Need
from playground.need.reader import read_need
from playground.pricing.cost import monthly
from tests.catalogs import committed
from tests.playground.decide.abilities import abilities_of
from tests.playground.decide.offers import GOOD, TODAY, WORK, left, of, offer
from tests.projects import few
from tests.rounds import FULL


@pytest.mark.parametrize(
    ("change", "facts", "holds", "reason"),
    [
        ({"must": (Capability.VISION,)}, {"can__vision": "no"}, Support.NO, "no"),
        ({"must": (Capability.PDF,)}, {}, Support.UNKNOWN, "nobody says"),
        ({}, {"context_tokens": 3400}, Support.NO, "3,400"),
        ({}, {"context_tokens": 3500}, Support.YES, "3,500"),
        ({}, {"context_tokens": 128_000, "max_input_tokens": 2_999}, Support.NO, "2,999"),
        ({}, {"max_output_tokens": 499}, Support.NO, "499"),
        ({}, {"kind": "embedding"}, Support.NO, "embedding"),
        ({}, {"status": "retired"}, Support.NO, "retired"),
        ({}, {"retires": "2026-11-24"}, Support.NO, "retires 2026-11-24"),
        ({"min_days": 0}, {"retires": "2026-11-25"}, Support.YES, "retires 2026-11-25"),
        ({"min_days": 30}, {"retires": "2026-12"}, Support.YES, "retires 2026-12"),
        ({"min_days": 60}, {"retires": "2026-12"}, Support.NO, "retires 2026-12"),
        ({"min_days": 60}, {}, Support.UNKNOWN, "no date is known"),
        ({"budget": Decimal(50)}, {}, Support.YES, "$50.00 a month"),
        ({"budget": Decimal("49.99")}, {}, Support.NO, "$50.00 a month"),
        ({"zone": Zone.EU}, {}, Support.NO, "nowhere in particular"),
        ({"min_providers": 2}, {}, Support.NO, "1 serve the model"),
        ({"open_weights": True}, {}, Support.UNKNOWN, "nobody says"),
        ({"labs": ("openai",)}, {}, Support.NO, "acme"),
        ({"channels": (Channel.GLOBAL,)}, {}, Support.YES, "global"),
    ],
)
def test_a_constraint_is_judged_by_the_fact_that_decides_it(
    change: dict[str, object], facts: dict[str, object], holds: Support, reason: str
) -> None:
    one = replace(GOOD, facts={**GOOD.facts, **offer(**facts).facts})
    answer = choose(replace(Need(work=WORK), **change), of(one), TODAY)  # type: ignore[arg-type]
    groups = (answer.ranked, answer.to_ask, *answer.eliminated.values())
    (candidate,) = [c for group in groups for c in group]
    assert (holds, reason) in [(v.holds, v.reason) for v in candidate.verdicts]
    assert bool(answer.ranked or answer.to_ask) == (holds != Support.NO)


def test_unknown_remains_or_is_dropped_as_the_need_says_never_in_silence() -> None:
    need = Need(work=WORK, must=(Capability.PDF,))
    remaining = choose(need, of(GOOD), TODAY)
    assert [v.constraint for v in remaining.ranked[0].unknown] == ["can: pdf"]
    assert remaining.unknown == {"can: pdf": 1}
    dropped = choose(replace(need, keep_unknown=False), of(GOOD), TODAY)
    assert not dropped.ranked
    assert list(dropped.eliminated) == ["can: pdf"]


def test_the_eliminated_stand_under_the_first_reason() -> None:
    both = replace(GOOD, facts={**GOOD.facts, **offer(can__vision="no", status="retired").facts})
    answer = choose(Need(work=WORK, must=(Capability.VISION,)), of(both), TODAY)
    assert {k: [c.offering.key for c in v] for k, v in answer.eliminated.items()} == {
        "can: vision": ["azure/global/acme/one"]
    }
    assert len(answer.eliminated["can: vision"][0].failed) == 2


def test_a_price_that_nobody_knows_is_not_the_cheapest() -> None:
    unpriced = offer("acme/unpriced", kind="chat", context_tokens=128_000, max_output_tokens=8_000)
    half = offer("acme/half", kind="chat", context_tokens=128_000, max_output_tokens=8_000, price__input=0)
    assert left(Need(work=WORK), of(unpriced, half, GOOD)) == [
        "azure/global/acme/one",
        "azure/global/acme/half",
        "azure/global/acme/unpriced",
    ]


def test_batch_and_cache_are_counted_where_their_price_is_known() -> None:
    work = replace(WORK, cached=Decimal("0.5"), batch=Decimal("0.5"))
    prices = {"price__input": 1, "price__output": 4, "price__cache_read": "0.1"}
    plain = monthly(work, offer(**prices).price)
    assert plain is not None
    assert plain.usd == Decimal("36.5")  # 15M fresh at 1, 15M cached at 0.1, 5M out at 4; no batch price
    batch = monthly(work, offer(**prices, **{"price__batch.input": "0.5", "price__batch.output": 2}).price)
    assert batch is not None
    # Half of it in batch: 18.25 as before, 3.75 + 5 in batch; its cached read is from nothing to fresh input.
    assert (batch.low, batch.high) == (Decimal("27"), Decimal("30.75"))


def test_called_anywhere_the_cheapest_region_is_called_so_that_fewer_regions_never_cost_less() -> None:
    regional = offer(
        channel="regional",
        kind="chat",
        regions=("eastus", "swedencentral"),
        price__input=2,
        price__output=2,
        **{"price__input/swedencentral": 1, "price__output/swedencentral": 1},
    )
    facts = {n.replace("__", "."): f for n, f in regional.facts.items()}
    regional = replace(regional, facts=facts)
    need = Need(work=WORK, budget=Decimal(36))
    for change, region, cost in (
        ({}, "swedencentral", 35),
        ({"zone": Zone.EU}, "swedencentral", 35),
        ({"zone": Zone.US}, None, None),
        ({"region": "eastus"}, None, None),
        ({"zone": Zone.US, "region": "swedencentral"}, None, None),
    ):
        answer = choose(replace(need, **change), of(regional), TODAY)
        costs = [(c.region, c.bill.low) for c in answer.ranked if c.bill]
        assert costs == ([] if region is None else [(region, cost)]), change


def test_the_same_need_over_the_real_catalog_is_explained_whole() -> None:
    need = Need(
        work=WORK,
        must=(Capability.VISION, Capability.TOOL_CALLS),
        zone=Zone.EU,
        budget=Decimal(500),
        keep_unknown=False,
    )
    answer = choose(need, committed(), date(2026, 11, 12))
    assert answer == choose(need, committed(), date(2026, 11, 12))
    assert answer.ranked
    for candidate in answer.ranked:
        assert all(v.holds == Support.YES for v in candidate.verdicts)
        (sees,) = [v.reason for v in candidate.verdicts if v.constraint == "can: vision"]
        itself = candidate.offering.can(Capability.VISION)
        assert itself == Support.YES or sees == "yes, as at its other deployments"
        assert candidate.bill is not None
        assert candidate.bill.high is not None
        assert candidate.bill.high <= 500
    assert answer.front


def test_a_chooser_gives_each_time_what_a_new_one_gives() -> None:
    chooser = Chooser(few(), TODAY)
    named_needs = load_needs(Path("docs/catalog/needs.yml"))
    for named in named_needs if FULL else named_needs[:4]:
        need, _ = read_need(named.need, few())
        first = chooser.answer(need)
        assert first == choose(need, few(), TODAY)
        assert chooser.answer(need) == first


@pytest.mark.parametrize(
    ("share", "usd"),
    [
        # 30 million tokens in at $5, 5 million out at $38.
        (Decimal(0), Decimal(340)),
        (Decimal("0.5"), Decimal("250")),
    ],
)
def test_what_a_model_of_images_makes_is_billed_as_images_and_its_prompt_as_text(
    share: Decimal, usd: Decimal
) -> None:
    one = offer(kind="image", price__input=5, price__output=2, price__output_image=38)
    need = Need(work=replace(WORK, image_out=share), kind=Kind.IMAGE)
    [candidate] = choose(need, of(one), TODAY).ranked
    assert candidate.bill
    assert candidate.bill.usd == usd


def test_what_an_image_costs_is_ordered_with_its_prompt() -> None:
    """3,000 tokens at $20 a million cost more than the cheaper image saves."""
    need = Need(work=WORK, kind=Kind.IMAGE)
    dear = offer("acme/one", kind="image", price__output__per_image="0.04", price__input=20)
    cheap = offer("other/two", kind="image", price__output__per_image="0.05")
    assert left(need, of(dear, cheap)) == ["azure/global/other/two", "azure/global/acme/one"]


def test_what_an_image_that_is_given_costs_is_not_what_one_that_is_made_does() -> None:
    need = Need(work=WORK, kind=Kind.IMAGE)
    dear = offer("acme/one", kind="image", price__output__per_image="0.134", price__input__per_image="0.0011")
    cheap = offer("other/two", kind="image", price__output__per_image="0.05")
    assert left(need, of(dear, cheap)) == [cheap.key, dear.key]


def test_where_what_it_costs_orders_no_models_the_cheapest_place_of_one_comes_first() -> None:
    need = Need(work=WORK, kind=Kind.IMAGE)
    able = abilities_of({"acme/one": 1.0, "acme/two": 0.0})
    zone = offer("acme/one", channel="data-zone-eu", kind="image", price__input="5.5", price__output_image=33)
    world = offer("acme/one", kind="image", price__input=5, price__output_image=30)
    assert zone.key < world.key
    answer = choose(need, of(zone, world, offer("acme/two", kind="image")), TODAY, abilities=able)
    assert [c.offering.key for c in answer.ranked][:2] == [world.key, zone.key]


def test_images_that_are_counted_are_ordered_by_what_they_cost_and_how_able_the_model_is() -> None:
    """By the image or by its tokens, which are images: each list counts one of the two."""
    work = replace(WORK, images=Decimal(1), input_tokens=Decimal(0), output_tokens=Decimal(1000))
    need = Need(work=work, kind=Kind.IMAGE)
    by_image = offer("acme/one", kind="image", price__output__per_image="0.04", price__output=1)
    by_token = offer("acme/two", kind="image", price__input=5, price__output=1, price__output_image=30)
    graded = offer("acme/four", kind="image", **{"price__output__per_image[low]": "0.01"})
    answer = choose(need, of(by_image, by_token, graded), TODAY)
    costs = {c.offering.model: c.bill.usd for c in answer.ranked if c.bill}
    assert costs == {"acme/one": 400, "acme/two": 300, "acme/four": 100}
    assert [c.offering.model for c in answer.leaders] == ["acme/four", "acme/two", "acme/one"]
    assert answer.judgement.bills.comparable
    # No share that the kind decides is moved, and no number of images, whose tokens would move with it.
    assert {f.input for f in answer.flips} <= {"input_tokens", "output_tokens", "weight of cost"}


def test_a_price_in_doubt_is_judged_by_what_each_need_counts() -> None:
    """The same catalog is asked in turn: what one need counts is no answer to another."""
    fact = Fact(value=Decimal("0.04"), standing=Standing.DOUBTFUL, reason="half of what others ask")
    plain = offer("acme/one", kind="image", price__input=5, price__output=1, price__output_image=30)
    doubted = replace(plain, facts={**plain.facts, "price.output.per_image": fact})
    chooser = Chooser(of(doubted), TODAY)
    tokens = Need(work=WORK, kind=Kind.IMAGE)
    counted = replace(tokens, work=replace(WORK, images=Decimal(1)))
    for need, left_out in ((tokens, False), (counted, True), (tokens, False)):
        assert bool(chooser.answer(need).left_out) is left_out
