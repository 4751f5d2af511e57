"""Reads a set of expected findings and compares it with what lint reports of the same files."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from click.testing import CliRunner

from generator.cli import cli

#: What makes a build fail, or tells somebody to act before long.
LOUD = {"error", "warning"}


@dataclass(slots=True)
class Judged:
    """What one set of files came to: counts, and each disagreement in a line."""

    reported: int = 0
    right: int = 0
    expected: Counter[str] = field(default_factory=Counter)
    met: Counter[str] = field(default_factory=Counter)
    models: int = 0
    models_right: int = 0
    codes: int = 0
    codes_right: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """The share of reported errors and warnings that were expected as such."""
        return self.right / self.reported if self.reported else 1.0

    @property
    def recall(self) -> float:
        """The share of expected errors, warnings and notices that were reported as such."""
        ends = ("retired", "retiring")
        wanted = sum(self.expected[verdict] for verdict in ends)
        return sum(self.met[verdict] for verdict in ends) / wanted if wanted else 1.0

    def table(self) -> str:
        """The figures, a line each, and what is wrong."""
        by_verdict = (f"  {v}: {self.met[v]} of {n}" for v, n in sorted(self.expected.items()))
        return "\n".join(
            (
                f"precision {self.precision:.3f} ({self.right} of {self.reported} errors and warnings)",
                f"recall {self.recall:.3f}",
                *by_verdict,
                f"models named as expected: {self.models_right} of {self.models}",
                f"exit codes as expected: {self.codes_right} of {self.codes}",
                *self.wrong,
            )
        )


def judged(folder: Path, expected: str = "expected.yml") -> Judged:
    """What lint says of `folder`/files, against `folder`/expected.yml."""
    content = yaml.safe_load((folder / expected).read_text("utf-8"))
    command = ["lint", str(folder / "files"), "--all", "--format", "json", "--on", str(content["today"])]
    of_file: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for one in json.loads(CliRunner().invoke(cli, command).stdout)["findings"]:
        of_file[Path(one["path"]).name].append(one)
    found = Judged()
    for entry in content["files"]:
        reported = of_file[entry["file"]]
        _compare(entry, reported, found)
        # A file's own exit code; that the command ends so is tested with the command.
        _compare_code(entry, int(any(one["severity"] in LOUD for one in reported)), found)
    return found


def _compare(entry: dict[str, Any], reported: list[dict[str, Any]], found: Judged) -> None:
    waiting = list(reported)
    for wanted in entry.get("findings") or []:
        accepted = {wanted["severity"], *wanted.get("also_ok", ())}
        # A note of a day that is far off is no failure, and neither is silence.
        accepted |= {"notice"} if "none" in accepted else set()
        # A line may have a name twice, as the model's and as the one that its team gave, or a longer one.
        alike = sorted(
            (one for one in waiting if _is_about(one, wanted)), key=lambda one: one["text"] != wanted["text"]
        )
        got = next((one for one in alike if one["severity"] in accepted), next(iter(alike), None))
        if got:
            waiting.remove(got)
        severity = got["severity"] if got else "none"
        agrees = severity in accepted
        found.expected[wanted["verdict"]] += 1
        found.met[wanted["verdict"]] += agrees
        if severity in LOUD:
            found.reported += 1
            found.right += agrees
        if not agrees:
            found.wrong.append(
                f"{entry['file']}:{wanted['line']} {wanted['text']}: {severity}, not {wanted['severity']}"
                f" ({got['said'] if got else 'not found'})"
            )
        if got and wanted["model"]:
            found.models += 1
            right = got["model"] in (wanted["model"], *wanted.get("model_also", ()))
            found.models_right += right
            if not right:
                found.wrong.append(f"{entry['file']}:{wanted['line']}: {got['model']}, not {wanted['model']}")
    for extra in waiting:
        if extra["severity"] in LOUD:
            found.reported += 1
            found.wrong.append(f"{entry['file']}:{extra['line']}: not expected: {extra['said']}")


def _is_about(reported: dict[str, Any], wanted: dict[str, Any]) -> bool:
    texts = reported["text"], wanted["text"]
    return reported["line"] == wanted["line"] and min(texts, key=len) in max(texts, key=len)


def _compare_code(entry: dict[str, Any], code: int, found: Judged) -> None:
    """1 where a finding must be loud, 0 where none may be; a set that accepts both asks for neither."""
    accepted = [{f["severity"], *f.get("also_ok", ())} for f in entry.get("findings") or []]
    if any(one <= LOUD for one in accepted):
        wanted = 1
    elif any(one & LOUD for one in accepted):
        return
    else:
        wanted = 0
    found.codes += 1
    found.codes_right += code == wanted
    if code != wanted:
        found.wrong.append(f"{entry['file']}: ends with {code}, not {wanted}")
