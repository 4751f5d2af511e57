"""Records that make no offering: which of those that others make they are about, and that they lend no id."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace as with_changes

from generator.sources.records import FieldClaim, SourceRecord
from playground.catalog import Channel, Offering
from tests.generator.ledger.claimed import PROVIDERS, record, run

BEDROCK = "anthropic.claude-opus-4-1-20250805-v1:0"


def ending(model: str, provider: str, day: str = "2027-01-08") -> SourceRecord:
    return with_changes(record("model-retire", provider, model, retires=day), joins=True, model_claims=())


def priced(source: str, provider: str, model: str, usd: int = 15) -> SourceRecord:
    return record(source, provider, model, price__input=Decimal(usd))


def offered(*records: SourceRecord) -> dict[str, Offering]:
    return {str(o.key): o for o in run(*records).catalog.offerings}


def test_what_is_said_of_a_model_at_a_provider_joins_every_channel_and_makes_no_offering() -> None:
    def joining(model: str, day: str) -> SourceRecord:
        claims = (FieldClaim(field="retires", value=day),)
        return SourceRecord(
            source="foundry-retirements", id=model, provider="azure", model=model, claims=claims, joins=True
        )

    result = run(
        record("litellm", "azure", "azure/gpt-4.1-mini", kind="chat"),
        record("litellm", "azure", "azure/eu/gpt-4.1-mini", kind="chat"),
        joining("gpt-4.1-mini", "2027-01-14"),
        joining("gpt-5", "2027-02-01"),
    )
    days = {o.channel: o.value("retires") for o in result.catalog.offerings}
    assert days == {Channel.GLOBAL: "2027-01-14", Channel.DATA_ZONE_EU: "2027-01-14"}
    assert result.unplaced["foundry-retirements"] == {"no other source lists the model there": ("gpt-5",)}
    assert result.catalog.sources["foundry-retirements"].placed == 1


def test_what_joins_lends_its_id_to_no_offering() -> None:
    """An id of a joining record was once added to every profile of a Bedrock model."""
    there = offered(
        priced("litellm", "bedrock_converse", f"us.{BEDROCK}"),
        priced("litellm", "bedrock_converse", BEDROCK),
        ending(BEDROCK, "aws-bedrock"),
    )
    ids = {o.channel: o.ids for o in there.values()}
    assert ids == {Channel.US: (f"us.{BEDROCK}",), Channel.REGIONAL: (BEDROCK,)}
    assert {o.value("retires") for o in there.values()} == {"2027-01-08"}


def test_a_hosts_day_is_not_that_of_what_the_lab_runs_there() -> None:
    there = offered(
        priced("litellm", "bedrock", f"claude_platform/{BEDROCK}"),
        priced("litellm", "bedrock_converse", BEDROCK),
        ending(BEDROCK, "aws-bedrock"),
    )
    assert {o.channel: o.value("retires") for o in there.values()} == {
        Channel.CLAUDE_PLATFORM: None,
        Channel.REGIONAL: "2027-01-08",
    }


def test_a_dated_snapshots_end_is_not_the_aliass_nor_another_hosts() -> None:
    there = offered(
        priced("litellm", "openai", "gpt-4o"),
        priced("litellm", "openai", "gpt-4o-2024-05-13"),
        priced("litellm", "azure", "azure/gpt-4o-2024-05-13"),
        ending("gpt-4o-2024-05-13", "openai", "2026-10-23"),
    )
    assert {key: o.value("retires") for key, o in there.items()} == {
        "openai/direct/openai/gpt-4o": None,
        "openai/direct/openai/gpt-4o@2024-05-13": "2026-10-23",
        "azure/global/openai/gpt-4o@2024-05-13": None,
    }


@pytest.mark.parametrize(("told", "ends"), [("gpt-4", ""), ("ft:gpt-4", "fine-tuned")])
def test_a_model_and_what_is_fine_tuned_from_it_end_apart(told: str, ends: str) -> None:
    there = offered(
        priced("litellm", "openai", "gpt-4"),
        priced("litellm", "openai", "ft:gpt-4"),
        ending(told, "openai"),
    )
    assert {o.variant: o.value("retires") for o in there.values()} == {
        variant: "2027-01-08" if variant == ends else None for variant in ("", "fine-tuned")
    }


def test_what_confirms_joins_its_own_offering_and_makes_none() -> None:
    def confirming(provider: str, model: str) -> SourceRecord:
        return with_changes(priced("metergraph", provider, model), confirms=True, model_claims=())

    result = run(
        priced("litellm", "openai", "gpt-4o"),
        priced("litellm", "azure", "azure/gpt-4o"),
        confirming("openai-api", "gpt-4o-2024-08-06"),
        confirming("openai-api", "gpt-4o-2031-01-01"),
    )
    claims = {o.provider: len(o.facts["price.input"].claims) for o in result.catalog.offerings}
    assert claims == {"openai": 2, "azure": 1}
    assert {i for o in result.catalog.offerings for i in o.ids} == {"gpt-4o", "azure/gpt-4o"}
    assert result.unplaced["metergraph"] == {
        "no other source lists the model there": ("openai-api/gpt-4o-2031-01-01",)
    }


def test_what_a_confirming_record_says_of_the_model_counts_wherever_that_is_listed() -> None:
    """Without the offering that it names; a model that nobody lists is made by none."""

    def released(provider: str, model: str, day: str) -> SourceRecord:
        made = record("rates", provider, model)
        return with_changes(made, confirms=True, model_claims=(FieldClaim(field="released", value=day),))

    result = run(
        priced("litellm", "openai", "gpt-5"),
        released("groq", "openai/gpt-5", "2025-08-07"),
        released("groq", "openai/gpt-7", "2027-08-07"),
    )
    assert [str(o.key) for o in result.catalog.offerings] == ["openai/direct/openai/gpt-5"]
    assert result.catalog.models["openai/gpt-5"].facts["released"].value == "2025-08-07"
    assert result.unplaced["rates"] == {"no other source lists the model there": ("groq/openai/gpt-7",)}


def test_the_day_of_release_is_that_of_the_labs_row_unless_many_say_otherwise() -> None:
    def released(provider: str, day: str) -> SourceRecord:
        made = record("rates", provider, "claude-sonnet-5")
        return with_changes(made, confirms=True, model_claims=(FieldClaim(field="released", value=day),))

    hosts = ("openrouter", "poe", "venice", "requesty", "nano-gpt")
    slip = [released("anthropic", "2026-06-29"), *(released(host, "2026-06-30") for host in hosts)]
    made = priced("litellm", "anthropic", "claude-sonnet-5")
    for rows, day in ((slip, "2026-06-30"), (slip[:-1], "2026-06-29")):
        model = run(made, *rows).catalog.models["anthropic/claude-sonnet-5"]
        assert model.facts["released"].value == day


def test_only_what_joins_others_may_leave_its_provider_open() -> None:
    """A row without a provider once made one of no name, and no catalog could be written."""
    result = run(
        priced("litellm", "openai", "gpt-4o"),
        priced("litellm", "", "gpt-5"),
        with_changes(record("epoch-models", "", "openai/gpt-4o"), joins=True, claims=()),
    )
    assert set(result.catalog.providers) == set(PROVIDERS)
    assert [str(o.key) for o in result.catalog.offerings] == ["openai/direct/openai/gpt-4o"]
    assert result.unplaced == {"litellm": {"its provider's id is empty": ("/gpt-5",)}}
