"""Reports for CI: JUnit's XML, and the summary of a step of GitHub Actions.

What models wrote stands in both as text alone: no markup, no link, nothing that XML cannot hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape as xml_text
from xml.sax.saxutils import quoteattr

from generator.bounds import seen, shortened, shown
from generator.cli.evaluating.report import HEADS, Report, case_names
from generator.errors import SetupError
from generator.store.replaced import in_place_of
from generator.views.figures import escape
from playground.evaluate.checks.check import counted
from playground.evaluate.results.tallies import State, state_of

#: Characters of an answer that a report quotes, and of a reason.
ANSWER, REASON = 2000, 500
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LINK = re.compile(r"(?<=:)//|@|(?<=www)\.", re.I)


def write_junit(report: Report, path: Path) -> None:
    """A suite for each model (with each prompt), a test for each case: the answers of all times in one."""
    with in_place_of(path) as file:
        for piece in _junit(report):
            file.write(piece.encode())


def _junit(report: Report) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="almanac evaluate">\n'
    for place, one in enumerate(report.run.tallies.contestants):
        yield from _suite(report, place, one.name)
    yield "</testsuites>\n"


def _suite(report: Report, place: int, name: str) -> Iterator[str]:
    tallies = report.run.tallies
    cases = tallies.head.evaluation.cases
    states = [set(tallies.states(place, case)) for case in range(len(cases))]
    counts = {
        "tests": len(cases),
        "failures": sum(State.FAILED in one for one in states),
        "errors": sum(_is_missing(one) for one in states),
        "skipped": sum(_is_skipped(one) for one in states),
    }
    written = " ".join(f'{what}="{number}"' for what, number in counts.items())
    yield f"<testsuite name={_attribute(name)} {written}>\n"
    for case, rows in report.rows(place):
        seconds = sum(row["seconds"] or 0 for row in rows)
        yield (
            f"<testcase classname={_attribute(name)} name={_attribute(cases[case].name)} "
            f'time="{seconds:.3f}">{"".join(_ends(states[case], rows, report))}</testcase>\n'
        )
    yield "</testsuite>\n"


def _is_missing(states: set[State]) -> bool:
    return State.FAILED not in states and bool({State.MISSING, State.OPEN} & states)


def _is_skipped(states: set[State]) -> bool:
    return not {State.FAILED, State.MISSING, State.OPEN} & states and State.UNCHECKED in states


def _ends(states: set[State], rows: Sequence[Mapping[str, Any]], report: Report) -> Iterator[str]:
    """What became of a case: it fails where any answer failed, and is an error where any is missing."""
    repeats = report.run.tallies.head.evaluation.repeats
    if State.FAILED in states:
        failed = [row for row in rows if state_of(row) is State.FAILED]
        times = f"{len(failed)} of {counted(repeats, 'answer')} failed: " if repeats > 1 else ""
        yield _end("failure", f"{times}{_reason(failed[0], passed=False)}", failed[0]["text"])
    elif _is_missing(states):
        without = [row for row in rows if state_of(row) is State.MISSING]
        yield _end("error", without[0]["failure"] if without else "it was not asked", "")
    elif _is_skipped(states):
        unchecked = next(row for row in rows if state_of(row) is State.UNCHECKED)
        yield f"<skipped message={_attribute(_reason(unchecked, passed=None) or 'it has no check')}/>"


def _end(kind: str, message: str, text: str) -> str:
    body = xml_text(_NO_XML.sub("\ufffd", shown(shortened(text, ANSWER))))
    return f"<{kind} message={_attribute(message)}>{body}</{kind}>"


def _reason(row: Mapping[str, Any], *, passed: bool | None) -> str:
    return next((str(one["reason"]) for one in row["verdicts"] if one["passed"] is passed), "")


def _attribute(text: str) -> str:
    return quoteattr(_NO_XML.sub("\ufffd", shortened(seen(text), REASON)))


def add_step_summary(report: Report, path: Path) -> None:
    """Add the table, the sentences, what broke and the failures to the step's summary, as Markdown.

    Raises SetupError where it cannot be written.
    """
    rows = [HEADS, ("---", *["---:"] * (len(HEADS) - 1))]
    rows += [tuple(map(_markdown, line.texts)) for line in report.lines]
    texts = [f"## Evaluation of {_markdown(report.run.path.name)}", ""]
    texts += [f"| {' | '.join(row)} |" for row in rows]
    for sentence in report.verdicts:
        texts += ["", _markdown(sentence)]
    for change in report.changes:
        for what, places in (("Broke", change.broken), ("Mended", change.mended)):
            if places:
                texts += ["", f"{what}: {_markdown(case_names(report, places))}"]
    if failures := [f"- {_markdown(failure)}" for failure in report.failures]:
        texts += ["", "No answer or not checked (these are no wrong answers):", "", *failures]
    try:
        with path.open("a", encoding="utf-8") as file:
            file.write("\n".join(texts) + "\n\n")
    except OSError as error:
        raise SetupError(
            f"GITHUB_STEP_SUMMARY: {path}: could not be written ({error.strerror or error})"
        ) from error


def _markdown(text: str) -> str:
    """Text that is only text to GitHub, too: no address and no name in it becomes a link."""
    return _LINK.sub(lambda match: "".join(f"&#{ord(sign)};" for sign in match[0]), escape(seen(text)))
