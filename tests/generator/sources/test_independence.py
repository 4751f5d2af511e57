"""Two sources that say the same are two witnesses only where neither takes the other's rows."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.ledger.judging.precedence import choose_claim
from generator.sources import ALL, SOURCES, independence
from generator.sources.independence import are_independent, witnesses
from playground.catalog import Standing
from tests.generator.ledger.claimed import OLD, notes, w

MERGES = {"merger": ("models-dev", "openrouter"), "copy": ("models-dev",)}


@pytest.fixture(autouse=True)
def merging(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(independence, "MERGES", MERGES)


@pytest.mark.parametrize(
    ("sources", "number"),
    [
        (["models-dev"], 1),
        (["models-dev", "litellm"], 2),
        (["models-dev", "merger"], 1),
        (["litellm", "merger"], 2),
        # Both may have it from models.dev.
        (["merger", "copy"], 1),
        (["merger", "models-dev", "openrouter"], 2),
        (["copy", "openrouter"], 2),
        ([], 0),
    ],
)
def test_a_source_that_merges_others_is_no_second_witness(sources: list[str], number: int) -> None:
    assert witnesses(sources) == number


@pytest.mark.parametrize(("by", "standing"), [("merger", Standing.SINGLE), ("litellm", Standing.AGREED)])
def test_a_price_is_agreed_by_independent_sources_only(by: str, standing: Standing) -> None:
    price = Decimal(3)
    fact = choose_claim("price.input", [w("models-dev", price), w(by, price)], "openai")
    assert fact.standing == standing


@given(st.lists(st.sampled_from(["models-dev", "openrouter", "litellm", *MERGES])))
def test_more_sources_never_make_fewer_witnesses_than_the_originals(sources: Iterable[str]) -> None:
    listed = set(sources)
    assert len(listed - MERGES.keys()) <= witnesses(listed) <= len(listed)
    assert are_independent("litellm", "merger")
    assert not are_independent("merger", "copy")


def test_what_a_source_merges_is_a_source_and_not_itself() -> None:
    known = {source.id for source in ALL}
    for source in SOURCES:
        assert set(source.merges) <= known - {source.id}, source.id


@pytest.mark.parametrize("field", ["price.input", "context_tokens"])
def test_a_newer_copy_says_what_became_of_a_row_and_makes_no_dispute(field: str) -> None:
    fact = choose_claim(field, [w("models-dev", 5, as_of=OLD), w("merger", 4)], "groq")
    assert (fact.value, fact.standing) == (4, Standing.SINGLE)
    assert notes(fact) == {"models-dev": "stale", "merger": ""}
    assert "has since taken over the row of models-dev" in fact.reason


def test_an_old_row_that_an_independent_source_bears_out_is_not_overtaken_by_a_copy() -> None:
    group = [w("models-dev", 5, as_of=OLD), w("merger", 4), w("litellm", 5)]
    fact = choose_claim("context_tokens", group, "groq")
    assert (fact.value, fact.standing) == (5, Standing.DISPUTED)


def test_a_source_that_is_merged_nowhere_stays_what_it_is_however_old() -> None:
    fact = choose_claim("context_tokens", [w("litellm", 5, as_of=OLD), w("merger", 4)], "groq")
    assert notes(fact)["litellm"] == ""
    assert fact.standing == Standing.DISPUTED
