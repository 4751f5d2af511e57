"""Evaluations and results that tests write in other forms, some of them hostile."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import Any

from playground.evaluate.exporting.forms import export_to_json
from playground.evaluate.matrix import Cell

SAVED = "2026-11-28T10:00:00.000Z"
#: Texts that mean something to one program or another.
HOSTILE = (
    '=HYPERLINK("http://x","y")',
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "  =1",
    "\n=1",
    "＝1",
    'a "quoted", b;c',
    "one\r\ntwo\rthree\nfour",
    "zero \x00 bell \x07 escape \x1b[31m",
    "half \ud800",
    "{% raw %}{{ env.HOME }}{% endraw %}",
    "{# no #} {{{ }}} {%",
    "</script><script>alert(1)</script>",
    "ü é 日本 😀 \u202e",
    "",
)


def results(
    evaluation: Mapping[str, Any], rows: Sequence[Mapping[str, Any]], models: Sequence[str] = ("tiny",)
) -> dict[str, Any]:
    """A file of results as the page saves it."""
    whole = {"almanac_evaluation": 1, "name": "e", "prompts": [{"name": "p", "messages": [turn("?")]}]}
    whole |= {"cases": [], "checks": [], "parameters": {}, "models": [], "repeats": 1, "left_out": []}
    head = {"almanac_results": 1, "saved": SAVED, "evaluation": {**whole, **evaluation}}
    return {**head, "models": list(models), "results": list(rows)}


def turn(text: str, role: str = "user") -> dict[str, Any]:
    return {"role": role, "text": text}


def row(case: int = 0, **given: Any) -> dict[str, Any]:
    """A result of a case."""
    plain: dict[str, Any] = {"case": case, "prompt": 0, "model": 0, "repeat": 0, "hash": "h", "checked": "c"}
    plain |= {"text": "a", "verdicts": [], "passed": True, "failure": "", "seconds": 1.5, "cost": 0.001}
    return {**plain, **given}


def written(to: str, value: Mapping[str, Any]) -> tuple[list[str], list[dict[str, str]]]:
    """The texts of the files, and what is not the same in them."""
    made = export_to_json(to, value)
    return [file["text"] for file in made["files"]], made["left_out"]


def some_results(chance: random.Random) -> dict[str, Any]:
    """Results of two models, two prompts, three cases, asked twice; each kind of outcome, hostile texts."""
    cases = [
        {
            "name": chance.choice(HOSTILE),
            "variables": {"q": chance.choice(HOSTILE), "=n": [1, None, {"a": 2.5}]},
        }
        for _ in range(3)
    ]
    prompts = [{"name": name, "system": "Be {{q}}", "messages": [turn("Say {{q}}")]} for name in ("p1", "p2")]
    cells = [
        Cell(case=case, prompt=prompt, model=model, repeat=repeat)
        for case in range(3)
        for prompt in range(2)
        for model in range(2)
        for repeat in range(2)
    ]
    rows = []
    for cell in cells:
        failure = chance.choice(["", "", "", "it failed: =1"])
        passed = None if failure else chance.choice([True, False, None])
        rows.append(
            row(
                cell.case,
                prompt=cell.prompt,
                model=cell.model,
                repeat=cell.repeat,
                text="" if failure else chance.choice(HOSTILE),
                failure=failure,
                passed=passed,
                verdicts=[{"passed": passed, "reason": chance.choice(HOSTILE), "weight": 1}],
                seconds=chance.choice([None, chance.random() * 9]),
                cost=chance.choice([None, 0, 0.00012]),
                tokens=chance.choice([None, 0, 12]),
                **({"calls": [{"name": "f", "arguments": '{"a": 1'}]} if chance.random() < 0.2 else {}),
            )
        )
    chance.shuffle(rows)
    evaluation = {"prompts": prompts, "cases": cases, "repeats": 2}
    return results(evaluation, rows, ("one", "=two"))
