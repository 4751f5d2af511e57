"""Vendors' pages about their models, and Epoch's table: what rows of the real shapes say."""

from __future__ import annotations

import pytest

from generator.errors import SourceShapeError
from generator.ledger.refresh.source_reading import parse
from generator.sources import BY_ID
from generator.sources.linked_pages import with_pages
from generator.sources.records import SourceRecord
from generator.sources.vendors.openai_prices import prices_of
from tests.generator.sources.fixtures import FIXTURES, about, records, values


def page(source: str, name: str) -> str:
    return (FIXTURES / source / name).read_text("utf-8")


def of_pages(source: str, **pages: str) -> dict[str, SourceRecord]:
    made = with_pages(b"# All", {name: text.encode() for name, text in pages.items()}, {})
    return {r.id: r for r in parse(BY_ID[source], made)}


def test_openais_page_gives_limits_efforts_and_prices_with_their_step() -> None:
    row = records("openai-models")["gpt-6-sol"]
    said = values(row)
    limits = {name: said[f"{name}_tokens"] for name in ("context", "max_input", "max_output")}
    assert limits == {"context": 1_050_000, "max_input": 922_000, "max_output": 128_000}
    assert {f: v for f, v in said.items() if "effort" in f} == {
        "default_effort": "medium",
        **{f"effort.{e}": "yes" for e in ("none", "low", "medium", "high", "xhigh", "max")},
        "effort.minimal": "no",
    }
    meters = ("input", "output", "cache_read", "cache_write")
    assert [float(str(said[f"price.{m}"])) for m in meters] == [2, 10, 0.2, 2.5]
    assert [said[f"price.{m}>272000"] for m in ("input", "output", "cache_write")] == [4, 15, 5]
    assert (said["price.batch.output"], said["price.batch.output>272000"]) == (5, 7.5)
    assert said["price.flex.input"] == 1
    assert about(row) == {"name": "GPT-6 Sol", "knowledge": "2026-04-20"}
    assert row.link == "https://developers.openai.com/api/docs/models/gpt-6-sol"


def test_what_a_page_says_of_prices_and_no_rule_reads_is_named() -> None:
    assert records("openai-models")["gpt-6-sol"].unread == (
        "price note: Regional processing adds a 10% premium where available.",
        "price note: Fast mode is priced at 2x the applicable rates.",
    )
    assert records("openai-models")["gpt-4o-audio-preview"].unread == ("price: audio Transcript minute",)


@pytest.mark.parametrize(
    ("note", "step"),
    [
        (
            (
                "Prompts with more than 272K input tokens are priced at 2x input and cache rates and 1.5x "
                "output for the full request."
            ),
            {"input": 4, "cache_read": 2, "output": 15},
        ),
        (
            "Prompts with >272K input tokens are priced at 2x input and 1.5x output for the full session.",
            {"input": 4, "output": 15},
        ),
        (
            (
                "For requests with more than 272,000 input tokens, input and cache rates double and output "
                "costs 1.5 times the short-context rate for the full request."
            ),
            {"input": 4, "cache_read": 2, "output": 15},
        ),
        ("Above 272K input tokens, the part above costs 2x input and 1.5x output.", {}),
        ("Prompts with more than 272K input tokens cost more for the full request.", {}),
        ("Prompts with more than 272K input tokens: 2x input for the full request.", {}),
    ],
)
def test_a_step_is_read_where_it_is_said_whole(note: str, step: dict[str, int]) -> None:
    table = "| Metric | Price | Unit |\n|---|---|---|\n"
    rows = "| Input | $2 | 1M tokens |\n| Cached input | $1 | 1M tokens |\n| Output | $10 | 1M tokens |\n"
    prices, unread = prices_of(f"\n## Pricing\n\n### Text tokens\n\n{table}{rows}\n- {note}\n")
    assert {rate.meter.value: usd for rate, usd in prices if rate.above_tokens == 272_000} == step
    assert (unread == ()) == bool(step)


@pytest.mark.parametrize("price", ["free", "$", "2", "$1.2.3", "$-1", "$1e9", "\u20ac2", "$2 / hour"])
def test_a_price_that_is_none_is_named_and_no_price(price: str) -> None:
    text = page("openai-models", "gpt-6-sol.md").replace("| $2 |", f"| {price} |")
    row = of_pages("openai-models", **{"gpt-6-sol.md": text})["gpt-6-sol"]
    assert "price.input" not in values(row)
    assert "price: text Input 1M tokens" in row.unread


@pytest.mark.parametrize(
    ("prose", "efforts"),
    [
        ("`reasoning.effort` supports `low`, `medium` (default), and\n`high`.", {"low", "medium", "high"}),
        ("It supports `low` and `high` reasoning effort settings.", {"low", "high"}),
        ("Reasoning.effort supports: `low`, `high`. The `none` effort is not supported.", {"low", "high"}),
        ("Tools need `reasoning_effort` set to `none`.", set()),
        ("Reasoning tokens are supported.", set()),
        ("The API rejects reasoning effort `none` and `minimal`.", set()),
        ("Setting reasoning effort to `none` returns HTTP 400.", set()),
    ],
)
def test_efforts_are_those_that_a_sentence_lists(prose: str, efforts: set[str]) -> None:
    text = f"# X\n\nModel ID: `gpt-9`\n\n{prose}\n\n## Model details\n\n- 400K context window\n"
    said = values(of_pages("openai-models", **{"gpt-9.md": text})["gpt-9"])
    assert {
        f.removeprefix("effort.") for f, v in said.items() if f.startswith("effort.") and v == "yes"
    } == efforts
    assert said["context_tokens"] == 400_000


def test_what_a_page_does_not_state_stays_unknown() -> None:
    """As pages about images do: no window, no price, no knowledge (pydantic/genai-prices#650)."""
    text = "# GPT Image 9\n\nModel ID: `gpt-image-9`\n\n## Model details\n\n- Output modalities: image\n"
    row = of_pages("openai-models", **{"gpt-image-9.md": text})["gpt-image-9"]
    assert values(row) == {"can.image_out": "yes", "can.audio_out": "no"}
    assert about(row) == {"name": "GPT Image 9"}


def test_a_page_that_sells_nothing_joins_what_others_list() -> None:
    by_id = records("openai-models")
    assert [name for name, r in by_id.items() if r.joins] == ["gpt-oss-120b"]


def test_anthropics_page_gives_prices_by_size_of_the_prompt() -> None:
    row = records("anthropic-models")["claude-haiku-5-5"]
    said = values(row)
    meters = ("input", "output", "cache_write_5m", "cache_write_1h", "cache_read")
    assert [float(str(said[f"price.{m}"])) for m in meters] == [0.1, 0.5, 0.125, 0.2, 0.01]
    assert [float(str(said[f"price.{m}>100000"])) for m in meters] == [0.5, 2.5, 0.625, 1, 0.05]
    assert float(str(said["price.batch.output>100000"])) == 1.25
    assert (said["context_tokens"], said["max_output_tokens"]) == (1_000_000, 128_000)
    assert about(row) == {"knowledge": "2026-06", "released": "2026-10-07"}
    assert row.unread == ()


def test_a_footnote_is_no_digit_of_a_price() -> None:
    assert str(values(records("anthropic-models")["claude-opus-5-5"])["price.cache_read"]) == "0.2"


def test_what_anthropic_says_of_a_models_end_is_its_own_word() -> None:
    by_id = records("anthropic-models")
    opus = values(by_id["claude-opus-4-5-20251101"])
    assert (opus["status"], opus["retires"]) == ("deprecated", "2027-03-01")
    assert "default_effort" not in opus
    assert values(by_id["claude-opus-5-5"])["retires_earliest"] == "2027-09-22"


def test_of_other_platforms_the_ids_alone_are_read() -> None:
    bedrock = records("anthropic-models")["amazon-bedrock/anthropic.claude-opus-4-5-20251101-v1:0"]
    assert (bedrock.provider, bedrock.claims, bedrock.this_channel) == ("amazon-bedrock", (), True)
    assert records("anthropic-models")["google-vertex/claude-opus-4-5@20251101"].claims == ()


def test_the_table_of_all_speaks_for_a_model_whose_page_is_missing() -> None:
    made = with_pages(
        page("anthropic-models", "index.md").encode(),
        {"opus-5-5/overview.md": page("anthropic-models", "opus-5-5/overview.md").encode()},
        {"haiku-5-5/overview.md": "answered 404"},
    )
    by_id = {r.id: r for r in BY_ID["anthropic-models"].parse(made)}
    fable = values(by_id["claude-fable-5-1"])
    assert (fable["price.input"], fable["price.output"], fable["context_tokens"]) == (10, 50, 1_000_000)
    # "From $0.10" is the least of several prices.
    assert "price.input" not in values(by_id["claude-haiku-5-5"])
    assert by_id["haiku-5-5/overview"].left_out == "its page was not read"


def test_the_table_as_it_was_in_june_is_read_too() -> None:
    """Two rows for thinking, prices in another form, and a footnote's number that ran into an id."""
    haiku = "claude-haiku-4-5-20251001"
    index = f"""| Feature | Claude Fable 5 | Claude Opus 4.8 | Claude Haiku 4.5 |
| --- | --- | --- | --- |
| **Claude API ID** | `claude-fable-5` | claude-opus-4-8 | {haiku} |
| **AWS Bedrock ID** | Limited availability | anthropic.claude-opus-4-83 | anthropic.{haiku}-v1:0 |
| **Pricing** | $10 / $50 per MTok (input / output) | $5 / input MTok$25 / output MTok | Free |
| **[Extended thinking](/docs/x)** | No | No | Yes |
| **[Adaptive thinking](/docs/x)** | No | Yes (always on) | No |
"""
    made = BY_ID["anthropic-models"].parse(with_pages(index.encode(), {}, {}))
    by_id = {r.id: values(r) for r in made}
    assert set(by_id) == {
        *("claude-fable-5", "claude-opus-4-8", haiku),
        f"amazon-bedrock/anthropic.{haiku}-v1:0",
    }
    assert (by_id["claude-fable-5"]["price.input"], by_id["claude-fable-5"]["price.output"]) == (10, 50)
    assert by_id["claude-opus-4-8"]["price.output"] == 25
    assert [by_id[name].get("can.reasoning") for name in list(by_id)[:2]] == ["no", "yes"]


def test_googles_page_gives_limits_capabilities_and_thinking_levels() -> None:
    row = records("google-models")["gemini-3.8-flash"]
    said = values(row)
    assert (said["max_input_tokens"], said["max_output_tokens"]) == (1_048_576, 65_536)
    assert {e: said[f"effort.{e}"] for e in ("minimal", "low", "high")} == {
        "minimal": "no",
        "low": "yes",
        "high": "yes",
    }
    assert (said["can.pdf"], said["can.image_out"], said["can.tool_calls"]) == ("yes", "no", "yes")
    assert about(row) == {"knowledge": "2026-01"}
    assert values(records("google-models")["gemini-3.8-flash-tts"])["kind"] == "speech"


def test_a_model_that_googles_index_calls_shut_down_is_retired() -> None:
    """Its page stays, and says nothing of it."""
    by_id = records("google-models")
    assert values(by_id["gemini-3-pro-preview"])["status"] == "retired"
    assert "status" not in values(by_id["gemini-3.8-flash"])


def test_a_column_of_epoch_that_changed_its_name_is_named() -> None:
    """As in owid/etl#1738."""
    table = (FIXTURES / "epoch-models.csv").read_bytes().replace(b"Publication date", b"Published", 1)
    with pytest.raises(SourceShapeError, match="there is no Publication date"):
        BY_ID["epoch-models"].parse(table)


def test_epoch_gives_size_only_where_the_weights_are_open_and_the_words_agree() -> None:
    by_id = records("epoch-models")
    assert about(by_id["DeepSeek-V4-Pro"])["parameters"] == 1_600_000_000_000
    assert "parameters" not in about(by_id["Grok 4.3 Beta"])
    flash = by_id["DeepSeek-V4-Flash"]
    assert "parameters" not in about(flash)
    assert flash.unread == ("Parameters: 284000000.0 beside 284B",)
    assert by_id["Kimi K2.6"].model == "Moonshot/Kimi K2.6"
