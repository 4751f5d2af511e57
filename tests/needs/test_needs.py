"""The chooser against what an expert would put first, written before the rule (needs.yml)."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from playground.decide.chooser import Chooser
from playground.need.reader import read_need
from tests.catalogs import abilities, committed

#: The day for which the needs were answered.
DAY = date(2026, 11, 27)
#: How many of the forty come out as the expert has it, and how many put first what may never be: to be raised
#: and lowered with each mend, never the other way.
RIGHT, NEVER = 22, 0
#: Names in plain words, as needs.yml has them, and what the catalog calls them.
PROVIDERS = {"aws-bedrock": "amazon-bedrock"}


@cache
def needs() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "needs.yml").read_text())["needs"]
    return rows


@cache
def stated() -> dict[str, dict[str, Any]]:
    """What the words of questions ask for that parts of a need say now (stated.yml)."""
    rows: dict[str, dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "stated.yml").read_text())
    return rows


@cache
def firsts() -> dict[str, str]:
    """The first model for each need; empty where nobody is left."""
    chooser = Chooser(committed(), DAY, abilities())
    out = {}
    for row in needs():
        # Quality is ability here, whatever index the expert had in mind, and no source says how fast any is.
        parts = {k: v for k, v in row["need"].items() if k not in ("benchmark", "min_score", "speed")}
        parts |= stated().get(row["id"], {}).get("need", {})
        if "providers" in parts:
            parts["providers"] = [PROVIDERS.get(name, name) for name in parts["providers"]]
        need, faults = read_need(parts, committed())
        assert faults == (), row["id"]
        leaders = chooser.answer(need, flips=0).leaders
        out[row["id"]] = leaders[0].offering.model if leaders else ""
    return out


def test_the_first_is_whom_an_expert_would_put_first() -> None:
    right = [
        row["id"] for row in needs() if firsts()[row["id"]] in ([one["id"] for one in row["accept"]] or [""])
    ]
    assert len(needs()) == 40
    assert len(right) >= RIGHT, sorted(set(firsts()) - set(right))


def test_none_is_first_that_may_never_be() -> None:
    wrong = [
        row["id"]
        for row in needs()
        if firsts()[row["id"]] in [one["id"] for one in row["never"] if "id" in one]
    ]
    assert len(wrong) <= NEVER, wrong
