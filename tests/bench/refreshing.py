"""How long a refresh of every pinned source takes, and `almanac lint` over ten thousand files."""

from __future__ import annotations

import os
import random
import shutil
import tempfile
from pathlib import Path

from tests.bench.report import middle, table, timed

ROUNDS = int(os.environ.get("ROUNDS", "5"))
CATALOG = Path("docs/catalog")
FILES, LINES = 10_000, 100

REPORT = """A refresh reads every pinned source, parses, reconciles, holds what smells, compares with the
catalog before it and writes; the packages lie in the cache. `almanac lint` reads {files:,} files of {lines}
lines ({megabytes:.0f} MB), of which one in fifty names a model. Medians of {rounds}, with starting Python.

{rows}"""


def measured() -> str:
    """The table, from processes of their own."""
    with tempfile.TemporaryDirectory() as folder:
        catalog = Path(shutil.copytree(CATALOG, Path(folder) / "catalog"))
        refreshes = [timed("refresh", "--pinned", "--catalog", str(catalog)) for _ in range(ROUNDS)]
        project = Path(folder) / "project"
        size = _project(project)
        lints = [timed("lint", str(project), "--never-fail") for _ in range(ROUNDS)]
    rows = [
        [name, f"{middle([s for s, _ in runs]):.1f}", f"{middle([mb for _, mb in runs]):.0f}"]
        for name, runs in (("`almanac refresh --pinned`", refreshes), ("`almanac lint`", lints))
    ]
    return REPORT.format(
        files=FILES,
        lines=LINES,
        megabytes=size / 1e6,
        rounds=ROUNDS,
        rows=table(["Command", "Seconds", "MB at most"], rows),
    )


def _project(folder: Path) -> int:
    """Source files made of this project's own lines; their size in bytes."""
    dice = random.Random(1)
    lines = Path("generator/site/plugin.py").read_text("utf-8").splitlines()
    size = 0
    for i in range(FILES):
        path = folder / f"part{i // 200}" / f"file{i}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        named = '\nmodel = "gpt-4o-2024-05-13"' if i % 50 == 0 else ""
        text = "\n".join(dice.choice(lines) for _ in range(LINES)) + named
        path.write_text(text, "utf-8")
        size += len(text)
    return size
