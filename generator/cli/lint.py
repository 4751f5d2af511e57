"""`almanac lint`: which models the files of a project name, and which of them retire when.

For a project's own CI: one line a finding, or JSON, or SARIF for code scanning. Ends with 1 where a model is
retired or retires within the days given.
"""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import click

from generator import store
from generator.bounds import shown
from generator.curated.ends import ENDED_FILE, load_ends
from generator.cli.options import CATALOG, print_json
from generator.garbage import uncollected
from playground.labels.names import Names
from playground.lifecycle.findings import SOON_DAYS, Ending, Finding, RetirementScan

#: Larger files hold data, not configuration.
LARGEST = 1_000_000
#: Folders that hold what others wrote.
SKIPPED = {".git", ".hg", ".svn", "node_modules", ".venv", "venv", "__pycache__", ".tox", "dist", "build"}
#: Files that name packages or are made by tools.
MADE = ("package-lock.json", "pnpm-lock.yaml", "yarn.lock", "uv.lock", "poetry.lock", "Cargo.lock", "go.sum")
LEVELS = {
    Ending.RETIRED: "error",
    Ending.SOON: "warning",
    Ending.LATER: "note",
    Ending.DEPRECATED: "note",
}
#: As JSON and people call it.
SEVERITIES = {verdict: {"note": "notice"}.get(level, level) for verdict, level in LEVELS.items()}
RULES = {
    Ending.RETIRED: ("retired-model", "A model that is retired: calls fail."),
    Ending.SOON: ("retiring-model", "A model that retires soon."),
    Ending.LATER: ("model-with-end", "A model whose day of retirement is known."),
    Ending.DEPRECATED: ("deprecated-model", "A model that is deprecated, without a day."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFinding:
    """A finding and the file it stands in, as named on the command line."""

    path: str
    finding: Finding


@click.command()
@click.argument(
    "paths", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, allow_dash=True)
)
@click.option(
    "--within",
    default=SOON_DAYS,
    show_default=True,
    metavar="DAYS",
    type=click.IntRange(0),
    help="What is soon.",
)
@click.option("--all", "everything", is_flag=True, help="Also name the models of which no end is known.")
@click.option("--never-fail", is_flag=True, help="End with 0 whatever is found.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "sarif"]),
    default="text",
    show_default=True,
    help="SARIF is for code scanning.",
)
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day it is asked for (today).")
@CATALOG
@uncollected()
def lint(
    paths: tuple[Path, ...],
    within: int,
    everything: bool,
    never_fail: bool,
    form: str,
    day: datetime | None,
    folder: Path,
) -> None:
    """Find the models that files or folders name (- reads standard input), and say which die when.

    A line that says `almanac: ignore` is left alone. Ends with 1 where a model is retired or retires within
    the days of --within.
    """
    catalog = store.load_unread(folder)
    today = (day or datetime.now(UTC)).date()
    scan = RetirementScan(catalog, Names(catalog), today, ends=load_ends(folder / ENDED_FILE))
    files = list(_files(paths))
    findings = [f for path in files for f in _of_file(path, scan, within)]
    if not everything:
        findings = [f for f in findings if f.finding.verdict != Ending.NO_DAY]
    if form == "json":
        print_json(
            {"date": str(today), "files": len(files), "findings": [_values(f, scan) for f in findings]}
        )
    elif form == "sarif":
        print_json(sarif(findings, scan))
    else:
        # All is read before any of it is printed, so that a fact that is wrong leaves no half of an answer.
        for text in [f"{_at(one)}: {scan.sentence(one.finding)}" for one in findings]:
            click.echo(shown(text))
        click.echo(_summary(findings, len(files), within), err=True)
    urgent = any(f.finding.verdict in (Ending.RETIRED, Ending.SOON) for f in findings)
    sys.exit(1 if urgent and not never_fail else 0)


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    """The files to look at: those named, and of folders what git knows, or all but what others wrote."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        known = subprocess.run(  # noqa: S603 (git's own words)
            ["git", "-C", str(path), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],  # noqa: S607
            capture_output=True,
            check=False,
        )
        if known.returncode == 0:
            names = sorted(
                name for name in known.stdout.decode("utf-8", "surrogateescape").split("\0") if name
            )
            yield from (path / name for name in names if not name.endswith(MADE))
            continue
        for folder, below, names in os.walk(path):
            below[:] = sorted(name for name in below if name not in SKIPPED)
            yield from (Path(folder) / name for name in sorted(names) if not name.endswith(MADE))


def _of_file(path: Path, scan: RetirementScan, within: int) -> Iterator[FileFinding]:
    if str(path) == "-":
        text = sys.stdin.read()
    else:
        try:
            status = path.stat()
            # Reading a pipe would wait for somebody who writes into it.
            if status.st_size > LARGEST or not stat.S_ISREG(status.st_mode):
                return
            raw = path.read_bytes()
        except OSError:
            return  # A link that leads nowhere, or a file that went meanwhile.
        if b"\0" in raw[:8192]:
            return
        text = raw.decode("utf-8", "replace")
    for finding in scan.findings(text, within, "" if str(path) == "-" else path.as_posix()):
        yield FileFinding(path="<stdin>" if str(path) == "-" else path.as_posix(), finding=finding)


def _at(one: FileFinding) -> str:
    return f"{one.path}:{one.finding.named.line}:{one.finding.named.column}"


def _values(one: FileFinding, scan: RetirementScan) -> dict[str, Any]:
    return {"path": one.path, **scan.values(one.finding)}


def _summary(findings: list[FileFinding], files: int, within: int) -> str:
    counts = Counter(f.finding.verdict for f in findings)
    parts = [
        f"{counts[verdict]} {ending}"
        for verdict, ending in (
            (Ending.RETIRED, "retired"),
            (Ending.SOON, f"retiring within {within} days"),
            (Ending.LATER, "retiring later"),
            (Ending.DEPRECATED, "deprecated without a day"),
            (Ending.NO_DAY, "without a known end"),
        )
        if counts[verdict]
    ]
    looked = f"{files:,} file{'' if files == 1 else 's'} looked at"
    return f"{looked}: {', '.join(parts)}." if parts else f"{looked}: no model with a known end."


def sarif(findings: Iterable[FileFinding], scan: RetirementScan) -> dict[str, Any]:
    """The findings as SARIF 2.1.0."""
    from importlib.metadata import version  # slow to load, and only needed here

    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "almanac lint",
                        "version": version("model-almanac"),
                        "rules": [
                            {
                                "id": name,
                                "shortDescription": {"text": description},
                                "defaultConfiguration": {"level": LEVELS[verdict]},
                            }
                            for verdict, (name, description) in RULES.items()
                        ],
                    }
                },
                "results": [_result(f, scan) for f in findings if f.finding.verdict in RULES],
            }
        ],
    }


def _uri(path: str) -> str:
    """A path as SARIF takes it: from the folder at hand, or a whole file: address."""
    return Path(path).as_uri() if Path(path).is_absolute() else quote(path.replace("<stdin>", "stdin"))


def _result(one: FileFinding, scan: RetirementScan) -> dict[str, Any]:
    named = one.finding.named
    return {
        "ruleId": RULES[one.finding.verdict][0],
        "level": LEVELS[one.finding.verdict],
        "message": {"text": scan.sentence(one.finding)},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": _uri(one.path)},
                    "region": {
                        "startLine": named.line,
                        "startColumn": named.column,
                        "endColumn": named.column + len(named.text),
                    },
                }
            }
        ],
    }
