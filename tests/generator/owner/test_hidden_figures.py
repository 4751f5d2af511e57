"""What was measured of the sources and fitted to their scores, on a site that hides some of them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from generator.site.figures import FIGURES_FILES, Figures, figures_left
from generator.store.abilities import save_abilities
from generator.views.truth.error_file import ERRORS_FILE, Measured, read_errors, write_errors
from generator.views.truth.error_rates import ErrorRate
from playground.ability import Abilities, Ability, Interval
from playground.catalog import Catalog, Evidence, Score
from tests.catalogs import ALL_KNOWN, TIERED, catalog
from tests.projects import built, tree, write
from tests.rounds import sampled

SHOWN, OTHER = ALL_KNOWN.model, "acme/elsewhere"
ERRORS = Measured(
    facts=70,
    as_of="2026-11-12",
    rates=tuple(ErrorRate(source=s, sort="prices", wrong=1, claims=50) for s in ("litellm", "models-dev")),
)
FIGURES = Figures(
    abilities=Abilities(
        models={
            name: Ability(model=name, general=Interval(low=-1, middle=0, high=1), scores=3)
            for name in (SHOWN, OTHER)
        },
        inputs="0" * 64,
    ),
    judged={"schema": 1, "agreement": {"Coding": {"models": 9, "rho": 0.8}}},
    errors=ERRORS,
)


def with_score(source: str, evidence: Evidence) -> Catalog:
    """A catalog whose model has one score, which this source gave."""
    whole = catalog(ALL_KNOWN, TIERED)
    score = Score(
        benchmark="AIME",
        score=Decimal(50),
        metric="correct",
        evidence=evidence,
        by="Acme Tests",
        link="https://a.example/",
        as_of="2026-11-01",
        source=source,
    )
    return replace(whole, models={**whole.models, SHOWN: replace(whole.models[SHOWN], scores=(score,))})


@pytest.mark.parametrize(
    ("source", "evidence", "abilities", "judged"),
    [
        ("models-dev", Evidence.MEASURED, {SHOWN}, {"schema", "agreement"}),
        ("litellm", Evidence.VOTED, {SHOWN}, {"schema"}),
        ("litellm", Evidence.CLAIMED, set(), set()),
        ("litellm", Evidence.MEASURED, set(), set()),
    ],
)
def test_no_figure_is_left_that_rests_on_a_hidden_source(
    source: str, evidence: Evidence, abilities: set[str], judged: set[str]
) -> None:
    whole = with_score(source, evidence)
    left = figures_left(
        FIGURES, whole, replace(whole, sources={"models-dev": whole.sources["models-dev"]}), ["litellm"]
    )
    assert set(left.abilities.models) == abilities
    assert {name for name, value in left.judged.items() if value} == judged
    assert left.errors is not None
    assert [rate.source for rate in left.errors.rates] == ["models-dev"]
    assert left.errors.facts == ERRORS.facts


@sampled(1)
@pytest.mark.parametrize("hidden", [[], ["litellm"]])
def test_the_site_publishes_the_figures_that_it_shows(tmp_path: Path, hidden: list[str]) -> None:
    folder = write(tmp_path, with_score("litellm", Evidence.MEASURED), hide_sources=hidden)
    data = folder / "docs/catalog"
    save_abilities(data, FIGURES.abilities)
    write_errors(data / ERRORS_FILE, ERRORS)
    built(folder)
    files = tree(folder / "site")
    published = {name for name in FIGURES_FILES if f"catalog/{name}" in files}
    if not hidden:
        assert published == {"abilities.json", ERRORS_FILE}
        assert files[f"catalog/{ERRORS_FILE}"] == (data / ERRORS_FILE).read_bytes()
        return
    assert published == {ERRORS_FILE}
    assert b"litellm" not in files[f"catalog/{ERRORS_FILE}"].lower()
    errors = read_errors(folder / "site/catalog" / ERRORS_FILE)
    assert errors is not None
    assert [rate.source for rate in errors.rates] == ["models-dev"]
    assert b"litellm" not in files["sources/index.html"].lower()
