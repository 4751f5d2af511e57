"""What guides state from pages: errors name the entry; no sentence without its words or "unknown"."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.curated.statements.guide_statements import STATEMENTS_FILE, load_guide_statements
from generator.curated.statements.statement import LONGEST_QUOTE, quote_length
from generator.errors import EditError

FILE = Path("docs/catalog") / STATEMENTS_FILE
ROW = {
    "id": "acme-keeps",
    "says": "Acme keeps nothing",
    "quote": "We keep nothing.",
    "url": "https://acme.test/data",
    "read": "2026-11-23",
}
UNKNOWN = {
    "id": "acme-sla",
    "says": "its service level is unknown",
    "looked": "its terms",
    "read": "2026-11-23",
}


def load(tmp_path: Path, *rows: dict[str, Any]) -> Any:
    path = tmp_path / "statements.yml"
    path.write_text(json.dumps(rows))
    return load_guide_statements(path)


def test_every_statement_has_words_page_and_day_or_says_unknown() -> None:
    """Read as plain YAML, so that a reader that grows lax is noticed."""
    rows = yaml.safe_load(FILE.read_text())
    assert len(rows) > 40
    for row in rows:
        assert row["read"] >= date(2026, 1, 1), row["id"]
        if "quote" in row:
            assert 2 < quote_length(row["quote"]) <= LONGEST_QUOTE, row["id"]
            assert row["url"].startswith("https://"), row["id"]
        else:
            assert "unknown" in row["says"], row["id"]
            assert row["looked"], row["id"]


#: What a statement is about, so that its words need not name it, and other names of what they name.
ABOUT = {
    "MAI-Thinking-1": ("mai-",),
    "OpenAI": ("openai-", "azure-sold"),
    "API": ("azure-entra",),
    "Regional": ("azure-regional",),
    "Zone": ("azure-us-zone",),
    "MAI": ("m365-mai",),
}
NAMES = re.compile(r"(?<![\w-])(?:[A-Z][\w-]*[\w]|\d[\d,.]*\d|\d)")


@pytest.mark.parametrize(
    "row", [r for r in yaml.safe_load(FILE.read_text()) if "quote" in r], ids=lambda r: r["id"]
)
def test_no_statement_has_a_name_or_a_number_that_its_words_do_not_have(row: dict[str, Any]) -> None:
    """Five said more than their words: a tier's tokens, a month, whose models they were."""
    words = " ".join(str(row.get(key, "")) for key in ("quote", "note", "url", "copy")).lower()
    words += " eea" * ("european economic area" in words) + " claude" * ("anthropic models" in words)
    stated = "; ".join(part for part in row["says"].split("; ") if "unknown" not in part)
    named = {name.removesuffix("’s") for name in NAMES.findall(stated)}
    own = {name for name, ids in ABOUT.items() if row["id"].startswith(ids)}
    subject = row["id"].partition("-")[0]
    missing = {n for n in named - own if n.lower().replace(",", "") not in words.replace(",", "")}
    assert {n for n in missing if n.lower() != subject} == set()


#: What points to the sentence before, or is no English: a statement is shown on several pages, beside others.
RIDDLES = re.compile(r"\b(?:in|of) it\b|\bthose duties\b|\bsuch as are\b|\bupon itself\b|\bof before\b")


@pytest.mark.parametrize("row", yaml.safe_load(FILE.read_text()), ids=lambda r: r["id"])
def test_a_statement_stands_alone(row: dict[str, Any]) -> None:
    """`Claude in it is outside`, `without those duties` and `by such as are there` were riddles elsewhere."""
    assert RIDDLES.search(row["says"]) is None, row["says"]


def test_a_statement_is_read_with_its_words_or_as_unknown(tmp_path: Path) -> None:
    statements = load(tmp_path, {**ROW, "copy": "2026-08-04", "note": "paid use"}, UNKNOWN)
    assert statements["acme-keeps"].quote == "We keep nothing."
    assert statements["acme-keeps"].copy == date(2026, 8, 4)
    assert statements["acme-sla"].looked == "its terms"
    assert statements["acme-sla"].url == ""


def test_without_a_file_there_are_none(tmp_path: Path) -> None:
    assert load_guide_statements(tmp_path / "statements.yml") == {}


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({**ROW, "id": "Acme Keeps"}, "id is 'Acme Keeps'; write small letters"),
        ({**ROW, "says": "Acme keeps nothing."}, "says ends in a full stop"),
        ({**ROW, "says": ""}, "says must be text"),
        ({**ROW, "quote": "so " * 26}, "the quote has 26 words; keep the 25"),
        ({**ROW, "quote": ""}, "quote must be text"),
        ({**ROW, "url": "http://acme.test"}, "url must be"),
        ({**ROW, "read": "once"}, "read must be a date"),
        ({**ROW, "copy": "once"}, "copy must be a date"),
        ({**ROW, "by": "me"}, "unknown key 'by'"),
        ({k: v for k, v in ROW.items() if k != "quote"}, "quote must be text"),
        ({**UNKNOWN, "says": "it has no service level"}, 'says does not say "unknown"'),
        ({**UNKNOWN, "quote": "99.9 %"}, "has looked and quote; what was found is no longer unknown"),
    ],
)
def test_what_is_wrong_with_a_statement_is_named(tmp_path: Path, row: dict[str, Any], message: str) -> None:
    with pytest.raises(EditError) as error:
        load(tmp_path, row)
    assert "entry 1" in str(error.value)
    assert message in str(error.value)


def test_an_id_is_there_once(tmp_path: Path) -> None:
    with pytest.raises(EditError, match="acme-keeps is there twice; keep one"):
        load(tmp_path, ROW, ROW)
