"""A file that takes the place of another once it is whole: what fails midway leaves the old one.

A link stays, and what it names is written; rights stay. A pipe or a device can have no file in its place, and
is written to.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from generator.errors import SetupError

_KINDS = {
    stat.S_IFBLK: "a device",
    stat.S_IFCHR: "a device",
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
}
#: What lies here is the system's, also where it looks like a file, as standard output does.
_SYSTEM = ("/dev/", "/proc/")


@contextmanager
def in_place_of(path: Path) -> Iterator[BinaryIO]:
    """What is written takes the place of that file at the end. Raises SetupError where that cannot be."""
    kind = kind_of(path)
    if kind == "a folder":
        raise SetupError(f"{path} is a folder; name a file in it")
    try:
        with path.open("wb") if kind else _whole(Path(os.path.realpath(path))) as file:
            yield file
    except OSError as error:
        otherwise = "" if kind else "; what it held is unchanged"
        raise SetupError(f"{path}: could not be written ({error.strerror or error}){otherwise}") from error


@contextmanager
def _whole(target: Path) -> Iterator[BinaryIO]:
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        take_place(part, target)
    finally:
        part.unlink(missing_ok=True)


def take_place(part: Path, target: Path) -> None:
    """Put a file in the place of another, with that one's rights."""
    with suppress(FileNotFoundError):
        shutil.copymode(target, part)
    part.replace(target)


def replace_file(path: Path, content: bytes) -> None:
    """Write a file whole or not at all. Raises SetupError where the disk is full or forbids it."""
    with in_place_of(path) as file:
        file.write(content)


def kind_of(path: Path) -> str:
    """What lies there that is no regular file, as "a pipe"; empty for a file, or where nothing lies.

    Raises SetupError where that cannot be told, as of links that lead in a circle.
    """
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise SetupError(f"{path}: could not be written ({error.strerror or error})") from error
    if stat.S_ISREG(mode):
        return "a file of the system" if str(path.absolute()).startswith(_SYSTEM) else ""
    return _KINDS.get(stat.S_IFMT(mode), "no regular file")


def regular(path: Path) -> Path:
    """A file that is read more than once, or what a link to it names. Raises SetupError for anything else."""
    if kind := kind_of(path):
        raise SetupError(f"{path} is {kind}, which cannot be read again; name a file instead")
    return Path(os.path.realpath(path))
