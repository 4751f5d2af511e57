"""An answer of the chooser as JSON, with everything that explains it."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from playground.choose import Answer, Candidate, Need, relaxations, unknown_matters


def answer_json(answer: Answer, catalog: str, today: date) -> str:
    """The whole answer; the catalog's hash and the day make it possible to get it again."""
    return json.dumps(
        {
            "catalog": catalog,
            "date": str(today),
            "need": _need(answer.need),
            "candidates": [_candidate(c, answer) for c in answer.ranked],
            "eliminated": {
                constraint: [_candidate(c, answer) for c in group]
                for constraint, group in answer.eliminated.items()
            },
            "flips": [
                {"input": f.input, "at": _plain(f.at), "cheaper_above": f.above, "cheaper_below": f.below}
                for f in answer.flips
            ],
            "unknown": unknown_matters(answer),
            "relaxations": [
                {"without": list(names), "leaves": n} for names, n in relaxations(answer).items()
            ],
        },
        indent=1,
        ensure_ascii=False,
    )


def _need(need: Need) -> dict[str, Any]:
    work = {f.name: _plain(getattr(need.work, f.name)) for f in fields(need.work)}
    rest = {f.name: _plain(getattr(need, f.name)) for f in fields(need) if f.name != "work"}
    return {**work, **rest}


def _candidate(candidate: Candidate, answer: Answer) -> dict[str, Any]:
    bill = candidate.bill
    return {
        "offering": candidate.offering.key,
        "month": None
        if bill is None
        else {
            "low": _plain(bill.low),
            "high": _plain(bill.high),
            "lines": [
                {
                    "mode": str(line.mode),
                    "meter": str(line.meter),
                    "tokens": _plain(line.tokens),
                    "usd_per_mtok": _plain(line.usd),
                    "usd": _plain(line.cost),
                }
                for line in bill.lines
            ],
        },
        "front": candidate.offering.key in answer.front,
        "wished": candidate.wished,
        "verdicts": [
            {"constraint": v.constraint, "holds": str(v.holds), "said": v.said, "field": v.field}
            for v in candidate.verdicts
        ],
    }


def _plain(value: Any) -> Any:
    match value:
        case Decimal() | Fraction():
            return int(value) if value == int(value) else float(value)
        case tuple():
            return [_plain(v) for v in value]
        case None | bool() | int():
            return value
        case _:
            return str(value)
