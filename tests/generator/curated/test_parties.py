"""Whose page an address is: a vendor's several hosts and accounts are one party."""

from __future__ import annotations

import pytest

from generator.curated.statements.parties import party


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://docs.example.com/a", "https://www.example.com/b"),
        ("https://github.com/acme/one", "https://raw.githubusercontent.com/Acme/two/main/README.md"),
        ("https://huggingface.co/acme/one", "https://github.com/acme/two"),
        ("https://acme.github.io/blog", "https://github.com/acme/two"),
        ("https://ai.google.dev/gemini-api", "https://deepmind.google/models"),
        ("https://docs.aws.amazon.com/bedrock", "https://pricing.us-east-1.amazonaws.com/offers"),
        ("https://learn.microsoft.com/azure", "https://github.com/MicrosoftDocs/azure-ai-docs"),
        ("https://docs.github.com/copilot", "https://azure.microsoft.com/blog"),
        ("https://huggingface.co/nvidia/one", "https://build.nvidia.com/nvidia/one"),
    ],
)
def test_these_are_one_party_s(one: str, other: str) -> None:
    assert party(one) == party(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://docs.example.com/a", "https://docs.example.org/a"),
        ("https://github.com/acme/one", "https://github.com/other/one"),
        ("https://huggingface.co/acme/one", "https://huggingface.co/other/one"),
        ("https://acme.github.io/blog", "https://other.github.io/blog"),
        ("https://github.com/acme/one", "https://github.blog/changelog"),
        ("https://platform.claude.com/docs", "https://docs.aws.amazon.com/bedrock"),
    ],
)
def test_these_are_two_parties(one: str, other: str) -> None:
    assert party(one) != party(other)
