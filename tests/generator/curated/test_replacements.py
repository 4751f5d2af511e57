"""replacements.yml: what providers name for what they end, with the words, and what is wrong with a row."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from generator.curated.statements.replacements import load_replacements, unknown_names, with_replacements
from generator.curated.statements.statement import LONGEST_QUOTE
from generator.errors import EditError
from playground.catalog import NamedReplacement
from playground.catalog.codec import provider_from_json, provider_to_json
from playground.lifecycle.named import LONGEST_CHAIN
from tests.catalogs import catalog, committed, offered

FILE = Path("docs/catalog/replacements.yml")
PAGE = """\
- provider: acme
  url: https://example.com/ends
  read: 2026-11-01
  note: the copy carries no day
  rows:
    - models: [acme/one, acme/two@2024-05-13]
      instead: [acme/three]
      quote: '| one | three |'
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "replacements.yml"
    path.write_text(text)
    return path


def test_a_row_is_read_for_each_model_with_its_page_and_day(tmp_path: Path) -> None:
    (first, second) = load_replacements(written(tmp_path, PAGE))["acme"]
    assert first == NamedReplacement(
        model="acme/one",
        instead=("acme/three",),
        quote="| one | three |",
        url="https://example.com/ends",
        read=date(2026, 11, 1),
        note="the copy carries no day",
    )
    assert second == replace(first, model="acme/two@2024-05-13")
    assert load_replacements(tmp_path / "missing.yml") == {}


@pytest.mark.parametrize(
    ("was", "now", "fault"),
    [
        ("[acme/one, acme/two@2024-05-13]", "[]", "must be a list of models' ids"),
        ("[acme/three]", "[three]", "write lab/model"),
        ("[acme/three]", "[acme/one]", "acme/one cannot stand in for itself"),
        ("[acme/three]", "[acme/three@1]", "has a version; write the model alone"),
        ("[acme/one, ", "[acme/one, acme/one, ", "acme/one is named twice for acme"),
        ("| one | three |", "word " * (LONGEST_QUOTE + 1), "words; keep the 25 that say it"),
        ("https://", "http://", "must begin with https://"),
        ("2026-11-01", "soon", "must be a date"),
        ("quote:", "words:", "unknown key 'words'"),
        ("- provider: acme", "- provider: A B", "write an id"),
        (PAGE, "acme: {}\n", "must be a list of pages"),
        (PAGE.partition("  rows:")[2], " none\n", "rows must be a list"),
    ],
)
def test_what_is_wrong_is_said_with_the_entry(tmp_path: Path, was: str, now: str, fault: str) -> None:
    with pytest.raises(EditError, match=r"replacements\.yml: ") as raised:
        load_replacements(written(tmp_path, PAGE.replace(was, now)))
    assert fault in str(raised.value)


def test_the_catalog_keeps_what_its_providers_name_and_check_says_what_it_does_not_have(
    tmp_path: Path,
) -> None:
    named = load_replacements(written(tmp_path, PAGE))
    whole = with_replacements(catalog(offered("acme/one", provider="acme")), named)
    there = whole.providers["acme"]
    assert there.replacements == named["acme"]
    assert provider_from_json("acme", provider_to_json(there), "providers.json") == there
    at = tmp_path / "replacements.yml"
    assert list(unknown_names(tmp_path, named, whole)) == [
        f"{at}: acme: {model}: acme/three is not in the catalog; did you mean acme/one?"
        for model in ("acme/one", "acme/two@2024-05-13")
    ]
    (first, _) = unknown_names(tmp_path, {"acne": named["acme"][:1]}, whole)
    assert first == f"{at}: acne is not in the catalog; did you mean acme, azure?"


def test_the_committed_rows_speak_of_the_catalog_and_go_round_in_no_circle() -> None:
    named = load_replacements(FILE)
    assert list(unknown_names(FILE.parent, named, committed())) == []
    for rows in named.values():
        leads = {row.model: row.instead for row in rows}
        for model in leads:
            reached = {model}
            for _ in range(LONGEST_CHAIN):
                reached = {after for one in reached for after in leads.get(one, ())}
                assert model not in reached
            assert not reached
