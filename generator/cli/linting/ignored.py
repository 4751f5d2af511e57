"""What git would ignore in a folder, read without git.

Git is never asked: a repository's own configuration can make it run commands. The rules of every .gitignore
are plain text, so they are read as such; what could take long to match is passed over.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from generator.cli.linting.reading import read_within

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

#: A file of rules is no larger than this, in bytes.
LARGEST = 100_000
#: So many stars a rule may have in one part of a path, and so many `**`: each multiplies the time to match.
STARS = 3
RULES = ".gitignore"


class Ignored:
    """The rules of a folder and of those above it in the same work tree."""

    def __init__(self, folder: Path) -> None:
        self._rules: dict[str, list[GitIgnoreSpec]] = {}
        self.notices: list[str] = []
        top = _work_tree(folder)
        self.in_work_tree = top is not None
        self._top = os.fspath(top) if top else ""
        if top is None:
            return
        self._add(top, top / ".git" / "info" / "exclude")
        for above in (*reversed(folder.relative_to(top).parents), folder.relative_to(top)):
            if top / above != folder:
                self.enter(top / above)

    def enter(self, folder: Path) -> None:
        """Adds the rules that a folder holds for what is in it."""
        if self.in_work_tree:
            self._add(folder, folder / RULES)

    def __contains__(self, path: str) -> bool:
        """Whether a path (a folder's ends with a slash) is left out, by the rule nearest to it."""
        for above in Path(path).parents if self._rules else ():
            folder = os.fspath(above)
            for rules in reversed(self._rules.get(folder, ())):
                decided = rules.check_file(path[len(folder) :].lstrip(os.sep)).include
                if decided is not None:
                    return decided
            if folder == self._top:
                break
        return False

    def _add(self, folder: Path, file: Path) -> None:
        raw = read_within(file, LARGEST, follow=False)
        if isinstance(raw, str):
            if raw != "is not there":
                self.notices.append(f"the rules of {file}: {raw}")
            return
        rules = raw.decode("utf-8", "replace").splitlines()
        if slow := [rule for rule in rules if _is_slow(rule)]:
            self.notices.append(f"{len(slow)} of the rules of {file}: too many stars")
        from pathspec import GitIgnoreSpec  # many folders have no rules

        spec = GitIgnoreSpec.from_lines(_valid(rule for rule in rules if not _is_slow(rule)))
        self._rules.setdefault(os.fspath(folder), []).append(spec)


def _work_tree(folder: Path) -> Path | None:
    """The top of the work tree that a folder is in, by where its .git stands."""
    for above in (folder, *folder.parents):
        if os.path.lexists(above / ".git"):
            return above
    return None


def _is_slow(rule: str) -> bool:
    return rule.count("**") > STARS or any(
        len(re.findall(r"\*+|\[", part)) > STARS for part in rule.split("/") if part.strip("*")
    )


def _valid(rules: Iterable[str]) -> Iterable[str]:
    """The rules that are ones; git passes over the others too."""
    from pathspec import GitIgnoreSpec

    for rule in rules:
        try:
            GitIgnoreSpec.from_lines([rule])
        except ValueError:
            continue
        yield rule
