"""Each adapter against rows of the real files (tests/fixtures/sources), and against what it can't read."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import SourceShapeError
from generator.ledger.refresh.source_reading import parse
from generator.sources import BY_ID
from generator.sources.catalogs import litellm
from tests.generator.sources.fixtures import FILES, FIXTURES, records, values


def test_litellm_reads_a_plain_row() -> None:
    row = records("litellm")["azure_ai/MAI-Thinking-1"]
    assert values(row) == {
        "kind": "chat",
        "max_input_tokens": 256000,
        "max_output_tokens": 64000,
        "price.input": Decimal(2),
        "price.cache_read": Decimal("0.2"),
        "price.output": Decimal(8),
        "can.vision": "no",
        "can.audio_in": "no",
        "can.video_in": "no",
        "can.image_out": "no",
        "can.audio_out": "no",
        "can.tool_calls": "yes",
        "can.pdf": "no",
        "can.prompt_caching": "yes",
        "can.reasoning": "yes",
    }
    assert row.unread == ()


def test_litellm_reads_tiers_modes_and_lifetimes_out_of_the_key() -> None:
    row = values(records("litellm")["gpt-6-astra"])
    assert row["price.input"] == 10
    assert row["price.input>272000"] == 20
    assert row["price.flex.cache_write_long>272000"] == 25
    assert row["price.ultrafast.output>272000"] == 450
    assert row["price.batch.cache_read>272000"] == 1
    assert row["uplift.eu"] == Decimal("1.1")
    assert (row["effort.max"], row["effort.none"]) == ("yes", "no")
    assert "effort.low" not in row


def test_litellm_says_what_staying_in_the_united_states_costs_more() -> None:
    row = {"litellm_provider": "anthropic", "mode": "chat", "provider_specific_entry": {"us": 1.1, "fast": 2}}
    (made,) = litellm.parse(json.dumps({"claude-opus-5": row}).encode())
    assert {c.field: c.value for c in made.claims} == {"kind": "chat", "uplift.us": Decimal("1.1")}
    assert made.unread == ()


@pytest.mark.parametrize(
    ("successor", "name"),
    [
        ("gpt-5.6-sol", "gpt-5.6-sol"),
        ("azure/eu/gpt-5.1", "gpt-5.1"),
        ("apac.anthropic.claude-sonnet-5", "claude-sonnet-5"),
        ("amazon.nova-2-lite-v1:0", "nova-2-lite"),
        ("gemini/gemini-3.1-flash-image", "gemini-3.1-flash-image"),
        (None, None),
    ],
)
def test_litellm_names_a_successor_by_its_row_and_we_by_its_model(
    successor: object, name: str | None
) -> None:
    row = {"litellm_provider": "azure", "mode": "chat", "successor_model": successor}
    (made,) = litellm.parse(json.dumps({"gpt-4o": row}).encode())
    assert values(made).get("replaced_by") == name
    assert made.unread == ()


@pytest.mark.parametrize(
    ("provider", "name", "sold"),
    [
        ("bedrock_converse", "us.anthropic.claude-opus-5-5", False),
        ("bedrock", "bedrock/us-gov-east-1/anthropic.claude-haiku-5-5", False),
        ("bedrock_mantle", "bedrock_mantle/anthropic.claude-sonnet-5-5", False),
        ("bedrock_mantle", "bedrock_mantle/openai.gpt-6-luna", True),
        ("bedrock", "bedrock/claude_platform/claude-opus-5-5", True),
        ("azure_ai", "azure_ai/claude-opus-5-5", True),
        ("anthropic", "claude-opus-5-5", True),
    ],
)
def test_litellm_repeats_a_lab_s_price_of_web_search_where_bedrock_sells_none(
    provider: str, name: str, *, sold: bool
) -> None:
    search = {f"search_context_size_{size}": 0.01 for size in ("low", "medium", "high")}
    row = {"litellm_provider": provider, "mode": "chat", "search_context_cost_per_query": search}
    (made,) = litellm.parse(json.dumps({name: row}).encode())
    assert any(claim.field.startswith("price.web_search") for claim in made.claims) == sold
    assert not made.unread


def test_litellm_reads_ranges_windows_grades_and_other_units() -> None:
    by_id = records("litellm")
    assert values(by_id["dashscope/qwen-flash"])["price.input>256000"] == Decimal("0.25")
    flash = values(by_id["deepseek-flash"])
    assert flash["price.input@off-peak"] == Decimal("0.15")
    assert flash["window.off-peak"] == "Mo-Fr 00:00-01:00,04:00-06:00,10:00-24:00; Sa-Su 00:00-24:00"
    image = by_id["azure/high/1024-x-1024/gpt-image-1"]
    assert image.model == "azure/gpt-image-1"
    assert "price.input.per_pixel[high 1024x1024]" in values(image)
    assert values(by_id["amazon.rerank-v1:0"])["price.request.per_request"] == Decimal("0.001")
    assert values(by_id["whisper-1"])["price.output.per_second"] == Decimal("0.0001")


def test_litellm_leaves_out_what_is_no_model_with_the_reason() -> None:
    reasons = {r.id: r.left_out for r in records("litellm").values() if r.left_out}
    assert reasons == {
        "sample_spec": "documentation of the format",
        "tavily/search": "a search tool, not a model",
        "together-ai-4.1b-8b": "the price of a size class, not a model",
    }


def test_litellm_names_a_key_that_no_rule_reads() -> None:
    raw = json.dumps({"m": {"litellm_provider": "openai", "mode": "chat", "moon_cost_per_token": 1e-6}})
    (row,) = BY_ID["litellm"].parse(raw.encode())
    assert row.unread == ("moon_cost_per_token",)


def test_models_dev_reads_prices_tiers_efforts_and_modalities() -> None:
    by_id = records("models-dev")
    gpt = by_id["azure/gpt-5"]
    assert values(gpt)["price.cache_read"] == Decimal("0.13")
    assert values(gpt)["context_tokens"] == 272000
    assert (values(gpt)["effort.minimal"], values(gpt)["effort.max"]) == ("yes", "no")
    assert {c.field: c.value for c in gpt.model_claims} == {
        "name": "GPT-5",
        "family": "gpt",
        "knowledge": "2024-09-30",
        "released": "2025-08-07",
        "open_weights": "no",
    }
    pro = values(by_id["google/gemini-2.5-pro"])
    assert pro["price.output>200000"] == 15
    assert (pro["can.pdf"], pro["can.image_out"], pro["status"]) == ("yes", "no", "deprecated")
    assert "can.structured_output" not in pro


def test_genai_prices_reads_modes_and_lifetimes_from_python_without_running_it() -> None:
    opus = values(records("genai-prices")["anthropic/claude-opus-5"])
    assert opus["price.cache_write_5m"] == Decimal("6.25")
    assert opus["price.cache_write_1h"] == 10
    assert opus["price.batch.output"] == Decimal("12.5")
    assert opus["price.fast.input"] == 10
    assert opus["price.web_search.per_request"] == Decimal("0.01")
    assert opus["context_tokens"] == 1000000


def test_genai_prices_keeps_start_dates_and_hours() -> None:
    opus = records("genai-prices")["anthropic/claude-opus-5"]
    assert "price.batch.input" not in values(opus, date(2026, 10, 13))
    assert values(opus, date(2026, 10, 14))["price.batch.input"] == Decimal("2.5")
    chat = values(records("genai-prices")["deepseek/deepseek-chat"])
    assert chat["price.input"] == Decimal("0.135")
    assert chat["price.input@00:30-16:30"] == Decimal("0.27")


def test_a_bedrock_row_for_several_geographies_becomes_a_claim_on_each() -> None:
    parsed = BY_ID["genai-prices"].parse((FIXTURES / FILES["genai-prices"]).read_bytes())
    assert [(r.model, r.rows) for r in parsed if "gpt-6-sol" in r.model] == [
        ("in.openai.gpt-6-sol", 1),
        ("us.openai.gpt-6-sol", 0),
        ("openai.gpt-6-sol", 0),
    ]


def test_model_prices_keeps_the_history_and_who_knows_it() -> None:
    by_id = records("model-prices")
    opus = by_id["anthropic/claude-opus-4-5"]
    assert values(opus)["price.cache_write_1h"] == 10
    assert opus.history
    assert {s.mode for s in opus.history} >= {"standard", "batch"}
    gone = by_id["amazon-bedrock/amazon.nova-premier-v1:0"]
    assert values(gone)["status"] == "retired"
    chat = values(by_id["deepseek/deepseek-chat"])
    assert chat["window.peak"] == "Mo-Fr 01:00-04:00,06:00-10:00; PH off"
    assert chat["price.input@peak"] == 2 * Decimal(str(chat["price.input"]))


def test_model_prices_says_from_when_to_when_a_price_holds() -> None:
    spans = [
        {"rates": {"input": 1, "output": 2}, "start": None},
        {"rates": {"input": 3, "output": 4}, "start": "2026-06-01T00:00:00Z"},
        {"rates": None, "start": "2027-01-01T00:00:00Z"},
    ]
    raw = json.dumps({"prices": {"openai": {"m": {"standard": spans}}}})
    (row,) = BY_ID["model-prices"].parse(raw.encode())
    assert values(row, date(2026, 5, 31)) == {"price.input": 1, "price.output": 2}
    assert values(row, date(2026, 6, 1)) == {"price.input": 3, "price.output": 4}
    assert values(row, date(2027, 1, 1)) == {}
    assert [s.usd for s in row.history][-1] is None


@pytest.mark.parametrize(
    ("usd", "meant"),
    [
        *(("1.99997", "2"), ("50.00002", "50"), ("75.0001", "75"), ("0.04998", "0.05"), ("0.7497", "0.75")),
        *(("0.31248", "0.3125"), ("0.124999", "0.125"), ("2.9999900000000002", "3")),
        # Exact units, and a price that is odd in itself.
        *(("1.3125", "1.3125"), ("0.042", "0.042"), ("1.75", "1.75"), ("0.035", "0.035"), ("0", "0")),
    ],
)
def test_dollars_computed_from_rounded_units_are_what_they_mean(usd: str, meant: str) -> None:
    row = {"litellm_provider": "databricks", "input_cost_per_token": Decimal(usd) / 10**6}
    for provider, value in (("databricks", meant), ("openai", usd)):
        raw = json.dumps({"m": {**row, "litellm_provider": provider}}, default=float)
        (read,) = BY_ID["litellm"].parse(raw.encode())
        got = Decimal(str(values(read)["price.input"]))
        assert got == Decimal(value) or (provider == "openai" and abs(got - Decimal(value)) < Decimal("1e-9"))


def test_a_price_does_not_hold_since_before_it_was_seen() -> None:
    """A batch price is said to start with the batch API, years before the model."""
    batch = {"input": 1, "valid_from": "2026-09-28T18:40:37Z", "valid_from_basis": "models.dev commit"}
    spans = [{"rates": None, "start": None}, {"rates": batch, "start": "2024-10-08T00:00:00Z"}]
    raw = json.dumps({"prices": {"anthropic": {"m": {"batch": spans}}}})
    (row,) = BY_ID["model-prices"].parse(raw.encode())
    assert [(c.field, c.since) for c in row.claims] == [("price.batch.input", None)]
    assert [(s.start, s.usd) for s in row.history] == [(date(2026, 9, 28), {"input": 1})]


def test_of_the_prices_of_one_day_the_last_one_holds() -> None:
    spans = [
        {"rates": {"input": 1}, "start": "2026-05-01T00:00:00Z"},
        {"rates": {"input": 2}, "start": "2026-06-01T08:00:00Z"},
        {"rates": {"input": 3}, "start": "2026-06-01T16:00:00Z"},
    ]
    raw = json.dumps({"prices": {"openai": {"m": {"standard": spans}}}})
    (row,) = BY_ID["model-prices"].parse(raw.encode())
    assert values(row, date(2026, 6, 1)) == {"price.input": 3}
    assert [s.usd and s.usd["input"] for s in row.history] == [1, 3]


def test_openrouter_reads_the_list_it_documents() -> None:
    by_id = records("openrouter")
    glm = values(by_id["z-ai/glm-5.2"])
    assert glm == {
        "kind": "chat",
        "price.input": Decimal("0.6"),
        "price.output": Decimal("2.2"),
        "price.cache_read": Decimal("0.11"),
        "can.vision": "no",
        "can.pdf": "no",
        "can.audio_in": "no",
        "can.video_in": "no",
        "can.image_out": "no",
        "can.audio_out": "no",
        "can.tool_calls": "yes",
        "can.parallel_tool_calls": "no",
        "can.structured_output": "no",
        "can.reasoning": "yes",
        "can.web_search": "no",
        "accepts.temperature": "yes",
        **{f"effort.{e}": "no" for e in ("none", "minimal", "medium", "xhigh", "max")},
        "effort.low": "yes",
        "effort.high": "yes",
        "context_tokens": 202752,
        "max_output_tokens": 131072,
        "listed": "2026-09-01",
        "retires": "2027-03-01",
    }
    assert by_id["openrouter/auto"].left_out == "its price depends on where the request goes"


@pytest.mark.parametrize("source", sorted(FILES))
@pytest.mark.parametrize(
    "raw",
    [b"", b"<!doctype html><p>Sign in", b"\xff\xfe\x00", b"null", b"[]", b"{}", b'{"data": 3}', b"[1, 2]"],
)
def test_what_is_no_catalog_is_refused_by_name(source: str, raw: bytes) -> None:
    with pytest.raises(SourceShapeError, match=source):
        parse(BY_ID[source], raw)


@pytest.mark.parametrize("source", [s for s, file in FILES.items() if file.endswith(".json")])
@given(data=st.data())
def test_a_row_bent_out_of_shape_is_refused_or_read_but_never_a_crash(
    source: str, data: st.DataObject
) -> None:
    tree = json.loads((FIXTURES / FILES[source]).read_text())
    node = tree
    while isinstance(node, dict | list) and node:
        keys = list(node) if isinstance(node, dict) else range(len(node))
        key = data.draw(st.sampled_from(list(keys)))
        if not isinstance(node[key], dict | list) or data.draw(st.booleans()):
            node[key] = data.draw(
                st.sampled_from([None, [], {}, "x", -1, 0, True, 1e300, [None], {"a": None}])
            )
            break
        node = node[key]
    try:
        by_id = parse(BY_ID[source], json.dumps(tree).encode())
    except SourceShapeError:
        return
    assert all(r.left_out or r.provider for r in by_id)
