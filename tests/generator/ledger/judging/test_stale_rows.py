"""Prices that a source out of date gives alone: held back where another counts, else in doubt."""

from __future__ import annotations

from decimal import Decimal

import pytest

from generator.ledger.judging.precedence import choose_claim
from generator.ledger.judging.stale_rows import doubt_stale_rows
from playground.catalog import Channel, Fact, Key, Standing
from tests.generator.ledger.claimed import OLD, w

KEY = Key("maker", Channel.DIRECT, "maker/m")


def judged(fresh: dict[str, str], old: dict[str, str]) -> dict[str, Fact]:
    """A row's facts by a fresh source and one out of date."""
    claims = {
        name: [
            *([w("litellm", Decimal(fresh[name]))] if name in fresh else []),
            *([w("models-dev", Decimal(old[name]), as_of=OLD)] if name in old else []),
        ]
        for name in {**fresh, **old}
    }
    own = {name: choose_claim(name, group, KEY.provider) for name, group in claims.items()}
    doubt_stale_rows({KEY: own}, {KEY: claims})
    return own


def test_reasoning_on_an_old_list_is_billed_as_output() -> None:
    own = judged({"price.output": "3.96"}, {"price.output": "0.87", "price.reasoning": "0.87"})
    fact = own["price.reasoning"]
    assert (fact.value, fact.standing) == (None, Standing.SUSPECT)
    assert fact.claims[0].suspicion == (
        "models-dev of 2026-08-01 alone, whose output price is out of date: $0.87, now $3.96"
    )


def test_a_step_on_an_old_list_yields_to_the_same_step_of_a_fresh_one() -> None:
    own = judged(
        {"price.input": "0.2", "price.input>272000": "0.4"},
        {"price.input": "1", "price.input[long context]": "2"},
    )
    assert own["price.input[long context]"].value is None
    assert own["price.input>272000"].value == Decimal("0.4")


@pytest.mark.parametrize("name", ["price.cache_read", "price.input_audio", "price.input[long context]"])
def test_what_nothing_else_prices_is_shown_in_doubt(name: str) -> None:
    fact = judged({"price.input": "0.2"}, {"price.input": "1", name: "2"})[name]
    assert (fact.value, fact.standing) == (2, Standing.DOUBTFUL)
    assert "input price is out of date: $1, now $0.2" in fact.reason


def test_a_price_that_a_fresh_source_bears_out_or_counts_otherwise_stays() -> None:
    own = judged(
        {"price.input": "0.2", "price.cache_read": "0.02"},
        {"price.input": "1", "price.cache_read": "0.02", "price.web_search.per_request": "0.01"},
    )
    assert own["price.cache_read"].standing == Standing.AGREED
    assert own["price.web_search.per_request"].standing == Standing.SINGLE


def test_an_old_source_that_nobody_contradicts_is_believed() -> None:
    own = judged({"price.input": "1"}, {"price.input": "1", "price.reasoning": "2", "price.output": "2"})
    assert own["price.reasoning"].standing == Standing.SINGLE
