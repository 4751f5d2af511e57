"""A price list that was read before a price changed says what held before."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace

from generator.ledger.judging.precedence import choose_claim
from playground.catalog import Standing
from tests.generator.ledger.claimed import notes, w


@pytest.mark.parametrize(("since", "usd"), [(date(2026, 11, 18), 3), (date(2026, 11, 15), 2)])
def test_who_was_read_before_a_price_changed_yields_to_who_says_when(since: date, usd: int) -> None:
    """Mistral Large 4.0: halved on 29 October; the list that goes first was read on the 26th."""
    read = date(2026, 11, 17)
    before = [w(source, Decimal(2), as_of=read) for source in ("model-prices", "metergraph")]
    changed = replace(w("genai-prices", Decimal(3)), since=since)
    fact = choose_claim("price.input", [*before, changed, w("litellm", Decimal(3))], "mistral")
    assert fact.value == usd
    if usd == 3:
        assert fact.standing == Standing.AGREED
        assert notes(fact)["model-prices"] == notes(fact)["metergraph"] == "stale"
        assert "litellm is fresher than model-prices" in fact.reason
    lasting = choose_claim("context_tokens", [*before, changed], "mistral")
    assert "stale" not in notes(lasting).values()
