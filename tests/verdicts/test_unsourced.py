"""No guide that a reader decides by states anything of somebody without a figure or a quote behind it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.curated.statements.guide_statements import STATEMENTS_FILE, load_guide_statements
from tests.verdicts.unsourced import unsourced

GUIDES = Path("docs/guides")
DECIDING = (
    *("microsoft-or-openai", "which-lab", "regulated", "switching", "outage", "saving", "benchmarks"),
)
#: How this site is used and built: nothing there is stated of a provider to decide by.
ABOUT = {"index", "hosting", "maintaining", "needs", "reading", "site-owners"}


def test_every_guide_is_looked_at_or_is_about_this_site() -> None:
    assert {p.stem for p in GUIDES.glob("*.md")} == {*DECIDING, *ABOUT}


@pytest.mark.parametrize("guide", DECIDING)
def test_a_guide_states_nothing_without_a_figure_or_a_quote(guide: str) -> None:
    assert unsourced((GUIDES / f"{guide}.md").read_text()) == []


def test_every_statement_that_a_guide_shows_is_there_and_each_is_shown() -> None:
    statements = load_guide_statements(Path("docs/catalog") / STATEMENTS_FILE)
    pages = "".join(p.read_text() for p in GUIDES.glob("*.md"))
    rules = "".join(p.read_text() for p in Path("generator/views/verdicts").glob("*.py"))
    shown = set(re.findall(r'stated\("([a-z0-9-]+)"\)', pages))
    assert shown <= set(statements)
    named = {name for name in statements if f'"{name}"' in rules}
    assert set(statements) - shown - named == set()


@pytest.mark.parametrize(
    "claim",
    [
        "Azure keeps your data in the EU.",
        "OpenAI answers within an hour.",
        "GPT and Gemini run on the same machines.",
        "- MAI is in preview, on Global deployments only.",
        "It costs about 20 % more there.",
        "A new deployment can start with a quota of zero.",
        "A preview has no service level and fewer promises.",
        "Free tiers are trained on, paid ones are not.",
        "Support is 30 days.",
        "| Zone | Bedrock has eu. profiles |\n|---|---|\n| EU | Bedrock keeps it there |",
        "Keep a copy. Claude is on three clouds.",
        "Where you are on AWS, Nova is the cheapest.",
        "{{ stated('x') }}; Microsoft defends you in court.",
        "The price holds until 2027-01-14.",
        "It is certified for banks.",
    ],
)
def test_a_planted_claim_is_listed(claim: str) -> None:
    assert len(unsourced(claim)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "## When Azure, when OpenAI",
        "Is Azure cheaper than OpenAI?",
        "Ask Microsoft for more quota.",
        "See [Microsoft or OpenAI?](microsoft-or-openai.md).",
        "{{ stated('azure-quota') }}; {{ stated('openai-quota') }}.",
        "Above {{ steps(['openai/x']) }} tokens OpenAI's models cost more.",
        "- When some of your customers ask for a zone.",
        "| Term | On Azure |\n|---|---|\n| Quota | {{ stated('azure-quota') }}. |",
        "```\nazure: 30 days\n```",
        "Keep thirty prompts with the answers you accept.",
    ],
)
def test_what_leads_is_not_listed(text: str) -> None:
    assert unsourced(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Most work does not need the large one.",
        "Take Azure, which is faster.",
        "OpenAI is the best, as {{ figure('openai/x', 'price.input') }} shows.",
    ],
)
def test_these_kinds_of_claims_are_not_caught(text: str) -> None:
    """What the rule says that it cannot catch: so that nobody trusts it for that."""
    assert unsourced(text) == []
