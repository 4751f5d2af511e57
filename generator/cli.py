"""The command `almanac`. Every failure ends in one message and an exit code: 1 data, 2 surroundings."""

from __future__ import annotations

import json
import mimetypes
import os
import socket
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click
import stamina
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from generator import compare as comparing
from generator import frontend, store
from generator.check import check as find_faults
from generator.check import too_old
from generator.choosing import choose
from generator.comparing import versus
from generator.costing import cost
from generator.diffing import diff
from generator.errors import AlmanacError, SetupError
from generator.identity import load_rules
from generator.linting import catalog_folder, lint
from generator.lookup import find
from generator.options import AS_JSON, CATALOG, cache_folder, existing, print_json
from generator.refreshing import refresh, report
from generator.renamed import FILE as RENAMED
from generator.renamed import load_renamed
from generator.runtime import assemble
from generator.views import written
from playground.catalog import Catalog, Fact, Model, Offering
from playground.chat import IMAGES, Chat, Effort, Image, Schema, user
from playground.codec import fact_to_json, records_to_json, span_to_json
from playground.words import display_names, label, served

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

    from generator.plugin import AlmanacPlugin

out = Console()
err = Console(stderr=True)

A_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="model-almanac", prog_name="almanac")
def cli() -> None:
    """Model Almanac: facts about AI models with their sources, and a site made from them."""


@cli.command()
@click.option(
    "--max-age",
    metavar="DAYS",
    type=click.IntRange(0),
    help="Also fail where the last good refresh is longer ago than this, or a source was not read since.",
)
@CATALOG
def check(max_age: int | None, folder: Path) -> None:
    """Check the committed catalog and the files people edit."""
    start = time.perf_counter()
    existing(folder)
    faults = list(find_faults(folder))
    if max_age is not None and not faults:
        faults = list(too_old(store.load(folder), max_age, datetime.now(UTC).date()))
    for fault in faults:
        err.print(fault, markup=False, highlight=False, soft_wrap=True)
    if faults:
        raise SystemExit(1)
    out.print(f"The catalog is sound (checked in {time.perf_counter() - start:.1f} s).")


@cli.command()
@click.argument("name")
@CATALOG
@AS_JSON
def show(name: str, folder: Path, as_json: bool) -> None:
    """Print a model's or an offering's facts with all claims: microsoft/mai-thinking-1."""
    catalog = store.load(existing(folder))
    model, offerings = find(
        name, catalog, load_rules(folder / "identity.yml"), load_renamed(folder / RENAMED)
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


@cli.command()
@click.option("--strict", is_flag=True, help="Let warnings fail the build.")
@click.option(
    "--markdown",
    "markdown_dir",
    type=click.Path(path_type=Path, file_okay=False),
    help="Also write every generated page as Markdown into this folder.",
)
@click.option(
    "--site-dir",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder to build into, instead of the one that mkdocs.yml names.",
)
@click.option(
    "--compress/--no-compress",
    default=True,
    show_default=True,
    help="Whether each file also lies beside itself as .br and .gz, for a host that serves those.",
)
def build(strict: bool, markdown_dir: Path | None, site_dir: Path | None, compress: bool) -> None:
    """Build the site into site/, ready to be served by any static host."""
    _check_setup()
    if markdown_dir:
        _write_markdown(markdown_dir)
    from generator.artefact import finish  # with all that a site is made of; no other command needs it

    site, catalog, cache = _built(strict=strict, site_dir=site_dir)
    done = finish(site, catalog, cache, compress=compress)
    out.print(
        f"{site}: {done.files:,} files, {done.bytes / 1e6:,.0f} MB"
        + (f", {done.brotli_bytes / 1e6:,.0f} MB compressed" if compress else ""),
        highlight=False,
    )


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
    "--catalog",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder that holds the catalog (docs/catalog, else the package's own).",
)
@click.option("--site", help="Answer from a published site's catalog: its address.")
def mcp(folder: Path | None, site: str | None) -> None:
    """Serve the catalog to assistants by the Model Context Protocol, over standard input and output."""
    from generator.assistant import server  # large, and no other command needs it
    from generator.library import Library
    from generator.mirror import mirror

    if folder and site:
        raise click.UsageError("--catalog and --site are two places for one catalog; name one")
    if site:
        found, old = mirror(site, cache_folder())
        if old:
            err.print(f"{old}; answering from the last good copy", markup=False, highlight=False)
    else:
        found = catalog_folder(folder)
    server(Library(found, datetime.now(UTC).date())).run()


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
        print_json({"prompt": chat.messages[0].text, "results": comparing.to_json(asked, transcripts)})
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


def _built(*, strict: bool, site_dir: Path | None) -> tuple[Path, str, Path]:
    """Let MkDocs build the site: its folder, that of the catalog in it, where what is made once is kept."""
    os.environ["NO_MKDOCS_2_WARNING"] = "1"  # before MkDocs is loaded, which is slow and only needed here
    from mkdocs.__main__ import cli as mkdocs
    from mkdocs.config import load_config

    where = ["--site-dir", str(site_dir)] if site_dir else []
    mkdocs.main(
        args=["build", *(["--strict"] if strict else []), *where], prog_name="mkdocs", standalone_mode=False
    )
    config = load_config("mkdocs.yml")
    options = _plugin(config).config
    return site_dir or Path(config.site_dir), options.catalog, Path(options.cache).parent / "compressed"


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

    config = load_config("mkdocs.yml")
    count = 0
    for page in _plugin(config).all_pages(config):
        path = target / page.path.strip("/") / "index.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page.markdown, "utf-8")
        count += 1
    out.print(f"{count:,} pages written to {target}")


def _plugin(config: MkDocsConfig) -> AlmanacPlugin:
    from generator.plugin import AlmanacPlugin

    plugin = config.plugins.get("almanac")
    if not isinstance(plugin, AlmanacPlugin):
        raise SetupError("mkdocs.yml does not name the plugin almanac; add it under plugins")
    return plugin


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


cli.add_command(refresh)
cli.add_command(report)
cli.add_command(lint)
cli.add_command(diff)
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
