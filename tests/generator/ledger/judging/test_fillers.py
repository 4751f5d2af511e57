"""Fillers: an output limit that a source fills in is no statement, and two of them are no agreement."""

from __future__ import annotations

import pytest
from msgspec.structs import replace as with_changes

from generator.ledger.judging.fillers import FILLED_IN
from generator.sources.records import FieldClaim, SourceRecord
from playground.catalog import Fact, Kind, Standing
from tests.catalogs import committed
from tests.generator.ledger.claimed import notes, record, run

HABIT = 5


def limited(source: str, model: str, window: int, output: int) -> SourceRecord:
    provider = {"litellm": "xai", "models-dev": "xai"}[source]
    name = {"litellm": "max_input_tokens", "models-dev": "context_tokens"}[source]
    return record(source, provider, model, kind="chat", max_output_tokens=output, **{name: window})


def rows(source: str, *, filled: bool) -> list[SourceRecord]:
    """Rows of other models, by which a source's habit is seen."""
    return [
        limited(source, f"grok-{n}", 1000 * n, 1000 * n if filled else 500) for n in range(10, 10 + HABIT)
    ]


def limit(*records: SourceRecord) -> Fact:
    (offering,) = [o for o in run(*records).catalog.offerings if o.model == "xai/grok-4.5"]
    return offering.facts["max_output_tokens"]


def test_a_filler_yields_to_a_limit_that_a_source_states() -> None:
    fact = limit(
        *rows("litellm", filled=True),
        limited("litellm", "grok-4.5", 500_000, 500_000),
        limited("models-dev", "grok-4.5", 500_000, 30_000),
    )
    assert (fact.value, fact.standing) == (30_000, Standing.SINGLE)
    assert notes(fact)["litellm"] == "suspect: the same as the context window, as this source fills it in"


def test_equal_fillers_are_not_two_witnesses() -> None:
    both = [limited(source, "grok-4.5", 500_000, 500_000) for source in ("litellm", "models-dev")]
    fact = limit(*rows("litellm", filled=True), *rows("models-dev", filled=True), *both)
    assert (fact.value, fact.standing, fact.reason) == (500_000, Standing.SINGLE, FILLED_IN)
    assert set(notes(fact)) == {"litellm", "models-dev"}


def of_host(model: str, window: int) -> SourceRecord:
    return record(
        "litellm", "deepinfra", model, kind="chat", max_output_tokens=window, max_input_tokens=window
    )


@pytest.mark.parametrize(
    ("stated", "weights", "value"),
    [(64_000, "no", None), (300_000, "no", 200_000), (64_000, "yes", 200_000)],
)
def test_a_filler_above_what_the_lab_of_closed_weights_states_is_held_back(
    stated: int, weights: str, value: int | None
) -> None:
    """LiteLLM has 200,000 for Claude 3.7 Sonnet at DeepInfra: BerriAI/litellm#14180."""
    habit = [of_host(f"meta-llama/llama-{n}", 1000 * n) for n in range(10, 10 + HABIT)]
    at_lab = [
        record(source, "anthropic", "claude-opus-4-1", kind="chat", max_output_tokens=stated)
        for source in ("models-dev", "litellm")
    ]
    at_lab[0] = with_changes(at_lab[0], model_claims=(FieldClaim(field="open_weights", value=weights),))
    made = run(*habit, of_host("anthropic/claude-opus-4-1", 200_000), *at_lab).catalog
    (host,) = [o for o in made.offerings if o.provider == "deepinfra" and o.lab == "anthropic"]
    fact = host.facts["max_output_tokens"]
    assert fact.value == value
    assert ("at its lab it is 64,000" in str(notes(fact))) == (value is None)


def test_a_source_without_the_habit_means_what_it_says() -> None:
    both = [limited(source, "grok-4.5", 500_000, 500_000) for source in ("litellm", "models-dev")]
    fact = limit(*rows("litellm", filled=False), *rows("models-dev", filled=False), *both)
    assert (fact.value, fact.standing, fact.reason) == (500_000, Standing.AGREED, "")


def test_fewer_rows_show_no_habit() -> None:
    few = rows("litellm", filled=True)[: HABIT - 2]
    fact = limit(*few, limited("litellm", "grok-4.5", 500_000, 500_000))
    assert (fact.value, fact.reason) == (500_000, "")


def dated(provider: str, model: str, date: str) -> SourceRecord:
    claims = (FieldClaim(field="name", value=model), FieldClaim(field="knowledge", value=date))
    return with_changes(record("models-dev", provider, model, kind="chat"), model_claims=claims)


def knowledge(*records: SourceRecord, model: str = "xai/grok-4") -> Fact:
    return run(*records).catalog.models[model].facts["knowledge"]


def test_of_rows_that_differ_no_date_of_knowledge_follows() -> None:
    rows = [dated("fastrouter", "x-ai/grok-4", "2025-07"), dated("helicone", "grok-4", "2024-07")]
    fact = knowledge(*rows)
    assert (fact.value, fact.standing) == (None, Standing.SUSPECT)
    assert fact.claims[0].note == "suspect: other providers' rows differ: 2024-07, 2025-07"
    third = dated("vercel", "xai/grok-4", "2025-07-31")
    assert str(knowledge(*rows, third).value)[:7] == "2025-07"
    assert knowledge(*rows, dated("xai", "grok-4", "2024-11")).value == "2024-11"


def test_a_date_that_a_provider_gives_to_most_models_is_a_filler() -> None:
    labs = ["x-ai/grok", "openai/gpt", "anthropic/claude", "google/gemini", "meta-llama/llama"]
    models = [f"{lab}-{n}" for lab in labs for n in range(5, 9)]
    rows = [dated("zenmux", model, "2025-01-01") for model in models]
    fact = knowledge(*rows, model="xai/grok-5")
    assert fact.value is None
    assert fact.claims[0].note == "suspect: a date that this provider gives to most models"
    assert knowledge(*rows[:-1], model="xai/grok-5").value == "2025-01-01"


def test_xais_limits_are_fillers_in_the_catalog() -> None:
    """LiteLLM has the window as the limit of all of xAI's models; models.dev of three of seven."""
    facts = [
        o.facts["max_output_tokens"]
        for o in committed().offerings
        if o.provider == "xai" and o.kind == Kind.CHAT and "max_output_tokens" in o.facts
    ]
    assert len(facts) > 10
    assert {f.standing for f in facts} == {Standing.SINGLE}
    assert sum(f.reason == FILLED_IN for f in facts) > 10
