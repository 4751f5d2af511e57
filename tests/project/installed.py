"""The packages that are installed here: what others need of them, and links to them."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name


def needed(wanted: Iterable[Requirement]) -> set[str]:
    """The packages that requirements bring on this machine, by name."""
    waiting, seen, names = list(wanted), set[tuple[str, frozenset[str]]](), set[str]()
    while waiting:
        one = waiting.pop()
        name = canonicalize_name(one.name)
        if (name, frozenset(one.extras)) in seen:
            continue
        seen.add((name, frozenset(one.extras)))
        names.add(name)
        for text in distribution(name).requires or ():
            more = Requirement(text)
            if not more.marker or any(more.marker.evaluate({"extra": e}) for e in (*one.extras, "")):
                waiting.append(more)
    return names


def link(names: Iterable[str], packages: Path) -> None:
    """Give another environment of the same Python these packages, as links to their folders and files."""
    for name in names:
        here = distribution(name)
        tops = {path.parts[0] for path in here.files or ()} - {"..", "__pycache__"}
        assert tops, f"{name} does not say which files it has"
        for top in tops:
            place = packages / top
            if not place.is_symlink():
                place.symlink_to(Path(str(here.locate_file(top))).resolve())
