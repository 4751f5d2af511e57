"""What nothing public places: apart from the order, with the tested model before it, the best hopes first."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from playground.ability import Abilities, Proof
from playground.catalog import Capability, Channel, Offering
from playground.decide.answer_json import answer_to_json
from playground.decide.chooser import choose
from playground.decide.quality.untested import untested_first, untested_to_json
from playground.need.need import Need
from tests.playground.decide.abilities import abilities_of
from tests.playground.decide.offers import GOOD, TODAY, WORK, of, offer


def named(model: str, price: str = "1", provider: str = "azure") -> Offering:
    facts = offer(price__input=price, price__output=price).facts
    return replace(GOOD, model=model, provider=provider, facts={**GOOD.facts, **facts})


TESTED = named("acme/plain-1")
NEED = Need(work=WORK)
#: So far apart that each is a tier.
ABLE = abilities_of({"acme/plain-1": 2.0, "acme/other-1": -2.0}, spread=0.1)


def test_the_tested_model_before_it_stands_beside_it_with_its_tier() -> None:
    whole = of(TESTED, named("acme/plain-2"), named("acme/alone-2"))
    (after, alone) = untested_to_json(choose(NEED, whole, TODAY, abilities=ABLE), None)
    assert after["before"] == {
        "model": "acme/plain-1",
        "tier": 1,
        "tiers": 2,
        "ability": "2.0 (1.9 to 2.1)",
    }
    assert after["why"] == "no public test"
    assert "before" not in alone


def test_the_best_hopes_come_first_and_then_the_cheapest() -> None:
    hopes = [
        named("acme/plain-2", "9"),
        named("acme/other-2", "5"),
        named("acme/b", "0.1"),
        named("acme/c", "0.2"),
    ]
    answer = choose(NEED, of(TESTED, *reversed(hopes)), TODAY, abilities=ABLE)
    assert [c.offering.model for c in untested_first(answer)] == [o.model for o in hopes]
    assert [o["offering"] for o in untested_to_json(answer, 2)] == [o.key for o in hopes[:2]]
    values = answer_to_json(answer, "x", TODAY)["untested"]
    assert (values["count"], len(values["offerings"])) == (4, 4)
    # None of them is in the order.
    assert answer.ranked.keys == (TESTED.key,)


def test_on_a_machine_of_ones_own_the_largest_comes_first_among_equals() -> None:
    """None has a price there, so that the order by cost would be that of names."""
    listed = [
        replace(named(f"acme/{name}"), channel=Channel.SELF_HOSTED)
        for name in ("a-0.5b", "b-7b", "c-3b", "tested-1b")
    ]
    need = replace(NEED, memory=Decimal(16), keep_unknown=True)
    able = abilities_of({"acme/tested-1b": 2.0}, spread=0.1)
    answer = choose(need, of(*listed), TODAY, abilities=able)
    assert [c.offering.model for c in untested_first(answer)] == [
        "acme/b-7b",
        "acme/c-3b",
        "acme/a-0.5b",
    ]
    assert answer_to_json(answer, "x", TODAY)["untested"]["then"].startswith("the largest first")


def test_one_that_a_newer_of_its_line_stands_beside_comes_last() -> None:
    """Whoever may have the newer one has no reason to try the older, whatever was before it."""
    older, alone = named("acme/plain-0.5", "0.1"), named("acme/alone-2", "9")
    newest, second = named("acme/plain-3", "9"), named("acme/plain-2", "0.1")
    answer = choose(NEED, of(TESTED, older, alone, newest, second), TODAY, abilities=ABLE)
    tried = [c.offering.model for c in untested_first(answer)]
    assert tried == ["acme/plain-3", "acme/alone-2", "acme/plain-2", "acme/plain-0.5"]


def test_what_nobody_says_of_one_stands_beside_it() -> None:
    unsaid = replace(named("acme/alone-2"), facts={k: f for k, f in GOOD.facts.items() if k != "can.vision"})
    answer = choose(replace(NEED, must=(Capability.VISION,)), of(TESTED, unsaid), TODAY, abilities=ABLE)
    (one,) = untested_to_json(answer, None)
    assert one["unknown"] == ["can: vision"]


def claiming(*measured: str) -> Abilities:
    """Two models of other labs known by their claims alone, and those that others have measured."""
    claims = abilities_of({"mega/new-1": 3.0, "giga/new-1": 3.0}, measured=0)
    known = abilities_of({**dict.fromkeys(measured, 0.0), TESTED.model: 0.0})
    return replace(claims, models={**claims.models, **known.models})


def test_claims_of_a_lab_of_which_nobody_measured_a_model_give_no_place() -> None:
    new = [named(m, provider=p) for m in ("mega/new-1", "giga/new-1") for p in ("azure", "bedrock")]
    whole = of(TESTED, *new)
    able = claiming("mega/old-1")
    assert able.of("giga/new-1").proof is Proof.CLAIMED
    answer = choose(NEED, whole, TODAY, abilities=able)
    assert [c.offering.model for c in answer.leaders] == ["mega/new-1", TESTED.model]
    assert {c.offering.model for c in answer.untested} == {"giga/new-1"}
    both = choose(NEED, whole, TODAY, abilities=claiming("mega/old-1", "giga/old-1"))
    assert {c.offering.model for c in both.leaders} == {"mega/new-1", "giga/new-1", TESTED.model}
    # Where nothing else is left, it is an answer after all.
    only = choose(NEED, of(*(o for o in new if o.lab == "giga")), TODAY, abilities=able)
    assert [c.offering.model for c in only.leaders] == ["giga/new-1"]
