"""A release is refused where tag, version and changelog say different things."""

from __future__ import annotations

import pytest

from tests.release import CHANGELOG, notes, version

TEXT = """# Changelog

## Unreleased

- Next.

## 1.2.0 - 2026-11-26

- This.

## 1.1.0 - 2026-01-01

- Old.
"""


def test_the_notes_are_those_of_the_version() -> None:
    assert notes("v1.2.0", "1.2.0", TEXT) == "- This.\n"
    assert notes("v1.1.0", "1.1.0", TEXT) == "- Old.\n"


@pytest.mark.parametrize(
    ("tag", "number", "says"),
    [
        ("v1.2.1", "1.2.0", "it wants v1.2.0"),
        ("1.2.0", "1.2.0", "it wants v1.2.0"),
        ("v1.3.0", "1.3.0", "nothing under '## 1.3.0 - YYYY-MM-DD'"),
        ("v1.2", "1.2", "nothing under '## 1.2 - YYYY-MM-DD'"),
    ],
)
def test_what_does_not_fit_is_said(tag: str, number: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        notes(tag, number, TEXT)


def test_the_changelog_is_kept_by_release() -> None:
    changelog = CHANGELOG.read_text("utf-8")
    assert "\n## Unreleased\n" in changelog
    assert notes(f"v{version()}", version(), changelog)
