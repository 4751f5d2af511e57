"""confirmed.yml: what a vendor's page says, too, and what is wrong with a row."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from generator.curated.statements.confirmed import CONFIRMED_FILE, Confirmation, load_confirmed
from generator.curated.statements.statement import LONGEST_QUOTE
from generator.errors import EditError
from playground.catalog import Channel
from tests.catalogs import CATALOG

PAGE = """\
- provider: azure
  url: https://example.com/models
  read: 2026-11-01
  rows:
    - models: [acme/one, acme/two]
      channels: [global]
      says: {context_tokens: 200000, price.input: 1.5}
      quote: '| one, two | 200,000 | $1.50 |'
- url: https://example.com/news
  read: 2026-11-02
  rows:
    - models: [acme/one]
      says: {released: '2026-10-01'}
      quote: October 1, 2026
"""


def written(folder: Path, text: str) -> Path:
    path = folder / CONFIRMED_FILE
    path.write_text(text)
    return path


def test_a_row_is_read_for_each_model_with_its_page_and_day(tmp_path: Path) -> None:
    first, second, third = load_confirmed(written(tmp_path, PAGE))
    assert first == Confirmation(
        provider="azure",
        model="acme/one",
        channels=frozenset({Channel.GLOBAL}),
        says={"context_tokens": 200_000, "price.input": Decimal("1.5")},
        quote="| one, two | 200,000 | $1.50 |",
        url="https://example.com/models",
        read=date(2026, 11, 1),
        where="entry 1: rows[0]",
    )
    assert (second.model, third.model, third.provider) == ("acme/two", "acme/one", "")
    assert third.says == {"released": "2026-10-01"}
    assert load_confirmed(tmp_path / "missing.yml") == ()


@pytest.mark.parametrize(
    ("was", "now", "fault"),
    [
        ("[acme/one, acme/two]", "[]", "models must be a list of ids"),
        ("[acme/one, acme/two]", "[one]", "write lab/model"),
        ("[acme/one, acme/two]", "[acme/one, acme/one]", "says context_tokens already; keep one"),
        ("[global]", "[everywhere]", "write a list of direct, "),
        ("[global]", "[]", "write a list of direct, "),
        ("{context_tokens: 200000,", "{context_token: 200000,", "is no field of the catalog"),
        ("{context_tokens: 200000,", "{context_tokens: many,", "is a number, not 'many'"),
        ("{context_tokens: 200000, price.input: 1.5}", "{}", "says must be fields and values"),
        ("| one, two | 200,000 | $1.50 |", "word " * (LONGEST_QUOTE + 1), "words; keep the 25 that say it"),
        ("https://example.com/models", "example.com", "https://"),
        ("  read: 2026-11-01\n", "", "read"),
        ("- provider: azure\n  url", "- url", "channels are a provider's; name it, or leave them out"),
        ("rows:\n    - models: [acme/one]", "rows: none\n  more:\n    - models: [acme/one]", "more"),
    ],
)
def test_what_is_wrong_with_a_row_is_named(tmp_path: Path, was: str, now: str, fault: str) -> None:
    assert was in PAGE
    with pytest.raises(EditError) as refused:
        load_confirmed(written(tmp_path, PAGE.replace(was, now, 1)))
    assert CONFIRMED_FILE in str(refused.value)
    assert fault in str(refused.value)


def test_every_page_that_was_read_is_a_vendor_s_and_not_one_of_a_source() -> None:
    """Who copies others' pages is a source of its own, and no second witness beside itself."""
    copiers = ("litellm", "models.dev", "openrouter.ai", "artificialanalysis", "pypi", "npmjs")
    pages = {page.url for page in load_confirmed(CATALOG / CONFIRMED_FILE)}
    assert not [url for url in pages if any(copier in url for copier in copiers)]
