"""Numbers with what they count."""

from __future__ import annotations

import pytest

from playground.labels.counted import counted


@pytest.mark.parametrize(
    ("number", "text"), [(0, "0 models"), (1, "1 model"), (2, "2 models"), (1204, "1,204 models")]
)
def test_one_is_one_and_all_else_is_several(number: int, text: str) -> None:
    assert counted(number, "model") == text


def test_a_noun_can_have_a_plural_of_its_own() -> None:
    assert counted(2, "entry", "entries") == "2 entries"
