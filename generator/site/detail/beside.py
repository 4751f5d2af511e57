"""A site is built beside the one that is there, and takes its place once it is whole.

What is built lies in a hidden folder of the site, so that moving it is renaming, and hidden entries that
others put there stay. Pages that are left as they were are not moved at all. In the end the list of what
stays is written and the folder gets another name: a build that is cut off before that changes nothing, and
one that is cut off after it is finished by the next.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Set
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from generator.site.detail.build_cache import ASIDE

#: In the hidden folder: what is being built; the same once it is whole; once the old site has made room for
#: it; what is taken away; the names of what stays.
NEW, WHOLE, MOVING, OLD, STAYS = "new", "whole", "moving", "old", "stays.json"


@dataclass(frozen=True, slots=True)
class Beside:
    """What is being built in `folder`; `stays` names the files of the site that go on as they are."""

    folder: Path
    stays: set[str] = field(default_factory=set)


@contextmanager
def beside(site: Path) -> Iterator[Beside]:
    """A folder that becomes the site in the end; where anything goes wrong, the site is as it was."""
    finish(site)
    aside = site / ASIDE
    _empty(aside)
    built = Beside(aside / NEW)
    built.folder.mkdir(parents=True)
    try:
        yield built
        (aside / STAYS).write_text(json.dumps(sorted(built.stays)), "utf-8")
    except BaseException:
        _empty(aside)
        raise
    built.folder.rename(aside / WHOLE)
    finish(site)


def finish(site: Path) -> None:
    """Let a whole new site take the place of the old, where there is one; again where that was cut off."""
    aside = site / ASIDE
    whole, moving = aside / WHOLE, aside / MOVING
    if not (whole.is_dir() or moving.is_dir()):
        return
    stays = frozenset(json.loads((aside / STAYS).read_text("utf-8")))
    # Only these folders are gone through: any other is renamed with all that is in it.
    mixed = frozenset(folder for name in stays for folder in _above(name))
    if whole.is_dir():
        _take_away(site, stays, mixed, "")
        whole.rename(moving)
    _move_in(site, mixed, "")
    _empty(aside)


def _take_away(site: Path, stays: Set[str], mixed: Set[str], folder: str) -> None:
    """Take out of the site what neither stays nor is replaced."""
    for path in [*(site / folder).iterdir()]:
        name = f"{folder}{path.name}"
        if name in mixed:
            _take_away(site, stays, mixed, f"{name}/")
        elif name not in stays and not (site / ASIDE / WHOLE / name).exists() and not name.startswith("."):
            _rename(path, site / ASIDE / OLD / name)


def _move_in(site: Path, mixed: Set[str], folder: str) -> None:
    for path in [*(site / ASIDE / MOVING / folder).iterdir()]:
        name = f"{folder}{path.name}"
        if name in mixed:
            _move_in(site, mixed, f"{name}/")
            continue
        if (site / name).exists():
            _rename(site / name, site / ASIDE / OLD / name)
        path.rename(site / name)


def _rename(path: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    path.rename(target)


def _above(name: str) -> Iterator[str]:
    while name := name.rpartition("/")[0]:
        yield name


def _empty(aside: Path) -> None:
    """Remove what builds put there, the list last: without it nothing can be finished."""
    for name in (NEW, OLD, WHOLE, MOVING):
        shutil.rmtree(aside / name, ignore_errors=True)
    (aside / STAYS).unlink(missing_ok=True)
