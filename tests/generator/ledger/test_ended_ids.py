"""An id that a vendor has ended, beside others of the same model that it still serves."""

from __future__ import annotations

from decimal import Decimal

import pytest

from playground.catalog import Fact, Standing
from tests.generator.ledger.claimed import record, run

LIVE, ENDED = "claude-opus-4-6", "claude-opus-4-6-20260205"


def price(status: str, *, source: str = "model-prices", live: str = "5", ended: str = "15") -> Fact:
    """The input price of a model whose second id, priced by the same source or another, has a status."""
    rows = [
        record("model-prices", "anthropic", LIVE, price__input=Decimal(live)),
        record(source, "anthropic", ENDED, price__input=Decimal(ended), status=status),
    ]
    (offering,) = run(*rows).catalog.offerings
    return offering.facts["price.input"]


def test_what_an_ended_id_cost_speaks_against_no_price_of_today() -> None:
    fact = price("retired")
    assert (fact.value, fact.standing) == (5, Standing.SINGLE)
    assert [c.value for c in fact.claims] == [5]


@pytest.mark.parametrize(("status", "source"), [("deprecated", "model-prices"), ("retired", "litellm")])
def test_of_an_id_that_is_still_served_or_that_its_source_knows_alone_the_price_counts(
    status: str, source: str
) -> None:
    assert price(status, source=source).standing == Standing.DISPUTED


def test_a_price_that_only_the_ended_id_has_stays() -> None:
    rows = [
        record("model-prices", "anthropic", LIVE, price__input=Decimal(5)),
        record("model-prices", "anthropic", ENDED, price__output=Decimal(25), status="retired"),
    ]
    (offering,) = run(*rows).catalog.offerings
    assert {n: f.value for n, f in offering.facts.items()} == {"price.input": 5, "price.output": 25}
