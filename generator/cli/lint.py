"""`almanac lint`: which models and APIs the files of a project name, and which of them retire when.

For a project's own CI: one line a finding, annotations for GitHub, JSON, or SARIF for code scanning. Ends
with 1 where one is retired or retires within the days given, with 2 where it could not look.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator import store
from generator.cli.linting.ends import ends_of
from generator.cli.linting.files import PassedOver, TextFile, text_files
from generator.cli.linting.reports import (
    FileFinding,
    annotation,
    line_of,
    notices,
    passed_over,
    sarif,
    summary,
    values_of,
)
from generator.cli.options import CATALOG, print_json
from generator.errors import AlmanacError
from generator.garbage import uncollected
from playground.labels.names import Names
from playground.lifecycle.findings import SOON_DAYS, Ending, RetirementScan
from playground.lifecycle.mentions.scan import MOST

if TYPE_CHECKING:
    from playground.catalog import Catalog
    from playground.naming.resolver import Resolver


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
    type=click.Choice(["text", "github", "json", "sarif"]),
    default="text",
    show_default=True,
    help="GitHub's are annotations, SARIF is for code scanning.",
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

    A line that says `almanac: ignore` is left alone, and nothing in a folder is run. Ends with 1 where a
    model or an API in use is retired or retires within the days of --within, with 0 where none is (what
    comments and documents name is a notice), with 2 where it could not look at any of it.
    """
    scan = _scan(folder, day)
    findings: list[FileFinding] = []
    skipped: list[PassedOver] = []
    files = 0
    for one in text_files(paths):
        if isinstance(one, PassedOver):
            skipped.append(one)
            continue
        files += 1
        of_file = [FileFinding(path=one.path, finding=f) for f in scan.findings(one.text, within, _kind(one))]
        if len(of_file) >= MOST:
            skipped.append(PassedOver(one.path, f"names more than {MOST:,} models; the rest of it"))
        findings += of_file
    if not everything:
        findings = [f for f in findings if f.finding.verdict != Ending.NO_DAY]
    if form == "json":
        values = [values_of(f, scan) for f in findings]
        left = [passed_over(one) for one in skipped]
        print_json({"date": str(scan.today), "files": files, "findings": values, "passed_over": left})
    elif form == "sarif":
        print_json(sarif(findings, skipped, scan))
    else:
        # All is read before any of it is printed, so that a fact that is wrong leaves no half of an answer.
        write = annotation if form == "github" else line_of
        for text in [write(one, scan) for one in findings]:
            click.echo(text)
        for text in (*notices(skipped), summary(findings, files, within)):
            click.echo(text, err=True)
    if skipped and not files:
        sys.exit(2)
    sys.exit(1 if any(f.urgent for f in findings) and not never_fail else 0)


def _scan(folder: Path, day: datetime | None) -> RetirementScan:
    """Everything that is known of ends. Raises AlmanacError, with 2 as its code: 1 means findings."""
    try:
        catalog = store.load_unread(folder)
        ends = ends_of(folder)
    except AlmanacError as error:
        error.exit_code = 2
        raise
    today = (day or datetime.now(UTC)).date()
    return RetirementScan(
        catalog, Names(catalog), today, ends=ends, resolver=lambda: _resolver(catalog, folder)
    )


def _resolver(catalog: Catalog, folder: Path) -> Resolver:
    """What knows names as people write them; most files have none."""
    from generator.assistant.lookup import Lookup

    return Lookup(catalog, folder).resolver


def _kind(file: TextFile) -> str:
    """The name that tells what kind of text it is; standard input has none."""
    return "" if file.path == "<stdin>" else file.path
