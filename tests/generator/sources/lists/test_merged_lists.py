"""rates, pi-ai and bedrock-models against rows in the shape of the real files."""

from __future__ import annotations

import gzip
import json
from decimal import Decimal

import pytest

from generator.errors import SourceShapeError
from generator.sources import BY_ID
from generator.sources.bundle import bundled
from generator.sources.catalogs import pi_ai, rates
from generator.sources.vendors import bedrock_models
from tests.generator.sources.fixtures import FILES, FIXTURES, records, values


def _raw(source: str) -> bytes:
    return (FIXTURES / FILES[source]).read_bytes()


def test_bedrock_models_names_each_way_in_by_the_id_that_a_request_names() -> None:
    by_id = {record.id: record for record in bedrock_models.parse(_raw("bedrock-models"))}
    assert {name: values(record)["regions"] for name, record in by_id.items()} == {
        "eu.anthropic.claude-sonnet-4-6": ("eu-west-1", "eu-west-2"),
        "global.anthropic.claude-sonnet-4-6": ("eu-west-1", "eu-west-2", "us-east-1"),
        "anthropic.claude-sonnet-4-6": ("eu-west-2",),
        "us.anthropic.claude-sonnet-4-6": ("us-east-1",),
        "global.openai.gpt-6-luna": ("us-east-1", "us-west-2"),
        # On demand only at the newer endpoint, with a profile beside it or without.
        "bedrock_mantle/openai.gpt-6-luna": ("us-east-1",),
        "bedrock_mantle/google.gemma-4-31b": ("us-east-1",),
        "twelvelabs.pegasus-1-2-v1:0": ("us-west-2",),
    }
    assert all(record.confirms for record in by_id.values())
    assert sum(record.rows for record in by_id.values()) == 4
    pegasus = values(by_id["twelvelabs.pegasus-1-2-v1:0"])
    assert (pegasus["status"], pegasus["can.video_in"]) == ("deprecated", "yes")
    # That AWS names no pictures among what comes in is no "no": it names no PDF either.
    assert "can.vision" not in pegasus
    assert "status" not in values(by_id["eu.anthropic.claude-sonnet-4-6"])


def test_bedrock_models_leaves_out_a_way_in_that_it_does_not_know() -> None:
    row = {"inference_types": {"eu-west-1": ["MOON"]}}
    (left,) = bedrock_models.parse(json.dumps({"amazon.nova-pro-v1:0": row}).encode())
    assert left.left_out == "a shape the adapter does not know"


def test_rates_says_when_models_came_out_and_which_efforts_they_take() -> None:
    by_id = records("rates")
    opus = by_id["anthropic/claude-opus-5"]
    assert [(c.field, c.value) for c in opus.model_claims] == [("released", "2026-07-24")]
    assert values(opus) == {
        "context_tokens": 200_000,
        "max_output_tokens": 64_000,
        **{f"can.{c}": "no" for c in ("vision", "pdf", "audio_in", "video_in", "image_out", "audio_out")},
        "can.tool_calls": "yes",
        "can.reasoning": "yes",
        **{f"effort.{e}": "no" for e in ("none", "minimal")},
        **{f"effort.{e}": "yes" for e in ("low", "medium", "high", "xhigh", "max")},
        "default_effort": "high",
    }
    assert opus.confirms
    assert "default_effort" not in values(by_id["openai/o1"])
    # OpenRouter's default of the model is none of a host's that does not offer it.
    assert "default_effort" not in values(by_id["fireworks-ai/accounts/fireworks/models/kimi-k3"])
    assert {name: r.left_out for name, r in by_id.items() if r.left_out} == {
        "livekit/agent-hour": "a row that is not from models.dev",
    }


@pytest.mark.parametrize(
    ("reasoning", "can", "low"),
    [
        ({"control": "toggle", "levels": []}, "yes", "no"),
        ({"control": "budget_tokens", "levels": []}, "yes", "no"),
        ({"control": None, "levels": []}, "yes", None),  # how it is steered, nobody says
        ({"control": "effort", "levels": [{"label": "low"}]}, "yes", "yes"),
        (None, None, None),
    ],
)
def test_rates_takes_no_efforts_where_thinking_is_only_switched_or_budgeted(
    reasoning: dict[str, object] | None, can: str | None, low: str | None
) -> None:
    row = {"provider": "zai", "id": "glm-9", "sources": {"models_dev": "2026-09-28"}, "reasoning": reasoning}
    row |= {"context": {"input": 128_000, "output": None}, "tool_call": False, "structured_output": None}
    (record,) = rates.parse(json.dumps({"models": [row]}).encode())
    claimed = values(record)
    assert (claimed.get("can.reasoning"), claimed.get("effort.low")) == (can, low)
    assert (claimed["context_tokens"], claimed["can.tool_calls"]) == (128_000, "no")
    # What is null is said neither way.
    assert not claimed.keys() & {"max_output_tokens", "can.structured_output", "can.vision"}


def test_rates_leaves_out_a_row_that_says_nothing_it_reads() -> None:
    row = {"provider": "groq", "id": "whisper-9", "sources": {"models_dev": "2026-09-28"}}
    (record,) = rates.parse(json.dumps({"models": [row]}).encode())
    assert record.left_out == "neither a day of release nor what it can do"


def test_the_first_of_a_month_stands_for_the_month() -> None:
    (claim,) = records("rates")["mistral/mistral-nemo"].model_claims
    assert claim.value == "2024-07"


def test_rates_is_the_same_packed_or_not_and_refuses_what_is_cut_off() -> None:
    raw = _raw("rates")
    packed = gzip.compress(raw)
    assert rates.parse(packed) == rates.parse(raw)
    for torn in (packed[:-20], packed[:40], b"\x1f\x8bnothing"):
        with pytest.raises(SourceShapeError, match="rates"):
            rates.parse(torn)


def test_rates_unpacks_no_more_than_it_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rates, "LIMIT", 1000)
    with pytest.raises(SourceShapeError, match="more than"):
        rates.parse(gzip.compress(_raw("rates")))


def test_pi_ai_reads_prices_with_steps_limits_and_efforts() -> None:
    by_id = records("pi-ai")
    assert values(by_id["anthropic/claude-opus-5"]) == {
        "kind": "chat",
        "can.tool_calls": "yes",
        "can.vision": "yes",
        "can.reasoning": "yes",
        "effort.xhigh": "yes",
        "effort.max": "yes",
        "max_output_tokens": 128000,
        "context_tokens": 1000000,
        "price.input": 5,
        "price.output": 25,
        "price.cache_read": Decimal("0.5"),
        "price.cache_write": Decimal("6.25"),
    }
    astra = values(by_id["openai/gpt-6-astra"])
    assert (astra["price.input"], astra["price.output>272000"]) == (10, 75)
    # `minimal` is sent as `low`, and that it offers no `max` is its own choice, as is where its window ends.
    assert {n for n in astra if n.startswith("effort.")} == {"effort.low", "effort.xhigh"}
    assert "context_tokens" not in astra


def test_pi_ai_takes_a_stand_in_for_nothing() -> None:
    by_id = records("pi-ai")
    glm = values(by_id["nvidia/zai-org/glm-5.3-flash"])
    assert not [n for n in glm if n.startswith(("price.", "effort.")) or n == "max_output_tokens"]
    free = values(by_id["openrouter/z-ai/glm-5.3-flash:free"])
    assert (free["price.input"], free["price.output"]) == (0, 0)
    # Of one route of many.
    assert "context_tokens" not in free
    assert "max_output_tokens" not in free
    assert not [n for n in values(by_id["openai-codex/gpt-6-luna"]) if n.startswith("price.")]


def test_pi_ai_makes_no_offering_of_an_id_that_names_no_way_in() -> None:
    by_id = records("pi-ai")
    assert by_id["amazon-bedrock/anthropic.claude-opus-5"].confirms
    assert not by_id["amazon-bedrock/eu.anthropic.claude-opus-5"].confirms
    # In brackets stands what is said of the offering.
    assert by_id["amazon-bedrock/eu.anthropic.claude-opus-5"].model_claims == ()


def test_pi_ai_leaves_out_what_says_nothing_sure() -> None:
    assert {r.id: r.left_out for r in records("pi-ai").values() if r.left_out} == {
        "openai/gpt-6-luna": "a classifier, which has an API of its own",
        "google/gemini-flash-latest": "an alias, with the row of a model of its own choice",
        "openrouter/black-forest-labs/flux-3-image": (
            "an image model: it does not say what its prices count"
        ),
        "radius/balanced": "a gateway of its makers' own",
    }


def test_pi_ai_is_the_same_in_its_package_and_served() -> None:
    served = json.loads(_raw("pi-ai"))
    files = {
        f"dist/providers/data/{provider}.json": {
            api: {f"{row['type']}:{row['id']}": row for row in rows if row["api"] == api}
            for api in dict.fromkeys(row["api"] for row in rows)
        }
        for provider, rows in served.items()
    }
    files["dist/providers/data/.manifest.json"] = {"schemaVersion": {}}
    package = bundled({name: json.dumps(file).encode() for name, file in files.items()})
    assert sorted(map(repr, pi_ai.parse(package))) == sorted(map(repr, pi_ai.parse(_raw("pi-ai"))))


@pytest.mark.parametrize("source", ["rates", "pi-ai"])
def test_a_list_that_merges_others_says_so(source: str) -> None:
    assert {"models-dev", "openrouter"} <= set(BY_ID[source].merges)
