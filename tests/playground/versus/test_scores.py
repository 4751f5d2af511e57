"""Scores of two models: when a test speaks for one of them, and which of several does."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from playground.catalog import Evidence, Model, RunEffort, Score, Unit
from playground.versus.side import side
from playground.versus.versus import Versus, versus
from tests.catalogs import catalog, offered

NAMES = {"acme/one": "One", "acme/other": "Other"}


def score(figure: int, by: str = "Epoch AI", **more: Any) -> Score:
    usual = {"benchmark": "GPQA", "metric": "accuracy", "evidence": Evidence.MEASURED, "link": "https://e.x"}
    return Score(**{**usual, "score": Decimal(figure), "by": by, "as_of": "2026-03-01", **more})  # type: ignore[arg-type]


def of_scores(*scores: tuple[Score, ...]) -> Versus:
    """The two models compared, with these scores of each."""
    whole = catalog(offered("acme/one"), offered("acme/other"))
    made = replace(whole, models={m: Model(id=m, scores=s) for m, s in zip(NAMES, scores, strict=True)})
    return versus(*(side(m, made, NAMES) for m in NAMES))


def test_scores_speak_only_within_a_series() -> None:
    def sentences(*scores: tuple[Score, ...]) -> list[str]:
        return [s.text for s in of_scores(*scores).for_a]

    assert sentences((score(85),), (score(80),)) == ["GPQA counts: 85 against 80, measured by Epoch AI"]
    assert sentences((score(84),), (score(80, by="Sierra"),)) == []
    assert sentences((score(84),), (score(80, effort=RunEffort.HIGH),)) == []
    assert sentences((score(84), score(70, as_of="2026-09-01")), (score(80),)) == []  # the later one counts
    low, high = ({"effort": e} for e in (RunEffort.LOW, RunEffort.HIGH))
    assert sentences((score(60, **low), score(85, **high)), (score(50, **low), score(80, **high))) == [
        "GPQA counts: 85 against 80 at high effort, measured by Epoch AI"
    ]
    lower = {"metric": "% wrong (lower is better)"}
    assert sentences((score(3, **lower),), (score(5, **lower),)) == [
        "GPQA counts: 3 against 5, measured by Epoch AI (lower is better)"
    ]


def test_runs_that_are_not_alike_stand_side_by_side_with_what_differs_and_none_is_better() -> None:
    mine = score(84, effort=RunEffort.MAX, harness="Terminus 2")
    claimed = score(80, by="own lab", evidence=Evidence.CLAIMED, effort=RunEffort.MAX)
    (pair,) = of_scores((mine,), (claimed, score(79, by="Sierra", effort=RunEffort.LOW, harness="X"))).scores
    assert pair.differs == (
        "harness: Terminus 2 / not stated",
        "evidence: measured / claimed",
        "run by: Epoch AI / each lab",
    )
    assert (pair.strict, pair.better) == (False, "")
    assert of_scores((mine,), (score(80, version="2"),)).scores == ()  # another version is another test
    assert of_scores((mine,), (score(80, metric="partial score"),)).scores == ()
    (alike,) = of_scores((mine, score(70)), (score(80), claimed)).scores
    assert (alike.strict, str(alike.a.score)) == (True, "70")  # where runs are alike, those stand there


def test_of_one_benchmark_the_most_telling_part_speaks_and_is_named() -> None:
    easy, hard = ({"subset": part} for part in ("Tiers 1-3", "Tier 4"))
    mine = (score(90, **easy), score(70, **hard), score(60, benchmark="Other"))
    theirs = (score(80, **easy), score(20, **hard), score(50, benchmark="Other"))
    assert [s.text for s in of_scores(mine, theirs).for_a] == [
        "GPQA (Tier 4) counts: 70 against 20, measured by Epoch AI",
        "Other counts: 60 against 50, measured by Epoch AI",
    ]


def test_a_few_points_without_a_standard_error_tell_nothing() -> None:
    exact = {"stderr": Decimal("0.5")}
    assert of_scores((score(84),), (score(80),)).for_a == ()
    assert of_scores((score(84, **exact),), (score(80),)).for_a != ()
    assert of_scores((score(85),), (score(80),)).for_a != ()


def test_figures_within_their_standard_errors_speak_for_nobody() -> None:
    exact, rough = {"stderr": Decimal("0.5")}, {"stderr": Decimal("3.1")}
    assert of_scores((score(84, **exact),), (score(80, **exact),)).for_a != ()
    for one, other in ((rough, rough), (rough, {}), ({}, rough)):
        told = of_scores((score(84, **one),), (score(80, **other),))
        assert (told.for_a, [p.better for p in told.scores]) == ((), [""])


def test_votes_are_told_apart_only_by_their_intervals_and_speak_for_nobody() -> None:
    def rating(figure: int, wide: int, category: str = "Coding") -> Score:
        more = {"evidence": Evidence.VOTED, "unit": Unit.RATING, "subset": category, "benchmark": "Arena"}
        low, high = Decimal(figure - wide), Decimal(figure + wide)
        return score(figure, "Arena", low=low, high=high, metric="rating", **more)

    apart = of_scores((rating(1500, 5),), (rating(1480, 5),))
    assert [p.better for p in apart.scores] == ["a"]
    assert apart.for_a == ()
    assert [p.better for p in of_scores((rating(1500, 15),), (rating(1480, 15),)).scores] == [""]
    assert of_scores((rating(1500, 5, "Legal"),), (rating(1480, 5, "Legal"),)).scores == ()
