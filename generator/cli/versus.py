"""`almanac versus A B`: when to choose which of two models or offerings, in the terminal or as JSON."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click
from rich.table import Table
from rich.text import Text

from generator.bounds import escaped_json
from generator.cli.names import read_named
from generator.cli.options import AS_JSON, CATALOG, part_options
from generator.cli.terminal import Terminal
from generator.curated.need_file import need
from generator.errors import EditError
from generator.garbage import uncollected
from generator.store.abilities import load_abilities
from playground.labels.names import Names
from playground.lifecycle.passed import on_day
from playground.need.rows import PARTS
from playground.versus.month import USUAL_PARTS, work_text
from playground.versus.sentence import Sentence
from playground.versus.side import NoSideError, side
from playground.versus.verdict.phrases import as_sentence, head_text, sure_text, when_text
from playground.versus.versus import Versus
from playground.versus.versus import versus as compared
from playground.versus.versus_json import versus_to_json

#: The month's work, as a page of a pair has it unless it is said.
WORK = [replace(PARTS[name], help=f"{PARTS[name].label} ({usual:,}).") for name, usual in USUAL_PARTS.items()]


@click.command()
@click.argument("a")
@click.argument("b")
@part_options(WORK)
@CATALOG
@AS_JSON
@uncollected()
def versus(a: str, b: str, folder: Path, as_json: bool, **work: str | None) -> None:
    """Which of A and B is for most, and when to choose the other: models by id or name (openai/gpt-5,
    "Opus 5.5"), or offerings by key.

    Each sentence follows by a rule from facts that are known on both sides.
    """
    catalog, (a, b) = read_named(folder, (a, b))
    catalog = on_day(catalog, datetime.now(UTC).date())
    names = Names(catalog)
    try:
        abilities = load_abilities(folder)
        month = need({**USUAL_PARTS, **{n: v for n, v in work.items() if v is not None}}, catalog, "the work")
        one, other = (side(name, catalog, names, abilities) for name in (a, b))
        comparison = compared(one, other, month.work)
    except NoSideError as error:
        raise EditError(str(error)) from error
    if as_json:
        values = versus_to_json(comparison, catalog)
        click.echo(escaped_json(json.dumps(values, indent=1, ensure_ascii=False)))
    else:
        _show(comparison)


def _show(comparison: Versus) -> None:
    out = Terminal(highlight=False)
    _show_verdict(out, comparison)
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


def _show_verdict(out: Terminal, comparison: Versus) -> None:
    verdict, a, b = comparison.verdict, comparison.a, comparison.b
    names = (a.name, b.name)
    sure = f" ({sure_text(verdict)})" if sure_text(verdict) else ""
    out.print(Text(f"{head_text(verdict, a, b)}{sure}", style="bold"))
    for sentence in verdict.why:
        out.print(Text(f"  {as_sentence(sentence.text, names)}"))
    for key, reasons in verdict.when.items():
        out.print(Text(f"Choose {(a if key == 'a' else b).name} if {when_text(reasons)}."))
    for note in verdict.notes:
        out.print(Text(f"  {as_sentence(note.text, names)}", style="dim"))
    if verdict.months.known:
        out.print(Text(f"  The month: {work_text(verdict.months.work)}.", style="dim"))
    out.print()


def _list(out: Terminal, sentences: tuple[Sentence, ...]) -> None:
    for sentence in sentences:
        urls = dict.fromkeys(fact.stated.url for fact in sentence.facts if fact.stated)
        pages = "".join(f" ({url})" for url in urls)
        out.print(Text(f"  {sentence.text}{pages}"))
    if not sentences:
        out.print("  nothing that is known here speaks for it")
