"""The command `almanac`. Every failure ends in one message and an exit code: 1 data, 2 surroundings."""

from __future__ import annotations

import atexit
import codecs
import gc
import os
import sys
from io import TextIOWrapper
from typing import Any

import click

from generator.cli.later import Later
from generator.errors import AlmanacError

HERE = "generator.cli"
#: Each command's module, which has its name, and the first lines of its help: no more is read to list them.
COMMANDS = {
    f"{HERE}.catalog.check": "Check the committed catalog and the files people edit.",
    f"{HERE}.catalog.show": (
        "Print a model's or an offering's facts with all claims: microsoft/mai-thinking-1."
    ),
    f"{HERE}.site.new": (
        "Begin a site of your own in a folder: mkdocs.yml, the catalog, the pages of the playground."
    ),
    f"{HERE}.site.build": "Build the site into site/, ready to be served by any static host.",
    f"{HERE}.site.serve": "Build the site and serve it on 127.0.0.1, building again when a file changes.",
    f"{HERE}.mcp": (
        "Serve the catalog to assistants by the Model Context Protocol, over standard input and output."
    ),
    f"{HERE}.site.runtime": "Assemble the playground's own Pyodide; print the folder it is in.",
    f"{HERE}.compare": (
        "Ask several models one prompt (- reads it from standard input) and stream the answers side by side."
    ),
    f"{HERE}.evaluate": (
        "Ask models your own cases, check the answers, and say with error bars which passes more often."
    ),
    f"{HERE}.catalog.refresh": ("Make the catalog again from its sources, and say what became of every one."),
    f"{HERE}.catalog.sources": (
        "Ask every live source now, and say which does not answer or has changed its shape."
    ),
    f"{HERE}.catalog.pins": (
        "Show the exact packages that carry the sources, and which of them have newer versions."
    ),
    f"{HERE}.catalog.abilities": (
        "Fit how able models are from the catalog's scores, where these have changed; needs numpy."
    ),
    f"{HERE}.catalog.report": ("What to mend first, how well the facts stand, and which rows are unplaced."),
    f"{HERE}.lint": (
        "Find the models that files or folders name (- reads standard input), and say which die when."
    ),
    f"{HERE}.catalog.diff": (
        "Explain what changed between two catalogs: folders, or revisions of git (almanac diff HEAD~1)."
    ),
    f"{HERE}.choose": "Which offerings meet a need, the cheapest first, and why the others do not.",
    f"{HERE}.versus": (
        "Which of A and B is for most, and when to choose the other: models by id or name (openai/gpt-5, "
        '"Opus 5.5"), or offerings by key.'
    ),
    f"{HERE}.cost": (
        "What a month's work costs at these offerings (by key) or models (by id or name), "
        "with what would save."
    ),
}


#: How many values are made before Python looks for garbage.
ALLOCATED = 100_000


class Almanac(click.Group):
    """The command; a reader who has read enough (`| head`) is no error, which it is to Click."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            # What is left to be written when Python ends goes nowhere.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise click.exceptions.Exit(0) from None


@click.group(cls=Almanac, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="model-almanac", prog_name="almanac")
def cli() -> None:
    """Model Almanac: facts about AI models with their sources, and a site made from them."""


for command in map(Later, COMMANDS.keys(), COMMANDS.values()):
    cli.add_command(command)


def main() -> None:
    """Run the command; an error that a person can act on is shown as one message."""
    # Python looks for garbage whenever some hundred values were made, and once more when it ends; a catalog
    # has hundreds of thousands, and none among them.
    gc.set_threshold(ALLOCATED)
    atexit.register(gc.freeze)
    codecs.register_error("escaped", _escaped)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a terminal of few letters gets escapes, not an error
            stream.reconfigure(errors="escaped")
    try:
        cli(standalone_mode=False)
    except SystemExit as ended:
        # In a circle that nobody looks for any more what the command has read goes with the process, at once
        # instead of value by value.
        vars(ended)["held"] = ended
        raise
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.exceptions.Exit as error:
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt) as stopped:
        _say(f"Stopped; {str(stopped) or 'the catalog is as it was'}.")
        sys.exit(130)
    except AlmanacError as error:
        _say(f"almanac: {error}")
        sys.exit(error.exit_code)
    except OSError as error:
        name = error.filename2 or error.filename  # of a copy, where it could not be written
        reason = error.strerror or str(error)
        seen = f"{name}: {reason}" if name else reason
        _say(f"almanac: {seen}; look at the file, its rights and the disk's room")
        sys.exit(2)


def _escaped(error: UnicodeError) -> tuple[str, int]:
    """A character that the terminal's or the file's encoding lacks, as JSON writes it: that stays JSON."""
    import json  # few need it

    assert isinstance(error, UnicodeEncodeError)  # noqa: S101 (it is asked when something is written)
    return json.dumps(error.object[error.start : error.end])[1:-1], error.end


def _say(text: str) -> None:
    from generator.cli.terminal import err  # slow to load, and most commands end well

    err.print(text, markup=False, highlight=False, soft_wrap=True)


if __name__ == "__main__":
    main()
