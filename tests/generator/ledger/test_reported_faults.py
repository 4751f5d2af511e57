"""False facts that others reported of such catalogs, by kind: here each is right, in doubt, or held back.

A row is the shape in which the source had it; the issue that told of it names the case.
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from generator.errors import SourceShapeError
from generator.ledger.judging.doubts import MOST, MOST_OF
from generator.ledger.judging.gates import WRITES, WRITTEN
from generator.ledger.reconcile import Inputs, reconcile
from generator.ledger.refresh.source_reading import parse
from generator.sources import BY_ID
from playground.catalog import Fact, Kind, Standing
from playground.catalog.prices import Meter, Mode, Rate, Unit, parse_price_field
from tests.catalogs import committed
from tests.generator.ledger.claimed import PROVIDERS, RULES, TODAY, state

type Rows = dict[str, Any]
A, S, D = Standing.AGREED, Standing.SINGLE, Standing.DISPUTED
HELD, Q = Standing.SUSPECT, Standing.DOUBTFUL


def litellm(name: str, provider: str, mode: str = "chat", **row: Any) -> Rows:
    return {"litellm": {name: {"litellm_provider": provider, "mode": mode, **row}}}


def tokens(name: str, provider: str, read: float, made: float, **row: Any) -> Rows:
    return litellm(name, provider, input_cost_per_token=read, output_cost_per_token=made, **row)


def models_dev(provider: str, name: str, **row: Any) -> Rows:
    text = {"input": ["text"], "output": ["text"]}
    model = {"id": name, "name": name, "modalities": text, **row}
    return {"models-dev": {provider: {"id": provider, "name": provider, "models": {name: model}}}}


def openrouter(name: str, **pricing: Any) -> Rows:
    return {"openrouter": {"data": [{"id": name, "name": name, "pricing": pricing}]}}


def facts(rows: Rows) -> dict[str, Fact]:
    """What becomes of the one offering that these rows are about."""
    records = [r for s, data in rows.items() for r in parse(BY_ID[s], json.dumps(data).encode())]
    states = {source: state(source) for source in rows}
    made = reconcile(Inputs(records=records, rules=RULES, providers=PROVIDERS, sources=states, today=TODAY))
    (offering,) = made.catalog.offerings
    return dict(offering.facts)


HAIKU = ("claude-haiku-4-5-20251001", "anthropic")
SONNET = "us.anthropic.claude-sonnet-4-6"
REPORTED: list[tuple[str, Rows, dict[str, tuple[str | None, Standing]]]] = [
    (
        "BerriAI/litellm#38167: a price by the thousand tokens",
        tokens("watsonx/core42/jais-13b-chat", "watsonx", 0.0005, 0.002),
        {"price.input": ("500", Q), "price.output": ("2000", Q)},
    ),
    (
        "BerriAI/litellm#38167: a price scaled by 10^5",
        tokens("wandb/openai/gpt-oss-120b", "wandb", 0.015, 0.06),
        {"price.input": (None, HELD), "price.output": (None, HELD)},
    ),
    (
        "NousResearch/hermes-agent#52588: a price by the million multiplied again",
        models_dev("huggingface", "zai-org/GLM-5", cost={"input": 600_000, "output": 2_200_000}),
        {"price.input": (None, HELD), "price.output": (None, HELD)},
    ),
    (
        "an embedding model at $100",
        litellm("embed-multilingual-light-v3.0", "cohere", "embedding", input_cost_per_token=1e-4),
        {"price.input": ("100", Q)},
    ),
    (
        "BerriAI/litellm#23842: a second of sound paid as input and again as output",
        litellm(
            "whisper-1",
            "openai",
            "audio_transcription",
            input_cost_per_second=1e-4,
            output_cost_per_second=1e-4,
        ),
        {"price.input.per_second": ("0.0001", S), "price.output.per_second": (None, HELD)},
    ),
    (
        "metadist/synaplan#1314: a price by the hour taken for one by the second",
        litellm("groq/whisper-large-v3", "groq", "audio_transcription", input_cost_per_second=0.111),
        {"price.input.per_second": ("0.111", Q)},
    ),
    (
        "JonathanChavezTamales/llm-leaderboard#13: cached input's price as output's",
        tokens("o1", "openai", 15e-6, 7.5e-6, cache_read_input_token_cost=7.5e-6),
        {"price.input": ("15", S), "price.output": ("7.5", Q)},
    ),
    (
        "pydantic/genai-prices#18: storage by the hour as the price of a write",
        models_dev("edenai", "google/gemini-2.5-flash", cost={"input": 0.3, "cache_write": 0.083333}),
        {"price.input": ("0.3", S), "price.cache_write": (None, HELD)},
    ),
    (
        "read and write exchanged",
        tokens(*HAIKU, 1e-6, 5e-6, cache_read_input_token_cost=1.25e-6, cache_creation_input_token_cost=1e-7),
        {"price.cache_read": (None, HELD), "price.cache_write": (None, HELD)},
    ),
    (
        "a write that costs less than fresh input, but not by far (MiniMax lists it so)",
        models_dev("minimax", "MiniMax-M2.7", cost={"input": 0.6, "cache_write": 0.375}),
        {"price.cache_write": ("0.375", S)},
    ),
    (
        "BerriAI/litellm#9833: sources that differ on cached input",
        tokens(*HAIKU, 1e-6, 5e-6, cache_read_input_token_cost=1e-6)
        | models_dev("anthropic", HAIKU[0], cost={"input": 1, "output": 5, "cache_read": 0.1}),
        {"price.input": ("1", A), "price.cache_read": ("1", D)},
    ),
    (
        "a batch price that is another's",
        tokens(
            "o3", "openai", 2e-6, 8e-6, input_cost_per_token_batches=1e-7, output_cost_per_token_batches=3e-5
        ),
        {"price.batch.input": ("0.1", Q), "price.batch.output": ("30", Q)},
    ),
    (
        "anomalyco/models.dev#2919: a list in euro, in two sources as dollars",
        tokens("scaleway/qwen3.5-397b-a17b", "scaleway", 6e-7, 3.6e-6)
        | models_dev("scaleway", "qwen3.5-397b-a17b", cost={"input": 0.6, "output": 3.6}),
        {"price.input": ("0.6", Q), "price.output": ("3.6", Q)},
    ),
    (
        "anomalyco/models.dev#6073: a window that lost a zero",
        models_dev("jiekou", HAIKU[0], limit={"context": 20_000, "output": 64_000}),
        {"context_tokens": ("20000", D), "max_output_tokens": (None, HELD)},
    ),
    (
        "limits in thousands",
        models_dev("openai", "gpt-5", limit={"context": 400, "output": 128}),
        {"context_tokens": (None, HELD), "max_output_tokens": (None, HELD)},
    ),
    (
        "anomalyco/models.dev#701: a paid model at its free variant's zero",
        models_dev("openrouter", "mistralai/mistral-small-3.2-24b-instruct", cost={"input": 0, "output": 0}),
        {"price.input": (None, HELD), "price.output": (None, HELD)},
    ),
    (
        "BerriAI/litellm#23637: a step that the vendor gave up",
        tokens("claude-opus-4-6", "anthropic", 5e-6, 25e-6, input_cost_per_token_above_200k_tokens=1e-5)
        | {
            "model-prices": {
                "prices": {"anthropic": {"claude-opus-4-6": {"standard": [{"rates": {"input": 5}}]}}}
            }
        },
        {"price.input": ("5", A)},
    ),
    (
        "BerriAI/litellm#26795: the geographic profile's own price",
        tokens(SONNET, "bedrock_converse", 3.3e-6, 16.5e-6),
        {"price.input": ("3.3", S)},
    ),
    (
        "a yes and a price in quotes",
        litellm(
            "gpt-5",
            "openai",
            supports_vision="false",
            input_cost_per_token="0.00000125",
            max_input_tokens=9000,
        ),
        {"can.vision": (None, HELD), "price.input": (None, HELD), "max_input_tokens": ("9000", S)},
    ),
    (
        "BerriAI/litellm#17410: tokens of an image that comes out",
        openrouter(
            "google/gemini-3-pro-image", prompt="0.000002", completion="0.000012", image_output="0.00012"
        ),
        {"price.output": ("12", S), "price.output_image": ("120", S)},
    ),
    (
        "truefoundry/models#868: a price by the token called one by the image",
        openrouter("google/gemini-3-flash", prompt="0.0000005", completion="0.000003", image="0.0000005"),
        {"price.input_image": ("0.5", S), "price.input.per_image": (None, HELD)},
    ),
    (
        "simonw/llm-prices#65: the price of long prompts",
        openrouter(
            "openai/gpt-5.6-sol",
            prompt="0.000004",
            completion="0.00002",
            overrides=[{"min_prompt_tokens": 272000, "prompt": "0.000008"}],
        ),
        {"price.input": ("4", S), "price.input>272000": ("8", S)},
    ),
]


@pytest.mark.parametrize(("rows", "wanted"), [row[1:] for row in REPORTED], ids=[row[0] for row in REPORTED])
def test_what_was_reported_elsewhere_is_no_fact_here(
    rows: Rows, wanted: dict[str, tuple[str | None, Standing]]
) -> None:
    made = facts(rows)
    for name, (value, standing) in wanted.items():
        fact = made.get(name, Fact(value=None, standing=HELD, claims=()))
        assert (None if fact.value is None else str(fact.value), fact.standing) == (value, standing), name
        assert fact.standing != Q or fact.reason


@pytest.mark.parametrize(
    ("source", "raw"),
    [
        ("litellm", b'{"error": {"message": "rate limited", "code": 429}}'),
        ("openrouter", b'{"error": {"message": "rate limited", "code": 429}}'),
        ("openrouter", b'{"data": [{"id": "openai/gpt-5", "pricing": {"prompt": {"usd": "1"}}}]}'),
        ("models-dev", b'{"openrouter": {"models": {"auto": {"id": "auto", "cost": {"input": -1000000}}}}}'),
        ("litellm", b'\xef\xbb\xbf{"gpt-5": {"litellm_provider": "openai"}}'),
        ("litellm", b'{"gpt-5": {"litellm_provider": "openai", "mode'),
    ],
    ids=[
        "error",
        "error in a list's place",
        "prices in another shape",
        "-1 million",
        "mark of order",
        "torn",
    ],
)
def test_an_answer_that_is_no_catalog_takes_no_ones_place(source: str, raw: bytes) -> None:
    with pytest.raises(SourceShapeError):
        parse(BY_ID[source], raw)


def test_nothing_of_these_kinds_stands_undoubted_in_the_catalog() -> None:
    providers, found = committed().providers, []
    heard = Rate(meter=Meter.INPUT, unit=Unit.SECOND).field
    for o in committed().offerings:
        for name, fact in o.facts.items():
            if not name.startswith("price.") or not isinstance(usd := fact.value, Decimal) or not usd:
                continue
            if fact.standing in (Standing.DOUBTFUL, Standing.OVERRIDDEN):
                continue
            rate = parse_price_field(name)
            text = rate.unit == Unit.MTOK and rate.meter in (Meter.INPUT, Meter.OUTPUT)
            most = (MOST_OF.get(Kind(o.kind), MOST) if o.kind else MOST)[rate.meter == Meter.OUTPUT]
            foreign = providers[o.provider].currency is not None
            twice = (o.kind, rate.meter, rate.unit) == (Kind.TRANSCRIPTION, Meter.OUTPUT, Unit.SECOND)
            if foreign or (text and usd > most) or (twice and o.value(heard)):
                found.append((o.key, name))
            if rate.meter in WRITES and rate.mode == Mode.STANDARD and not rate.above_tokens:
                fresh = {c.record: c.value for c in o.facts["price.input"].claims if not c.suspect}
                own = [(c.value, fresh[c.record]) for c in fact.claims if not c.suspect and c.record in fresh]
                if any(Decimal(str(w)) < Decimal(str(paid)) * WRITTEN for w, paid in own):
                    found.append((o.key, name))
    assert found == []
