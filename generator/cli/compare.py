"""`almanac compare PROMPT`: one prompt to several models, in the terminal."""

from __future__ import annotations

import json
import mimetypes
import sys
from pathlib import Path
from typing import Any

import click

from generator import store
from generator.cli.names import lookup
from generator.cli.options import AS_JSON, CATALOG, print_json
from generator.cli.terminal import out
from playground.catalog import Effort
from playground.chat.chat import IMAGES, Chat, Image, Schema, user

A_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command()
@click.argument("prompt")
@click.option(
    "--model", "models", multiple=True, required=True, help="provider/id, or a name; several times."
)
@click.option("--system", default="", help="The system prompt.")
@click.option("--effort", type=click.Choice([str(effort) for effort in Effort]), help="Reasoning effort.")
@click.option("--max-tokens", type=click.IntRange(1), help="The longest answer, in tokens.")
@click.option("--temperature", type=click.FloatRange(0, 2), help="Sampling temperature.")
@click.option("--schema", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="A JSON Schema.")
@click.option(
    "--image", "images", multiple=True, type=click.Path(path_type=Path, exists=True, dir_okay=False)
)
@click.option("--set", "places", multiple=True, metavar="NAME=VALUE", help="A part of an address.")
@click.option(
    "--runs", type=click.IntRange(1, 20), default=1, help="How often each is asked; a best needs five runs."
)
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
    runs: int,
    url: str,
    folder: Path,
    as_json: bool,
) -> None:
    """Ask several models one prompt (- reads it from standard input) and stream the answers side by side.

    Keys come from the environment, by the names that the vendors' own tools use. Ends with 1 where a model
    did not finish.
    """
    from generator.cli import side_by_side  # with HTTP, which is slow to load
    from generator.cli.asking.models import asked_models, places_of, refuse_unused_places

    chat = Chat(
        messages=(user(sys.stdin.read() if prompt == "-" else prompt, *map(_image, images)),),
        system=system,
        effort=Effort(effort) if effort else None,
        max_tokens=max_tokens,
        temperature=temperature,
        schema=Schema(name="answer", schema=_schema(schema)) if schema else None,
    )
    parts = places_of(places)
    catalog = store.load_unread(folder)
    asked = asked_models(catalog, models, chat, parts, url, lookup(catalog, folder))
    refuse_unused_places(asked, parts)
    rounds = [side_by_side.run(asked, None if as_json else out) for _ in range(runs)]
    transcripts = rounds[-1]
    if as_json:
        every = [result for each in rounds for result in side_by_side.to_json(asked, each)]
        sha256 = store.catalog_hash(folder)
        print_json({"prompt": chat.messages[0].text, "catalog": sha256, "results": every})
    else:
        if not out.is_terminal:
            for one, transcript in zip(asked, transcripts, strict=True):
                out.print(f"## {one.name}\n\n{transcript.text}\n", markup=False, highlight=False)
        out.print(side_by_side.summary(asked, rounds))
    sys.exit(side_by_side.exit_code([t for each in rounds for t in each]))


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
