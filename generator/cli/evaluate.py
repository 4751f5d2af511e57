"""`almanac evaluate FILE`: your own cases on several models, in the terminal and in CI."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from generator.cli.options import AS_JSON, CATALOG, print_json
from generator.errors import AlmanacError, SetupError
from playground.catalog import Effort
from playground.errors import PlaygroundError

A_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
NEW_FILE = click.Path(path_type=Path, dir_okay=False)


def _share(_context: object, _option: object, text: str | None) -> float | None:
    """A share as 0.9 or 90%."""
    if text is None:
        return None
    number, sign, rest = text.strip().partition("%")
    try:
        share = float(number) / (100 if sign else 1)
    except ValueError:
        share = -1
    if rest or not 0 <= share <= 1:
        raise click.BadParameter(f"{text!r} is no share; write 0.9 or 90%")
    return share


#: The names in playground/evaluate/exporting/forms.py, which is slow to load.
FORMS = ("csv", "promptfoo", "promptfoo-results", "inspect", "figures")


@click.command()
@click.argument("results", type=A_FILE)
@click.option("--to", type=click.Choice(FORMS), required=True, help="The form.")
@click.option("--out", type=click.Path(path_type=Path), help="The file, or for inspect the folder.")
@click.option("--author", default="", metavar="NAME", help="Who publishes them; for figures.")
def export(results: Path, to: str, out: Path | None, author: str) -> None:
    """Write saved results in another form; without --out, to standard output.

    RESULTS is what `almanac evaluate` or the page Evaluate saved. csv has a line for each answer; promptfoo
    is a configuration for `promptfoo eval -c`, promptfoo-results what `promptfoo import` reads; inspect has a
    log of Inspect AI for each model and prompt; figures has neither cases nor answers, for a site's folder
    evaluations. What a form cannot hold is told on standard error.

    Ends with 0; with 2 where it could not read or write.
    """
    from generator.cli.evaluating.export import exported  # with all forms, which are slow to load

    with _unable():
        exported(results, to, out, author)


class Evaluate(click.Command):
    """The command, which hands on to `export` where that is its first word."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """The context of whichever of the two is asked for."""
        if args[:1] == ["export"]:
            return export.make_context(f"{info_name} export", args[1:], parent, **extra)
        return super().make_context(info_name, args, parent, **extra)


@click.command(cls=Evaluate)
@click.argument("file", type=A_FILE)
@click.option("--model", "models", multiple=True, help="provider/id, or a name; several times.")
@click.option("--prompt", "prompts", multiple=True, help="A prompt with {{column}}; several times.")
@click.option("--system", default="", help="The system prompt.")
@click.option(
    "--check",
    "checks",
    multiple=True,
    metavar="KIND=VALUE",
    help="A check of every answer, such as contains={{expected}}; several times.",
)
@click.option("--repeat", type=click.IntRange(1, 100), help="How often each case is asked.")
@click.option("--budget", metavar="USD", default="", help="No request goes out that could pass it.")
@click.option("--unpriced", is_flag=True, help="Ask models without a known price under a budget, too.")
@click.option("--at-once", type=click.IntRange(1, 64), help="Requests open at an address at most.")
@click.option("--results", type=NEW_FILE, help="Where answers go (beside FILE, as NAME.results.json).")
@click.option("--baseline", type=A_FILE, help="Earlier results to compare with.")
@click.option(
    "--fail-under", metavar="SHARE", callback=_share, help="The pass rate that each model is to reach."
)
@click.option("--junit", type=NEW_FILE, help="Write a JUnit report there.")
@click.option("--allow-code", is_flag=True, help="Run the code of checks, shut in (Linux).")
@click.option("--allow-keys", is_flag=True, help="Send cases that hold what is shaped like a key.")
@click.option("--max-tokens", type=click.IntRange(1), help="The longest answer, in tokens.")
@click.option("--temperature", type=click.FloatRange(0, 2), help="Sampling temperature.")
@click.option("--effort", type=click.Choice([str(effort) for effort in Effort]), help="Reasoning effort.")
@click.option("--set", "places", multiple=True, metavar="NAME=VALUE", help="A part of an address.")
@click.option("--url", default="", help="The address of the provider `own`.")
@CATALOG
@AS_JSON
def evaluate(as_json: bool, **options: Any) -> None:
    """Ask models your own cases, check the answers, and say with error bars which passes more often.

    FILE is what the page Evaluate opens: CSV, JSON, JSONL, YAML, a promptfoo configuration, .prompt.yml,
    OpenAI Evals, our own. Answers go to a results file as they come; the same command goes on with it and
    asks only what is missing. Keys come from the environment.

    Ends with 0; with 1 where a model surely passes less often than --fail-under, or surely less often than in
    --baseline; with 2 where it could not run; with 3 where the cases can't tell whether a model is under;
    with 4 where answers are missing and no --fail-under is given.

    `almanac evaluate export RESULTS --to FORM` writes results as CSV, for promptfoo or for Inspect AI.
    """
    from generator.cli.evaluating.printed import note, print_report
    from generator.cli.evaluating.whole import evaluated  # with HTTP, which is slow to load

    status = 0
    try:
        with _unable(), evaluated(**options) as report:
            if as_json:
                print_json(report.to_json())
            else:
                print_report(report)
            status = report.exit
    except AlmanacError as error:  # a report for CI that could not be written hides no verdict
        if not status:
            raise
        note(f"Error: {error}")
    sys.exit(status)


@contextmanager
def _unable() -> Iterator[None]:
    """What cannot be run ends with 2: 1 says that a model is under."""
    try:
        yield
    except KeyboardInterrupt as stopped:
        raise click.Abort("what was answered is in the results file") from stopped
    except PlaygroundError as error:
        raise SetupError(str(error)) from error
    except AlmanacError as error:
        error.exit_code = 2
        raise
