"""The packed copy for `almanac choose`: it counts only while it is whole and the catalog is as it was."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator import store
from generator.store import copies as kept
from generator.store import packed_copy
from generator.store.packed_copy import load_packed
from playground.catalog import Catalog
from playground.catalog.packed import pack
from tests.projects import ROOT, put_part
from tests.rounds import nightly

HOUR_AGO = 1_700_000_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A catalog that was written long ago."""
    made = tmp_path / "catalog"
    put_part(made, "openai", "xai")
    for path in made.rglob("*"):
        os.utime(path, (HOUR_AGO, HOUR_AGO))
    return made


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The folders whose catalogs are read whole."""
    read: list[Path] = []

    def noted(folder: Path) -> Catalog:
        read.append(folder)
        return store.load(folder)

    monkeypatch.setattr(packed_copy, "load", noted)
    return read


def plain(catalog: Catalog) -> Any:
    return pack(catalog, "", "", names={}, calls={})


def copies(cache: Path) -> list[Path]:
    return sorted(cache.rglob("*.*"))


def test_the_second_time_the_copy_answers(folder: Path, cache: Path, reads: list[Path]) -> None:
    first = load_packed(folder, cache)
    assert len(copies(cache)) == 1
    second = load_packed(folder, cache)
    assert reads == [folder]
    assert plain(first) == plain(second) == plain(store.load(folder))


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda raw: b"",
    "cut off": lambda raw: raw[: len(raw) // 2],
    "only its head": lambda raw: raw[:64],
    "something else": lambda raw: b"{}" * 50,
    "a digit changed": lambda raw: raw.replace(b"1.25", b"1.26", 1),
    "a state of another time": lambda raw: bytes(32) + raw[32:],
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_copy_is_left_and_replaced(
    folder: Path, cache: Path, reads: list[Path], damage: str
) -> None:
    load_packed(folder, cache)
    (copy,) = copies(cache)
    good = copy.read_bytes()
    assert DAMAGES[damage](good) != good
    copy.write_bytes(DAMAGES[damage](good))
    assert plain(load_packed(folder, cache)) == plain(store.load(folder))
    assert len(reads) == 2
    assert copy.read_bytes() == good


def test_a_changed_catalog_is_read_again_even_with_its_size_and_day_as_they_were(
    folder: Path, cache: Path, reads: list[Path]
) -> None:
    load_packed(folder, cache)
    path = folder / "offerings" / "openai.json"
    was, now = (b'"price.input":{"value":0.%d' % tenth for tenth in (4, 7))
    path.write_bytes(path.read_bytes().replace(was, now))
    os.utime(path, (HOUR_AGO, HOUR_AGO))
    changed = load_packed(folder, cache)
    assert len(reads) == 2
    ada = next(o for o in changed.offerings if o.key == "openai/direct/openai/ada")
    assert str(ada.value("price.input")) == "0.7"
    assert len(copies(cache)) == 1
    load_packed(folder, cache)
    assert len(reads) == 2


def test_a_catalog_that_changed_just_now_is_not_kept(
    folder: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.utime(folder / "models.json", (HOUR_AGO, HOUR_AGO + 100))
    monkeypatch.setattr(packed_copy.time, "time", lambda: HOUR_AGO + 101.0)
    load_packed(folder, cache)
    assert copies(cache) == []


def test_two_catalogs_have_a_copy_each(folder: Path, cache: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    put_part(other, "xai")
    for path in other.rglob("*"):
        os.utime(path, (HOUR_AGO, HOUR_AGO))
    for _ in range(2):
        assert {o.provider for o in load_packed(other, cache).offerings} == {"xai"}
        assert {o.provider for o in load_packed(folder, cache).offerings} == {"openai", "xai"}
    assert len(copies(cache)) == 2


def test_few_copies_stay_the_newest(folder: Path, cache: Path) -> None:
    (cache / "packed").mkdir(parents=True)
    for day in range(2 * kept.MOST):
        left = cache / "packed" / f"{day:016x}.json.{day}.part"
        left.write_text("left by one that was killed")
        os.utime(left, (HOUR_AGO + day, HOUR_AGO + day))
    load_packed(folder, cache)
    assert len(copies(cache)) == kept.MOST
    assert len(list(cache.rglob("*.json"))) == 1
    assert f"{2 * kept.MOST - 1:016x}" in {p.name.partition(".")[0] for p in copies(cache)}


def test_a_cache_that_cannot_be_written_changes_nothing(folder: Path, cache: Path, reads: list[Path]) -> None:
    cache.write_text("no folder")
    for _ in range(2):
        assert plain(load_packed(folder, cache)) == plain(store.load(folder))
    assert len(reads) == 2
    assert cache.read_text() == "no folder"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_cache_without_the_right_to_write_changes_nothing(folder: Path, cache: Path) -> None:
    (cache / "packed").mkdir(parents=True)
    (cache / "packed").chmod(0o500)
    try:
        assert plain(load_packed(folder, cache)) == plain(store.load(folder))
        assert copies(cache) == []
    finally:
        (cache / "packed").chmod(0o700)


CHOOSE = ("choose", "--must", "tool_calls", "--requests", "10000", "--on", "2026-11-26")


def start(folder: Path, cache: Path, *more: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "generator.cli", *CHOOSE, "--catalog", str(folder), *more],
        env={**os.environ, "ALMANAC_CACHE": str(cache), "PYTHONPATH": str(ROOT), "COLUMNS": "160"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@nightly("test_a_damaged_copy_is_left_and_replaced")
def test_several_at_once_answer_alike_and_leave_one_whole_copy(folder: Path, cache: Path) -> None:
    at_once = [start(folder, cache) for _ in range(4)]
    answers = {process.communicate() for process in at_once}
    assert [process.returncode for process in at_once] == [0, 0, 0, 0]
    assert len(answers) == 1
    (copy,) = copies(cache)
    good = copy.read_bytes()
    warm = start(folder, cache)
    assert {warm.communicate()} == answers
    assert copy.read_bytes() == good
    without = start(folder, cache / "other")
    assert {without.communicate()} == answers


def test_a_user_without_a_home_is_answered_too(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from click.testing import CliRunner

    from generator.cli import cli

    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("ALMANAC_CACHE", raising=False)
    monkeypatch.setattr(Path, "home", homeless)
    result = CliRunner().invoke(cli, [*CHOOSE, "--catalog", str(folder)])
    assert result.exit_code == 0, result.output


def test_what_cites_its_sources_does_not_ask_the_copy(folder: Path, cache: Path) -> None:
    start(folder, cache).communicate()
    said, _ = start(folder, cache, "--json").communicate()
    assert '"by"' in said
    record, _ = start(folder, cache, "--record").communicate()
    assert "https://" in record
