"""Which model is better, with its probability; tiers; and the file that says it."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.ability import (
    TIER_ODDS,
    Abilities,
    Ability,
    Benchmark,
    Interval,
    Lean,
    Proof,
    Task,
    TaskAbility,
    Votes,
    predecessor,
)
from playground.ability.ability_json import abilities_from_json, abilities_to_json

#: The 10 % and 90 % points of a normal distribution.
TENTH = 1.2816


def at(middle: float, deviation: float = 0.2) -> Interval:
    return Interval(low=middle - TENTH * deviation, middle=middle, high=middle + TENTH * deviation)


def abilities(**models: Ability) -> Abilities:
    return Abilities(models=models)


def able(middle: float, deviation: float = 0.2, **more: object) -> Ability:
    return Ability(model="m", general=at(middle, deviation), scores=3, measured=1, **more)  # type: ignore[arg-type]


def test_the_odds_are_those_of_the_difference() -> None:
    both = abilities(a=able(0.5), b=able(0.2))
    expected = 0.5 * (1 + math.erf(0.3 / math.hypot(0.2, 0.2) / math.sqrt(2)))
    assert both.better("a", "b") == pytest.approx(expected, abs=1e-3)


def test_what_moves_both_leaves_them_apart() -> None:
    """Two that go together are told apart though each is unsure."""
    joint = abilities(a=able(0.5, together={"b": 0.99}), b=able(0.2))
    assert joint.better("b", "a") == pytest.approx(1 - (joint.better("a", "b") or 0))
    apart = abilities(a=able(0.5), b=able(0.2))
    assert (joint.better("a", "b") or 0) > 0.99 > (apart.better("a", "b") or 0)


def test_an_untested_model_has_no_odds() -> None:
    one = abilities(
        a=able(1), liked=Ability(model="liked", votes={"text": Votes(interval=at(1400), votes=9, as_of="")})
    )
    assert one.better("a", "nobody") is None
    assert one.better("liked", "a") is None
    assert [one.of(name).proof for name in ("a", "liked", "nobody")] == [
        *(Proof.MEASURED, Proof.VOTES, Proof.UNTESTED),
    ]


def test_at_a_task_its_own_scores_count_and_else_the_general_ability() -> None:
    own = TaskAbility(interval=at(-1), scores=2, measured=0, newest="2026-01")
    both = abilities(a=able(1, tasks={Task.CODE: own}), b=able(0))
    assert both.surely_better("a", "b")
    assert both.surely_better("a", "b", Task.VISION)
    assert both.surely_better("b", "a", Task.CODE)


def test_one_known_by_claims_alone_is_not_said_to_pass_who_beats_it() -> None:
    both = abilities(a=able(2, outdone_by=("b",)), b=able(0))
    assert both.better("a", "b") == TIER_ODDS
    assert both.better("b", "a") == pytest.approx(1 - TIER_ODDS)
    assert not both.surely_better("a", "b")


def test_a_tier_holds_who_cannot_be_told_from_its_best() -> None:
    five = abilities(a=able(1), b=able(0.9), c=able(0.5), d=able(0.45), e=able(-1))
    assert five.tiers(["e", "d", "c", "b", "a", "nobody"]) == [("a", "b"), ("c", "d"), ("e",)]


intervals = st.tuples(st.floats(-3, 3), st.floats(0.05, 1)).map(lambda each: at(*each))
several = st.lists(intervals, min_size=1, max_size=8).map(
    lambda each: Abilities(
        models={f"m{i}": Ability(model=f"m{i}", general=one) for i, one in enumerate(each)}
    )
)


@given(several)
def test_odds_are_of_one_and_tiers_hold_each_model_once(known: Abilities) -> None:
    for a in known.models:
        for b in known.models:
            assert known.better(a, b) + known.better(b, a) == pytest.approx(1)  # type: ignore[operator]
    tiers = known.tiers(known.models)
    assert sorted(name for tier in tiers for name in tier) == sorted(known.models)
    for tier in tiers:
        assert not any(known.surely_better(tier[0], other) for other in tier)


def test_success_grows_with_ability_from_chance_and_is_less_sure_of_the_unsure() -> None:
    test = Benchmark(task=Task.CODE, level=0, slope=1, chance=0.25, models=9, best=91)
    low, high = test.success(at(-9, 0.01)), test.success(at(9, 0.01))
    assert (round(low, 2), round(high, 2)) == (0.25, 1.0)
    assert test.success(at(0, 0.01)) == pytest.approx(0.625, abs=1e-3)
    assert test.success(at(1, 2)) < test.success(at(1, 0.1))
    assert test.used_up


def test_what_is_written_is_read_again() -> None:
    whole = Abilities(
        models={
            "lab/a": Ability(
                model="lab/a",
                general=Interval(low=0.1, middle=0.2, high=0.4),
                scores=4,
                measured=2,
                newest="2026-07-01",
                tasks={
                    Task.LONG_CONTEXT: TaskAbility(
                        interval=Interval(low=-1, middle=0.5, high=2),
                        scores=2,
                        measured=1,
                        newest="2026-07",
                        lean=Lean.WEAKER,
                    )
                },
                together={"lab/c": 0.75},
                outdone_by=("lab/b",),
            ),
            "lab/b": Ability(model="lab/b"),
        },
        benchmarks={"x": Benchmark(task=Task.CODE, level=1, slope=0.5, chance=0.25, models=3, best=80)},
        efforts={"low": -0.5},
        claimed=Interval(low=0.1, middle=0.2, high=0.3),
        inputs="abc",
    )
    assert abilities_from_json(abilities_to_json(whole)) == whole
    assert abilities_from_json(abilities_to_json(Abilities())) == Abilities()


def test_the_predecessor_is_the_newest_tested_model_of_its_line_before_it() -> None:
    tested = [
        *("lab/fast-1", "lab/fast-2", "lab/fast-4", "lab/slow-2", "other/fast-2"),
        *("lab/fast-2.5-non-reasoning", "lab/fast-2-7b", "lab/fast"),
    ]
    known = Abilities(models={name: Ability(model=name, general=at(0)) for name in tested})
    assert predecessor("lab/fast-3", known) == "lab/fast-2"
    assert predecessor("lab/fast-3-7b", known) == "lab/fast-2-7b"
    assert predecessor("lab/fast-1", known) == ""
    assert predecessor("lab/new-1", known) == ""
