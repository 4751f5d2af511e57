"""Which files are looked at: what others' tools were reported to get wrong."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.cli.linting.files import PassedOver, TextFile, text_files

TEXT = "MODEL=gpt-4o\n"


def made(folder: Path, **files: str) -> None:
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_py", ".py")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def looked_at(*paths: str) -> list[str]:
    return [one.path for one in text_files(map(Path, paths)) if isinstance(one, TextFile)]


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "tree/.git/info").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "tree")
    return tmp_path / "tree"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_text_is_read_as_windows_writes_it(tree: Path, encoding: str) -> None:
    (tree / ".env").write_bytes(TEXT.encode(encoding))
    assert list(text_files([Path(".env")])) == [TextFile(".env", TEXT)]


def test_a_picture_is_no_text(tree: Path) -> None:
    (tree / "a.png").write_bytes(b"\x89PNG\0\0\0\rIHDR" + bytes(range(256)))
    assert list(text_files([Path("a.png")])) == []


@pytest.mark.parametrize(
    ("rules", "left"),
    [
        # https://github.com/astral-sh/ruff/issues/8753
        ("*\n!/src/\n!/src/**\n", ["src/a.py", "src/log/b.py"]),
        # https://github.com/astral-sh/ruff/issues/13692
        ("log\n", ["o.py", "src/a.py"]),
        ("src/log\n", ["o.py", "log/c.py", "src/a.py"]),
        # https://github.com/BurntSushi/ripgrep/issues/2770
        ("**/log/*\n", ["o.py", "src/a.py"]),
        ("# nothing\n\n\\#x\n", ["o.py", "log/c.py", "src/a.py", "src/log/b.py"]),
    ],
)
def test_rules_hold_as_git_reads_them(tree: Path, rules: str, left: list[str]) -> None:
    made(tree, o_py=TEXT, log__c_py=TEXT, src__a_py=TEXT, src__log__b_py=TEXT)
    (tree / ".gitignore").write_text(rules)
    assert [path for path in looked_at(".") if path.endswith(".py")] == left
    below = [path for path in left if path.startswith("src/")]
    assert [path for path in looked_at("src") if path.endswith(".py")] == below


def test_a_folder_that_is_left_out_is_not_entered_unless_it_is_named(tree: Path) -> None:
    """As git does: https://github.com/BurntSushi/ripgrep/issues/1654."""
    made(tree, o_py=TEXT, src__a_py=TEXT)
    (tree / ".gitignore").write_text("*\n!*.py\n")
    assert looked_at(".") == ["o.py"]
    assert looked_at("src") == ["src/a.py"]


def test_the_nearest_rules_go_first_and_a_file_that_is_named_is_read(tree: Path) -> None:
    made(tree, src__a_py=TEXT, src__b_py=TEXT)
    (tree / ".git/info/exclude").write_text("b.py\n")
    (tree / ".gitignore").write_text("*.py\n")
    (tree / "src/.gitignore").write_text("!a.py\n")
    assert [path for path in looked_at(".") if path.endswith(".py")] == ["src/a.py"]
    assert looked_at("src/b.py") == ["src/b.py"]


def test_rules_that_are_a_link_or_too_large_are_said(tree: Path) -> None:
    made(tree, a_py=TEXT)
    (tree / ".gitignore").symlink_to("a.py")
    (tree / ".git/info/exclude").write_text("x\n" * 60_000)
    reasons = [one.reason for one in text_files([Path()]) if isinstance(one, PassedOver)]
    assert reasons == ["is larger than 100 kB", "is a link"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_what_cannot_be_read_is_said(tree: Path) -> None:
    made(tree, a_py=TEXT)
    (tree / "a.py").chmod(0)
    assert list(text_files([Path("a.py")])) == [PassedOver("a.py", "cannot be read: Permission denied")]
