"""`almanac show NAME`: a model's or an offering's facts with all claims."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from rich.console import RenderableType
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from generator import store
from generator.cli.names import lookup
from generator.cli.options import AS_JSON, CATALOG, print_json
from generator.cli.terminal import Cell, out
from generator.garbage import uncollected
from generator.views.figures import fact_text, written
from playground.catalog import Catalog, Fact, Model, Offering
from playground.catalog.fact_json import fact_to_json, records_to_json, span_to_json
from playground.catalog.model import POINTS_TO, aliases_of
from playground.labels.labels import label
from playground.labels.names import Names, served
from playground.lifecycle.passed import on_day
from playground.pricing.coming import change_text
from playground.pricing.price_changes import price_changes

#: What a table of facts shows, each with how far the next stands from it.
COLUMNS = {"Field": 2, "Value": 2, "Standing": 2, "Claims": 0}


@click.command()
@click.argument("name")
@CATALOG
@AS_JSON
@uncollected()
def show(name: str, folder: Path, as_json: bool) -> None:
    """Print a model's or an offering's facts with all claims: microsoft/mai-thinking-1."""
    catalog = on_day(store.load_named(folder, [name]), datetime.now(UTC).date())
    model, offerings = lookup(catalog, folder).offerings(name)
    aliases = aliases_of(catalog.models).get(model.id, ()) if model else ()
    if as_json:
        print_json(_show_json(model, aliases, offerings, catalog))
        return
    # All is read before any of it is printed, so that a fact that is wrong leaves no half of an answer.
    parts = list(_parts(model, aliases, offerings, catalog))
    for part in parts:
        out.print(part)


def _parts(
    model: Model | None, aliases: Sequence[Model], offerings: list[Offering], catalog: Catalog
) -> Iterator[RenderableType]:
    """What is printed: of the model and of each offering a line, its facts, and its records."""
    if model:
        yield f"[bold]{escape(Names(catalog)[model.id])}[/]  {escape(model.id)}"
        if model.facts:
            yield _facts_table(model.facts)
        for alias in aliases:
            fact = alias.facts[POINTS_TO]
            yield Text(f"  alias {alias.id}: {fact.standing}; {_claims(POINTS_TO, fact)}")
    for offering in offerings:
        provider = catalog.providers[offering.provider].name
        tail = f" {served(offering)}" if served(offering) else ""
        yield f"\n[bold]{escape(provider)}, {offering.channel}{escape(tail)}[/]  {escape(offering.key)}"
        yield _facts_table(offering.facts)
        for change in price_changes(offering, catalog.day):
            yield Text(f"  {change_text(change)}, as {change.record} announces")
        for record, row in offering.records.items():
            yield Text(f"  {record}: {row.id}  {row.link}")


def _facts_table(facts: Mapping[str, Fact]) -> Table:
    table = Table(box=None, pad_edge=False, padding=0)
    for name, gap in COLUMNS.items():
        table.add_column(Cell(name, gap))
    for name, fact in facts.items():
        known = fact.value is not None or fact.is_none
        shown = fact_text(name, fact) if known else "unknown"
        row = (label(name), shown, str(fact.standing), _claims(name, fact))
        table.add_row(*map(Cell, row, COLUMNS.values()))
    return table


def _claims(name: str, fact: Fact) -> str:
    claims = []
    for c in fact.claims:
        since = f" since {c.since}" if c.since else ""
        value = f" {written(name, c.value)}" if c.note else ""
        note = f" ({c.note})" if c.note and c.note != "disagrees" else ""
        claims.append(f"{c.record}{value}{since}{note}")
    claims += [text for text in (fact.reason, fact.link) if text]
    return "; ".join(claims)


def _show_json(
    model: Model | None, aliases: Sequence[Model], offerings: list[Offering], catalog: Catalog
) -> dict[str, Any]:
    data: dict[str, Any] = {}
    if model:
        data["model"] = {
            "id": model.id,
            "records": records_to_json(model.records),
            "facts": {n: fact_to_json(f) for n, f in model.facts.items()},
            "aliases": {alias.id: fact_to_json(alias.facts[POINTS_TO]) for alias in aliases},
        }
    data["offerings"] = [
        {
            "key": o.key,
            "provider": o.provider,
            "channel": o.channel,
            "model": o.model,
            "version": o.version,
            "variant": o.variant,
            "ids": o.ids,
            "records": records_to_json(o.records),
            "facts": {n: fact_to_json(f) for n, f in o.facts.items()},
            "history": [span_to_json(s) for s in o.history],
            "coming": [
                {"from": str(c.day), "usd": c.usd, "by": c.record} for c in price_changes(o, catalog.day)
            ],
        }
        for o in offerings
    ]
    return data
