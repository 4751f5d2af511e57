"""An answer of the chooser as plain values, with everything that explains it: for JSON and for pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from playground.catalog import Catalog, Offering, Score
from playground.choose import Answer, Candidate, Verdict
from playground.need import Need, plain
from playground.pricing import Bill
from playground.record import remedies, swaps
from playground.words import label


def answer_values(
    answer: Answer, sha256: str, today: date, *, most: int | None = None, pending: bool = True
) -> dict[str, Any]:
    """The whole answer; the catalog's hash and the day make it possible to get it again.

    With `most`, so many of the ranked, and of each group of the eliminated the number and three of it.
    `pending` are those whom one missing fact keeps from the first place: looking for them takes a while.
    """
    return {
        "catalog": sha256,
        "date": str(today),
        "need": need_values(answer.need),
        "left": len(answer.ranked),
        "candidates": [candidate_values(c, answer) for c in answer.ranked[:most]],
        "eliminated": {
            constraint: {
                "count": len(group),
                "offerings": [_out(c, constraint) for c in group[: None if most is None else 3]],
            }
            for constraint, group in answer.eliminated.items()
        },
        "flips": [
            {"input": f.input, "at": _number(f.at), "better_above": f.above, "better_below": f.below}
            for f in answer.flips
        ],
        "swaps": [{"first": s.first, "second": s.second, "when": list(s.when)} for s in swaps(answer)],
        "unscored": answer.unscored,
        "spread": [{"share": _number(p.share), "offering": p.candidate.offering.key} for p in answer.spread],
        "unknown": answer.unknown,
        **({"pending": pending_values(answer)} if pending else {}),
        "conflict": list(answer.conflict),
        "relaxations": [
            {
                "without": list(names),
                "leaves": n,
                "enough": {part: _number(v) for part, v in answer.enough[names].items()},
            }
            for names, n in answer.relaxations.items()
        ],
        "remedies": list(remedies(answer)),
    }


def pending_values(answer: Answer) -> list[dict[str, Any]]:
    """Who one missing fact keeps from the first place, and what the work would cost there."""
    return [
        {
            "offering": p.candidate.offering.key,
            "doubt": p.doubt,
            "month": bill_values(p.candidate.bill),
        }
        for p in answer.pending()
    ]


def _out(candidate: Candidate, constraint: str) -> dict[str, str]:
    why = next(v for v in candidate.verdicts if v.constraint == constraint)
    return {"offering": candidate.offering.key, "said": why.said, "field": why.field}


def need_values(need: Need) -> dict[str, Any]:
    """Every part of the need, the usual ones too."""
    work = {f.name: plain(getattr(need.work, f.name)) for f in fields(need.work)}
    rest = {f.name: getattr(need, f.name) for f in fields(need) if f.name != "work"}
    return {**work, **{name: None if value is None else plain(value) for name, value in rest.items()}}


def candidate_values(candidate: Candidate, answer: Answer) -> dict[str, Any]:
    """One candidate with its verdicts and its bill."""
    claims = claims_of(candidate.offering, answer.asked.shelf.catalog)
    found = {
        "offering": candidate.offering.key,
        "month": bill_values(candidate.bill),
        "front": candidate.offering.key in answer.front,
        "wished": candidate.wished,
        "verdicts": [_verdict(v, claims.get(v.field, ())) for v in candidate.verdicts],
    }
    if candidate.region:
        found["region"] = candidate.region
    if candidate.score:
        found["score"] = score_values(candidate.score)
    return found


def _verdict(verdict: Verdict, said: tuple[tuple[str, str], ...]) -> dict[str, Any]:
    """A verdict, with who says the fact that decides where the catalog at hand holds its claims."""
    return {
        "constraint": verdict.constraint,
        "holds": str(verdict.holds),
        "said": verdict.said,
        "field": verdict.field,
        **({"by": [source for source, _ in said], "links": [link for _, link in said]} if said else {}),
    }


def claims_of(offering: Offering, catalog: Catalog) -> dict[str, tuple[tuple[str, str], ...]]:
    """Who says each fact of an offering, its model and its provider: sources with the page each cites."""
    model, provider = catalog.models[offering.model], catalog.providers[offering.provider]
    found = {}
    for holder in (model, offering):
        for name, fact in holder.facts.items():
            said = {c.source: holder.records[c.record].link for c in fact.claims if not c.note}
            if said:
                found[name] = tuple(sorted(said.items()))
    pages = {
        "zero_retention": provider.data_handling,
        "no_training": provider.data_handling,
        "support": provider.support,
    }
    return found | {name: (("providers.yml", page),) for name, page in pages.items() if page}


def bill_values(bill: Bill | None) -> dict[str, Any] | None:
    """A bill with a line for each meter; None where nothing is known."""
    if bill is None:
        return None
    return {
        "low": _number(bill.low),
        "high": None if bill.high is None else _number(bill.high),
        "lines": list(_lines(bill)),
    }


def labelled(month: dict[str, Any] | None) -> dict[str, Any] | None:
    """A bill's values with each line's meter in words, for pages."""
    if month is None:
        return None
    lines = [{**line, "label": label(f"price.{line['meter']}")} for line in month["lines"]]
    return {**month, "lines": lines}


def _lines(bill: Bill) -> Iterable[dict[str, Any]]:
    for line in bill.lines:
        yield {
            "mode": str(line.mode),
            "meter": str(line.meter),
            "unit": str(line.unit),
            "count": _number(line.tokens),
            "usd_per_unit": None if line.usd is None else _number(line.usd),
            "usd": None if line.cost is None else _number(line.cost),
        }


def score_values(score: Score) -> dict[str, Any]:
    """A score with who stands behind it and where it can be read."""
    return {
        "score": _number(score.score),
        "series": score.series,
        "evidence": str(score.evidence),
        "by": score.by,
        "as_of": score.as_of,
        "link": score.link,
    }


def _number(value: Decimal | Fraction | int) -> int | float:
    return int(value) if value == int(value) else float(value)
