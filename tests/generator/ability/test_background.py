"""What is known of a model before any score: when it came out, of which line it is, how large."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from generator.ability.background import Background, backgrounds, came_out, tier_of
from generator.ability.inputs import Inputs
from playground.catalog import Evidence, Model, Score
from tests.catalogs import catalog, fact, offered


def model(name: str, as_of: str, knowledge: str = "") -> Model:
    score = Score(
        benchmark="b", score=Decimal(1), metric="m", evidence=Evidence.MEASURED, by="x", link="l", as_of=as_of
    )
    facts = {"knowledge": fact(knowledge)} if knowledge else {}
    return Model(id=name, facts=facts, scores=(score,))


@pytest.mark.parametrize(
    ("name", "as_of", "knowledge", "version", "year"),
    [
        ("lab/plain-1", "2026-03-10", "", "", 2026.2),
        ("lab/plain-1", "2026-03", "", "", 2026.2),
        ("lab/plain-1", "2026-03-10", "", "2025-08-07", 2025.6),
        ("lab/plain-2024-10-22", "2026-03-10", "", "", 2024.8),
        ("lab/plain-2507", "2026-03-10", "", "", 2025.5),
        # Measured long after it came out: its knowledge tells.
        ("lab/plain-1", "2026-03-10", "2023-12", "", 2025.3),
        ("lab/plain-1", "2026-03-10", "2025-12", "", 2026.2),
        ("lab/plain-1", "", "", "", None),
    ],
)
def test_the_earliest_of_what_tells_counts(
    name: str, as_of: str, knowledge: str, version: str, year: float | None
) -> None:
    whole = catalog(replace(offered(name), version=version))
    known = backgrounds(replace(whole, models={name: model(name, as_of, knowledge)}))
    assert known[name].released == (pytest.approx(year, abs=0.06) if year else None)


@pytest.mark.parametrize(
    ("released", "year"), [("2025-12-31", 2025), ("2025-12", 2025), ("2026-01-01", 2026), ("", 2026)]
)
def test_a_model_is_of_the_year_in_which_it_came_out(released: str, year: int) -> None:
    """Not of that of its first score, where its sources tell when it came out."""
    measured = model("lab/plain-1", "2026-03-10")
    known = replace(measured, facts={"released": fact(released)} if released else {})
    when, name = came_out(known), known.id
    assert when is None or int(when) == year
    whole = replace(catalog(offered(name)), models={name: known})
    inputs = Inputs(cells=(), models=backgrounds(whole), came_out={} if when is None else {name: when})
    assert (name in inputs.since(2026)) == (year == 2026)


def test_models_of_one_generation_came_out_with_the_first_of_it() -> None:
    each = [
        model("lab/plain3-8b", "2026-03"),
        model("lab/plain3-70b", "2025-05"),
        model("lab/plain2", "2024-01"),
    ]
    whole = replace(catalog(*(offered(m.id) for m in each)), models={m.id: m for m in each})
    assert backgrounds(whole) == {
        "lab/plain2": Background(line="lab/plain", released=2024.04),
        "lab/plain3-70b": Background(line="lab/plain", released=2025.37, size=70),
        "lab/plain3-8b": Background(line="lab/plain", released=2025.37, size=8),
    }


def test_models_whose_names_differ_by_their_size_alone_came_out_together() -> None:
    each = [
        model("lab/plain-20b", "2026-08"),
        model("lab/plain-120b", "2025-08"),
        model("lab/other", "2026-08"),
    ]
    whole = replace(catalog(*(offered(m.id) for m in each)), models={m.id: m for m in each})
    known = backgrounds(whole)
    assert known["lab/plain-20b"].released == known["lab/plain-120b"].released
    assert known["lab/other"].released != known["lab/plain-120b"].released


@pytest.mark.parametrize(
    ("name", "tier"),
    [
        ("lab/plain-4", 0),
        ("lab/plain-4-pro", 1),
        ("lab/plain-4-flash", -1),
        ("lab/plain-4-nano", -2),
        ("lab/plain-4-flash-lite", -2),
        ("lab/plain-4-codex-max", 1),
        ("lab/plain-4-professional", 0),
    ],
)
def test_a_name_says_its_tier(name: str, tier: int) -> None:
    assert tier_of(name) == tier


def test_a_model_without_a_score_has_none() -> None:
    assert backgrounds(catalog(offered("lab/plain-1"))) == {}
