"""Tables of the catalog's state that several commands print."""

from __future__ import annotations

import json
from typing import Any

from rich.markup import escape
from rich.table import Table

from generator.curated.statements.confirmed import CONFIRMED_FILE
from generator.exports.documents import plain
from generator.ledger.confirmed import Unconfirmed
from generator.ledger.overridden import Reread
from generator.ledger.refresh.outcome import Outcome, SourceVerdict
from generator.views.figures import UNKNOWN, change_text, written
from generator.views.report import Row, counts
from generator.views.truth.sample import Judged, Tally, Verdict
from playground.catalog import Catalog, Held

#: Of what is held together, as much is shown.
SHOWN = 6


def sources_table(catalog: Catalog, outcomes: tuple[Outcome, ...] = ()) -> Table:
    """Each source: what became of it, how fresh it is, how many of its rows are placed."""
    verdicts = {one.source: one.verdict for one in outcomes}
    table = Table(title="Sources", title_justify="left")
    for name in ("Source", "Verdict", "Version", "As of"):
        table.add_column(name)
    for name in ("Rows", "Parsed", "Left out", "Placed", "Unplaced"):
        table.add_column(name, justify="right")
    for s in catalog.sources.values():
        table.add_row(
            s.id,
            verdicts.get(s.id, SourceVerdict.STALE if s.stale else ""),
            s.version.rpartition(" ")[2],
            str(s.as_of),
            *(f"{n:,}" for n in (s.rows, s.parsed, sum(s.left_out.values()))),
            *(f"{n:,}" for n in (s.placed, sum(s.unplaced.values()))),
        )
    for one in outcomes:
        if one.verdict == SourceVerdict.MISSING:
            table.add_row(one.source, one.verdict)
    return table


def held_table(held: tuple[Held, ...]) -> Table:
    """The changes that wait for a person, the first few of each."""
    table = Table(title="Held until a person looks", title_justify="left")
    for name in ("Id", "Source", "Where", "Why", "What"):
        table.add_column(name)
    for one in held:
        shown = "\n".join(change_text(c) for c in one.changes[:SHOWN])
        more = f"\n… and {len(one.changes) - SHOWN} more" if len(one.changes) > SHOWN else ""
        table.add_row(one.id, one.source, escape(one.where), one.reason, escape(shown + more))
    return table


def reasons_table(catalog: Catalog) -> Table:
    """Why rows were left out or left unplaced, with how many."""
    table = Table(title="Rows left out, records unplaced", title_justify="left")
    table.add_column("Source")
    table.add_column("", justify="right")
    table.add_column("Reason")
    for s in catalog.sources.values():
        for reason, n in (*s.left_out.items(), *s.unplaced.items()):
            table.add_row(s.id, f"{n:,}", escape(reason))
    return table


def standing_table(title: str, rows: list[Row]) -> Table:
    """How many facts stand how, a row for each name."""
    table = Table(title=title, title_justify="left")
    table.add_column("")
    for name in ("Facts", "Agreed", "Single source", "Disputed", "Overridden", "Held back", "Doubtful"):
        table.add_column(name, justify="right")
    for r in rows:
        counts = (r.agreed, r.single, r.disputed, r.overridden, r.suspect, r.doubtful)
        table.add_row(escape(r.name), f"{r.facts:,}", *(f"{n:,} ({n / r.facts:.1%})" for n in counts))
    return table


def reread_text(one: Reread) -> str:
    """An override whose page should be read again, with what to write then."""
    row = one.override
    return f"overrides.yml: {row.where} ({row.target} {row.field}): {one.why}; {after_reading(one)}"


def unconfirmed_text(one: Unconfirmed) -> str:
    """What a page said that the catalog says no more, with what to do."""
    page, now = one.page, ", ".join(str(plain(value)) for value in one.now) or "nothing"
    return (
        f"{CONFIRMED_FILE}: {page.where} ({page.provider or 'model'} {page.model}): {one.field} was "
        f"{plain(one.read)} on {page.read}, and the catalog says {now}; read the page again, {page.url}, "
        "then write what it says and the day, or take the row out"
    )


def after_reading(one: Reread) -> str:
    """What is to be done about an override that may be right no more."""
    now = "null" if one.now is None else json.dumps(plain(one.now), ensure_ascii=False)
    return (
        f"read the page again, {one.override.link}, then write `replaces: {now}` and the day, or take it out"
    )


def size_text(catalog: Catalog) -> str:
    """How much the catalog holds, in a line."""
    held = counts(catalog)
    return (
        f"{held.models:,} models, {held.offerings:,} offerings at {held.providers:,} providers, "
        f"{held.facts:,} facts from {held.sources:,} sources"
    )


def row_to_json(row: Row) -> dict[str, Any]:
    """A row as plain values."""
    return {name: getattr(row, name) for name in Row.__dataclass_fields__}


def truth_table(title: str, tallies: list[Tally]) -> Table:
    """How many facts of a sample are right, wrong, unknown, a row for each name."""
    table = Table(title=title, title_justify="left")
    table.add_column("")
    for name in ("Facts", *(v.capitalize() for v in Verdict)):
        table.add_column(name, justify="right")
    for t in tallies:
        table.add_row(escape(t.name), f"{t.facts:,}", *(f"{n:,}" for n in t.counts.values()))
    return table


def wrong_line(one: Judged) -> str:
    """A fact of a sample that the catalog has otherwise: its value, who claims it, what the page says."""
    true, value = one.true, one.fact.value if one.fact else None
    claims = ", ".join(c.source for c in one.fact.claims if c.value == value) if one.fact else ""
    catalog = UNKNOWN if value is None else written(true.field, value)
    page = "none" if true.value is None else written(true.field, true.value)
    return (
        f"{true.target} {true.field}: {catalog}{f' by {claims}' if claims else ''} ({one.verdict}); "
        f"first party: {page}, {true.page} ({true.read})"
    )


def tally_to_json(tally: Tally) -> dict[str, Any]:
    """A tally as plain values."""
    return {"name": tally.name, "facts": tally.facts, **{str(v): n for v, n in tally.counts.items()}}


def judged_to_json(one: Judged) -> dict[str, Any]:
    """One fact of a sample and what the catalog says of it, as plain values."""
    value = one.fact.value if one.fact else None
    return {
        "of": one.true.target,
        "field": one.true.field,
        "verdict": str(one.verdict),
        "catalog": None if value is None else plain(value),
        "claims": {c.source: plain(c.value) for c in one.fact.claims} if one.fact else {},
        "first_party": None if one.true.value is None else plain(one.true.value),
        "page": one.true.page,
        "read": str(one.true.read),
        "quote": one.true.quote,
    }
