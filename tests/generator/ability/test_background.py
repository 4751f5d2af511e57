"""What is known of a model before any score: when it came out, of which line it is, how large."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from generator.ability.background import Background, backgrounds, tier_of
from generator.ability.inputs import Inputs
from playground.catalog import Evidence, Model, Score
from tests.catalogs import catalog, fact, offered


def model(name: str, as_of: str, knowledge: str = "", released: str = "") -> Model:
    score = Score(
        benchmark="b", score=Decimal(1), metric="m", evidence=Evidence.MEASURED, by="x", link="l", as_of=as_of
    )
    facts = {"knowledge": knowledge, "released": released}
    return Model(id=name, facts={field: fact(day) for field, day in facts.items() if day}, scores=(score,))


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
    ("released", "year"),
    [
        ("2025-12-31", 2025.997),
        ("2026-01-01", 2026.0),
        ("2024-12-31", 2024.997),
        ("2025-06-15", 2025.454),
        # A month alone is its middle.
        ("2025-12", 2025.957),
        ("2026-01", 2026.04),
        ("", 2026.2),
    ],
)
def test_a_model_came_out_when_its_sources_say(released: str, year: float) -> None:
    """The last day of a year lies in that year, for the fit and for all that counts models of a year."""
    known = model("lab/plain-1", "2026-03-10", released=released)
    whole = replace(catalog(offered(known.id)), models={known.id: known})
    inputs = Inputs(cells=(), models=backgrounds(whole))
    assert inputs.models[known.id].released == pytest.approx(year, abs=0.001 if released else 0.06)
    assert (known.id in inputs.since(2026)) == (year >= 2026)


@pytest.mark.parametrize(
    ("name", "version", "as_of", "evidence", "year"),
    [
        # Others measured its preview, so it was out.
        ("lab/plain-1", "", "2026-05-16", Evidence.MEASURED, 2026.374),
        # A month says no more than that it was out by its end.
        ("lab/plain-1", "", "2026-08", Evidence.MEASURED, 2026.616),
        ("lab/plain-1", "", "2026-06", Evidence.MEASURED, 2026.497),
        # Its lab tests a model before it is out, and a slip there makes it no older.
        ("lab/plain-1", "", "2025-08-13", Evidence.CLAIMED, 2026.616),
        ("lab/plain-2602", "", "", Evidence.CLAIMED, 2026.164),
        ("lab/plain-1", "2026-02-26", "", Evidence.CLAIMED, 2026.151),
    ],
)
def test_a_model_was_out_before_the_day_of_its_general_availability(
    name: str, version: str, as_of: str, evidence: Evidence, year: float
) -> None:
    known = model(name, as_of, knowledge="2024-01", released="2026-08-13")
    known = replace(known, scores=(replace(known.scores[0], evidence=evidence),))
    sibling = model("lab/plain-1-mini", "2024-03-01")
    whole = catalog(replace(offered(name), version=version))
    whole = replace(whole, models={one.id: one for one in (known, sibling)})
    assert backgrounds(whole)[name].released == pytest.approx(year, abs=0.001)


def test_a_sibling_of_which_no_source_says_when_came_out_with_the_first_of_its_generation() -> None:
    each = [
        model("lab/plain3-8b", "2026-03"),
        model("lab/plain3-70b", "2026-05", released="2025-07-01"),
        model("lab/plain3-120b", "2026-01", released="2025-10-01"),
    ]
    whole = replace(catalog(*(offered(m.id) for m in each)), models={m.id: m for m in each})
    known = backgrounds(whole)
    assert [known[m.id].released for m in each] == [2025.5, 2025.5, 2025.75]


def test_a_model_that_nobody_dates_came_out_before_what_follows_it() -> None:
    """Old models are measured anew by whoever starts a board: that is no day on which they came out."""
    each = [
        model("lab/plain-2", "2026-08-17"),
        model("lab/plain-3-beta", "2026-08-17"),
        model("lab/plain-3", "2026-08-17", released="2025-02-17"),
        model("lab/plain-4", "2026-08-17", released="2025-07-09"),
        model("lab/plain-5", "2026-08-17"),
        model("lab/plain-mini-2", "2026-08-17"),
    ]
    whole = replace(catalog(*(offered(m.id) for m in each)), models={m.id: m for m in each})
    known = backgrounds(whole)
    assert [known[m.id].released for m in each] == [
        2025.126,
        2025.126,
        2025.126,
        2025.522,
        2026.626,
        2026.626,
    ]


def test_models_of_one_generation_came_out_with_the_first_of_it() -> None:
    each = [
        model("lab/plain3-8b", "2026-03"),
        model("lab/plain3-70b", "2025-05"),
        model("lab/plain2", "2024-01"),
    ]
    whole = replace(catalog(*(offered(m.id) for m in each)), models={m.id: m for m in each})
    assert backgrounds(whole) == {
        "lab/plain2": Background(line="lab/plain", released=2024.04),
        "lab/plain3-70b": Background(line="lab/plain", released=2025.374, size=70),
        "lab/plain3-8b": Background(line="lab/plain", released=2025.374, size=8),
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
