"""How claims become facts: precedence, agreement, staleness, overrides."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace as with_changes

from generator.curated.fields import LIST_ALL_REGIONS
from generator.curated.overrides import Override
from generator.ledger.judging.precedence import alike, choose_claim
from generator.ledger.reconcile import Reconciled
from generator.sources import BY_ID
from generator.sources.records import FieldClaim, SourceRecord
from playground.catalog import Channel, Offering, Standing, Value
from tests.catalogs import committed
from tests.generator.ledger.claimed import FRESH, OLD, TODAY, notes, record, run, w


def test_two_independent_sources_that_say_the_same_agree() -> None:
    fact = choose_claim("price.input", [w("litellm", Decimal(2)), w("genai-prices", Decimal(2))], "openai")
    assert (fact.value, fact.standing) == (2, Standing.AGREED)


def test_a_source_that_copies_another_is_no_second_source() -> None:
    claims = [w("models-dev", Decimal(2)), w("model-prices", Decimal(2), origin="models-dev")]
    assert choose_claim("price.input", claims, "openai").standing == Standing.SINGLE


def test_the_source_that_goes_first_decides_and_the_other_stays_visible() -> None:
    fact = choose_claim("price.input", [w("litellm", Decimal(3)), w("model-prices", Decimal(2))], "openai")
    assert (fact.value, fact.standing) == (2, Standing.DISPUTED)
    assert notes(fact) == {"model-prices": "", "litellm": "disagrees"}


def test_who_goes_first_depends_on_the_provider() -> None:
    claims = [w("litellm", Decimal(3)), w("azure-retail", Decimal(2))]
    assert choose_claim("price.input", claims, "azure").value == 2
    assert choose_claim("price.input", claims, "openai").value == 3


def test_a_stale_source_yields_to_a_fresh_one_and_says_so() -> None:
    claims = [w("azure-retail", Decimal(2), as_of=OLD), w("litellm", Decimal(3))]
    fact = choose_claim("price.input", claims, "azure")
    assert (fact.value, fact.standing) == (3, Standing.DISPUTED)
    assert notes(fact)["azure-retail"] == "stale"
    assert "fresher than azure-retail" in fact.reason


def test_a_stale_claim_makes_no_dispute_where_two_fresh_sources_agree_against_it() -> None:
    claims = [w("models-dev", Decimal(2), as_of=OLD), w("litellm", Decimal(3)), w("genai-prices", Decimal(3))]
    fact = choose_claim("price.input", claims, "openai")
    assert (fact.value, fact.standing) == (3, Standing.AGREED)
    assert fact.reason == "two sources agree against models-dev of 2026-08-01"


def test_a_stale_claim_makes_no_dispute_where_the_price_began_to_hold_later() -> None:
    for since, standing in ((date(2026, 10, 19), Standing.SINGLE), (date(2026, 7, 1), Standing.DISPUTED)):
        claims = [
            w("models-dev", Decimal(2), as_of=OLD),
            with_changes(w("genai-prices", Decimal(3)), since=since),
        ]
        fact = choose_claim("price.input", claims, "openai")
        assert (fact.value, fact.standing) == (3, standing)
        assert notes(fact)["models-dev"] == "stale"


def test_an_old_status_is_what_was_true_before_and_makes_no_dispute() -> None:
    claims = [w("models-dev", "deprecated", as_of=OLD), w("model-prices", "retired")]
    fact = choose_claim("status", claims, "mistral")
    assert (fact.value, fact.standing) == ("retired", Standing.SINGLE)


def test_a_stale_source_that_a_fresh_one_bears_out_is_not_stale() -> None:
    claims = [
        w("azure-retail", Decimal(2), as_of=OLD),
        w("genai-prices", Decimal(2)),
        w("litellm", Decimal(3)),
    ]
    fact = choose_claim("price.input", claims, "azure")
    assert (fact.value, fact.standing) == (2, Standing.DISPUTED)


def test_what_does_not_perish_does_not_go_stale() -> None:
    claims = [w("models-dev", 128000, as_of=OLD), w("litellm", 64000)]
    assert choose_claim("max_output_tokens", claims, "openai").value == 128000


def test_rounding_counts_as_agreement() -> None:
    claims = [w("litellm", Decimal("0.125")), w("genai-prices", Decimal("0.1254"))]
    fact = choose_claim("price.cache_read", claims, "openai")
    assert fact.standing == Standing.AGREED
    assert notes(fact) == {"litellm": "", "genai-prices": "rounding"}


@pytest.mark.parametrize(
    ("name", "a", "b", "same"),
    [
        ("price.input", Decimal("0.14"), Decimal("0.135"), False),
        ("price.input", Decimal("2.5"), Decimal("2.50"), True),
        ("price.input", Decimal("0.0833"), Decimal("0.08333"), True),
        ("price.input", Decimal(0), Decimal("0.01"), False),
        ("context_tokens", 128000, 131072, True),
        ("context_tokens", 1000000, 1048576, True),
        ("context_tokens", 262000, 262144, True),
        ("context_tokens", 65535, 65536, True),
        ("context_tokens", 1000000, 1047576, True),
        ("context_tokens", 192 * 1024, 200 * 1024, False),
        ("context_tokens", 122880, 128000, False),
        ("context_tokens", 1000000, 1050000, False),
        ("context_tokens", 0, 1000, False),
        ("context_tokens", 922000, 1050000, False),
        ("max_output_tokens", 64000, 128000, False),
        ("retires", "2027-02-06", "2027-02", True),
        ("retires", "2027-02-06", "2027-02-09", False),
        ("name", "GPT 5 mini", "GPT-5 Mini", True),
        ("can.vision", "yes", "no", False),
        ("replaced_by", "gpt-5, gpt-4.1", "GPT-4.1", True),
        ("replaced_by", "gpt-5", "gpt-5-mini", False),
    ],
)
def test_alike(name: str, a: Value, b: Value, same: bool) -> None:
    assert alike(name, a, b) is same
    assert alike(name, b, a) is same


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["litellm", "models-dev", "genai-prices", "model-prices", "azure-retail"]),
            st.sampled_from(["1", "1.004", "2", "0.5", "3"]),
            st.sampled_from([FRESH, OLD]),
        ),
        min_size=1,
        max_size=6,
        unique_by=lambda c: c[0],
    ),
    st.randoms(),
)
def test_a_fact_keeps_every_claim_and_does_not_depend_on_their_order(
    claimed: list[tuple[str, str, date]], random: object
) -> None:
    claims = [w(s, Decimal(v), as_of=d) for s, v, d in claimed]
    fact = choose_claim("price.input", claims, "azure")
    random.shuffle(claims)  # type: ignore[attr-defined]
    assert choose_claim("price.input", claims, "azure") == fact
    assert sorted(c.record for c in fact.claims) == sorted(s for s, _, _ in claimed)
    assert fact.value in {c.value for c in fact.claims if not c.note}


def only(result: Reconciled) -> Offering:
    (offering,) = result.catalog.offerings
    return offering


def test_rows_of_two_sources_meet_in_one_offering() -> None:
    offering = only(
        run(
            record("litellm", "azure", "azure/gpt-5", price__input=Decimal("1.25")),
            record("models-dev", "azure", "gpt-5", price__input=Decimal("1.25")),
        )
    )
    assert offering.key == "azure/global/openai/gpt-5"
    assert offering.facts["price.input"].standing == Standing.AGREED
    assert offering.ids == ("azure/gpt-5", "gpt-5")


def test_a_row_about_one_region_keeps_its_price_under_the_region() -> None:
    offering = only(
        run(
            record("litellm", "bedrock", "zai.glm-5", price__input=Decimal(1)),
            record("litellm", "bedrock", "bedrock/eu-west-2/zai.glm-5", price__input=Decimal("1.5")),
            record("litellm", "bedrock", "bedrock/us-east-1/zai.glm-5", price__input=Decimal(1)),
        )
    )
    assert offering.channel == Channel.REGIONAL
    assert {n: f.value for n, f in offering.facts.items()} == {
        "price.input": 1,
        "price.input/eu-west-2": Decimal("1.5"),
        "some_regions": ("eu-west-2", "us-east-1"),
    }


def test_only_the_providers_own_list_names_all_regions() -> None:
    """LiteLLM prices some regions of a model apart: Bedrock may have it in others."""
    row = record("litellm", "vertex_ai", "gemini-3.8-flash", regions=("us-central1",))
    assert {n for n in only(run(row)).facts if "regions" in n} == {"some_regions"}
    listed = [
        (source, name)
        for offering in committed().offerings
        for name in ("regions", "some_regions")
        if (fact := offering.facts.get(name))
        for source in {claim.source for claim in fact.claims}
    ]
    # A source that is only read live has no facts in the committed catalog.
    pinned = {source for source in LIST_ALL_REGIONS if BY_ID[source].pin}
    assert {source for source, name in listed if name == "regions"} == pinned
    assert {source for source, name in listed if name == "some_regions"} == {
        "litellm",
        "metergraph",
        "bedrock-models",
    }


@pytest.mark.parametrize(("region", "disputed"), [("eu-west-2", False), ("ap-south-1", True)])
def test_who_knows_fewer_regions_contradicts_nobody(region: str, disputed: bool) -> None:
    offering = only(
        run(
            record("litellm", "bedrock", "bedrock/eu-west-2/zai.glm-5", price__input=Decimal(1)),
            record("litellm", "bedrock", "bedrock/us-east-1/zai.glm-5", price__input=Decimal(1)),
            record("metergraph", "aws-bedrock", f"{region}/zai.glm-5", price__input=Decimal(1)),
        )
    )
    fact = offering.facts["some_regions"]
    assert fact.value == ("eu-west-2", "us-east-1")
    assert (fact.standing == Standing.DISPUTED) is disputed


def test_an_open_cache_lifetime_meets_the_five_minute_one() -> None:
    offering = only(
        run(
            record("litellm", "anthropic", "claude-opus-5", price__cache_write_5m=Decimal("6.25")),
            record("models-dev", "anthropic", "claude-opus-5", price__cache_write=Decimal("6.25")),
        )
    )
    assert offering.facts["price.cache_write_5m"].standing == Standing.AGREED
    assert "price.cache_write" not in offering.facts


def override(value: Value | None, field: str = "price.input") -> Override:
    return Override(
        target="openai/direct/openai/gpt-5",
        field=field,
        value=value,
        reason="read on the price page",
        link="https://example.com/prices",
        date=TODAY,
        where="entry 1",
    )


def test_an_override_wins_over_all_and_keeps_the_claims() -> None:
    row = record("litellm", "openai", "gpt-5", price__input=Decimal(3))
    result = run(row, overrides=(override(Decimal(2)),))
    fact = only(result).facts["price.input"]
    assert (fact.value, fact.standing) == (2, Standing.OVERRIDDEN)
    assert notes(fact) == {"litellm": "disagrees"}
    assert fact.link == "https://example.com/prices"
    assert result.removable == ()


def test_an_override_that_the_sources_caught_up_with_is_removable() -> None:
    row = record("litellm", "openai", "gpt-5", price__input=Decimal(2))
    wanted = override(Decimal(2))
    assert run(row, overrides=(wanted,)).removable == (wanted,)


def test_an_override_may_say_that_there_is_none() -> None:
    row = record("litellm", "openai", "gpt-5", price__input=Decimal(3), price__output=Decimal(9))
    result = run(row, overrides=(override(None),))
    fact = only(result).facts["price.input"]
    assert (fact.value, fact.standing) == (None, Standing.OVERRIDDEN)
    assert notes(fact) == {"litellm": "disagrees"}
    assert [rate.meter for rate in only(result).price.rates] == ["output"]
    assert result.removable == ()
    silent = with_changes(row, claims=tuple(c for c in row.claims if c.field != "price.input"))
    assert run(silent, overrides=(override(None),)).removable == (override(None),)


def test_an_override_that_one_source_confirms_but_the_rules_do_not_choose_stays() -> None:
    rows = (
        record("litellm", "openai", "gpt-5", price__input=Decimal(3)),
        record("models-dev", "openai", "gpt-5", price__input=Decimal(2)),
    )
    result = run(*rows, overrides=(override(Decimal(2)),))
    assert result.removable == ()
    assert notes(only(result).facts["price.input"]) == {"litellm": "disagrees", "models-dev": ""}


def test_an_override_of_nothing_is_named() -> None:
    row = record("litellm", "openai", "gpt-4", price__input=Decimal(2))
    wanted = override(Decimal(2))
    assert run(row, overrides=(wanted,)).aimless == (wanted,)


def test_the_same_records_in_any_order_make_the_same_catalog() -> None:
    rows = [
        record("litellm", "azure", "azure/gpt-5", price__input=Decimal(1)),
        record("litellm", "azure", "azure/gpt-5-2025-08-07", price__input=Decimal(2)),
        record("models-dev", "azure", "gpt-5", price__input=Decimal(3)),
        record("genai-prices", "openai", "gpt-5", price__input=Decimal(1)),
    ]
    assert run(*rows).catalog == run(*reversed(rows)).catalog


def ids(*statuses: str) -> Offering:
    """One model at Anthropic, which a source knows by several ids, each with its status; "" where none."""
    names = ("claude-opus-4-6", "claude-opus-4-6-20260205", "claude-opus-4-6@20260205")
    records = [
        record("model-prices", "anthropic", name, price__input=Decimal(5), **({"status": s} if s else {}))
        for name, s in zip(names, statuses, strict=False)
    ]
    (offering,) = run(*records).catalog.offerings
    return offering


def test_a_state_that_no_longer_holds_is_no_ids_end() -> None:
    past = FieldClaim(field="status", value="deprecated", until=date(2026, 1, 1))
    gone = FieldClaim(field="status", value="retired")
    two = [
        SourceRecord(source="model-prices", id=name, provider="anthropic", model=name, claims=claims)
        for name, claims in (("claude-opus-4-6", (past, gone)), ("claude-opus-4-6-20260205", (gone,)))
    ]
    assert only(run(*two)).value("status") == "retired"


@pytest.mark.parametrize(
    ("statuses", "status"),
    [
        (("", "retired"), None),
        (("retired", ""), None),
        (("deprecated", "retired"), "deprecated"),
        (("retired", "retired"), "retired"),
        (("beta", "deprecated"), "beta"),
        (("", "beta"), None),
        (("retired",), "retired"),
    ],
)
def test_the_end_of_one_id_is_not_the_end_of_a_model_that_has_another(
    statuses: tuple[str, ...], status: str | None
) -> None:
    assert ids(*statuses).value("status") == status
