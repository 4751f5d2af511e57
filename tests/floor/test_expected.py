"""Answers to needs that nobody has refined, held to what an expert said of them before there was a rule."""

from __future__ import annotations

from datetime import date
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.curated.need_file import need
from playground.decide.chooser import Chooser
from tests.catalogs import abilities, committed

EXPECTED = yaml.safe_load(Path("tests/floor/expected.yml").read_text())
NAMED = {row["id"]: row["need"] for row in yaml.safe_load(Path("docs/catalog/needs.yml").read_text())}
#: How many models of an answer an expert looks at.
FIRST = 5


@cache
def chooser() -> Chooser:
    return Chooser(committed(), date(2026, 11, 24), abilities())


@pytest.mark.parametrize("row", EXPECTED, ids=lambda row: row.get("need", "nothing asked"))
def test_nothing_that_an_expert_would_not_have_comes_first(row: dict[str, Any]) -> None:
    parts = NAMED[row["need"]] if "need" in row else row["parts"]
    first = chooser().answer(need(parts, committed(), "x")).leaders[:FIRST].keys
    assert len(first) == FIRST
    for never in row["never"]:
        assert [key for key in first if fnmatchcase(key, never["key"])] == [], never["why"]
    wanted = row.get("often", ["*"])
    assert any(fnmatchcase(key, pattern) for key in first for pattern in wanted)


def test_every_provider_has_a_row_of_its_class_or_a_kind_that_tells() -> None:
    """Who is in an answer unasked, or out of it, is so for a reason that can be read."""
    kinds = ("lab", "gateway", "subscription", "self-hosted")
    without = [p.id for p in committed().providers.values() if not p.seller and p.kind not in kinds]
    assert without == []


def test_the_classes_are_those_that_experts_know() -> None:
    """Written from what the companies are known for, not from the rows."""
    known = {
        "hyperscaler": "azure amazon-bedrock google-vertex",
        "lab": "openai anthropic google mistral deepseek cohere xai moonshotai zai minimax alibaba ai21",
        "established-host": "groq together fireworks deepinfra cerebras sambanova nebius scaleway ovhcloud",
        "gateway": "openrouter vercel requesty helicone cloudflare-ai-gateway aihubmix zenmux huggingface",
        "reseller": "nano-gpt 302ai github-copilot gitlab",
        "own": "ollama lmstudio vllm llama-cpp",
        "unknown": "blueclaw zerogpu darkbloom xpersona",
    }
    providers = committed().providers
    for seller, names in known.items():
        assert {name: str(providers[name].seller_class) for name in names.split()} == dict.fromkeys(
            names.split(), seller
        )
