"""An answer's head: how sure its first place is, what would turn it and what would settle it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from math import log10
from statistics import NormalDist

import pytest

from playground.ability import Abilities
from playground.ability.ability import TENTH
from playground.catalog import Capability, Channel, Offering
from playground.decide.answer import Answer
from playground.decide.answer_json import answer_to_json
from playground.decide.chooser import choose
from playground.decide.quality.sureness import head_of, prompts_wanted
from playground.decide.sentences import UNTOLD, swaps
from playground.labels.odds import percent
from playground.need.need import Need
from tests.playground.decide.abilities import abilities_of
from tests.playground.decide.offers import GOOD, TODAY, WORK, of, offer

DEAR = replace(GOOD, model="acme/dear", facts={**GOOD.facts, **offer(price__output=20).facts})
#: 3000 × 1 + 500 × 4 against 3000 × 1 + 500 × 20, ten thousand times.
CHEAP_COSTS, DEAR_COSTS = 50.0, 130.0


def named(offering: Offering) -> str:
    return offering.model.removeprefix("acme/")


def asked(need: Need, able: Abilities, *offerings: Offering) -> Answer:
    return choose(need, of(*(offerings or (GOOD, DEAR))), TODAY, abilities=able)


CHEAP = named(GOOD)


def test_the_odds_are_of_abilities_and_cost_together() -> None:
    able = abilities_of({GOOD.model: 0.0, DEAR.model: 1.0}, spread=0.4)
    head = head_of(asked(Need(work=WORK), able), named)
    assert head
    # The dear one is worth 1 unit, what it costs more takes log10(2.6); each interval is 0.4 wide a side.
    ahead, deviation = 1.0 - log10(DEAR_COSTS / CHEAP_COSTS), 0.4 / TENTH * 2**0.5
    assert head.odds == pytest.approx(NormalDist().cdf(ahead / deviation), abs=1e-6)
    assert (
        head.claim == f"dear comes before {CHEAP}: it is {percent(head.odds)} likely to be the better value"
    )
    dearer, abler = head.closes
    assert dearer == f"it cost more than ${DEAR_COSTS * 10**ahead:,.2f} a month (it costs $130.00)"
    assert abler == f"{CHEAP} had an ability above {ahead:.1f} (it is put at 0.0 (-0.4 to 0.4))"


def test_what_closes_the_gap_closes_it() -> None:
    """Asked again with the price, or with the ability, that is named, the odds are even."""
    able = abilities_of({GOOD.model: 0.0, DEAR.model: 1.0}, spread=0.4)
    ahead = 1.0 - log10(DEAR_COSTS / CHEAP_COSTS)
    # All of its cost times as much.
    times = 10**ahead
    dearer = replace(
        DEAR,
        facts={**DEAR.facts, **offer(price__input=f"{times:.6f}", price__output=f"{20 * times:.6f}").facts},
    )
    for answer in (
        asked(Need(work=WORK), able, GOOD, dearer),
        asked(Need(work=WORK), abilities_of({GOOD.model: ahead, DEAR.model: 1.0}, spread=0.4)),
    ):
        head = head_of(answer, named)
        assert head
        assert head.odds == pytest.approx(0.5, abs=1e-3)
        assert "are about level: the first is" in head.claim
        assert head.closes == ()


def test_a_model_known_by_claims_alone_wants_a_measurement() -> None:
    able = abilities_of({GOOD.model: 0.0, DEAR.model: 0.7}, spread=0.4, measured=0)
    head = head_of(asked(Need(work=WORK), able), named)
    assert head
    assert head.settles[:2] == (
        "a score of dear that others measured",
        f"a score of {CHEAP} that others measured",
    ) or head.settles[:2] == (
        f"a score of {CHEAP} that others measured",
        "a score of dear that others measured",
    )
    measured = head_of(
        asked(Need(work=WORK), abilities_of({GOOD.model: 0.0, DEAR.model: 0.7}, spread=0.4)), named
    )
    assert measured
    assert not any("measured" in one for one in measured.settles)


@pytest.mark.parametrize(("share", "other", "count"), [(0.5, 0.7, 33), (0.2, 0.9, 10), (0.5, 0.51, None)])
def test_prompts_that_tell_two_apart(share: float, other: float, count: int | None) -> None:
    assert prompts_wanted(share, other) == prompts_wanted(other, share) == count
    assert prompts_wanted(share, share) is None


def test_cost_alone_is_exact_and_a_floor_has_odds() -> None:
    able = abilities_of({GOOD.model: 0.8, DEAR.model: 1.0}, spread=0.4)
    head = head_of(asked(Need(work=WORK, quality=0), able), named)
    assert head
    assert (head.odds, head.able) == (None, None)
    assert head.claim.startswith(
        f"{CHEAP} comes before dear: the first costs $50.00 a month, the second $130.00"
    )
    sure = abilities_of({GOOD.model: 0.8, DEAR.model: 1.0}, spread=0.2)
    floor = head_of(asked(Need(work=WORK, quality=0, able="hard"), sure), named)
    assert floor
    assert floor.able == pytest.approx(NormalDist(0.8, 0.2 / TENTH).cdf(1.0), abs=1e-6)
    assert " likely to be able enough for hard work, which asks for an ability of 0.6;" in floor.able_text


def test_a_model_equals_itself_without_odds() -> None:
    able = abilities_of({GOOD.model: 0.8, DEAR.model: 0.7}, spread=0.4)
    need = Need(work=WORK, quality=0, able=GOOD.model)
    answer = asked(need, able)
    assert answer.leaders[0].offering.model == GOOD.model
    assert (same := answer.leaders[0].interval)
    assert answer.judgement.merits.at_least(GOOD.model, same) == 1
    head = head_of(answer, named)
    assert head
    assert (head.able, head.able_text) == (None, "")


def test_the_cost_of_right_answers_has_odds_too() -> None:
    able = abilities_of({GOOD.model: 0.0, DEAR.model: 0.5}, spread=0.3)
    head = head_of(asked(Need(work=WORK, accepted=True), able), named)
    assert head
    assert head.odds is not None
    assert head.odds > 0.9
    # Were it as cheap for what it solves, the odds would be even.
    surer = head_of(
        asked(Need(work=WORK, accepted=True), abilities_of({GOOD.model: 0.0, DEAR.model: 0.5})), named
    )
    assert surer
    assert surer.odds is not None
    assert surer.odds >= head.odds


def test_what_decides_is_said_where_no_odds_do() -> None:
    alone = head_of(asked(Need(work=WORK), Abilities(), GOOD), named)
    assert alone
    assert alone.claim == f"{CHEAP} is the only model left"
    placed = head_of(asked(Need(work=WORK), abilities_of({GOOD.model: 0.8})), named)
    assert placed
    assert placed.claim == f"{CHEAP} is the only model left that has public evidence"
    untested = head_of(asked(Need(work=WORK), Abilities()), named)
    assert untested
    assert "no public test has both" in untested.claim
    assert head_of(asked(Need(work=WORK, budget=Decimal("0.01")), Abilities()), named) is None


def test_a_first_of_which_nobody_says_that_it_can_is_not_passed_off_as_one_that_can() -> None:
    for must, begins in (((Capability.AUDIO_IN,), True), ((Capability.VISION,), False)):
        head = head_of(asked(Need(work=WORK, must=must), Abilities()), named)
        assert head
        doubt = f"Nobody says that the first can do all that is asked (audio in): {CHEAP} comes"
        assert head.claim.startswith(doubt) is begins


def on_own_machine(model: str, parameters: int) -> Offering:
    facts = {name: fact for name, fact in GOOD.facts.items() if not name.startswith("price")}
    return replace(GOOD, model=f"acme/{model}-{parameters}b", channel=Channel.SELF_HOSTED, facts=facts)


def test_what_has_no_price_is_ordered_by_ability_and_else_by_size() -> None:
    """On one's own machine no list asks for anything: nothing there comes first by price."""
    small, large = on_own_machine("model", 8), on_own_machine("model", 14)
    able = abilities_of({small.model: 1.0, large.model: 0.0}, spread=0.4)
    head = head_of(asked(Need(work=WORK), able, small, large), named)
    assert head
    assert head.odds is not None
    assert head.odds == pytest.approx(NormalDist().cdf(1.0 / (0.4 / TENTH * 2**0.5)), abs=1e-6)
    likely = f"it is {percent(head.odds)} likely to be the more able one"
    assert head.claim == f"{named(small)} comes before {named(large)}: {likely}"
    assert head.closes == (f"{named(large)} had an ability above 1.0 (it is put at 0.0 (-0.4 to 0.4))",)
    untested = head_of(asked(Need(work=WORK), Abilities(), small, large), named)
    assert untested
    assert untested.claim == (
        f"{named(large)} comes before {named(small)}: neither has a price, so the larger model comes first"
    )


HEARD = replace(WORK, minutes=Decimal(1), input_tokens=Decimal(0), output_tokens=Decimal(0))


def hearing(model: str, **prices: float) -> Offering:
    facts = offer(kind="chat", can__audio_in="yes", **{f"price__{name}": usd for name, usd in prices.items()})
    return replace(GOOD, model=f"acme/{model}", facts=facts.facts)


@pytest.mark.parametrize("tested", [True, False])
@pytest.mark.parametrize("by_the_second", [True, False])
def test_a_cost_that_nobody_knows_puts_nobody_first(tested: bool, by_the_second: bool) -> None:
    """By the token alone a minute's cost is unknown: not the least, and no price to come first by."""
    by_token = hearing("by-token", input=5, input_audio=6, output=10)
    prices = {"input__per_second": 0.0001} if by_the_second else {"input": 9, "input_audio": 9, "output": 9}
    other = hearing("other", **prices)
    able = abilities_of({by_token.model: 0.0, other.model: -0.2} if tested else {}, spread=0.4)
    answer = asked(Need(work=HEARD), able, by_token, other)
    head = head_of(answer, named)
    assert head
    assert answer.front == ({other.key} if by_the_second else set())
    assert not answer.pending()
    if by_the_second:
        assert head.claim == "other comes before by-token, whose cost is not known as one sum"
    elif tested:
        assert head.claim.startswith("by-token comes before other: it is ")
        assert head.claim.endswith("likely to be the more able one, so not surely")
    else:
        assert head.claim == "by-token comes before other: no price of this work is known"


def test_of_two_ranges_no_price_is_named_as_what_decides() -> None:
    ranges = [hearing(name, input__per_second=usd, output=9) for name, usd in (("one", 1), ("two", 2))]
    head = head_of(asked(Need(work=HEARD), Abilities(), *ranges), named)
    assert head
    assert head.claim == "one comes before two: neither cost is known as one sum"


def test_json_has_the_head_with_what_it_is_made_of() -> None:
    able = abilities_of({GOOD.model: 0.0, DEAR.model: 1.0}, spread=0.4)
    values = answer_to_json(asked(Need(work=WORK), able), "x", TODAY, named=named)
    assert values["head"]["odds"] == values["sure"]
    assert values["head"]["sentences"][0].startswith(values["head"]["claim"])
    assert "The first would lose its place if it cost more than" in values["head"]["sentences"][0]


def test_a_threshold_has_an_interval_where_quality_decides_and_none_where_cost_alone_does() -> None:
    able = abilities_of({GOOD.model: 0.0, DEAR.model: 0.3}, spread=0.05)
    answer = asked(Need(work=WORK), able)
    doubt = 0.05 * 2**0.5
    flips = {flip.input: flip for flip in answer.flips}
    weight = flips["weight of quality"]
    assert weight.between
    low, high = (float(x) for x in weight.between if x is not None)
    assert (low, high) == pytest.approx((log10(2.6) / (0.3 + doubt), log10(2.6) / (0.3 - doubt)), abs=1e-3)
    assert low < weight.at < high
    (swap,) = swaps(answer)
    assert f"above 1.38 as the weight of quality (80 %: {low:.3g} to {high:.3g}; now 1)" in swap.when
    tokens = flips["output_tokens"].between
    assert tokens
    # The dear one may cost 10^0.3 times as much, give or take: 3000 + 20 x = f (3000 + 4 x).
    wanted = sorted(3000 * (f - 1) / (20 - 4 * f) for f in (10 ** (0.3 - doubt), 10 ** (0.3 + doubt)))
    assert [float(x) for x in tokens if x is not None] == pytest.approx(wanted, rel=1e-6)
    exact = asked(Need(work=WORK, quality=0), able, GOOD, replace(DEAR, facts={**DEAR.facts, **CROSSING}))
    assert exact.flips
    assert all(flip.between is None for flip in exact.flips if not flip.input.startswith("weight"))


CROSSING = offer(price__input="0.1", price__output=20).facts


def test_a_threshold_that_may_lie_nowhere_has_an_open_end() -> None:
    able = abilities_of({GOOD.model: 0.0, DEAR.model: 0.1}, spread=0.4)
    (weight,) = [f for f in asked(Need(work=WORK), able).flips if f.input == "weight of quality"]
    assert weight.between
    assert weight.between[0] is not None
    assert weight.between[1] is None


def test_a_threshold_that_may_lie_anywhere_is_not_told() -> None:
    able = abilities_of({GOOD.model: 0.0, DEAR.model: 0.3}, spread=0.4)
    answer = asked(Need(work=WORK), able)
    assert any(flip.between == (None, None) for flip in answer.flips)
    (swap,) = swaps(answer)
    assert [one.partition("(")[0].split()[-1] for one in swap.when] == ["cost", "quality"]
    near = replace(answer, flips=tuple(f for f in answer.flips if f.between == (None, None)))
    (swap,) = swaps(near)
    assert swap.when == (UNTOLD,)


def test_no_flip_is_told_of_one_that_stands_first_because_more_providers_serve_it() -> None:
    """Which of the two is worth more is as good as chance, and by worth alone the order is the other."""
    wide = replace(GOOD, model="acme/wide", facts={**GOOD.facts, **offer(price__output=5).facts})
    able = abilities_of({GOOD.model: 0.0, wide.model: 0.0}, spread=0.6)
    answer = asked(Need(work=WORK), able, GOOD, wide, replace(wide, provider="bedrock"))
    assert answer.leaders.keys == (wide.key, GOOD.key)
    head = head_of(answer, named)
    assert head
    assert head.claim.endswith("; it comes first because more providers serve it")
    assert answer.flips == ()
