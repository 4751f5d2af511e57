"""How long the committed catalog's site takes to build, ready to deploy, and what a browser is sent of it."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path

from generator.site.hosting.artefact import MANIFEST
from tests.bench.report import middle, table, timed

ROUNDS = int(os.environ.get("ROUNDS", "3"))

REPORT = """`almanac build --strict` of this repository: playground, feeds, data, everything compressed beside
itself; what is named by its content with the most effort, once, then kept in `.cache/`. *Again* is a build
where nothing changed. Medians of {rounds}, with starting Python.

{times}

What a browser is sent, in kB:

{sizes}"""


def measured() -> str:
    """The tables, from a site of their own."""
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        _built(site)  # so that what is kept is there
        cold, plain = [], []
        for n in range(ROUNDS):
            cold.append(_built(Path(folder) / f"cold{n}"))
            plain.append(_built(Path(folder) / f"plain{n}", "--no-compress"))
        again = [_built(site) for _ in range(ROUNDS)]
        files = json.loads((site / MANIFEST).read_text("utf-8"))["files"]
        times = [
            [name, f"{middle([s for s, _ in runs]):.0f}", f"{middle([mb for _, mb in runs]):.0f}"]
            for name, runs in (
                ("from nothing, not compressed", plain),
                ("from nothing", cold),
                ("again", again),
            )
        ]
        sizes = [
            [what, *_sent(site, [n for n in files if n.startswith(start) and n.endswith(end)], one=one)]
            for what, start, end, one in (
                ("a model's page (the middle one)", "models/", "index.html", True),
                ("a model's JSON (the middle one)", "catalog/v1/models/", ".json", True),
                ("all offerings as CSV", "catalog/v1/offerings.csv", "", False),
                ("the playground's Python", "assets/runtime/", "", False),
                ("the whole site", "", "", False),
            )
        ]
    return REPORT.format(
        rounds=ROUNDS,
        times=table(["Build", "Seconds", "MB at most"], times),
        sizes=table(["What", "plain", "gzip", "Brotli"], sizes),
    )


def _sent(site: Path, names: list[str], *, one: bool) -> list[str]:
    """Plain, gzip and Brotli bytes: of all these files, or of the one in the middle by size."""
    if one:
        names = [sorted(names, key=lambda n: (site / n).stat().st_size)[len(names) // 2]]
    totals = []
    for ending in ("", ".gz", ".br"):
        paths = [p if (p := site / (name + ending)).is_file() else site / name for name in names]
        totals.append(f"{sum(p.stat().st_size for p in paths) / 1000:,.0f}")
    return totals


def _built(site: Path, *more: str) -> tuple[float, float]:
    return timed("build", "--strict", "--site-dir", str(site), *more)
