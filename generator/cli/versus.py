"""`almanac versus A B`: when to choose which of two models or offerings, in the terminal or as JSON."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import click
from rich.table import Table
from rich.text import Text

from generator.bounds import escaped_json
from generator.cli.names import read_named
from generator.cli.options import AS_JSON, CATALOG
from generator.cli.terminal import Terminal
from generator.errors import EditError
from generator.garbage import uncollected
from playground.labels.names import Names
from playground.lifecycle.passed import on_day
from playground.versus.sentence import Sentence
from playground.versus.side import NoSideError, side
from playground.versus.versus import Versus
from playground.versus.versus import versus as compared
from playground.versus.versus_json import versus_to_json


@click.command()
@click.argument("a")
@click.argument("b")
@CATALOG
@AS_JSON
@uncollected()
def versus(a: str, b: str, folder: Path, as_json: bool) -> None:
    """When to choose A and when B: models by id or name (openai/gpt-5, "Opus 5.5"), or offerings by key.

    Each sentence follows by a rule from facts that are known on both sides.
    """
    catalog, (a, b) = read_named(folder, (a, b))
    catalog = on_day(catalog, datetime.now(UTC).date())
    names = Names(catalog)
    try:
        comparison = compared(side(a, catalog, names), side(b, catalog, names))
    except NoSideError as error:
        raise EditError(str(error)) from error
    if as_json:
        values = versus_to_json(comparison, catalog)
        click.echo(escaped_json(json.dumps(values, indent=1, ensure_ascii=False)))
    else:
        _show(comparison)


def _show(comparison: Versus) -> None:
    out = Terminal(highlight=False)
    for one, sentences in ((comparison.a, comparison.for_a), (comparison.b, comparison.for_b)):
        out.print(Text(f"Choose {one.name} ({one.place}) when", style="bold"))
        _list(out, sentences)
    if comparison.scores:
        table = Table(title="What benchmarks say", title_justify="left")
        for name in ("Test", comparison.a.name, comparison.b.name, "What differs between the runs"):
            side = name in (comparison.a.name, comparison.b.name)
            table.add_column(name, justify="right" if side else "left", overflow="fold")
        for pair in comparison.scores:
            test = pair.a.series if pair.strict else pair.a.test
            differs = "; ".join(pair.differs) or "nothing"
            table.add_row(Text(test), pair.a.text, pair.b.text, Text(differs))
        out.print(table)
    if comparison.same:
        out.print(Text("The same in both", style="bold"))
        _list(out, comparison.same)


def _list(out: Terminal, sentences: tuple[Sentence, ...]) -> None:
    for sentence in sentences:
        pages = "".join(f" ({fact.stated.url})" for fact in sentence.facts if fact.stated)
        out.print(Text(f"  {sentence.text}{pages}"))
    if not sentences:
        out.print("  nothing that is known on both sides speaks for it")
