"""A model's name comes from a row about that very model."""

from __future__ import annotations

from decimal import Decimal

import pytest

from generator.ledger.placing.names import fits, of_another, plain_name, written
from generator.sources.records import FieldClaim, SourceRecord
from tests.catalogs import committed
from tests.generator.ledger.claimed import run


def row(provider: str, model: str, name: str) -> SourceRecord:
    return SourceRecord(
        source="models-dev",
        id=f"{provider}/{model}",
        provider=provider,
        model=model,
        claims=(FieldClaim(field="price.input", value=Decimal(1)),),
        model_claims=(FieldClaim(field="name", value=name),),
    )


def named(*rows: SourceRecord) -> dict[str, object]:
    return {m.id: m.value("name") for m in run(*rows).catalog.models.values()}


@pytest.mark.parametrize(
    ("written", "model", "name"),
    [
        ("Claude Haiku 4.5 (latest)", "anthropic/claude-haiku-4-5", "Claude Haiku 4.5"),
        ("Claude Opus Latest", "anthropic/claude-opus", "Claude Opus"),
        ("GPT-6 Astra Pro (batch)", "openai/gpt-6-astra-pro", "GPT-6 Astra Pro"),
        ("Cohere: North Mini Code (free)", "cohere/north-mini-code", "North Mini Code"),
        ("Qwen3 235B A22B Instruct 2507", "alibaba/qwen3-235b-a22b-instruct", "Qwen3 235B A22B Instruct"),
        ("Mistral Small 2603", "mistral/mistral-small-2603", "Mistral Small 2603"),
        ("R1 1776", "perplexity/r1-1776", "R1 1776"),
        ("PaddlePaddle/PaddleOCR-VL-1.5", "paddlepaddle/paddleocr-vl-1.5", "PaddleOCR-VL-1.5"),
        ("anthropic--claude-3-sonnet", "anthropic/claude-3-sonnet", "claude-3-sonnet"),
        ("chatgpt-4o-latest", "openai/chatgpt-4o-latest", "chatgpt-4o-latest"),
    ],
)
def test_what_stands_around_a_name_is_no_part_of_it(written: str, model: str, name: str) -> None:
    assert plain_name(written, model) == name


@pytest.mark.parametrize(
    ("name", "model", "its"),
    [
        ("Gemini 3.1 Pro Preview", "google/gemini-pro", False),
        ("Llama 3.1 Instruct (8B)", "meta/llama-3-8b-instruct", False),
        ("Mistral Large 3", "mistral/mistral-large", False),
        ("Mistral Large 3", "mistral/mistral-large-2512", True),
        ("Claude Haiku 4.5", "anthropic/claude-haiku-4-5", True),
        ("Claude Sonnet 4", "anthropic/claude-sonnet-4-5", True),
        ("Llama 4 Scout 17B 16E Instruct FP8", "meta/llama-4-scout", True),
        ("Qwen3 Next 80B A3B", "alibaba/qwen3-next-80b-a3b-instruct", True),
        ("GPT-4.1", "openai/gpt-4o", False),
        ("o3", "openai/o3", True),
        ("GLM 4 9B 0414", "zai/glm-4-9b", True),
        ("Imagen 4", "google/imagen-4.0", True),
    ],
)
def test_the_versions_in_a_name_are_those_of_the_id(name: str, model: str, its: bool) -> None:
    assert fits(name, model) is its


@pytest.mark.parametrize(
    ("name", "model", "other"),
    [
        ("Gemini 3 Pro Preview", "google/gemini-3-pro", "google/gemini-3-pro-preview"),
        ("gemini 1.5 flash", "google/gemini-1.5-flash-8b", "google/gemini-1.5-flash"),
        ("Claude Sonnet 4", "anthropic/claude-sonnet-4-5", "anthropic/claude-sonnet-4"),
        ("MiniMax M1", "minimax/minimax-m1-80k", "minimax/minimax-m1"),
    ],
)
def test_a_name_that_spells_another_id_is_the_other_ones(name: str, model: str, other: str) -> None:
    models = {written(model), written(other)}
    assert of_another(name, model, models)
    assert not of_another(name, other, models)
    assert not of_another(name, model, {written(model), written(f"x/{other.partition('/')[2]}")})
    rows = [row("openrouter", other, name), row("openrouter", model, name)]
    assert named(*rows) == {other: name, model: None}


def test_an_alias_has_not_the_name_of_what_it_points_to() -> None:
    rows = [
        row("mistral", "mistral-large-latest", "Mistral Large 3"),
        row("mistral", "mistral-large-2411", "Mistral Large 2.1"),
        row("mistral", "mistral-large-2512", "Mistral Large 3"),
    ]
    assert named(*rows) == {
        "mistral/mistral-large": None,
        "mistral/mistral-large-2411": "Mistral Large 2.1",
        "mistral/mistral-large-2512": "Mistral Large 3",
    }


def test_a_row_about_the_model_goes_before_one_about_a_variant_or_a_version() -> None:
    rows = [
        row("opencode", "glm-5-free", "GLM-5 Free"),
        row("deepinfra", "zai-org/GLM-5", "GLM 5"),
        row("deepinfra", "zai-org/GLM-5", "GLM 5"),
    ]
    assert named(*rows) == {"zai/glm-5": "GLM 5"}
    assert named(row("nebius", "Qwen/Qwen2.5-Coder-7B-fast", "Qwen2.5 Coder 7B fast")) == {
        "alibaba/qwen2.5-coder-7b": None
    }


def test_every_name_of_the_committed_catalog_is_its_models() -> None:
    models = committed().models.values()
    assert [(m.id, m.value("name")) for m in models if m.value("name") and not fits(m.name, m.id)] == []
    assert [m.id for m in models if m.value("name") and plain_name(m.name, m.id) != m.name] == []
    ids = {written(m.id) for m in models}
    assert [m.id for m in models if m.value("name") and of_another(m.name, m.id, ids)] == []
    assert [m.id for m in models if len(str(m.value("family") or "family")) < 2] == []
