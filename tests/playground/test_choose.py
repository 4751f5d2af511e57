"""Choosing: judged one constraint at a time, explained, in an order that a need alone decides."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import store
from generator.needs import load_needs
from playground.catalog import Capability, Catalog, Channel, Kind, Offering, Provider, Support
from playground.choose import Chooser, choose
from playground.flips import FARTHEST, INPUTS, flip_points
from playground.need import SHARES, Need, read_need
from playground.pricing import Workload, monthly
from playground.regions import Zone, stays_within
from tests.catalogs import catalog, offered

TODAY = date(2026, 11, 24)
WORK = Workload(input_tokens=Decimal(3000), output_tokens=Decimal(500), requests=Decimal(10_000))


offer = partial(offered, channel="global")


def of(*offerings: Offering) -> Catalog:
    whole = catalog(*offerings)
    return replace(whole, providers={o.provider: Provider(id=o.provider, name=o.provider) for o in offerings})


def left(need: Need, whole: Catalog) -> list[str]:
    return [c.offering.key for c in choose(need, whole, TODAY).ranked]


GOOD = offer(
    kind="chat",
    context_tokens=128_000,
    max_output_tokens=8_000,
    can__vision="yes",
    price__input=1,
    price__output=4,
)


@pytest.mark.parametrize(
    ("change", "facts", "holds", "said"),
    [
        ({"must": (Capability.VISION,)}, {"can__vision": "no"}, Support.NO, "no"),
        ({"must": (Capability.PDF,)}, {}, Support.UNKNOWN, "nobody says"),
        ({}, {"context_tokens": 3400}, Support.NO, "3,400"),
        ({}, {"context_tokens": 3500}, Support.YES, "3,500"),
        ({}, {"context_tokens": 128_000, "max_input_tokens": 2_999}, Support.NO, "128,000"),
        ({}, {"max_output_tokens": 499}, Support.NO, "499"),
        ({}, {"kind": "embedding"}, Support.NO, "embedding"),
        ({}, {"status": "retired"}, Support.NO, "retired"),
        ({}, {"retires": "2026-11-24"}, Support.NO, "retires 2026-11-24"),
        ({}, {"retires": "2026-11-25"}, Support.YES, "retires 2026-11-25"),
        ({"min_days": 30}, {"retires": "2026-12"}, Support.YES, "retires 2026-12"),
        ({"min_days": 60}, {"retires": "2026-12"}, Support.NO, "retires 2026-12"),
        ({"min_days": 60}, {}, Support.UNKNOWN, "no date is known"),
        ({"budget": Decimal(50)}, {}, Support.YES, "$50.00 a month"),
        ({"budget": Decimal("49.99")}, {}, Support.NO, "$50.00 a month"),
        ({"zone": Zone.EU}, {}, Support.NO, "channel global"),
        ({"min_providers": 2}, {}, Support.NO, "1 serve the model"),
        ({"open_weights": True}, {}, Support.UNKNOWN, "nobody says"),
        ({"labs": ("openai",)}, {}, Support.NO, "acme"),
        ({"channels": (Channel.GLOBAL,)}, {}, Support.YES, "global"),
    ],
)
def test_a_constraint_is_judged_by_the_fact_that_decides_it(
    change: dict[str, object], facts: dict[str, object], holds: Support, said: str
) -> None:
    one = replace(GOOD, facts={**GOOD.facts, **offer(**facts).facts})
    answer = choose(replace(Need(work=WORK), **change), of(one), TODAY)  # type: ignore[arg-type]
    everyone = [*answer.ranked, *(c for group in answer.eliminated.values() for c in group)]
    (candidate,) = everyone
    assert (holds, said) in [(v.holds, v.said) for v in candidate.verdicts]
    assert bool(answer.ranked) == (holds != Support.NO)


def test_unknown_is_kept_or_dropped_as_the_need_says_never_in_silence() -> None:
    need = Need(work=WORK, must=(Capability.PDF,))
    kept = choose(need, of(GOOD), TODAY)
    assert [v.constraint for v in kept.ranked[0].unknown] == ["can: pdf"]
    assert kept.unknown == {"can: pdf": 1}
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


@pytest.mark.parametrize(
    ("channel", "regions", "eu", "us"),
    [
        ("eu", None, "yes", "no"),
        ("data-zone-eu", ("swedencentral",), "yes", "no"),
        ("us", None, "no", "yes"),
        ("global", ("westeurope",), "no", "no"),
        ("regional", ("westeurope", "eastus"), "yes", "yes"),
        ("regional", ("uksouth", "switzerlandnorth", "norwayeast"), "no", "no"),
        ("regional", ("eu-west-2",), "no", "no"),
        ("regional", ("eu-central-1", "us-gov-west-1"), "yes", "yes"),
        ("regional", None, "unknown", "unknown"),
        ("government", ("usgovvirginia",), "no", "yes"),
        ("direct", None, "unknown", "unknown"),
        ("self-hosted", None, "yes", "yes"),
    ],
)
def test_residency_is_what_the_channel_promises(
    channel: str, regions: tuple[str, ...] | None, eu: str, us: str
) -> None:
    one = offer(channel=channel, **({"regions": regions} if regions else {}))
    assert (stays_within(one, Zone.EU), stays_within(one, Zone.US)) == (eu, us)


# Properties, over whatever a catalog may hold.

PRICES = st.integers(min_value=1, max_value=400).map(lambda n: Decimal(n) / 8)
OFFERINGS = st.builds(
    offer,
    model=st.sampled_from([f"acme/m{n}" for n in range(4)]),
    provider=st.sampled_from(["p0", "p1", "p2"]),
    channel=st.sampled_from(["direct", "global", "eu", "us", "regional", "gateway"]),
    **{
        name: st.sampled_from(values)
        for name, values in {
            "kind": ["chat", "embedding", None],
            "context_tokens": [2_000, 8_000, 128_000, None],
            "max_output_tokens": [100, 4_000, None],
            "can__vision": ["yes", "no", None],
            "can__tool_calls": ["yes", "no", None],
            "retires": ["2026-01-01", "2027-02", "2029-01-01", None],
            "status": ["retired", "beta", None],
            "regions": [("westeurope",), ("eastus",), None],
        }.items()
    },
    price__input=PRICES,
    price__output=PRICES,
    price__cache_read=PRICES,
)


def known(offering: Offering) -> Offering:
    return replace(offering, facts={n: f for n, f in offering.facts.items() if f.value is not None})


CATALOGS = st.lists(OFFERINGS.map(known), min_size=1, max_size=12, unique_by=lambda o: o.key).map(
    lambda offerings: of(*offerings)
)
CONSTRAINTS = st.fixed_dictionaries(
    {},
    optional={
        "must": st.sampled_from([(Capability.VISION,), (Capability.VISION, Capability.TOOL_CALLS)]),
        "zone": st.sampled_from(Zone),
        "labs": st.just(("acme",)),
        "providers": st.sampled_from([("p0",), ("p1", "p2")]),
        "channels": st.sampled_from([(Channel.EU, Channel.REGIONAL)]),
        "budget": st.integers(1, 3000).map(Decimal),
        "min_days": st.integers(1, 900),
        "min_providers": st.integers(2, 3),
        "open_weights": st.just(True),
    },
)


@given(CATALOGS, CONSTRAINTS, CONSTRAINTS, st.booleans())
def test_adding_a_constraint_never_adds_a_candidate(
    whole: Catalog, first: dict[str, object], more: dict[str, object], keep: bool
) -> None:
    need = replace(Need(work=WORK, keep_unknown=keep), **first)  # type: ignore[arg-type]
    added = {k: v for k, v in more.items() if k not in first}
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
    out = [c for group in answer.eliminated.values() for c in group]
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
            reach = [c.offering.value("context_tokens") or -1 for c in (other, one)]
            better = [
                other.bill.low < one.bill.low,
                other.wished > one.wished,
                int(str(reach[0])) > int(str(reach[1])),
            ]
            worse = [
                other.bill.low > one.bill.low,
                other.wished < one.wished,
                int(str(reach[0])) < int(str(reach[1])),
            ]
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


# Flip points against brute force, over the real catalog.

REAL = store.load(Path("docs/catalog"))
PRICED = sorted(
    (o for o in REAL.offerings if o.kind == Kind.CHAT and o.value("price.input") and o.value("price.output")),
    key=lambda o: (o.value("price.input"), o.key),
)


def cheaper(a: Offering, b: Offering, work: Workload) -> int:
    costs = [monthly(work, o.price) for o in (a, b)]
    assert costs[0] is not None
    assert costs[1] is not None
    assert costs[0].usd is not None
    assert costs[1].usd is not None
    return (costs[0].usd > costs[1].usd) - (costs[0].usd < costs[1].usd)


def test_flip_points_are_those_that_trying_every_value_finds() -> None:
    chance = random.Random(20261124)
    flips = tried = 0
    while tried < 1000:
        # Of like price, or hardly any pair would ever change places.
        at = chance.randrange(len(PRICED) - 400)
        a, b = chance.sample(PRICED[at : at + 400], 2)
        work = Workload(
            input_tokens=Decimal(chance.randint(1, 400_000)),
            output_tokens=Decimal(chance.randint(1, 20_000)),
            requests=Decimal(chance.randint(1, 100_000)),
            reasoning=Decimal(chance.randint(0, 4)) / 4,
            batch=Decimal(chance.randint(0, 4)) / 4,
        )
        name = chance.choice(["input_tokens", "output_tokens", "reasoning", "batch"])
        if any((bill := monthly(work, o.price)) is None or bill.usd is None for o in (a, b)):
            continue
        tried += 1
        found = flip_points(a.price, b.price, work, name)
        flips += len(found)
        # Just below and just above each point the order is as it says.
        step = Fraction(1, 10**6) if name in SHARES else Fraction(1)
        for at, first_above in found:
            above = INPUTS[name](work, _decimal(at + step))
            assert cheaper(a, b, above) == (-1 if first_above else 1)
        # Anywhere else the order is the one between two points.
        most = 1 if name in SHARES else FARTHEST
        for _ in range(40):
            x = (
                Fraction(chance.random()).limit_denominator(10**6)
                if most == 1
                else Fraction(int(10 ** chance.uniform(0, 6.9)))
            )
            if any(abs(x - at) <= step for at, _ in found):
                continue
            passed = [first for at, first in found if at < x]
            now = cheaper(a, b, INPUTS[name](work, _decimal(x)))
            if passed:
                assert now in (0, -1 if passed[-1] else 1)
            elif found:
                assert now in (0, 1 if found[0][1] else -1)
    assert flips > 100


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def test_neighbours_of_the_ranking_say_what_would_flip_them() -> None:
    fewer_in = replace(
        GOOD, model="acme/in", facts={**GOOD.facts, **offer(price__input=1, price__output=8).facts}
    )
    fewer_out = replace(
        GOOD, model="acme/out", facts={**GOOD.facts, **offer(price__input=2, price__output=4).facts}
    )
    answer = choose(Need(work=WORK), of(fewer_in, fewer_out), TODAY)
    assert [c.offering.model for c in answer.ranked] == ["acme/in", "acme/out"]
    said = {f.input: (f.at, f.above) for f in answer.flips}
    # 3000 × 1 + x × 8 = 3000 × 2 + x × 4 at 750 tokens of output; x + 4000 = 2x + 2000 at 2000 of input.
    assert said["output_tokens"] == (Fraction(750), "azure/global/acme/out")
    assert said["input_tokens"] == (Fraction(2000), "azure/global/acme/in")


def test_no_flip_is_told_beyond_what_fits_both() -> None:
    small = {**GOOD.facts, **offer(context_tokens=4_000).facts}
    fewer_in = replace(GOOD, model="acme/in", facts={**small, **offer(price__output=20).facts})
    fewer_out = replace(GOOD, model="acme/out", facts={**small, **offer(price__input=2).facts})
    work = replace(WORK, input_tokens=Decimal(500))
    answer = choose(Need(work=work), of(fewer_in, fewer_out), TODAY)
    # The order would change at 8,000 tokens of input, but neither takes as many.
    assert [f.input for f in answer.flips] == ["output_tokens"]


def test_a_cost_that_is_a_range_flips_nothing() -> None:
    half = offer("acme/half", price__input=1)
    assert flip_points(half.price, GOOD.price, WORK, "input_tokens") == []


def test_the_same_need_over_the_real_catalog_is_explained_whole() -> None:
    need = Need(
        work=WORK,
        must=(Capability.VISION, Capability.TOOL_CALLS),
        zone=Zone.EU,
        budget=Decimal(500),
        keep_unknown=False,
    )
    answer = choose(need, REAL, date(2026, 11, 12))
    assert answer == choose(need, REAL, date(2026, 11, 12))
    assert answer.ranked
    for candidate in answer.ranked:
        assert all(v.holds == Support.YES for v in candidate.verdicts)
        assert candidate.offering.can(Capability.VISION) == Support.YES
        assert candidate.bill is not None
        assert candidate.bill.high is not None
        assert candidate.bill.high <= 500
    assert answer.front


@pytest.mark.parametrize("name", ["default", "coding", "rag", "extraction", "microsoft"])
def test_asked_again_on_either_side_of_a_flip_the_two_change_places(name: str) -> None:
    """Also where quality weighs: what is told of two neighbours is tried by asking anew."""
    whole = Chooser(REAL, TODAY)
    asked = next(n for n in load_needs(Path("docs/catalog/needs.yml")) if n.id == name)
    need, faults = read_need(asked.need, REAL)
    assert faults == ()
    answer = whole.answer(need, flips=12)
    tried = 0
    for flip in answer.flips:
        step = Fraction(1, 10**6) if flip.input in SHARES else Fraction(1)
        if flip.at <= step:
            continue
        orders = []
        for at in (flip.at - step, flip.at + step):
            work = INPUTS[flip.input](need.work, _decimal(at))
            keys = whole.answer(replace(need, work=work), flips=0).ranked.keys
            if flip.above not in keys or flip.below not in keys:
                break  # moved that far, one of the two no longer fits
            orders.append(keys.index(flip.above) < keys.index(flip.below))
        if len(orders) == 2:
            tried += 1
            assert orders == [False, True], flip
    assert tried


def test_a_chooser_gives_each_time_what_a_new_one_gives() -> None:
    kept = Chooser(REAL, TODAY)
    for named in load_needs(Path("docs/catalog/needs.yml")):
        need, _ = read_need(named.need, REAL)
        first = kept.answer(need)
        assert first == choose(need, REAL, TODAY)
        assert kept.answer(need) == first
