"""`almanac evaluate export RESULTS`: saved results in the forms of other programs."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from generator.cli.evaluating.printed import note
from generator.cli.evaluating.results_file import ResultsReader
from generator.errors import SetupError
from generator.store.replaced import in_place_of
from playground.evaluate.checks.check import counted
from playground.evaluate.evaluation import LeftOut
from playground.evaluate.exporting.forms import FORMS
from playground.evaluate.exporting.saved import Exported, File, Saved

#: The form with a file for each model and prompt.
SEVERAL = "inspect"
#: The form that says who publishes it.
FIGURES = "figures"
_LISTED = 20


def exported(results: Path, to: str, out: Path | None, author: str = "") -> None:
    """Write results in another form: to a file, into a folder where it has several, or to standard output.

    What that form cannot hold is told on standard error. Raises AlmanacError and PlaygroundError.
    """
    reader = ResultsReader(results)
    if author and to != FIGURES:
        raise SetupError(f"--author is for --to {FIGURES}; {to} has no place for it")
    made = FORMS[to].written(Saved(reader.head, reader.saved, reader.placed(), reader.at, author))
    if out is None:
        _print(made)
    elif to == SEVERAL:
        for file in made.files:
            _write(file, out / f"{_stem(results)}{file.ending}", results)
    else:
        (file,) = made.files
        _write(file, out, results)
    _tell(made.left_out)
    if reader.is_torn:
        note(f"{results} ends in the middle of a result, which is left out.")


def _stem(results: Path) -> str:
    return results.name.removesuffix(".json").removesuffix(".results")


def _print(made: Exported) -> None:
    if len(made.files) > 1:
        raise SetupError(
            f"these are {len(made.files)} files, one for each model and prompt; add --out FOLDER"
        )
    for text in made.files[0].text:
        click.echo(text.encode("utf-8", "replace"), nl=False)


def _write(file: File, path: Path, results: Path) -> None:
    if path.exists() and path.samefile(results):
        raise SetupError(f"{path} holds the results themselves; name another file by --out")
    path.parent.mkdir(parents=True, exist_ok=True)
    with in_place_of(path) as out:
        for piece in file.text:
            out.write(piece.encode("utf-8", "replace"))
    note(f"Written: {path}")


def _tell(left_out: tuple[LeftOut, ...]) -> None:
    sys.stdout.flush()
    for one in left_out[:_LISTED]:
        note(f"Not the same: {one.where}: {one.what}: {one.why}")
    if (rest := len(left_out) - _LISTED) > 0:
        note(f"Not the same: {counted(rest, 'other part')}.")
