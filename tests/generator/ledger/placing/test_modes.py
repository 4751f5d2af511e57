"""A row about one mode of service prices the offering that it is a mode of, and makes none."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from generator.ledger.gather import gather
from generator.ledger.placing.identity import Placement
from generator.sources.records import FieldClaim, SourceRecord
from playground.catalog import Channel, PriceSpan
from tests.generator.ledger.claimed import TODAY, record, run, state

PLAIN = record("genai-prices", "openrouter", "openai/gpt-4.1", price__input=Decimal(2), context_tokens=1000)
BATCH = record(
    "genai-prices", "openrouter", "openai/gpt-4.1:batch", price__input=Decimal(1), context_tokens=500
)


def test_a_batch_row_is_a_price_of_the_offering_and_says_nothing_of_its_limits() -> None:
    (offering,) = run(PLAIN, BATCH).catalog.offerings
    assert offering.key == "openrouter/gateway/openai/gpt-4.1"
    assert {name: offering.value(name) for name in offering.facts} == {
        "price.input": 2,
        "price.batch.input": 1,
        "context_tokens": 1000,
    }
    assert offering.ids == ("openai/gpt-4.1", "openai/gpt-4.1:batch")


def test_a_batch_row_that_stands_alone_says_all_it_has() -> None:
    (offering,) = run(BATCH).catalog.offerings
    assert {name: offering.value(name) for name in offering.facts} == {
        "price.batch.input": 1,
        "context_tokens": 500,
    }


def test_steps_and_history_of_a_mode_are_the_modes() -> None:
    where = Placement(provider="x", channel=Channel.GATEWAY, model="a/b", mode="batch")
    span = PriceSpan(
        record="model-prices", start=date(2026, 1, 1), mode="standard", usd={}, basis="", link=""
    )
    row = SourceRecord(
        source="model-prices",
        id="b:batch",
        claims=(FieldClaim(field="price.input>200000", value=Decimal(1)),),
        history=(span,),
    )
    gathered = gather([(where, row)], {"model-prices": state("model-prices")}, TODAY)
    assert list(gathered.claims) == ["price.batch.input>200000"]
    assert [s.mode for s in gathered.history] == ["batch"]


def test_a_free_row_is_an_offering_of_the_model_and_its_zero_is_to_be_expected() -> None:
    free = record(
        "models-dev",
        "opencode",
        "kimi-k2.5-free",
        kind="chat",
        price__input=Decimal(0),
        price__output=Decimal(0),
    )
    (offering,) = run(free).catalog.offerings
    assert offering.key == "opencode/gateway/moonshotai/kimi-k2.5:free"
    assert offering.value("price.input") == 0
    coding = record("models-dev", "aihubmix", "coding-glm-5.1-free", kind="chat", price__input=Decimal(0))
    (offering,) = run(coding).catalog.offerings
    assert offering.key == "aihubmix/gateway/zai/glm-5.1:coding-free"
    assert offering.value("price.input") == 0
