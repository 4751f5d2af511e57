"""What readers ask (expected.yml): one page answers each, or says that it is unknown."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.curated.named_needs import NEEDS_FILE, load_needs
from generator.curated.statements.guide_statements import STATEMENTS_FILE, load_guide_statements
from generator.errors import EditError
from generator.exports.chooser import advisor_for
from generator.pages.live_guides import LiveGuides
from tests.catalogs import abilities, committed

EXPECTED = yaml.safe_load((Path(__file__).parent / "expected.yml").read_text(encoding="utf-8"))
GUIDES = Path("docs/guides")
CATALOG = Path("docs/catalog")
STATEMENTS = load_guide_statements(CATALOG / STATEMENTS_FILE)


@cache
def guides() -> LiveGuides:
    return LiveGuides(advisor_for(committed(), "", abilities()), load_needs(CATALOG / NEEDS_FILE), STATEMENTS)


@cache
def pieces(page: str) -> dict[str, str]:
    """The page's text by heading or fold, in small letters."""
    filled = guides().filled(f"guides/{page}.md", (GUIDES / f"{page}.md").read_text(), {})
    parts = re.split(
        r"^(?:#{2,3} |<details.*?<summary>)(.+?)(?: <small>.*|</summary>)?$", filled, flags=re.MULTILINE
    )
    return {head.lower(): text for head, text in zip(parts[1::2], parts[2::2], strict=True)}


@pytest.mark.parametrize("question", EXPECTED["questions"], ids=lambda q: q["asks"][:40])
def test_a_reader_s_question_is_answered_on_the_page(question: dict[str, Any]) -> None:
    titles = {
        "bank": "a bank in the eu",
        "startup": "a startup",
    }
    topic = question.get("topic") or titles[question["verdict"]]
    page = question.get("page", "microsoft-or-openai")
    texts = [text for head, text in pieces(page).items() if head.startswith(topic)]
    assert len(texts) == 1, topic
    assert re.search(r'class="cited"|unknown|\$\d', texts[0]), texts[0]
    says = [STATEMENTS[name].says.replace("'", "’") for name in question.get("stated", ())]
    assert [one for one in says if one[1:] not in texts[0]] == []


def test_a_number_leads_to_the_words_and_all_words_stand_at_the_end() -> None:
    filled = guides().filled("guides/x.md", '- {{ stated("azure-macc") }}; {{ stated("mai-abuse") }}.\n', {})
    assert filled.startswith("- Which services count against an Azure commitment")
    assert "; a preview may treat data otherwise" in filled
    assert re.findall(r'href="#cited-(\d+)"', filled) == ["1", "2"]
    assert re.findall(r'<li id="cited-(\d+)">', filled) == ["1", "2"]
    assert "copy of 2021-10-07, read 2026-11-27" in filled


def test_one_statement_has_one_number_and_an_unknown_one_says_where_it_was_looked_for() -> None:
    filled = guides().filled(
        "guides/x.md", '{{ stated("mai-indemnity") }}. {{ stated("mai-indemnity") }}.', {}
    )
    assert filled.count("[1]") == 2
    assert filled.count("<li ") == 1
    assert "Unknown. Looked for in: the page" in filled


def test_a_page_that_cites_nothing_has_no_words_at_its_end() -> None:
    assert guides().filled("guides/x.md", "Nothing.", {}) == "Nothing."


def test_a_statement_that_is_none_fails_the_build_with_its_nearest() -> None:
    with pytest.raises(EditError, match=r"docs/guides/x\.md: there is no statement 'azure-mac' .*azure-macc"):
        guides().filled("guides/x.md", '{{ stated("azure-mac") }}', {})


def test_words_of_a_page_are_only_text() -> None:
    statements = {
        "evil": load_guide_statements(Path("docs/catalog") / STATEMENTS_FILE)["azure-macc"],
    }
    evil = type(statements["evil"])(
        id="evil",
        says="It is so",
        quote='"><script>alert(1)</script> | *x*',
        url="https://acme.test/(a)",
        read=statements["evil"].read,
    )
    page = LiveGuides(advisor_for(committed(), ""), (), {"evil": evil})
    filled = page.filled("guides/x.md", '{{ stated("evil") }}', {})
    assert "<script" not in filled
    assert 'title="“&quot;&gt;&lt;script' in filled


def test_tables_of_providers_show_their_words_and_what_is_unknown() -> None:
    table = guides().filled("guides/x.md", '{{ promises(["azure", "xai", "nobody"]) }}', {})
    assert "| Data Zone EU | within the EU | “The EU Data Zone follows" in table
    assert "nobody" not in table
    retention = guides().filled("guides/x.md", '{{ retention(["openai"]) }}', {})
    assert "yes, unless zero retention is agreed on request: “Currently, these controls" in retention
    assert "openai-responses, openai-chat" in guides().filled("guides/x.md", '{{ wires(["openai"]) }}', {})
    address = guides().filled("guides/x.md", '{{ address("azure", "MAI") }} {{ address("azure", "x") }}', {})
    assert address == "`https://{resource}.services.ai.azure.com/mai/v1` —"


@pytest.mark.parametrize("page", ["microsoft-or-openai", "which-lab"])
def test_the_table_of_readers_fits_a_phone(page: str) -> None:
    """A name broke at its hyphens into three lines, and a last column that is no figure is 9 rem wide."""
    filled = guides().filled(f"guides/{page}.md", (GUIDES / f"{page}.md").read_text(), {})
    head, line, *rows = [row for row in filled.splitlines() if row.startswith("|")][:7]
    assert head.split(" | ")[2] == "Try first"
    assert line.endswith("| --: |")
    assert all(row.split(" | ")[2].endswith("{ .whole }") for row in rows)
