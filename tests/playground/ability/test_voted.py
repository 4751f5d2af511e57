"""Votes are an ability of their own: by category, and in no number that tests give."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from playground.ability import Abilities, Ability, Interval, Proof, Votes, votes_of, with_votes
from playground.catalog import Evidence, Model, Score, Unit


def rating(value: str, category: str = "Coding", **changed: Any) -> Score:
    fields: dict[str, Any] = {
        "evidence": Evidence.VOTED,
        "unit": Unit.RATING,
        "low": Decimal(value) - Decimal("19.6"),
        "high": Decimal(value) + Decimal("9.8"),
        "n": 100,
    }
    return Score(
        benchmark="Arena",
        subset=category,
        metric="rating",
        by="Arena",
        link="https://example.com",
        as_of="2026-10-20",
        score=Decimal(value),
        **{**fields, **changed},
    )


def test_ratings_stand_by_category_with_the_interval_of_80_percent() -> None:
    assert votes_of([rating("1400"), rating("1300", "In German")]) == {
        "Coding": Votes(
            interval=Interval(low=1387.2, middle=1400.0, high=1406.4), votes=100, as_of="2026-10-20"
        ),
        "In German": Votes(
            interval=Interval(low=1287.2, middle=1300.0, high=1306.4), votes=100, as_of="2026-10-20"
        ),
    }


def test_of_several_ratings_the_one_with_most_votes_counts() -> None:
    votes = votes_of([rating("1400", n=5), rating("1350", n=900), rating("1500", n=9)])
    assert votes["Coding"].interval.middle == 1350


def test_tests_are_no_votes_and_a_rating_without_interval_is_left_out() -> None:
    assert votes_of([rating("50", evidence=Evidence.MEASURED), rating("1400", low=None)]) == {}


def test_votes_stand_beside_tests_and_change_none() -> None:
    tested = Ability(model="lab/a", general=Interval(low=0, middle=1, high=2), scores=3, measured=1)
    models = [Model(id=name, scores=(rating("1400"),)) for name in ("lab/a", "lab/b")]
    both = with_votes(Abilities(models={"lab/a": tested}, inputs="x"), [*models, Model(id="lab/c")])
    assert both.of("lab/a").general == tested.general
    assert [both.of(name).proof for name in ("lab/a", "lab/b", "lab/c")] == [
        *(Proof.MEASURED, Proof.VOTES, Proof.UNTESTED),
    ]
    assert both.better("lab/a", "lab/b") is None
