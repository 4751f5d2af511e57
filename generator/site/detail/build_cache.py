"""What the last build left in the site: a page made of the same inputs is left alone, not made again.

MkDocs empties the site before it builds, but for hidden entries. So the folders of the generated pages
are renamed into a hidden one first, and back once MkDocs is done; where the site is built beside the last
one (beside.py), they stay where they are. A page counts as right only if its inputs are the same and its
files are there just as they were left; all others are made. In the end everything in those folders that
neither MkDocs nor this build put there goes.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

#: Hidden, so that MkDocs leaves it alone; in the site, so that a rename stays on one disk.
ASIDE = ".almanac"


#: Name in the site → the size and time by which a file is known again.
type Stamps = Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class LastBuild:
    """A page in the site: the hash of its inputs, its anchors, where it links to (path, fragment)."""

    key: str
    anchors: frozenset[str]
    links: frozenset[tuple[str, str]]
    #: The addresses of the pages with the other rows of its long tables.
    continued: frozenset[str] = frozenset()


class BuildCache:
    """The pages of the last build of this site; `folder` is where they are noted, `tops` hold them.

    `last` is the last build's folder, where that is another than `site`; `left` are the names of the files
    that are right as they are. Between builds of one process, `keep_on` stands in for the note.
    """

    def __init__(self, site: Path, folder: Path, tops: Iterable[str], last: Path | None = None) -> None:
        self._site = site
        self._last = last or site
        self.left: set[str] = set()
        self._aside = site / ASIDE
        self._tops = tuple(tops)
        self._state = note_of("pages", self._last, folder)
        self._old = _read(self._state)
        self._new: dict[str, Any] = {}
        self._wanted: set[str] = set()
        self.made = 0

    def keep_on(self) -> None:
        """What was made since is now the last build."""
        self._old, self._new, self._wanted, self.made = {**self._old, **self._new}, {}, set(), 0

    def set_aside(self) -> None:
        """Save the pages from being emptied with the site.

        Those that a build which was cut off had saved stay saved.
        """
        for top in self._tops:
            saved = self._aside / top
            if not saved.exists() and (self._site / top).is_dir():
                saved.parent.mkdir(parents=True, exist_ok=True)
                (self._site / top).rename(saved)

    def restore(self) -> None:
        """Put the saved pages below those that MkDocs has just made."""
        for top in self._tops:
            fresh, saved = self._site / top, self._aside / top
            made = [p for p in fresh.rglob("*") if p.is_file()]
            self._wanted |= {p.relative_to(self._site).as_posix() for p in made}
            if not saved.is_dir():
                continue
            for path in made:
                target = saved / path.relative_to(fresh)
                target.parent.mkdir(parents=True, exist_ok=True)
                path.replace(target)
            shutil.rmtree(fresh, ignore_errors=True)
            saved.rename(fresh)
        shutil.rmtree(self._aside, ignore_errors=True)

    def take(self, path: str, key: str) -> LastBuild | None:
        """The page, where what lies in the site is still what `key` says; None where it must be made."""
        try:
            old_key, files, anchors, links, continued = self._old[path]
            if old_key != key or any(stamp(self._last / n) != tuple(files[n]) for n in files):
                return None
            left = LastBuild(
                key=key,
                anchors=frozenset(anchors),
                links=frozenset((p, f) for p, f in links),
                continued=frozenset(continued),
            )
        except (KeyError, ValueError, TypeError, OSError):
            return None
        self._new[path] = self._old[path]
        self._wanted |= set(files)
        self.left |= set(files)
        return left

    def write(self, files: Mapping[str, bytes]) -> Stamps:
        """Write a page's files, which are named from the site's root; one that is there already is left."""
        stamps = {}
        for name, content in files.items():
            target = self._site / name
            # Writing over a file is slow: some file systems wait for the disk then.
            if not holds(target, content):
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)
            stamps[name] = stamp(target)
        return stamps

    def put(self, path: str, left: LastBuild, stamps: Stamps) -> None:
        """Note a page that was made and written."""
        self._new[path] = [
            *(left.key, stamps, sorted(left.anchors), sorted(left.links), sorted(left.continued))
        ]
        self._wanted |= set(stamps)
        self.made += bool(left.key)

    def prune(self) -> None:
        """Remove what is no page any more."""
        for top in self._tops:
            for folder, _, names in os.walk(self._site / top, topdown=False):
                place = Path(folder)
                for name in names:
                    if (place / name).relative_to(self._site).as_posix() not in self._wanted:
                        (place / name).unlink()
                if not any(place.iterdir()):
                    place.rmdir()

    def note(self) -> str:
        """Note what is there; what went wrong with that, which only costs the next build time."""
        try:
            write_note(self._state, self._new)
        except OSError as error:
            return str(error)
        return ""


def note_of(what: str, site: Path, folder: Path) -> Path:
    """The file in `folder` where a build of this site notes something for the next."""
    name = hashlib.sha256(str(site.absolute()).encode()).hexdigest()[:12]
    return folder / f"{what}-{name}.json"


def write_note(path: Path, note: Any) -> None:
    """Write it whole or not at all. Raises OSError."""
    part = path.with_suffix(f".{os.getpid()}.part")
    try:
        part.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(json.dumps(note), "utf-8")
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise


def _read(path: Path) -> dict[str, Any]:
    try:
        pages = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return pages if isinstance(pages, dict) else {}


def holds(path: Path, content: bytes) -> bool:
    """Whether a file is there and has this content."""
    try:
        return path.stat().st_size == len(content) and path.read_bytes() == content
    except OSError:
        return False


def stamp(path: Path) -> tuple[int, int]:
    """By what a file is known again: its size and when it was written, in nanoseconds."""
    status = path.stat()
    return status.st_size, status.st_mtime_ns
