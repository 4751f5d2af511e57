"""A run in the terminal: a line while it goes on, where somebody looks; a table and sentences at its end."""

from __future__ import annotations

import sys
from typing import Any

from rich.table import Table
from rich.text import Text

from generator.cli.evaluating.report import HEADS, Report, case_names
from generator.cli.terminal import err, out, wide


class ProgressLine:
    """One line on standard error that is written over, on a terminal only."""

    def __init__(self, cells: int) -> None:
        self._cells = cells
        self._shown = sys.stderr.isatty()
        self._any = False

    def tell(self, report: dict[str, Any]) -> None:
        """Show how the run goes on."""
        if not self._shown:
            return
        self._any = True
        line = progress_text(report, self._cells)[: max(20, err.width - 1)]
        sys.stderr.write(f"\r\x1b[K{line}")
        sys.stderr.flush()

    def end(self) -> None:
        """Take the line away."""
        if self._any:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


def progress_text(report: dict[str, Any], cells: int) -> str:
    """How a run goes on, in a line; what a server says of a wait is not in it."""
    done = cells - report["left"] - sum(stop["cells"] for stop in report["stopped"])
    spent, unknown = report["spent"], report["unknown"]
    paid = "cost not known" if unknown and not spent else f"${spent:.4f}"
    paid += f" and {unknown:,} not known" if unknown and spent else ""
    texts = [f"{done:,} of {cells:,} answered", f"{report['in_flight']} open", paid]
    if report["seconds"]:
        low, high = (round(value) for value in report["seconds"])
        texts.append(f"{low} s left" if low == high else f"{low} to {high} s left")
    if report["waiting"]:
        texts.append(f"waiting {max(row['seconds'] for row in report['waiting']):.0f} s for a limit")
    return " · ".join(texts)


def note(text: str) -> None:
    """Say something beside the results, on standard error."""
    err.print(_plain(text), markup=False, highlight=False, soft_wrap=True)


def print_report(report: Report) -> None:
    """The table, who wins and how sure, what broke; failures apart."""
    table = Table(title=None)
    for place, head in enumerate(HEADS):
        table.add_column(head, justify="left" if place < 1 else "right", overflow="fold")
    for line in report.lines:
        table.add_row(*map(Text, line.texts))
    (out if out.is_terminal else wide).print(table)
    for sentence in report.verdicts:
        _say(sentence)
    for change in report.changes:
        for what, places in (("Broke", change.broken), ("Mended", change.mended)):
            if places:
                _say(f"  {what}: {case_names(report, places)}")
    failures = list(report.failures)
    if failures:
        _say("No answer or not checked (these are no wrong answers):")
    for failure in failures:
        _say(f"  {failure}")
    _say(f"The answers are in {report.run.path}.")


def _say(text: str) -> None:
    out.print(_plain(text), markup=False, highlight=False, soft_wrap=True)


def _plain(text: str) -> str:
    """The text in one line in which GitHub's runner reads no command, wherever it stands."""
    return " ".join(text.split()).replace("##[", "## [") if "\n" in text or "##[" in text else text
