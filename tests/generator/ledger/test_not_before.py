"""A lab's first possible day is no last day at a place to which only a list of everything carries it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generator.ledger.not_before import with_first_days
from playground.catalog import Claim, Offering
from tests.catalogs import catalog, fact, offered

DAY = "2026-10-15"
AT_LAB = offered("acme/small", provider="acme", retires_earliest=DAY)


def elsewhere(day: str, *sources: str, provider: str = "cloud") -> Offering:
    claims = [Claim(record=source, value=day) for source in sources]
    one = offered("acme/small", "regional", provider)
    return replace(one, facts={"retires": replace(fact(day), claims=tuple(claims))})


@pytest.mark.parametrize(
    ("there", "first", "last"),
    [
        (elsewhere(DAY, "litellm"), DAY, None),
        (elsewhere("2026-11-15", "litellm"), None, "2026-11-15"),
        (elsewhere(DAY, "litellm", "cloud-page"), None, DAY),
        (elsewhere(DAY, "cloud-page"), None, DAY),
        (elsewhere(DAY), None, DAY),
        (elsewhere(DAY, "litellm", provider="acme"), None, DAY),
    ],
)
def test_a_labs_first_possible_day_is_no_last_day(
    there: Offering, first: str | None, last: str | None
) -> None:
    whole = replace(catalog(AT_LAB), offerings=(AT_LAB, there))
    _, one = with_first_days(whole).offerings
    assert (one.value("retires_earliest"), one.value("retires")) == (first, last)
