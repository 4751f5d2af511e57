"""What `almanac report` measures beside the catalog's own state: its truth, its sources, its front models."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rich.table import Table

from generator.cli.catalog.tables import judged_to_json, tally_to_json, truth_table, wrong_line
from generator.cli.options import print_json
from generator.cli.terminal import wide as out
from generator.views.front.completeness import GAPS, Complete, Front
from generator.views.front.questions import ANSWERED, Answer
from generator.views.front.rule import RULE
from generator.views.truth.error_file import ERRORS_FILE, Measured, write_errors
from generator.views.truth.error_rates import ErrorRate, error_rates, misplaced
from generator.views.truth.sample import Judged, Verdict, by_field, by_source


def print_truth(judgements: list[Judged], *, as_json: bool) -> None:
    """What the catalog says of the samples' facts, by field and source; each that is wrong or has changed."""
    fields, sources = by_field(judgements), by_source(judgements)
    rates = error_rates(judgements)
    wrong = [one for one in judgements if one.wrong]
    if as_json:
        print_json(
            {
                "fields": [tally_to_json(t) for t in fields],
                "sources": [tally_to_json(t) for t in sources],
                "error_rates": [_rate_to_json(rate) for rate in rates],
                "wrong": [judged_to_json(one) for one in wrong],
            }
        )
        return
    out.print(truth_table("First-party facts by field", fields))
    out.print(truth_table("Their claims by source", sources))
    out.print(_rates_table(rates))
    for pair in misplaced(rates, judgements):
        out.print(
            f"{pair.provider} {pair.field}: {pair.before.source} is believed before {pair.behind.source}, "
            "which is wrong less often; change PRECEDENCE in generator/curated/fields.py",
            markup=False,
            soft_wrap=True,
        )
    for one in (*wrong, *(one for one in judgements if one.verdict == Verdict.CHANGED)):
        out.print(wrong_line(one), markup=False, highlight=False, soft_wrap=True)


def write_error_rates(folder: Path, judgements: list[Judged], as_of: str) -> None:
    """Write the sources' error rates beside the catalog, for the page Sources."""
    measured = Measured(facts=len(judgements), as_of=as_of, rates=error_rates(judgements))
    write_errors(folder / ERRORS_FILE, measured)


def _rate_to_json(rate: ErrorRate) -> dict[str, Any]:
    low, high = rate.interval
    row = {name: getattr(rate, name) for name in ("sort", "source", "wrong", "claims")}
    return {**row, "low": round(low, 4), "high": round(high, 4)}


def _rates_table(rates: tuple[ErrorRate, ...]) -> Table:
    table = Table(title="How often each source is wrong (95 % interval by Wilson)", title_justify="left")
    table.add_column("Field")
    table.add_column("Source")
    for name in ("Claims", "Wrong", "Rate", "Between"):
        table.add_column(name, justify="right")
    for rate in rates:
        low, high = rate.interval
        table.add_row(
            *(rate.sort, rate.source, f"{rate.claims:,}", f"{rate.wrong:,}", f"{rate.rate:.1%}"),
            f"{low:.1%} and {high:.1%}",
        )
    return table


def print_front(front: Front, *, whole: bool, as_json: bool) -> None:
    """How complete the front models are, question by question; `whole` names each gap."""
    if as_json:
        print_json(
            {
                "rule": RULE,
                "models": list(front.models),
                "questions": [_complete_to_json(row) for row in front.complete],
                "witnessed": [
                    {"name": w.name, "facts": w.facts, "witnessed": w.witnessed} for w in front.witnessed
                ],
            }
        )
        return
    out.print(f"{len(front.models)} front models: {RULE}.", markup=False, highlight=False, soft_wrap=True)
    table = Table(title="How complete they are", title_justify="left")
    table.add_column("Asked")
    for name in ("Models", *(str(a).capitalize() for a in Answer), "Answered", "Wanted"):
        table.add_column(name, justify="right")
    for row in front.complete:
        counts = (f"{len(models)}" for models in row.models.values())
        table.add_row(row.name, f"{row.asked}", *counts, f"{row.share:.0%}", f"{row.wanted:.0%}")
    out.print(table)
    out.print(ANSWERED, markup=False, highlight=False, soft_wrap=True)
    borne_out = Table(title="Borne out by an independent source, at labs and clouds", title_justify="left")
    borne_out.add_column("Facts")
    for name in ("All", "Borne out", "Share"):
        borne_out.add_column(name, justify="right")
    for w in front.witnessed:
        borne_out.add_row(w.name, f"{w.facts:,}", f"{w.witnessed:,}", f"{w.share:.1%}")
    out.print(borne_out)
    for row in front.complete if whole else ():
        for answer in GAPS:
            if (models := row.models[answer]) or answer is Answer.UNKNOWN:
                named = ", ".join(models) or "none"
                out.print(f"{row.name}, {answer}: {named}", markup=False, highlight=False, soft_wrap=True)


def _complete_to_json(row: Complete) -> dict[str, Any]:
    return {
        "name": row.name,
        "wanted": row.wanted,
        "asked": row.asked,
        **{str(answer): list(models) for answer, models in row.models.items()},
    }
