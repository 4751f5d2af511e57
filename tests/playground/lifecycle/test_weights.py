"""A model that follows one whose weights are kept is not said to be open, nor asked about."""

from __future__ import annotations

from datetime import date

import pytest

from playground.catalog import Model, Support
from playground.decide.chooser import choose
from playground.lifecycle.weights import closed_by_line
from playground.need.need import Need
from tests.catalogs import abilities, committed, fact
from tests.playground.decide.offers import WORK


def model(name: str, weights: str | None = None) -> Model:
    facts = {"open_weights": fact(weights)} if weights else {}
    return Model(id=f"acme/{name}", facts=facts)


@pytest.mark.parametrize(
    ("before", "name", "closed"),
    [
        ({"one-4": "no"}, "one-5", True),
        ({"one-4": "no"}, "one-3", False),
        ({"one-4": "no", "one-3": "yes"}, "one-5", False),
        ({"one-4": "yes"}, "one-5", False),
        ({"one-4": "no"}, "one-open-5", False),
        ({}, "one-5", False),
    ],
)
def test_the_next_of_a_closed_line_is_closed(before: dict[str, str], name: str, closed: bool) -> None:
    models = [*(model(old, weights) for old, weights in before.items()), model(name)]
    assert closed_by_line(models) == ({f"acme/{name}"} if closed else frozenset())


def test_nobody_is_asked_for_weights_that_its_line_keeps() -> None:
    whole, need = committed(), Need(work=WORK, open_weights=True)
    answer = choose(need, whole, date(2026, 11, 30), abilities=abilities())
    asked = {candidate.offering.model for candidate in answer.to_ask}
    known = {name for name in asked if whole.models[name].value("open_weights") is not None}
    assert asked
    assert known == set()
    assert not asked & closed_by_line(whole.models.values())
    assert "anthropic/claude-haiku-5-5" not in asked
    out = answer.eliminated["open weights"]
    assert {c.offering.model for c in out} >= {"anthropic/claude-haiku-5-5", "openai/gpt-6-luna"}
    assert all(v.holds == Support.NO for c in out[:3] for v in c.verdicts if v.constraint == "open weights")
