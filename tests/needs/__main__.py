"""Which verdicts the committed catalog moves: `python -m tests.needs`.

`--freeze` keeps the committed catalog as the new measure, or with a folder behind it the one that lies there:
`git archive COMMIT docs/catalog | tar -x -C there`, then `--freeze there/docs/catalog`, remakes an old one.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from tests.catalogs import CATALOG, abilities, committed
from tests.needs.judging import Verdict, freeze, frozen, verdicts


def word(verdict: Verdict) -> str:
    """A verdict in a word."""
    if verdict.never:
        return "NEVER"
    return "listed" if verdict.listed else "by the expert's condition" if verdict.stated else "undecided"


def moves() -> Iterator[str]:
    """A line for each need whose first has moved since the catalog was frozen, and the sums."""
    for name in ("needs.yml", "later.yml"):
        then = list(verdicts(name, *frozen()))
        now = list(verdicts(name, committed(), abilities()))
        for a, b in zip(then, now, strict=True):
            if a.first != b.first:
                yield f"{b.need}: {a.first or 'nobody'} ({word(a)}) → {b.first or 'nobody'} ({word(b)})"
        for when, all_of in (("frozen", then), ("today", now)):
            right, never = sum(v.right for v in all_of), sum(v.never for v in all_of)
            yield f"{name}, {when}: {right} of {len(all_of)} right, {never} that may never be"


if __name__ == "__main__":
    if "--freeze" in sys.argv:
        freeze(Path(sys.argv[2]) if len(sys.argv) > 2 else CATALOG)
    sys.stdout.write("\n".join(moves()) + "\n")
