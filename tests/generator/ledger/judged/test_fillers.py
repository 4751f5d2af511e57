"""Fillers: an output limit that a source fills in is no statement, and two of them are no agreement."""

from __future__ import annotations

from generator.ledger.fillers import FILLED_IN
from generator.sources.records import SourceRecord
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


def test_a_source_without_the_habit_means_what_it_says() -> None:
    both = [limited(source, "grok-4.5", 500_000, 500_000) for source in ("litellm", "models-dev")]
    fact = limit(*rows("litellm", filled=False), *rows("models-dev", filled=False), *both)
    assert (fact.value, fact.standing, fact.reason) == (500_000, Standing.AGREED, "")


def test_fewer_rows_show_no_habit() -> None:
    few = rows("litellm", filled=True)[: HABIT - 2]
    fact = limit(*few, limited("litellm", "grok-4.5", 500_000, 500_000))
    assert (fact.value, fact.reason) == (500_000, "")


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
