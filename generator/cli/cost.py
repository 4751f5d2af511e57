"""`almanac cost`: a month's bill at up to twelve offerings, in the terminal or as JSON."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from rich.table import Table
from rich.text import Text

from generator import store
from generator.assistant.lookup import Lookup
from generator.bounds import escaped_json
from generator.cli.names import read_named
from generator.cli.options import AS_JSON, CATALOG, ON, part_options
from generator.cli.terminal import Terminal
from generator.curated.need_file import need
from generator.errors import EditError
from generator.garbage import uncollected
from playground.catalog import Catalog, Offering
from playground.labels.names import Names
from playground.lifecycle.passed import on_day
from playground.need.need import workload_to_parts
from playground.need.rows import BILL_PARTS
from playground.pricing.bills import MOST, bills_to_json
from playground.pricing.usage_export import UsageError, read_usage
from playground.versus.side import NoSideError, side


@click.command()
@click.argument("names", nargs=-1)
@part_options(BILL_PARTS)
@click.option(
    "--usage",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="A usage export of OpenAI or Anthropic, or LiteLLM's spend log; options go before it.",
)
@ON
@CATALOG
@AS_JSON
@uncollected()
def cost(
    names: tuple[str, ...],
    usage: Path | None,
    day: datetime | None,
    folder: Path,
    as_json: bool,
    **options: str | None,
) -> None:
    """What a month's work costs at these offerings (by key) or models (by id or name), with what would save.

    Without NAMES, at the models that the usage export names.
    """
    # Regions are told from all offerings, and so are the models that an export names.
    every = bool(usage) or not names or options["region"] is not None
    catalog, names = read_named(folder, names, every=every)
    used, parts = _from_usage(usage) if usage else ([], {})
    if not names:
        names = Lookup(catalog, folder).known(used)
    if not names:
        why = f"{usage} names no model of the catalog; " if usage else ""
        raise click.UsageError(f"{why}name models or offerings, such as openai/gpt-5")
    if len(names) > MOST:
        raise EditError(f"{len(names)} are too many at once; {MOST} can be compared")
    parts |= {name: value for name, value in options.items() if value is not None}
    wanted = need(parts, catalog, "the work")
    work = wanted.work
    called = Names(catalog)
    today = (day or datetime.now(UTC)).date()
    catalog = on_day(catalog, today)
    offerings = _offerings(names, catalog, called)
    rows = bills_to_json(work, offerings, catalog, called, today, wanted.region)
    if as_json:
        shown = {"work": workload_to_parts(work), "catalog": store.catalog_hash(folder), "bills": rows}
        click.echo(escaped_json(json.dumps(shown, indent=1, ensure_ascii=False)))
    else:
        _show(rows)


def _offerings(names: tuple[str, ...], catalog: Catalog, called: Any) -> list[Offering]:
    try:
        return [side(name, catalog, called).home for name in dict.fromkeys(names)]
    except NoSideError as error:
        raise EditError(str(error)) from error


def _from_usage(path: Path) -> tuple[list[str], dict[str, Any]]:
    """The models that an export names, the most used first, and a month of the same work."""
    try:
        counted = read_usage(path.read_text("utf-8"))
        work = counted.workload()
    except (UsageError, UnicodeDecodeError) as error:
        raise EditError(f"{path}: {error}") from error
    return [name for name, _ in counted.models.most_common(MOST)], workload_to_parts(work)


def _show(rows: list[dict[str, Any]]) -> None:
    out = Terminal(highlight=False)
    table = Table(title="A month, the cheapest first", title_justify="left")
    for name, justify in (
        ("Offering", "left"),
        ("A month", "right"),
        ("A year ago", "right"),
        ("Would save", "left"),
    ):
        table.add_column(name, justify=justify, overflow="fold")  # type: ignore[arg-type]
    for row in rows:
        before = next(p["cost"] for p in row["past"] if p["when"] == "a year ago")
        saves = "; ".join(f"{s['way']}: {s['cost']}" for s in row["savings"][:3])
        table.add_row(Text(row["offering"]), row["cost"], before, Text(saves or "–"))
    out.print(table)
    for row in rows:
        if row["month"]:
            parts = ", ".join(_line(line) for line in row["month"]["lines"])
            out.print(Text(f"  {row['offering']}: {parts}"))
        if row["note"]:
            out.print(Text(f"  {row['offering']}: {row['note']}"), style="yellow")


def _line(line: dict[str, Any]) -> str:
    mode = "" if line["mode"] == "standard" else f" ({line['mode']})"
    return f"{line['label']}{mode} {line['count']:,.0f} at {line['price']}"
