"""When a model ends: where every place of it does, and not before the last."""

from __future__ import annotations

import pytest

from playground.catalog import Offering
from playground.lifecycle.outlook import model_ends, offering_end
from tests.catalogs import catalog, fact, offering

LIVE, RETIRED = {}, {"status": "retired"}
EARLY, LATE = {"retires": "2026-10-14"}, {"retires": "2027-04-14"}


def place(channel: str, facts: dict[str, str]) -> Offering:
    return offering("acme/one", channel, **{n: fact(v) for n, v in facts.items()})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("facts", "end"),
    [
        (LIVE, ""),
        (RETIRED, "retired"),
        (EARLY, "2026-10-14"),
        ({**EARLY, "status": "deprecated"}, "2026-10-14"),
        ({**LATE, "status": "retired"}, "retired"),
        ({"retires": "soon"}, ""),
    ],
)
def test_a_place_ends_by_its_status_or_its_last_day(facts: dict[str, str], end: str) -> None:
    assert offering_end(place("global", facts)) == end


@pytest.mark.parametrize(
    ("one", "other", "end"),
    [
        (RETIRED, RETIRED, "retired"),
        (RETIRED, EARLY, "2026-10-14"),
        (EARLY, LATE, "2027-04-14"),
        (RETIRED, LIVE, ""),
        (LIVE, LATE, ""),
    ],
)
def test_a_model_ends_with_the_last_of_its_places(
    one: dict[str, str], other: dict[str, str], end: str
) -> None:
    assert model_ends(catalog(place("global", one), place("regional", other))).get("acme/one", "") == end
