"""What providers say of themselves: each with its words, their page and the day; nothing from knowledge."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.curated.providers import load_providers
from generator.curated.statements.statement import LONGEST_QUOTE, quote_length
from generator.errors import EditError
from generator.views.figures import UNKNOWN
from generator.views.provider_rows import statement_rows
from playground.catalog import Channel, Provider, Seller, Statement
from playground.catalog.codec import provider_from_json, provider_to_json
from playground.catalog.fact_json import CodecError
from playground.catalog.provider import STATED

FILE = Path("docs/catalog/providers.yml")
#: What tells that nobody read a page for a fact.
UNREAD = re.compile(r"from (knowledge|memory)|not opened|not read again", re.IGNORECASE)
STATEMENT = {
    "value": "yes",
    "quote": "We keep nothing.",
    "url": "https://acme.test/data",
    "read": "2026-11-23",
}


def test_no_statement_stands_without_words_page_and_day() -> None:
    """Read as plain YAML, so that a reader that grows lax is found out."""
    seen = 0
    for row in yaml.safe_load(FILE.read_text()):
        certified = [{"value": one["names"], **one} for one in row.get("certifications", [])]
        statements = [row[name] for name in STATED if name in row] + row.get("residency", []) + certified
        for stated in statements:
            where = (row["id"], stated)
            assert {"value", "quote", "url", "read"} <= set(stated), where
            assert 2 < quote_length(stated["quote"]) <= LONGEST_QUOTE, where
            assert stated["url"].startswith("https://"), where
            assert stated["read"] >= date(2026, 1, 1), where
            seen += 1
    assert seen > 70


@pytest.mark.parametrize(
    ("quote", "length"),
    [
        ("We keep nothing.", 3),
        ("我们将您的个人信息存储于中华人民共和国境内。", 12),
        ("API 数据 is kept", 4),
        ("", 0),
    ],
)
def test_a_quote_without_spaces_has_its_length_too(quote: str, length: int) -> None:
    assert quote_length(quote) == length


def test_a_seller_of_unknown_class_says_in_a_note_what_was_read() -> None:
    """Words that show no class are there for the next reader, who has to know what they leave open."""
    unknown = [p for p in load_providers(FILE).values() if p.seller and p.seller.value == "unknown"]
    assert unknown
    assert [p.id for p in unknown if p.seller and not p.seller.note] == []


@pytest.mark.parametrize(
    "seller", ["kind: lab", "seller: {value: lab, quote: q, url: https://a.test/, read: 2026-11-23}"]
)
def test_a_lab_without_the_lab_that_its_models_are_of_is_named(tmp_path: Path, seller: str) -> None:
    path = tmp_path / "providers.yml"
    path.write_text(f"- id: acme\n  lab: acme-ai\n  {seller}\n")
    assert load_providers(path)["acme"].sells_as("acme-ai") is Seller.LAB
    path.write_text(f"- id: acme\n  {seller}\n")
    with pytest.raises(EditError, match=r"entry 1 \(acme\): a lab needs `lab`"):
        load_providers(path)


def test_nothing_is_stated_from_knowledge() -> None:
    pages = [*Path("docs").rglob("*.md"), *Path("docs/catalog").glob("*.yml")]
    pages += Path("generator/pages/templates").rglob("*.j2")
    assert len(pages) > 40
    assert [str(p) for p in pages if UNREAD.search(p.read_text())] == []


@pytest.mark.parametrize("field", STATED)
@pytest.mark.parametrize(
    ("change", "message"),
    [
        (None, "must be a mapping with value, quote, url and read, it is None; quote the page"),
        ("yes", "must be a mapping with value, quote, url and read, it is 'yes'; quote the page"),
        ({"value": ""}, "value must be text"),
        ({"quote": ""}, "quote must be text"),
        ({"quote": "so " * 26}, "the quote has 26 words; keep the 25"),
        ({"url": "acme.test"}, "url must be the page's address"),
        ({"read": "once"}, "read must be a date"),
        ({"note": ""}, "note must be text"),
        ({"by": "me"}, "unknown key 'by'"),
    ],
)
def test_what_is_wrong_with_a_statement_is_named(
    tmp_path: Path, field: str, change: Any, message: str
) -> None:
    path = tmp_path / "providers.yml"
    value = {"seller": "gateway", "sells_others": "gateway", "currency": "EUR"}.get(field, STATEMENT["value"])
    written = {**STATEMENT, "value": value, **change} if isinstance(change, dict) else change
    path.write_text(json.dumps([{"id": "acme", field: written}]))
    with pytest.raises(EditError) as error:
        load_providers(path)
    assert f"entry 1 (acme): {field}" in str(error.value)
    assert message in str(error.value)


@pytest.mark.parametrize(
    ("field", "first"), [("zero_retention", "yes"), ("no_training", "yes"), ("currency", "EUR")]
)
def test_a_value_that_is_none_is_named(tmp_path: Path, field: str, first: str) -> None:
    path = tmp_path / "providers.yml"
    path.write_text(json.dumps([{"id": "acme", field: {**STATEMENT, "value": "maybe"}}]))
    with pytest.raises(EditError, match=rf"\(acme\): {field}: value is 'maybe'; write one of {first}, "):
        load_providers(path)


def test_a_statement_comes_back_from_json_as_it_went_in() -> None:
    for provider in load_providers(FILE).values():
        written = json.loads(json.dumps(provider_to_json(provider)))
        assert provider_from_json(provider.id, written, "providers.json") == provider


def test_a_value_without_its_words_is_no_catalog() -> None:
    with pytest.raises(CodecError, match="acme: zero_retention"):
        provider_from_json("acme", {"name": "Acme", "zero_retention": "yes"}, "providers.json")


def test_a_page_shows_the_words_and_what_is_unknown() -> None:
    stated = Statement(
        value="by setting",
        quote="You can <turn> it off.",
        url="https://acme.test/data",
        read=date(2026, 11, 23),
    )
    stays = Statement(
        value="eu",
        quote="It stays.",
        url="https://acme.test/eu",
        read=date(2026, 11, 24),
        channels=(Channel.EU,),
        note="with Norway",
    )
    rows = {
        row.what: row
        for row in statement_rows(Provider(id="acme", name="Acme", zero_retention=stated, residency=(stays,)))
    }
    kept = rows["Kept after the answer"]
    assert kept.value == "nothing, where you set it so"
    assert kept.quote == "“You can &lt;turn&gt; it off.” [its page](https://acme.test/data)"
    assert kept.read == "2026-11-23"
    assert rows["Requests over EU profile stay"].value == "within the EU (with Norway)"
    assert {rows[what].value for what in ("Support", "Data handling", "Trained on", "Status page")} == {
        UNKNOWN
    }
    assert "Prices listed in" not in rows  # dollars are the rule, and nobody need say so


CERTIFIED = {"names": ["c5"], "quote": "C5", "url": "https://acme.test/trust", "read": "2026-11-01"}


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("c5", "must be a list"),
        ([{**CERTIFIED, "names": []}], "names is \\[\\]; write a list of soc-2, soc-2-type-2"),
        ([{**CERTIFIED, "names": ["iso-9001"]}], "names is"),
        ([{**CERTIFIED, "quote": "so " * 26}], "the quote has 26 words; keep the 25"),
        ([{**CERTIFIED, "url": "acme.test"}], "url must be the page's address"),
        ([{**CERTIFIED, "read": "once"}], "read must be a date"),
        ([{**CERTIFIED, "channels": ["moon"]}], "channels is"),
        ([{**CERTIFIED, "value": "yes"}], "unknown key 'value'"),
    ],
)
def test_what_is_wrong_with_a_certification_is_named(tmp_path: Path, rows: Any, message: str) -> None:
    path = tmp_path / "providers.yml"
    path.write_text(json.dumps([{"id": "acme", "certifications": rows}]))
    with pytest.raises(EditError, match=rf"\(acme\): certifications.*{message}"):
        load_providers(path)


def test_a_page_shows_the_certifications_with_their_words_or_that_none_is_known(tmp_path: Path) -> None:
    path = tmp_path / "providers.yml"
    note = {**CERTIFIED, "names": ["c5", "iso-27001"], "note": "in Germany", "channels": ["eu"]}
    path.write_text(json.dumps([{"id": "acme", "certifications": [note]}, {"id": "bare"}]))
    known, bare = (
        next(row for row in statement_rows(provider) if row.what == "Certified for")
        for provider in load_providers(path).values()
    )
    assert (known.value, known.read) == (
        "C5 (BSI), ISO/IEC 27001, over EU profile (in Germany)",
        "2026-11-01",
    )
    assert known.quote == "“C5” [its page](https://acme.test/trust)"
    assert (bare.value, bare.quote) == (UNKNOWN, "")
