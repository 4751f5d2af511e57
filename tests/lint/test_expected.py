"""`almanac lint` on cuts of true files, against what a person expected of them beforehand."""

from __future__ import annotations

from pathlib import Path

from tests.lint.judging import judged


def test_lint_says_of_true_files_what_a_person_expected() -> None:
    found = judged(Path("tests/lint"))
    print(found.table())
    assert found.precision >= 0.73, found.table()
    assert found.recall >= 0.52, found.table()
