"""No source without a fixture in its real file's shape, with the address and the day of the copy."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from generator.ledger.refresh.source_reading import parse, read_scores
from generator.sources import ALL, BY_ID, Scores, Source
from tests.generator.sources.fixtures import COPIES, FIXTURES, raw_of

ROWS = {row.id: row for row in ALL}
#: Whose real pages hold rows or notes that no field takes; their fixtures keep some, and name them as unread.
WITH_UNREAD = {"openai-models", "openai-deprecations", "epoch-models"}


def known_places(row: Source | Scores) -> set[str]:
    """Where a source's real file is: its address, or the files of its package."""
    return {row.live.url, *(row.pin.files if row.pin else ())}


def test_every_source_has_a_fixture_and_every_fixture_a_row() -> None:
    assert sorted({row["source"] for row in COPIES}) == sorted(ROWS)
    listed = [row["fixture"] for row in COPIES]
    assert len(listed) == len(set(listed))
    assert {path.name for path in FIXTURES.iterdir()} == {"copies.yml", *listed}


@pytest.mark.parametrize("copy", COPIES, ids=lambda copy: copy["fixture"])
def test_a_fixture_says_of_which_file_it_is_a_copy_and_of_which_day(copy: dict[str, Any]) -> None:
    assert sorted(copy) == ["day", "fixture", "of", "source"]
    assert copy["of"] in known_places(ROWS[copy["source"]]), "the source has moved: copy its file anew"
    assert isinstance(copy["day"], date)
    assert date(2026, 1, 1) < copy["day"] <= datetime.now(UTC).date()


@pytest.mark.parametrize("copy", COPIES, ids=lambda copy: copy["fixture"])
def test_a_fixture_is_read_and_nothing_else_in_it_is_unread(copy: dict[str, Any]) -> None:
    row, raw = ROWS[copy["source"]], raw_of(copy["fixture"])
    if isinstance(row, Scores):
        scores, _ = read_scores(row, raw)
        assert scores
        return
    read = parse(row, raw)
    assert sum(record.rows for record in read if not record.left_out) > 0
    assert any(record.unread for record in read) == (row.id in WITH_UNREAD)


def test_what_a_source_is_read_by_is_called_as_it_is() -> None:
    assert {name: row.parse.__module__.rpartition(".")[2] for name, row in BY_ID.items()} == {
        name: name.replace("-", "_") for name in BY_ID
    }
