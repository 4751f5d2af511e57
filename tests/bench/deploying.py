"""How long the committed catalog's site takes to build, ready to deploy, and what a browser is sent of it."""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

import httpx2

from generator.site.hosting.artefact import MANIFEST
from tests.bench.report import middle, table, timed
from tests.listening import listening
from tests.patience import PATIENCE_S

ROUNDS = int(os.environ.get("ROUNDS", "3"))

#: What is asked of a served site: home, a model's page, two that ask the catalog.
FIRST_PAGES = ("", "models/openai/gpt-5/", "choose/", "playground/")

REPORT = """`almanac build --strict` of this repository's site in a folder of its own: playground, feeds,
data, everything compressed beside itself. *With what is kept*: what is named by its content was compressed
before with the most effort, and Python was made ready for the browser. *Served* is `almanac serve` with
nothing kept, from its start until home, a model's page, /choose/ and /playground/ have answered. Medians of
{rounds}, with starting Python. Wanted: served at most 0.15 of a build from nothing, and where nothing changed
at most 0.1.

{times}

What a browser is sent, in kB:

{sizes}"""


def measured() -> str:
    """The tables, from a site of their own."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        runs: dict[str, list[tuple[float, float]]] = defaultdict(list)
        for n in range(ROUNDS):
            project = _project(folder / f"project{n}")
            runs["from nothing"].append(_built(project))
            runs["again, where nothing changed"].append(_built(project))
            shutil.rmtree(project / "site")
            runs["with what is kept"].append(_built(project))
            runs["with what is kept, not compressed"].append(_built(project, "--no-compress"))
            runs["served"].append((_served(_project(folder / f"served{n}")), 0))
        whole = middle([seconds for seconds, _ in runs["from nothing"]])
        times = []
        for name, some in runs.items():
            seconds, megabytes = (middle(list(figures)) for figures in zip(*some, strict=True))
            of_whole = f"**{seconds / whole:.2f}**"
            times.append([name, f"{seconds:.1f}", of_whole, f"{megabytes:.0f}" if megabytes else ""])
        site = folder / "project0" / "site"
        _built(folder / "project0")
        files = json.loads((site / MANIFEST).read_text("utf-8"))["files"]
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
        times=table(["Build", "Seconds", "Of one from nothing", "MB at most"], times),
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


def _project(folder: Path) -> Path:
    """The site's own files in a new folder, where nothing is kept yet but the small model."""
    folder.mkdir()
    shutil.copytree("docs", folder / "docs")
    for name in ("mkdocs.yml", "CHANGELOG.md"):
        shutil.copy(name, folder)
    shutil.copytree(".cache/models", folder / ".cache/models")
    return folder


def _built(project: Path, *more: str) -> tuple[float, float]:
    return timed("build", "--strict", *more, folder=project)


def _served(project: Path) -> float:
    """Seconds from the start of `almanac serve` until the first pages have answered."""
    begun = time.perf_counter()
    command = [sys.executable, "-m", "generator.cli", "serve", "--port"]
    with listening(lambda port: [*command, str(port)], cwd=project) as address:
        for path in FIRST_PAGES:
            httpx2.get(f"{address}/{path}", timeout=PATIENCE_S).raise_for_status()
        return time.perf_counter() - begun
