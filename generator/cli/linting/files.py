"""The files to look at: those named, and of folders all but what others wrote and what git ignores.

Nothing there is run, and no link is followed out of the folder that was named.
"""

from __future__ import annotations

import codecs
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.cli.linting.ignored import Ignored
from generator.cli.linting.reading import larger_than, read_within

#: Larger files hold data, not configuration; in bytes.
LARGEST = 1_000_000
#: Folders that hold what others wrote.
SKIPPED = {".git", ".hg", ".svn", "node_modules", ".venv", "venv", "__pycache__", ".tox"}
#: Folders of what was built, where no rules say whether it is.
BUILT = {"dist", "build"}
#: Files that name packages or are made by tools.
MADE = ("package-lock.json", "pnpm-lock.yaml", "yarn.lock", "uv.lock", "poetry.lock", "Cargo.lock", "go.sum")


@dataclass(frozen=True, slots=True)
class TextFile:
    """A file's path as it is named, and its text."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class PassedOver:
    """What was not looked at, and why, in words."""

    path: str
    reason: str


def text_files(paths: Iterable[Path]) -> Iterator[TextFile | PassedOver]:
    """Every file of the paths (- is standard input), or why one is passed over; only texts are files."""
    for path in paths:
        if str(path) == "-":
            yield _standard_input()
        elif path.is_dir():
            yield from _of_folder(path)
        else:
            yield from _of_file(path, follow=True)


def _standard_input() -> TextFile | PassedOver:
    raw = sys.stdin.buffer.read(LARGEST + 1)
    if len(raw) > LARGEST:
        return PassedOver("<stdin>", larger_than(LARGEST))
    return TextFile("<stdin>", _decoded(raw) or "")


def _of_file(path: Path, *, follow: bool) -> Iterator[TextFile | PassedOver]:
    raw = read_within(path, LARGEST, follow=follow)
    if isinstance(raw, str):
        yield PassedOver(path.as_posix(), raw)
    elif (text := _decoded(raw)) is not None:
        yield TextFile(path.as_posix(), text)


def _decoded(raw: bytes) -> str | None:
    """The text of bytes; None where they are none, such as a picture."""
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if raw.startswith(mark):
            return raw.decode(encoding, "replace")
    head = raw[:8192]
    if b"\0" not in head:
        return raw.decode("utf-8-sig", "replace")
    # Windows writes UTF-16 without its mark too: then every other byte of plain letters is nothing.
    for place, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if head[place::2].count(0) > 0.9 * len(head[place::2]) and 0 not in head[1 - place :: 2]:
            return raw.decode(encoding, "replace")
    return None


def _of_folder(top: Path) -> Iterator[TextFile | PassedOver]:
    """The files below a folder, by name, those of a folder before those of the folders in it."""
    inside = os.path.realpath(top)
    ignored = Ignored(Path(inside))
    waiting = [top]
    while waiting:
        folder = waiting.pop()
        real = Path(inside, folder.relative_to(top))
        ignored.enter(real)
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            yield PassedOver(folder.as_posix(), f"cannot be read: {error.strerror or error}")
            continue
        below = []
        for entry in entries:
            path = folder / entry.name
            if entry.is_symlink():
                yield from _of_link(path, inside)
            elif entry.is_dir(follow_symlinks=False):
                skipped = entry.name in SKIPPED or (entry.name in BUILT and not ignored.in_work_tree)
                if not skipped and f"{real / entry.name}{os.sep}" not in ignored:
                    below.append(path)
            elif not entry.name.endswith(MADE) and os.fspath(real / entry.name) not in ignored:
                yield from _of_file(path, follow=False)
        waiting += reversed(below)
    for notice in ignored.notices:
        yield PassedOver(notice.partition(": ")[0], notice.partition(": ")[2])


def _of_link(path: Path, inside: str) -> Iterator[PassedOver]:
    """A link to what is below the folder says nothing new: that is read by its own name."""
    try:
        target = os.path.realpath(path, strict=True)
    except OSError:
        yield PassedOver(path.as_posix(), "is a link that leads nowhere")
        return
    if not Path(target).is_relative_to(inside):
        yield PassedOver(path.as_posix(), "is a link that leads out of the folder")
