"""From the options of the command line to a report: read everything, ask, compare, write."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from generator import store
from generator.cli.asking.models import Asked, asked_models, places_of, refuse_unused_places
from generator.cli.evaluating import set_up
from generator.cli.evaluating.alone import alone
from generator.cli.evaluating.ci import add_step_summary, write_junit
from generator.cli.evaluating.printed import ProgressLine, note
from generator.cli.evaluating.report import Report
from generator.cli.evaluating.results_file import ResultsReader
from generator.cli.evaluating.run import EvaluationRun, Setting
from generator.cli.evaluating.secrets import Secrets, key_in
from generator.cli.names import lookup
from generator.errors import SetupError
from generator.exports.listed.models import asked_price
from generator.store.replaced import kind_of, regular
from playground.chat.chat_json import chat_to_json
from playground.chat.parameters import LABELS
from playground.errors import RequestError
from playground.evaluate.checks.check import counted
from playground.evaluate.checks.judging import refuse_unusable_checks, runs_code
from playground.evaluate.evaluation import Evaluation, NamedModel
from playground.evaluate.matrix import Matrix
from playground.evaluate.results.earlier import Change, changes
from playground.evaluate.results.results_json import Head, model_names
from playground.evaluate.results.tallies import Tallies, tallied
from playground.evaluate.scheduling.ledger import budget_of

#: Parts of a file that are listed of those that are not run.
LISTED = 20


@contextmanager
def evaluated(
    *,
    file: Path,
    models: Sequence[str],
    prompts: Sequence[str],
    system: str,
    checks: Sequence[str],
    repeat: int | None,
    budget: str,
    unpriced: bool,
    at_once: int | None,
    results: Path | None,
    baseline: Path | None,
    fail_under: float | None,
    junit: Path | None,
    allow_code: bool,
    allow_keys: bool,
    places: Sequence[str],
    url: str,
    folder: Path,
    **parameters: Any,
) -> Iterator[Report]:
    """A run, and then its report while nobody else writes its file; reports for CI are written at the end.

    Raises AlmanacError and PlaygroundError; click.Abort says how to go on.
    """
    evaluation = set_up.with_options(set_up.evaluation_in(file), prompts, system, checks, repeat)
    refuse_unusable_checks(evaluation)
    if fail_under is not None:
        _refuse_no_checks(evaluation)
    asked = _asked(evaluation, models, parameters, places_of(places), url, folder)
    matrix, head = _matrix(evaluation, asked, allow_code=allow_code)
    secrets = Secrets(matrix.models)
    _refuse_keys(evaluation, secrets, file, allowed=allow_keys)
    _refuse_keys_in_names(secrets, [*models, file.name, *((results.name,) if results else ())])
    earlier = _earlier(baseline)
    _changes(Tallies(head), earlier, baseline)  # what cannot be compared is refused before anything is asked
    path = regular(results or _beside(file))
    _refuse_no_folder(path, junit)
    _refuse_written_over("--results", path, {"the baseline": baseline})
    _refuse_written_over("--junit", junit, {"the cases": file, "the results": path, "the baseline": baseline})
    setting = Setting(
        matrix=matrix,
        head=head,
        path=path,
        secrets=secrets,
        most_output=[_most_output(one) for one in asked],
        budget=budget_of(budget),
        unpriced=unpriced,
        at_once=at_once,
    )
    _tell_left_out(evaluation, asked, allow_code=allow_code)
    with alone(path), closing(EvaluationRun(setting)) as run:
        _run(run)
        made = _changes(run.tallies, earlier, baseline)
        report = Report(run, fail_under=fail_under, changes=made, baseline=str(baseline or ""))
        yield report
        # Last: where they cannot be written, the reader has seen what they hold.
        _write_reports(report, junit)


def _write_reports(report: Report, junit: Path | None) -> None:
    try:
        if junit:
            write_junit(report, junit)
    finally:
        if step_summary := os.environ.get("GITHUB_STEP_SUMMARY"):
            add_step_summary(report, Path(step_summary))


def _refuse_no_checks(evaluation: Evaluation) -> None:
    if not any((evaluation.checks, *(case.checks for case in evaluation.cases))):
        raise SetupError("--fail-under needs checks, and there are none; add --check contains={{expected}}")


def _refuse_keys(evaluation: Evaluation, secrets: Secrets, file: Path, *, allowed: bool) -> None:
    if held := key_in(evaluation, secrets, shapes=not allowed):
        raise SetupError(
            f"{held}: a run would send it to every model. Nothing was asked. Take it out of {file}"
            + ("" if "of yours" in held else ", or add --allow-keys")
        )


def _refuse_keys_in_names(secrets: Secrets, names: Sequence[str]) -> None:
    if any(map(secrets.within, names)):
        raise SetupError(
            "the name of a model or a file holds a key of yours, and names stand in results and reports. "
            "Nothing was asked. Name it otherwise"
        )


def _refuse_no_folder(*files: Path | None) -> None:
    for written in filter(None, files):
        if not written.absolute().parent.is_dir():
            raise SetupError(f"{written} cannot be written: its folder does not exist; make it first")


def _refuse_written_over(option: str, path: Path | None, files: Mapping[str, Path | None]) -> None:
    for what, other in files.items():
        if path and other and path.resolve() == other.resolve():
            raise SetupError(f"{option} {path} would write over {what}; name another file")


def _run(run: EvaluationRun) -> None:
    line = ProgressLine(run.cells)
    try:
        run.run(line.tell)
    except KeyboardInterrupt:
        raise click.Abort(
            f"{run.answered:,} of {run.cells:,} answers are in {run.path}; the same command goes on with it"
        ) from None
    finally:
        line.end()


def _asked(
    evaluation: Evaluation,
    names: Sequence[str],
    options: Mapping[str, Any],
    places: Mapping[str, str],
    url: str,
    folder: Path,
) -> list[Asked]:
    named = set_up.named_models(evaluation, names)
    catalog = store.load_unread(folder)
    known = lookup(catalog, folder)
    out: list[Asked] = []
    for name, parameters in named:
        chat = set_up.chat_with(parameters, options)
        (one,) = asked_models(catalog, [name], chat, places, url, known)
        price = asked_price(one.offering) if one.offering else one.run.price
        out.append(replace(one, run=replace(one.run, price=price)))
    refuse_unused_places(out, places)
    return out


def _matrix(evaluation: Evaluation, asked: Sequence[Asked], *, allow_code: bool) -> tuple[Matrix, Head]:
    matrix = Matrix(evaluation, [one.run for one in asked], allows_code=allow_code)
    names = model_names([(one.run.target.model, one.place) for one in asked])
    # Who was asked is part of the results: they go on, and leave for other programs, without --model.
    models = tuple(
        NamedModel(name=name, provider=one.row, model=one.run.target.model, parameters=_parameters(one))
        for name, one in zip(names, asked, strict=True)
    )
    return matrix, Head(evaluation=replace(evaluation, models=models), models=names)


def _parameters(one: Asked) -> Mapping[str, Any]:
    """What the model is sent beside the messages."""
    chat = chat_to_json(one.run.chat)
    return {name: value for name, value in chat.items() if name not in ("messages", "system")}


def _most_output(one: Asked) -> int | None:
    most = one.offering.value("max_output_tokens") if one.offering else None
    return most if isinstance(most, int) else None


def _beside(file: Path) -> Path:
    """Where results of a file go: beside it; results go on in their own file."""
    if kind := kind_of(file):
        raise SetupError(f"{file} is {kind}, so no results can stand beside it; add --results FILE")
    if file.name.endswith(".results.json"):
        return file
    return file.with_name(f"{file.stem}.results.json")


def _earlier(baseline: Path | None) -> Tallies | None:
    if baseline is None:
        return None
    reader = ResultsReader(baseline)
    return tallied(reader.head, reader.rows())


def _changes(now: Tallies, earlier: Tallies | None, baseline: Path | None) -> list[Change]:
    if earlier is None:
        return []
    try:
        return changes(now, earlier)
    except RequestError as error:
        raise SetupError(f"{baseline} cannot be compared: {error}; name another --baseline") from error


def _tell_left_out(evaluation: Evaluation, asked: Sequence[Asked], *, allow_code: bool) -> None:
    for part in evaluation.left_out[:LISTED]:
        note(f"Not run: {part.where}: {part.what}: {part.why}")
    if (rest := len(evaluation.left_out) - LISTED) > 0:
        note(f"Not run: {counted(rest, 'other part')} of the file.")
    for one in asked:
        for name, why in one.left.items():
            note(f"{one.name}: {LABELS[name]} is not sent: {why}.")
    every = (*evaluation.checks, *(check for case in evaluation.cases for check in case.checks))
    if not allow_code and any(map(runs_code, every)):
        kinds = ", ".join(dict.fromkeys(check.name for check in every if runs_code(check)))
        note(f"Not checked: {kinds} run code, which has not been allowed; --allow-code runs it, shut in.")
