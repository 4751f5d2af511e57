"""`almanac build`: the site, ready for any static host."""

from __future__ import annotations

import logging
import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.site.setup import check_setup, configured, logged, plugin_of
from generator.cli.terminal import out

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig


@click.command()
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
    check_setup()
    if markdown_dir:
        write_markdown(markdown_dir)
    config = configured()
    from generator.site import unchanged  # with MkDocs, which no other command needs

    site = site_dir or Path(config.site_dir)
    last = unchanged.LastSite(site, Path(plugin_of(config).config.cache))
    inputs = unchanged.made_of(config, site=str(site.absolute()), compress=compress)
    with _ended_in_order(site), last.alone():
        if done := last.result(inputs):
            out.print(f"{_line(site, done, compress=compress)}; nothing has changed since", highlight=False)
            return
        done, warnings = _built(config, site, strict=strict, compress=compress)
        last.note("" if warnings else inputs, done)
    out.print(_line(site, done, compress=compress), highlight=False)


def _built(config: MkDocsConfig, site: Path, *, strict: bool, compress: bool) -> tuple[dict[str, int], bool]:
    """Build and finish the site: its files and bytes, and whether there was a warning."""
    from mkdocs.commands.build import build as mkdocs_build
    from mkdocs.utils import CountHandler

    from generator.exports.playground import PAGE
    from generator.site.detail.beside import beside
    from generator.site.hosting import artefact, compression

    warnings = CountHandler()
    warnings.setLevel(logging.WARNING)
    logging.getLogger("mkdocs").addHandler(warnings)
    plugin = plugin_of(config)
    cache = Path(plugin.config.cache).parent / "compressed"
    # The largest are the playground's.
    ahead = compress and (Path(config.docs_dir) / PAGE).is_file()
    with logged(), beside(site) as built:
        config.site_dir, plugin.last_site = str(built.folder.absolute()), site.absolute()
        config.strict = config.strict or strict
        with compression.begun(cache) if ahead else nullcontext():
            config.plugins.on_startup(command="build", dirty=False)
            try:
                mkdocs_build(config)
            finally:
                config.plugins.on_shutdown()
        built.stays.update(plugin.left)
        left = artefact.Left(folder=site, names=built.stays)
        docs, catalog = Path(config.docs_dir), plugin.config.catalog
        done = artefact.finish(built.folder, docs, catalog, cache, compress=compress, left=left)
    return asdict(done), bool(warnings.get_counts())


@contextmanager
def _ended_in_order(site: Path) -> Iterator[None]:
    """Let whoever ends the command end it as Ctrl-C does: what is half built goes, and the site stays."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    except KeyboardInterrupt:
        raise click.Abort(f"{site} is as it was") from None
    finally:
        signal.signal(signal.SIGTERM, before)


def _line(site: Path, done: Mapping[str, int], *, compress: bool) -> str:
    return f"{site}: {done['files']:,} files, {done['bytes'] / 1e6:,.0f} MB" + (
        f", {done['brotli_bytes'] / 1e6:,.0f} MB compressed" if compress else ""
    )


def write_markdown(target: Path) -> None:
    """The generated pages with the options of mkdocs.yml."""
    config = configured()
    count = 0
    for page in plugin_of(config).all_pages(config):
        path = target / page.path.strip("/") / "index.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page.markdown, "utf-8")
        count += 1
    out.print(f"{count:,} pages written to {target}")
