"""ended.yml is read whole, and every fault in it names its place."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from generator.curated.ends.reader import load_ends, unknown_providers
from generator.errors import EditError
from tests.catalogs import committed

ROW = """
models:
  - provider: openai
    page: https://example.com/a
    read: 2026-08-20
    ids:
      - {id: Old-1, also: [older], ended: 2024-01-04, instead: [new], quote: 'Old-1 | 2024-01-04'}
      - {id: old-2, version: '0301', deprecated: 2024-01-04, quote: 'old-2'}
"""
APIS = """
apis:
  - {provider: openai, name: an API, page: 'https://e.com', read: 2026-08-20, ended: 2026-08-26, quote: q,
     written: [x.y], beside: [OpenAI], keys: [Api-Version]}
providers:
  - {provider: gone, name: Gone, page: 'https://e.com', read: 2026-08-20, ended: 2026-07-30, quote: q}
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "ended.yml"
    path.write_text(text)
    return path


def test_rows_become_ends(tmp_path: Path) -> None:
    ends = load_ends(written(tmp_path, ROW + APIS))
    assert [(e.provider, e.name, e.version, e.last_day) for e in ends.names] == [
        ("openai", "Old-1", "", date(2024, 1, 4)),
        ("openai", "old-2", "0301", None),
    ]
    assert [name for name, _ in ends.known()] == ["old-1", "older", "old-2"]
    assert (ends.apis[0].beside, ends.apis[0].keys) == (("openai",), ("api-version",))
    assert ends.providers["gone"].last_day == date(2026, 7, 30)
    assert load_ends(tmp_path / "none.yml").names == ()


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (ROW.replace("ended: 2024-01-04, ", ""), "models[0][0]"),
        (ROW.replace("quote: 'old-2'", "quote: ''"), "models[0][1].quote"),
        (ROW.replace("quote: 'old-2'", f"quote: '{'word ' * 40}'"), "models[0][1].quote"),
        (ROW.replace("https://example.com/a", "example.com"), "page must begin with https"),
        (ROW.replace("old-2, version: '0301'", "old-1"), "old-1 at openai stands there twice"),
        (ROW.replace("also: [older]", "also: older"), "also must be a list"),
        (ROW.replace("2026-08-20", "soon"), "read must be a date"),
        (APIS.replace("written: [x.y], ", ""), "apis[0].written"),
        (APIS.replace("quote: q}", "quotes: q}"), "unknown key 'quotes'"),
    ],
)
def test_a_fault_names_its_place(tmp_path: Path, text: str, place: str) -> None:
    with pytest.raises(EditError) as caught:
        load_ends(written(tmp_path, text))
    assert place in str(caught.value)


def test_the_committed_file_is_sound_and_holds_what_is_long_gone() -> None:
    ends = load_ends(Path("docs/catalog/ended.yml"))
    names = {(end.provider, name) for name, end in ends.known()}
    assert {
        ("openai", "text-davinci-003"),
        ("anthropic", "claude-2.1"),
        ("groq", "mixtral-8x7b-32768"),
    } <= names
    assert all(end.read and end.read >= (end.deprecated or date.min) for end in ends.names)


def test_a_provider_that_is_none_is_named(tmp_path: Path) -> None:
    ends = load_ends(written(tmp_path, ROW + APIS))
    assert list(unknown_providers(tmp_path, ends, {"openai"})) == [
        f"{tmp_path / 'ended.yml'}: gone is no provider of the catalog; name one that is, or add it"
    ]
    assert (
        list(unknown_providers(tmp_path, load_ends(Path("docs/catalog/ended.yml")), committed().providers))
        == []
    )
