"""What lint says of files: lines for people, annotations for GitHub, JSON, SARIF.

A file may have any name, and a text any words. In a log of CI a line can be a command (`::error`, `##[`), so
names are written out before they are printed, and annotations by GitHub's own rules.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote, quote_from_bytes

from generator.bounds import has_unseen, shown
from generator.cli.linting.files import PassedOver
from playground.lifecycle.findings import Ending, Finding, RetirementScan, Severity

#: The levels of SARIF.
LEVELS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.NOTICE: "note",
    Severity.NONE: "none",
}
RULES = {
    Ending.RETIRED: ("retired-model", "A model or API that is retired: calls fail.", Severity.ERROR),
    Ending.SOON: ("retiring-model", "A model or an API that retires soon.", Severity.WARNING),
    Ending.LATER: ("model-with-end", "A model whose day of retirement is known.", Severity.NOTICE),
    Ending.DEPRECATED: ("deprecated-model", "A model that is deprecated, without a day.", Severity.NOTICE),
}
#: So much that was passed over is named one by one.
NAMED = 20
#: What begins a command in the log of GitHub (`##[`), Azure Pipelines (`##vso[`) or TeamCity (`##teamcity[`).
COMMAND = re.compile(r"##(?=\w*\[)")


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFinding:
    """A finding and the file it stands in, as named on the command line."""

    path: str
    finding: Finding

    @property
    def urgent(self) -> bool:
        """Whether it fails a build."""
        return self.finding.severity in (Severity.ERROR, Severity.WARNING)


def printable(name: str) -> str:
    """A file's name as it can begin a line of any log; what nobody sees is written out."""
    text = "".join(_written_out(letter) for letter in name)
    text = COMMAND.sub(r"#\\x23", text)
    return text if re.match(r"[\w./<\\-]", text, re.ASCII) else f"./{text}"


def _written_out(letter: str) -> str:
    if letter.isprintable() and not has_unseen(letter) and (letter == " " or not letter.isspace()):
        return letter
    code = ord(letter)
    # A byte that is no letter of the system's encoding.
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code - 0xDC00:02x}"
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def line_of(one: FileFinding, scan: RetirementScan) -> str:
    """`path:line:column: severity: what is found`, on one line."""
    named = one.finding.named
    text = " ".join(shown(scan.sentence(one.finding)).split())
    at = f"{printable(one.path)}:{named.line}:{named.column}"
    return COMMAND.sub(r"#\\x23", f"{at}: {one.finding.severity}: {text}")


def annotation(one: FileFinding, scan: RetirementScan) -> str:
    """GitHub's command that shows the finding beside its line."""
    named = one.finding.named
    command = one.finding.severity if one.finding.severity != Severity.NONE else Severity.NOTICE
    place = {
        "file": _property(one.path),
        "line": str(named.line),
        "col": str(named.column),
        "endColumn": str(named.column + len(named.text)),
    }
    given = ",".join(f"{key}={value}" for key, value in place.items())
    return f"::{command} {given}::{_data(shown(scan.sentence(one.finding)))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    name = "".join(c if c in "\r\n" else _written_out(c) for c in text)
    return _data(name).replace(":", "%3A").replace(",", "%2C")


def values_of(one: FileFinding, scan: RetirementScan) -> dict[str, Any]:
    """The finding for JSON; what is no letter of a file's name is written out, so that the text is JSON."""
    return {"path": _utf8(one.path), **scan.values(one.finding)}


def passed_over(one: PassedOver) -> dict[str, str]:
    """What was not looked at, for JSON."""
    return {"path": _utf8(one.path), "reason": one.reason}


def _utf8(path: str) -> str:
    return "".join(_written_out(c) if 0xD800 <= ord(c) <= 0xDFFF else c for c in path)


def notices(skipped: list[PassedOver]) -> list[str]:
    """What was passed over, a line for each of the first."""
    lines = [f"passed over: {printable(one.path)} {one.reason}" for one in skipped[:NAMED]]
    more = len(skipped) - NAMED
    return [*lines, f"passed over: {more:,} more"] if more > 0 else lines


def summary(findings: list[FileFinding], files: int, within: int) -> str:
    """How many files were looked at, and what they hold."""
    used = [f for f in findings if not f.finding.named.aside]
    counts = Counter(f.finding.verdict for f in used)
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
    if aside := len(findings) - len(used):
        parts.append(f"{aside} only mentioned")
    looked = f"{files:,} file{'' if files == 1 else 's'} looked at"
    return f"{looked}: {', '.join(parts)}." if parts else f"{looked}: no model with a known end."


def sarif(findings: Iterable[FileFinding], skipped: list[PassedOver], scan: RetirementScan) -> dict[str, Any]:
    """The findings as SARIF 2.1.0."""
    from importlib.metadata import version  # slow to load, and only needed here

    driver = {
        "name": "almanac lint",
        "version": version("model-almanac"),
        "rules": [
            {
                "id": name,
                "shortDescription": {"text": description},
                "defaultConfiguration": {"level": LEVELS[severity]},
            }
            for name, description, severity in RULES.values()
        ],
    }
    untouched = [
        {
            "level": "note",
            "message": {"text": f"passed over: {one.reason}"},
            "locations": [{"physicalLocation": {"artifactLocation": {"uri": uri(one.path)}}}],
        }
        for one in skipped
    ]
    run: dict[str, Any] = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": untouched}],
        "results": [_result(f, scan) for f in findings if f.finding.verdict in RULES],
    }
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [run],
    }


def uri(path: str) -> str:
    """A path as SARIF takes it: from the folder at hand, or a whole file: address; every byte as it is."""
    if path == "<stdin>":
        return "stdin"
    encoded = quote_from_bytes(os.fsencode(path))
    # Two slashes at its beginning would be a host's name.
    encoded = re.sub(r"^/+", "/", encoded)
    return f"file://{encoded}" if PurePosixPath(path).is_absolute() else _drive(encoded)


def _drive(encoded: str) -> str:
    """A path of Windows with its drive is a whole address too."""
    return f"file:///{quote(encoded[0])}:{encoded[4:]}" if re.match(r"[A-Za-z]%3A/", encoded) else encoded


def _result(one: FileFinding, scan: RetirementScan) -> dict[str, Any]:
    named = one.finding.named
    return {
        "ruleId": RULES[one.finding.verdict][0],
        "level": LEVELS[one.finding.severity],
        "message": {"text": scan.sentence(one.finding)},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": uri(one.path)},
                    "region": {
                        "startLine": named.line,
                        "startColumn": named.column,
                        "endColumn": named.column + len(named.text),
                    },
                }
            }
        ],
    }
