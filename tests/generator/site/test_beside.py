"""A site built beside the last one: cut off anywhere, the old one is left or the new one, never half."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.site.detail.beside import beside, finish
from generator.site.detail.build_cache import BuildCache
from tests.projects import tree

OLD = {
    ".nojekyll": b"",
    "index.html": b"old",
    "assets/1/a.js": b"old",
    "models/index.html": b"old",
    "models/a/index.html": b"a",
    "models/a/1/index.html": b"old",
    "models/b/index.html": b"old",
    "models/gone/index.html": b"old",
    "gone.txt": b"old",
}
BUILT = {
    "index.html": b"new",
    "assets/2/a.js": b"new",
    "models/index.html": b"new",
    "models/b/index.html": b"new",
    "models/c/index.html": b"new",
}
STAYS = "models/a/index.html"
NEW = {**BUILT, STAYS: b"a", ".nojekyll": b""}


def put(folder: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def build(site: Path, failure: type[BaseException] | None = None) -> None:
    with beside(site) as built:
        put(built.folder, BUILT)
        built.stays.add(STAYS)
        if failure:
            raise failure


def written(path: Path) -> tuple[int, int]:
    """Which file it is and when it was last written; reading it changes neither."""
    stat = path.stat()
    return stat.st_ino, stat.st_mtime_ns


def test_a_new_site_takes_the_place_of_the_old(tmp_path: Path) -> None:
    site = put(tmp_path / "site", OLD)
    left_alone = written(site / STAYS)
    build(site)
    assert tree(site) == NEW
    assert written(site / STAYS) == left_alone
    with beside(tmp_path / "first") as built:
        put(built.folder, BUILT)
    assert tree(tmp_path / "first") == BUILT


def test_a_build_that_fails_or_is_stopped_changes_nothing(tmp_path: Path) -> None:
    site = put(tmp_path / "site", OLD)
    for failure in (KeyboardInterrupt, OSError):
        with pytest.raises(failure):
            build(site, failure)
        assert tree(site) == OLD


def test_what_a_killed_build_has_left_is_no_part_of_the_next(tmp_path: Path) -> None:
    site = put(tmp_path / "site", OLD)
    put(site / ".almanac", {"new/stray.txt": b"half", "stays.json": b"["})
    build(site)
    assert tree(site) == NEW


def test_a_move_that_was_cut_off_anywhere_is_finished(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each rename in turn is the last: what then lies there becomes the new site."""
    rename, cuts = Path.rename, 0
    while True:
        site, left = put(tmp_path / f"{cuts}", OLD), cuts

        def cut(path: Path, target: Path) -> Path:
            nonlocal left
            if left == 0:
                raise InterruptedError
            left -= 1
            return rename(path, target)

        monkeypatch.setattr(Path, "rename", cut)
        try:
            build(site)
        except InterruptedError:
            monkeypatch.setattr(Path, "rename", rename)
            whole = not (site / ".almanac/new").exists()
            finish(site)
            there = {name: text for name, text in tree(site).items() if not name.startswith(".almanac")}
            assert there == (NEW if whole else OLD)
        else:
            break
        cuts += 1
    assert cuts > 8
    shutil.rmtree(tmp_path)


def test_a_file_that_holds_what_is_to_be_written_is_left(tmp_path: Path) -> None:
    cache = BuildCache(tmp_path, tmp_path / "cache", ["models"])
    first = cache.write({"models/a": b"a", "models/b": b"b"})
    again = cache.write({"models/a": b"a", "models/b": b"c"})
    assert first["models/a"] == again["models/a"]
    assert first["models/b"] != again["models/b"]
    assert (tmp_path / "models/b").read_bytes() == b"c"
