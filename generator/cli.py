"""The command `almanac`. Every failure ends in one message and an exit code: 1 data, 2 surroundings."""

from __future__ import annotations

import json
import mimetypes
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NoReturn

import click
import stamina
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, DownloadColumn, TextColumn
from rich.progress import Progress as Bar
from rich.table import Table

from generator import compare as comparing
from generator import frontend, store
from generator.check import check as find_faults
from generator.choosing import choose
from generator.comparing import versus
from generator.costing import cost
from generator.errors import AlmanacError, SetupError
from generator.fetch import Progress
from generator.identity import find_model, load_rules
from generator.options import AS_JSON, CATALOG
from generator.refresh import Refreshed
from generator.refresh import refresh as refresh_catalog
from generator.report import Row, by_field, by_provider
from generator.runtime import assemble
from generator.views import written
from playground.catalog import Catalog, Fact, Model, Offering
from playground.chat import IMAGES, Chat, Effort, Image, Schema, user
from playground.codec import fact_to_json, records_to_json, span_to_json
from playground.words import display_names, label, model_order, served

out = Console()
err = Console(stderr=True)

A_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="model-almanac", prog_name="almanac")
def cli() -> None:
    """Model Almanac: facts about AI models with their sources, and a site made from them."""


@cli.command()
@click.option("--pinned/--live", "pinned", default=None, help="Packages of exact versions, or the web.")
@CATALOG
@AS_JSON
def refresh(pinned: bool | None, folder: Path, as_json: bool) -> None:
    """Make the catalog again from its sources, and say what became of every row."""
    if pinned is None:
        raise click.UsageError(
            "say where from: --pinned (packages of exact versions; makes the committed catalog) "
            "or --live (the sources as they are now)"
        )
    _need_folder(folder)
    with _bars(quiet=as_json) as progress:
        done = refresh_catalog(
            folder,
            _cache(),
            live=not pinned,
            today=datetime.now(UTC).date(),
            progress=progress,
        )
    if as_json:
        _print_json(_refresh_json(done))
        return
    catalog = done.result.catalog
    out.print(_sources_table(catalog))
    out.print(_reasons_table(catalog))
    out.print(_standing_table("Facts by field", by_field(catalog)[:12]))
    for source, keys in done.unread.items():
        said = ", ".join(f"{k} ({n})" for k, n in keys.items())
        err.print(f"[yellow]{source}: keys that no rule reads: {escape(said)}")
    for row in done.result.removable:
        err.print(f"[yellow]overrides.yml: {row.where}: the sources now say the same; remove it")
    for row in done.result.aimless:
        err.print(f"[yellow]overrides.yml: {row.where}: there is no {row.target}")
    if done.unscored:
        out.print(f"Scored, but served nowhere: {', '.join(done.unscored)}", highlight=False, markup=False)
    out.print(f"{len(catalog.models):,} models, {len(catalog.offerings):,} offerings written to {folder}")


@cli.command()
@CATALOG
def check(folder: Path) -> None:
    """Check the committed catalog and the files people edit."""
    start = time.perf_counter()
    _need_folder(folder)
    faults = list(find_faults(folder))
    for fault in faults:
        err.print(fault, markup=False, highlight=False, soft_wrap=True)
    if faults:
        raise SystemExit(1)
    out.print(f"The catalog is sound (checked in {time.perf_counter() - start:.1f} s).")


@cli.command()
@CATALOG
@AS_JSON
def report(folder: Path, as_json: bool) -> None:
    """How well the facts stand, by field and by provider, and which rows are unplaced."""
    catalog = store.load(_need_folder(folder))
    unplaced = store.load_unplaced(folder)
    if as_json:
        rows = {
            "fields": [_row_json(r) for r in by_field(catalog)],
            "providers": [_row_json(r) for r in by_provider(catalog)],
            "unplaced": {s: {r: list(i) for r, i in u.items()} for s, u in unplaced.items()},
        }
        _print_json(rows)
        return
    out.print(_sources_table(catalog))
    out.print(_reasons_table(catalog))
    out.print(_standing_table("Facts by field", by_field(catalog)))
    out.print(_standing_table("Facts by provider", by_provider(catalog)[:40]))
    for source, reasons in unplaced.items():
        for reason, ids in reasons.items():
            out.print(f"[bold]{source}[/]: {reason} ({len(ids)}): {escape(', '.join(ids[:10]))} …")


@cli.command()
@click.argument("name")
@CATALOG
@AS_JSON
def show(name: str, folder: Path, as_json: bool) -> None:
    """Print a model's or an offering's facts with all claims: microsoft/mai-thinking-1."""
    catalog = store.load(_need_folder(folder))
    model, offerings = _find(name, catalog, folder)
    if as_json:
        _print_json(_show_json(model, offerings))
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


@cli.command()
@click.option("--strict", is_flag=True, help="Let warnings fail the build.")
@click.option(
    "--markdown",
    "markdown_dir",
    type=click.Path(path_type=Path, file_okay=False),
    help="Also write every generated page as Markdown into this folder.",
)
def build(strict: bool, markdown_dir: Path | None) -> None:
    """Build the site into site/."""
    _check_setup()
    if markdown_dir:
        _write_markdown(markdown_dir)
    _mkdocs("build", *(["--strict"] if strict else []))


@cli.command()
@click.option("--port", default=8000, show_default=True, help="The port to begin looking at.")
def serve(port: int) -> None:
    """Build the site and serve it on 127.0.0.1, building again when a file changes."""
    _check_setup()
    free = _free_port(port)
    if free != port:
        err.print(f"Port {port} is taken; serving at http://127.0.0.1:{free}/")
    _mkdocs("serve", "--dev-addr", f"127.0.0.1:{free}")


@cli.command()
@click.option(
    "--cache",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(".cache/runtime"),
    show_default=True,
    help="Where the distribution is kept, by the hash of what went into it.",
)
def runtime(cache: Path) -> None:
    """Assemble the playground's own Pyodide; print the folder it is in."""
    _check_setup()
    click.echo(assemble(cache))


@cli.command()
@click.argument("prompt")
@click.option("--model", "models", multiple=True, required=True, help="provider/id; give it several times.")
@click.option("--system", default="", help="The system prompt.")
@click.option("--effort", type=click.Choice(list(Effort)), help="Reasoning effort.")
@click.option("--max-tokens", type=click.IntRange(1), help="The longest answer, in tokens.")
@click.option("--temperature", type=click.FloatRange(0, 2), help="Sampling temperature.")
@click.option("--schema", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="A JSON Schema.")
@click.option(
    "--image", "images", multiple=True, type=click.Path(path_type=Path, exists=True, dir_okay=False)
)
@click.option("--set", "places", multiple=True, metavar="NAME=VALUE", help="A part of an address.")
@click.option("--url", default="", help="The address of the provider `own`.")
@CATALOG
@AS_JSON
def compare(
    prompt: str,
    models: tuple[str, ...],
    system: str,
    effort: str | None,
    max_tokens: int | None,
    temperature: float | None,
    schema: Path | None,
    images: tuple[Path, ...],
    places: tuple[str, ...],
    url: str,
    folder: Path,
    as_json: bool,
) -> None:
    """Ask several models one prompt (- reads it from standard input) and stream the answers side by side.

    Keys come from the environment, by the names that the vendors' own tools use. Ends with 1 where a model
    did not finish.
    """
    chat = Chat(
        messages=(user(sys.stdin.read() if prompt == "-" else prompt, *map(_image, images)),),
        system=system,
        effort=Effort(effort) if effort else None,
        max_tokens=max_tokens,
        temperature=temperature,
        schema=Schema(name="answer", schema=_schema(schema)) if schema else None,
    )
    if wrong := [text for text in places if "=" not in text]:
        raise click.UsageError(f"--set {wrong[0]}: write NAME=VALUE, such as --set resource=my-resource")
    parts = dict(text.split("=", 1) for text in places)
    asked = comparing.asked(store.load(folder), models, chat, parts, url)
    transcripts = comparing.run(asked, None if as_json else out)
    if as_json:
        _print_json({"prompt": chat.messages[0].text, "results": comparing.to_json(asked, transcripts)})
    else:
        if not out.is_terminal:
            for one, transcript in zip(asked, transcripts, strict=True):
                out.print(f"## {one.name}\n\n{transcript.text}\n", markup=False, highlight=False)
        out.print(comparing.summary(asked, transcripts))
    sys.exit(comparing.exit_code(transcripts))


def _image(path: Path) -> Image:
    media_type = mimetypes.guess_type(path.name)[0] or ""
    if media_type not in IMAGES:
        raise click.UsageError(
            f"{path} is {media_type or 'of no known type'}; models take {', '.join(IMAGES)}"
        )
    return Image(media_type=media_type, data=path.read_bytes())


def _schema(path: Path) -> dict[str, Any]:
    try:
        value = json.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise click.UsageError(f"{path} is no JSON: {error}") from error
    if not isinstance(value, dict):
        raise click.UsageError(f"{path} is no JSON Schema: it holds no object")
    return value


def _free_port(wanted: int) -> int:
    for port in range(wanted, min(wanted + 50, 65536)):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise SetupError(f"no free port from {wanted} on; name another with --port")


def _mkdocs(*arguments: str) -> NoReturn:
    """Become MkDocs, so that a signal to this command is a signal to it."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "mkdocs", *arguments]
    sys.stdout.flush()
    if os.name == "posix":
        os.execve(command[0], command, environment)  # noqa: S606 (our own arguments)
    try:
        code = subprocess.run(command, env=environment, check=False).returncode  # noqa: S603
    except KeyboardInterrupt:
        code = 130
    raise SystemExit(code)


def _check_setup() -> None:
    if not Path("mkdocs.yml").is_file():
        raise SetupError("mkdocs.yml is not here; run almanac in the folder that holds it")
    if lacking := frontend.missing():
        raise SetupError(f"front-end files are missing ({lacking[0]}); run: make setup")


def _write_markdown(target: Path) -> None:
    """The generated pages with the options of mkdocs.yml."""
    from mkdocs.config import load_config  # slow to load, and no other command needs it

    from generator.plugin import AlmanacPlugin

    config = load_config("mkdocs.yml")
    plugin = config.plugins.get("almanac")
    if not isinstance(plugin, AlmanacPlugin):
        raise SetupError("mkdocs.yml does not name the plugin almanac; add it under plugins")
    count = 0
    for page in plugin.all_pages(config):
        path = target / page.path.strip("/") / "index.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page.markdown, "utf-8")
        count += 1
    out.print(f"{count:,} pages written to {target}")


def _need_folder(folder: Path) -> Path:
    if not folder.is_dir():
        raise SetupError(
            f"{folder} does not exist; run almanac in the project's folder, or name it with --catalog"
        )
    return folder


def _cache() -> Path:
    return Path(os.environ.get("ALMANAC_CACHE") or Path.home() / ".cache" / "model-almanac")


@contextmanager
def _bars(*, quiet: bool) -> Iterator[Any]:
    """A bar per source on a terminal, nothing elsewhere."""
    with Bar(
        TextColumn("{task.description:14}"),
        BarColumn(),
        DownloadColumn(),
        console=err,
        transient=True,
        disable=quiet or not err.is_terminal,
    ) as bars:

        def start(source: str) -> Progress:
            task = bars.add_task(source, total=None)
            return lambda done, total: bars.update(task, completed=done, total=total)

        yield start


def _sources_table(catalog: Catalog) -> Table:
    table = Table(title="Sources", title_justify="left")
    for name in ("Source", "Version", "As of"):
        table.add_column(name)
    for name in ("Rows", "Parsed", "Left out", "Placed", "Unplaced"):
        table.add_column(name, justify="right")
    for s in catalog.sources.values():
        table.add_row(
            s.id,
            s.version.rpartition(" ")[2],
            str(s.as_of),
            *(f"{n:,}" for n in (s.rows, s.parsed, sum(s.left_out.values()))),
            *(f"{n:,}" for n in (s.placed, sum(s.unplaced.values()))),
        )
    return table


def _reasons_table(catalog: Catalog) -> Table:
    table = Table(title="Rows left out, records unplaced", title_justify="left")
    table.add_column("Source")
    table.add_column("", justify="right")
    table.add_column("Reason")
    for s in catalog.sources.values():
        for reason, n in (*s.left_out.items(), *s.unplaced.items()):
            table.add_row(s.id, f"{n:,}", escape(reason))
    return table


def _standing_table(title: str, rows: list[Row]) -> Table:
    table = Table(title=title, title_justify="left")
    table.add_column("")
    for name in ("Facts", "Agreed", "Single source", "Disputed", "Overridden", "Held back"):
        table.add_column(name, justify="right")
    for r in rows:
        counts = (r.agreed, r.single, r.disputed, r.overridden, r.suspect)
        table.add_row(escape(r.name), f"{r.facts:,}", *(f"{n:,} ({n / r.facts:.1%})" for n in counts))
    return table


def _facts_table(facts: Any, catalog: Catalog) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for name in ("Field", "Value", "Standing", "Claims"):
        table.add_column(name)
    for name, fact in facts.items():
        shown = "unknown" if fact.value is None else written(name, fact.value)
        table.add_row(escape(label(name)), escape(shown), str(fact.standing), escape(_claims(name, fact)))
    return table


def _claims(name: str, fact: Fact) -> str:
    said = []
    for c in fact.claims:
        since = f" since {c.since}" if c.since else ""
        value = f" {written(name, c.value)}" if c.note else ""
        note = f" ({c.note})" if c.note and c.note != "disagrees" else ""
        said.append(f"{c.record}{value}{since}{note}")
    if fact.reason:
        said.append(fact.reason)
    return "; ".join(said)


def _find(name: str, catalog: Catalog, folder: Path) -> tuple[Model | None, list[Offering]]:
    """A model by id, by any spelling of it, or by its name alone; or an offering by its key."""
    for offering in catalog.offerings:
        if offering.key == name:
            return None, [offering]
    rules = load_rules(folder / "identity.yml")
    found = find_model(name, catalog.models, rules) if "/" in name else None
    if found is None and "/" not in name:
        wanted = name.lower()
        matches = [m for m in catalog.models if m.partition("/")[2] == wanted]
        if len(matches) > 1:
            raise AlmanacError(f"{name!r} is the name of several models: {', '.join(matches)}")
        found = matches[0] if matches else None
    if found is None:
        names = [*catalog.models, *(o.key for o in catalog.offerings)]
        near = get_close_matches(name.lower(), names, n=5, cutoff=0.5)
        near += [m for m in catalog.models if name.lower() in m and m not in near][: 5 - len(near)]
        hint = f"; did you mean {', '.join(near)}?" if near else ""
        raise AlmanacError(f"no model or offering is called {name!r}{hint}")
    return catalog.models[found], sorted(catalog.of_model(found), key=model_order)


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


def _refresh_json(done: Refreshed) -> dict[str, Any]:
    catalog = done.result.catalog
    return {
        "models": len(catalog.models),
        "offerings": len(catalog.offerings),
        "sources": {
            s.id: {
                "version": s.version,
                "as_of": str(s.as_of),
                "rows": s.rows,
                "parsed": s.parsed,
                "left_out": dict(s.left_out),
                "placed": s.placed,
                "unplaced": dict(s.unplaced),
                "unread": dict(done.unread.get(s.id, {})),
            }
            for s in catalog.sources.values()
        },
        "facts": _row_json(by_field(catalog)[0]),
        "removable_overrides": [f"{o.target} {o.field}" for o in done.result.removable],
        "aimless_overrides": [f"{o.target} {o.field}" for o in done.result.aimless],
    }


def _row_json(row: Row) -> dict[str, Any]:
    return {name: getattr(row, name) for name in Row.__dataclass_fields__}


def _print_json(data: Any) -> None:
    def plain(value: Any) -> Any:
        if isinstance(value, Decimal):
            return int(value) if value == value.to_integral_value() else float(value)
        raise TypeError(type(value).__name__)

    click.echo(json.dumps(data, indent=1, default=plain, ensure_ascii=False))


cli.add_command(choose)
cli.add_command(versus)
cli.add_command(cost)


def main() -> None:
    """Run the command; an error that a person can act on is shown as one message."""
    # A retry is no news on a terminal; what stays broken is said at the end.
    stamina.instrumentation.set_on_retry_hooks(())
    try:
        cli(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.exceptions.Exit as error:
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        err.print("Stopped; the catalog is as it was.")
        sys.exit(130)
    except AlmanacError as error:
        err.print(f"almanac: {error}", markup=False, highlight=False, soft_wrap=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except OSError as error:
        name = f"{error.filename}: " if error.filename else ""
        err.print(
            f"almanac: {name}{error.strerror or error}; look at the file, its rights and the disk's room",
            markup=False,
            highlight=False,
            soft_wrap=True,
        )
        sys.exit(2)


if __name__ == "__main__":
    main()
