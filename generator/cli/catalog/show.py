"""`almanac show NAME`: a model's or an offering's facts with all claims."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from rich.markup import escape
from rich.table import Table

from generator import store
from generator.assistant.lookup import find
from generator.cli.options import AS_JSON, CATALOG, print_json
from generator.cli.terminal import out
from generator.curated.identity_rules import load_rules
from generator.curated.renamed import RENAMED_FILE, load_renamed
from generator.views.figures import written
from playground.catalog import Catalog, Fact, Model, Offering
from playground.catalog.fact_json import fact_to_json, records_to_json, span_to_json
from playground.labels.labels import label
from playground.labels.names import display_names, served


@click.command()
@click.argument("name")
@CATALOG
@AS_JSON
def show(name: str, folder: Path, as_json: bool) -> None:
    """Print a model's or an offering's facts with all claims: microsoft/mai-thinking-1."""
    catalog = store.load(folder)
    model, offerings = find(
        name, catalog, load_rules(folder / "identity.yml"), load_renamed(folder / RENAMED_FILE)
    )
    if as_json:
        print_json(_show_json(model, offerings))
        return
    if model:
        out.print(f"[bold]{escape(display_names(catalog)[model.id])}[/]  {escape(model.id)}")
        if model.facts:
            out.print(_facts_table(model.facts, catalog))
    for offering in offerings:
        provider = catalog.providers[offering.provider].name
        tail = f" {served(offering)}" if served(offering) else ""
        out.print(f"\n[bold]{escape(provider)}, {offering.channel}{escape(tail)}[/]  {escape(offering.key)}")
        out.print(_facts_table(offering.facts, catalog))
        for record, row in offering.records.items():
            out.print(f"  {record}: {escape(row.id)}  {escape(row.link)}", highlight=False)


def _facts_table(facts: Any, catalog: Catalog) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for name in ("Field", "Value", "Standing", "Claims"):
        table.add_column(name)
    for name, fact in facts.items():
        shown = "unknown" if fact.value is None else written(name, fact.value)
        table.add_row(escape(label(name)), escape(shown), str(fact.standing), escape(_claims(name, fact)))
    return table


def _claims(name: str, fact: Fact) -> str:
    claims = []
    for c in fact.claims:
        since = f" since {c.since}" if c.since else ""
        value = f" {written(name, c.value)}" if c.note else ""
        note = f" ({c.note})" if c.note and c.note != "disagrees" else ""
        claims.append(f"{c.record}{value}{since}{note}")
    if fact.reason:
        claims.append(fact.reason)
    return "; ".join(claims)


def _show_json(model: Model | None, offerings: list[Offering]) -> dict[str, Any]:
    data: dict[str, Any] = {}
    if model:
        data["model"] = {
            "id": model.id,
            "records": records_to_json(model.records),
            "facts": {n: fact_to_json(f) for n, f in model.facts.items()},
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
        }
        for o in offerings
    ]
    return data
