"""Flip points: against trying every value, over the real catalog, and as an answer reports them."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import pairwise
from math import log10
from pathlib import Path

import pytest

from generator.curated.named_needs import load_needs
from playground.catalog import Capability, Catalog, Kind, Offering
from playground.catalog.regions import Zone
from playground.decide.candidate import Candidate
from playground.decide.chooser import Chooser, choose
from playground.decide.order.flips import FARTHEST, INPUTS, Flip, flip_points
from playground.decide.sentences import swaps
from playground.need.need import SHARES, WHOLES, Need
from playground.need.reader import read_need
from playground.pricing.cost import monthly
from playground.pricing.workload import Workload
from tests.catalogs import abilities, committed
from tests.playground.decide.abilities import abilities_of
from tests.playground.decide.offers import GOOD, TODAY, WORK, of, offer
from tests.projects import few
from tests.rounds import FULL, rounds


def test_a_weight_at_which_two_change_places_is_reported() -> None:
    better = replace(GOOD, model="acme/better", facts={**GOOD.facts, **offer(price__output=20).facts})
    whole = of(GOOD, better)
    able = abilities_of({GOOD.model: 0.0, better.model: 0.3})
    # 3000 × 1 + 500 × 4 against 3000 × 1 + 500 × 20: 2.6 times the cost for 0.3 of ability.
    need = Need(work=WORK, quality=1)
    answer = choose(need, whole, TODAY, abilities=able)
    assert answer.leaders.keys == (GOOD.key, better.key)
    points = {f.input: (round(float(f.at), 3), f.above) for f in answer.flips}
    assert points["weight of quality"] == (round(log10(2.6) / 0.3, 3), better.key)
    assert points["weight of cost"] == (round(0.3 / log10(2.6), 3), GOOD.key)
    heavier = choose(replace(need, quality=2), whole, TODAY, abilities=able)
    assert heavier.leaders.keys == (better.key, GOOD.key)
    swap = next(iter(swaps(answer)))
    assert "above 1.38 as the weight of quality (80 %: 1.38 to 1.39; now 1)" in swap.when
    assert "below 0.723 as the weight of cost (80 %: 0.72 to 0.726; now 1)" in swap.when


def test_a_step_of_a_price_stays_where_it_is_however_able_the_two_are() -> None:
    """With 80 % the dearer one is worth it beyond the step or is not: the step itself does not move."""
    stepped = offer(**{"price__input>50000": 5, "price__output>50000": 20})
    steep = replace(GOOD, model="acme/steep", facts={**GOOD.facts, **stepped.facts})
    later = offer(**{"price__input>90000": 4, "price__output>90000": 16})
    level = replace(GOOD, model="acme/level", facts={**GOOD.facts, **later.facts})
    able = abilities_of({steep.model: 0.5, level.model: 0.0}, spread=0.35)
    answer = choose(Need(work=WORK, quality=1), of(steep, level), TODAY, abilities=able)
    assert answer.leaders.keys == (steep.key, level.key)
    flips = [f for f in answer.flips if f.input == "input_tokens"]
    assert [(f.at, f.above) for f in flips] == [(50_000, level.key), (90_000, steep.key)]
    assert flips[0].between is not None
    assert 50_000 in flips[0].between


def test_what_overtakes_is_reported_for_each_pair_with_what_is_asked_now() -> None:
    fewer_in = replace(GOOD, model="acme/in", facts={**GOOD.facts, **offer(price__output=8).facts})
    fewer_out = replace(GOOD, model="acme/out", facts={**GOOD.facts, **offer(price__input=2).facts})
    (swap,) = swaps(choose(Need(work=WORK), of(fewer_in, fewer_out), TODAY))
    assert (swap.first, swap.second) == ("azure/global/acme/in", "azure/global/acme/out")
    assert swap.when == (
        "below 2,000 input tokens a request (now 3,000)",
        "above 750 output tokens a request (now 500)",
    )


@cache
def priced() -> list[Offering]:
    return sorted(
        (
            o
            for o in committed().offerings
            if o.kind == Kind.CHAT and o.value("price.input") and o.value("price.output")
        ),
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
    offerings = priced()
    while tried < len(rounds(1000)):
        # Of like price, or hardly any pair would ever change places.
        at = chance.randrange(len(offerings) - 400)
        a, b = chance.sample(offerings[at : at + 400], 2)
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
        points = flip_points(a.price, b.price, work, name)
        flips += len(points)
        # Just below and just above each point the order is as it says.
        step = Fraction(1, 10**6) if name in SHARES else Fraction(1)
        for at, first_above in points:
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
            if any(abs(x - at) <= step for at, _ in points):
                continue
            passed = [first for at, first in points if at < x]
            now = cheaper(a, b, INPUTS[name](work, _decimal(x)))
            if passed:
                assert now in (0, -1 if passed[-1] else 1)
            elif points:
                assert now in (0, 1 if points[0][1] else -1)
    assert flips > len(rounds(1000)) / 20


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
    points = {f.input: (f.at, f.above) for f in answer.flips}
    # 3000 × 1 + x × 8 = 3000 × 2 + x × 4 at 750 tokens of output; x + 4000 = 2x + 2000 at 2000 of input.
    assert points["output_tokens"] == (Fraction(750), "azure/global/acme/out")
    assert points["input_tokens"] == (Fraction(2000), "azure/global/acme/in")


def test_no_flip_is_given_beyond_what_fits_both() -> None:
    small = {**GOOD.facts, **offer(context_tokens=4_000).facts}
    fewer_in = replace(GOOD, model="acme/in", facts={**small, **offer(price__output=20).facts})
    fewer_out = replace(GOOD, model="acme/out", facts={**small, **offer(price__input=2).facts})
    work = replace(WORK, input_tokens=Decimal(500))
    answer = choose(Need(work=work), of(fewer_in, fewer_out), TODAY)
    # The order would change at 8,000 tokens of input, but neither takes as many.
    assert [f.input for f in answer.flips] == ["output_tokens"]


def test_no_flip_is_given_at_less_than_a_token() -> None:
    # What the one saves by one token in, a thirtieth of a token out makes up.
    cheap_in = offer("acme/in", price__input="0.9", price__output=5)
    cheap_out = offer("acme/out", price__input=1, price__output=2)
    work = replace(WORK, input_tokens=Decimal(1), output_tokens=Decimal(500))
    answer = choose(Need(work=work), of(cheap_in, cheap_out), TODAY)
    (point, _), *_ = flip_points(cheap_in.price, cheap_out.price, work, "output_tokens")
    assert 0 < point < 1
    assert "output_tokens" not in {f.input for f in answer.flips}
    assert "input_tokens" in {f.input for f in answer.flips}


def test_a_cost_that_is_a_range_flips_nothing() -> None:
    half = offer("acme/half", price__input=1)
    assert flip_points(half.price, GOOD.price, WORK, "input_tokens") == []


def weighed(flip: Flip) -> bool:
    return flip.input.startswith("weight of ")


def moved(need: Need, name: str, at: Fraction) -> Need:
    """The need with one input, or one weight, at another value; weights are whole numbers."""
    if name in INPUTS:
        return replace(need, work=INPUTS[name](need.work, _decimal(at)))
    weight = name.removeprefix("weight of ")
    return replace(need, **{weight: round(at)})  # type: ignore[arg-type]


@cache
def few_priced() -> Catalog:
    """A few real offerings of each price, of which a thousand answers are quickly made."""
    return replace(committed(), offerings=tuple(priced()[::45]))


def test_the_flips_of_random_needs_are_those_that_trying_finds() -> None:
    """Every neighbouring pair of an answer, every input: on each side of a flip, and where there is none."""
    chance = random.Random(20261125)
    chooser = Chooser(few_priced(), TODAY)
    flip_count = tried = 0
    for _ in rounds(1000):
        need = random_need(chance)
        answer = chooser.answer(need, flips=6)
        flips = [f for f in answer.flips if not weighed(f)]
        flip_count += len(flips)
        for one, other in pairwise(answer.leaders[:6]):
            if len(one.lacks) != len(other.lacks) or one.late != other.late:
                continue
            for name in chance.sample(list(INPUTS), 3):
                own_flips = sorted(
                    (f for f in flips if f.input == name and {f.above, f.below} == pair_of(one, other)),
                    key=lambda f: f.at,
                )
                for x in values_of(name, need, chance):
                    costs = [cost_at(c, need, name, x) for c in (one, other)]
                    if costs[0] is None or costs[1] is None or not fits(name, x, need, one, other):
                        continue
                    tried += 1
                    sign = (costs[0] > costs[1]) - (costs[0] < costs[1])
                    first = one.offering.key
                    passed = [f.above for f in own_flips if f.at < x]
                    better = passed[-1] if passed else own_flips[0].below if own_flips else first
                    assert sign in (0, -1 if better == first else 1), (need, name, x)
    assert flip_count > 2 * len(rounds(1000))
    assert tried > 12 * len(rounds(1000))


def random_need(chance: random.Random) -> Need:
    # Sound and images seldom, as few lists price them: without a price there is a range and no flip.
    rare = {"audio_in", "audio_out", "image_in", "image_out"} if chance.random() < 0.9 else set()
    work = Workload(
        input_tokens=Decimal(round(10 ** chance.uniform(1, 5.5))),
        output_tokens=Decimal(round(10 ** chance.uniform(0, 4))),
        requests=Decimal(chance.randint(1, 100_000)),
        **{name: Decimal(chance.choice([0, 0, 0, 1, 2])) / 10 for name in sorted(SHARES - rare)},
    )
    return Need(
        work=work,
        must=tuple(chance.sample([Capability.VISION, Capability.TOOL_CALLS], chance.randint(0, 2))),
        # Seldom, as of most places nobody says where requests stay, and those are a question, not left.
        zone=chance.choice([*Zone]) if chance.random() < 0.1 else None,
        budget=chance.choice([None, None, Decimal(chance.randint(1, 10_000))]),
        min_providers=chance.choice([1, 1, 2]),
        cost=chance.choice([1, 1, 2]),
        keep_unknown=chance.random() < 0.5,
        include_left_out=True,
    )


def pair_of(one: Candidate, other: Candidate) -> set[str]:
    return {one.offering.key, other.offering.key}


def values_of(name: str, need: Need, chance: random.Random) -> list[Fraction]:
    if name not in SHARES:
        return [Fraction(round(10 ** chance.uniform(0, 6))) for _ in range(4)]
    whole = next((shares for shares in WHOLES if name in shares), ())
    most = 1 - sum(getattr(need.work, other) for other in whole if other != name)
    return [Fraction(chance.random()).limit_denominator(10**6) * Fraction(most) for _ in range(4)]


def cost_at(candidate: Candidate, need: Need, name: str, x: Fraction) -> Fraction | None:
    bill = monthly(INPUTS[name](need.work, _decimal(x)), candidate.price, region=candidate.region)
    return Fraction(bill.usd) if bill and bill.usd is not None else None


def fits(name: str, x: Fraction, need: Need, *pair: Candidate) -> bool:
    """Whether both take as much, as far as anybody says."""
    size = {"input_tokens": need.work.input_tokens, "output_tokens": need.work.output_tokens}
    if name in size:
        size[name] = _decimal(x)
    limits = [
        (size["input_tokens"], "max_input_tokens"),
        (size["output_tokens"], "max_output_tokens"),
        (sum(size.values()), "context_tokens"),
    ]
    return all(
        used <= limit
        for candidate in pair
        for used, field in limits
        if isinstance(limit := candidate.offering.value(field), int)
    )


@cache
def chooser_of_few() -> Chooser:
    return Chooser(few(), TODAY, abilities())


NAMES = ("default", "coding", "rag", "extraction", "microsoft", "support")


@pytest.mark.parametrize("name", NAMES if FULL else NAMES[:2])
def test_asked_again_on_either_side_of_a_flip_the_two_change_places(name: str) -> None:
    """Also where quality weighs: what is stated of two neighbours is tried by asking anew."""
    whole = chooser_of_few()
    named = next(n for n in load_needs(Path("docs/catalog/needs.yml")) if n.id == name)
    need, faults = read_need(named.need, few())
    assert faults == ()
    answer = whole.answer(need, flips=12)
    tried = 0
    for flip in answer.flips:
        step = Fraction(1, 10**6) if flip.input in SHARES else Fraction(1)
        if flip.at <= step or (weighed(flip) and flip.at > 8):
            continue
        orders = []
        for at in (flip.at - step, flip.at + step):
            changed = moved(need, flip.input, at)
            keys = whole.answer(changed, flips=0).ranked.keys
            if flip.above not in keys or flip.below not in keys:
                break  # moved that far, one of the two no longer fits
            if need.quality and keys[0] in (flip.above, flip.below):
                break  # of those that cannot be told from the first, the most widely served stands there
            orders.append(keys.index(flip.above) < keys.index(flip.below))
        if len(orders) == 2:
            tried += 1
            assert orders == [False, True], flip
    assert tried


def test_where_two_cost_the_same_now_what_parts_them_is_reported() -> None:
    cheaper = offer(price__batch__input=Decimal("0.5"), price__batch__output=2)
    later = replace(GOOD, model="acme/zoo", facts={**GOOD.facts, **cheaper.facts})
    answer = choose(Need(work=WORK), of(GOOD, later), TODAY)
    assert answer.leaders.keys == (GOOD.key, later.key)
    (flip,) = [f for f in answer.flips if f.input == "batch"]
    assert (flip.at, flip.above) == (0, later.key)
