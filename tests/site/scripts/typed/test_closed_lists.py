"""What can only be one of a few values is the same few in Python and in the types of the scripts.

A member that Python gets or loses is an error here until the types say so, and then in every script that has
something for each member. Values alone would not tell: a test's values need not have the new member.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from generator.exports.explorer import PLACE
from playground.ability import Proof
from playground.catalog import Evidence, Support, Unit
from playground.chat.metrics import Metrics
from playground.decide.own.floor import Meets
from playground.evaluate.checks.check import Field
from playground.evaluate.code.job import What
from playground.evaluate.exporting.forms import FORMS
from playground.labels.labels import MARKS
from playground.lifecycle.findings import Ending, Severity
from playground.need.form import Control
from playground.versus.verdict.verdict import Sureness
from tests.site.scripts.typed.checked import faults, imported

#: File of types, type, and Python's members of it.
CLOSED: tuple[tuple[str, str, Iterable[str]], ...] = (
    ("api", "Mark", MARKS.values()),
    ("api", "Proof", Proof),
    ("api", 'Score["evidence"]', Evidence),
    ("api", 'Score["unit"]', Unit),
    ("choose", "ControlName", Control),
    ("choose", 'Verdict["holds"]', Support),
    ("choose", 'OwnPlace["meets"]', Meets),
    ("choose", 'PairVerdict["sure"]', Sureness),
    ("choose", "EndingVerdict", Ending),
    ("choose", 'Finding["severity"]', Severity),
    ("evaluate", 'CheckField["kind"]', get_args(get_type_hints(Field)["kind"])),
    ("evaluate", "Form", FORMS),
    ("evaluate", 'CodeJob["what"]', What),
    ("explorer", "PlacePart", PLACE),
    ("playground", "MetricName", [f.name for f in fields(Metrics)]),
)
#: An error names what the one has and the other has not.
SAME = "type Missing<A, B> = [Exclude<A, B>, Exclude<B, A>];\ntype None = [never, never];"


def lists(closed: Iterable[tuple[str, str, Iterable[str]]]) -> str:
    """TypeScript that is in error where a type has not just these members."""
    lines = [SAME]
    for n, (file, name, members) in enumerate(closed):
        kind = imported(lines, n, file, name)
        known = " | ".join(map(json.dumps, members))
        lines.append(f"export const v{n}: None = null as unknown as Missing<{kind}, {known}>;")
    return "\n".join(lines)


def test_the_scripts_know_just_the_members_that_python_knows(tmp_path: Path) -> None:
    assert faults(tmp_path, lists(CLOSED)) == ""


@pytest.mark.parametrize("members", [[*MARKS.values(), "X"], list(MARKS.values())[1:]])
def test_a_member_more_or_less_is_an_error(tmp_path: Path, members: list[str]) -> None:
    assert "is not assignable" in faults(tmp_path, lists([("api", "Mark", members)]))
