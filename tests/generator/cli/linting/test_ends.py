"""What vendors' pages say of ends, kept in the user's cache: it counts only for the same file and code."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.cli.linting import ends
from generator.cli.linting.ends import ends_of
from generator.curated.ends import ENDED_FILE
from generator.curated.ends.reader import load_ends
from generator.errors import EditError
from playground.lifecycle.ended import Ends
from tests.projects import ROOT

COMMITTED = ROOT / "docs" / "catalog"
ONE = """models:
  - provider: openai
    page: https://example.com/ended
    read: 2026-11-20
    ids:
      - {id: gpt-old, ended: 2026-01-01, quote: gpt-old ended}
"""


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[Path]:
    """The files whose YAML is read; the cache is one of the test's own."""
    read: list[Path] = []

    def noted(path: Path) -> Ends:
        read.append(path)
        return load_ends(path)

    monkeypatch.setattr(ends, "_read", noted)
    monkeypatch.setenv("ALMANAC_CACHE", str(tmp_path / "cache"))
    return read


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "catalog"
    made.mkdir()
    (made / ENDED_FILE).write_text(ONE)
    return made


def test_the_committed_file_is_read_once_and_says_the_same_from_its_copy(reads: list[Path]) -> None:
    first = ends_of(COMMITTED)
    assert first == load_ends(COMMITTED / ENDED_FILE) == ends_of(COMMITTED)
    assert len(reads) == 1


def test_another_content_is_read_though_size_and_time_are_the_same(reads: list[Path], folder: Path) -> None:
    before = (folder / ENDED_FILE).stat()
    assert [end.name for end in ends_of(folder).names] == ["gpt-old"]
    (folder / ENDED_FILE).write_text(ONE.replace("gpt-old", "gpt-odd"))
    os.utime(folder / ENDED_FILE, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert [end.name for end in ends_of(folder).names] == ["gpt-odd"]
    assert len(reads) == 2


def test_other_code_reads_the_file_again(
    reads: list[Path], folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ends_of(folder)
    code = tmp_path / "code"
    code.mkdir()
    (code / "reader.py").write_text("")
    monkeypatch.setattr(ends, "_CODE", (code,))
    ends_of(folder)
    (code / "reader.py").write_text("changed")
    ends_of(folder)
    ends_of(folder)
    assert len(reads) == 3


def test_a_damaged_copy_counts_for_nothing(reads: list[Path], folder: Path, tmp_path: Path) -> None:
    whole = ends_of(folder)
    (copy,) = (tmp_path / "cache" / "ends").iterdir()
    raw = copy.read_bytes()
    for wrong in (b"", raw[:-1], raw.replace(b"gpt-old", b"gpt-odd"), b"x" + raw[1:]):
        copy.write_bytes(wrong)
        assert ends_of(folder) == whole
    assert len(reads) == 5


def test_a_cache_that_cannot_be_written_is_done_without(
    reads: list[Path], folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "cache").write_text("a file where the folder would be")
    assert ends_of(folder) == ends_of(folder) == load_ends(folder / ENDED_FILE)
    assert len(reads) == 2


def test_what_is_wrong_with_the_file_is_an_error_each_time_and_never_kept(
    reads: list[Path], folder: Path
) -> None:
    ends_of(folder)
    (folder / ENDED_FILE).write_text(ONE.replace("ended:", "eded:"))
    for _ in range(2):
        with pytest.raises(EditError, match="unknown key 'eded'"):
            ends_of(folder)


def test_a_catalog_without_the_file_has_no_ends(reads: list[Path], tmp_path: Path) -> None:
    assert ends_of(tmp_path) == Ends()
