"""`almanac lint` on cuts of true files, against what a person expected of them beforehand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.lint.judging import judged
from tests.rounds import sampled


@sampled(2)
@pytest.mark.parametrize(
    "folder", ["tests/lint", "tests/lint/second", "tests/lint/third", "tests/lint/fourth", "tests/lint/fifth"]
)
def test_lint_says_of_true_files_what_a_person_expected(folder: str) -> None:
    found = judged(Path(folder))
    print(found.table())  # noqa: T201 (the figures, for whoever asks pytest to show them: -s)
    assert found.precision >= 0.95, found.table()
    assert found.recall >= 0.95, found.table()
