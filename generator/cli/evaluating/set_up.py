"""What is asked: a file of cases with the command line's options, and models with their parameters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from generator.cli.evaluating.results_file import ResultsReader
from generator.errors import EditError, SetupError
from generator.store.replaced import regular
from playground.chat.chat import Chat, Role
from playground.chat.chat_json import chat_from_json
from playground.errors import RequestError
from playground.evaluate.cases.files import read_file
from playground.evaluate.checks.table import CHECKS, kind_of
from playground.evaluate.evaluation import Check, Evaluation, NamedModel, Prompt, Turn
from playground.json_text import SIZE, read_json

_RESULTS = b'{"almanac_results"'


def evaluation_in(path: Path) -> Evaluation:
    """The evaluation of a file of any form that the page reads. Raises EditError."""
    with path.open("rb") as file:
        content = file.read(64)  # cases may come through a pipe, which can be read once
        if content.replace(b" ", b"").replace(b"\n", b"").startswith(_RESULTS):
            return ResultsReader(regular(path)).head.evaluation
        content += file.read(4 * SIZE)
    if len(content) > 4 * SIZE:
        raise EditError(
            f"{path} has more than {4 * SIZE:,} bytes; a file of cases has at most {SIZE:,} characters: "
            "part it"
        )
    try:
        return read_file(path.name, content.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise EditError(f"{path} is no UTF-8 text ({error}); save it as UTF-8") from error
    except RequestError as error:
        raise EditError(f"{path}: {error}") from error


def with_options(
    evaluation: Evaluation, prompts: Sequence[str], system: str, checks: Sequence[str], repeat: int | None
) -> Evaluation:
    """The evaluation with prompts in the place of its own, more checks, and how often each is asked."""
    if prompts or system:
        texts = [(f"Prompt {number}", text) for number, text in enumerate(prompts, 1)]
        own = [
            Prompt(name=name, system=system, messages=(Turn(role=Role.USER, text=text),))
            for name, text in texts
        ]
        # A system prompt alone is one for cases that have messages of their own, or for the file's prompts.
        there = [replace(prompt, system=system) for prompt in evaluation.prompts]
        evaluation = replace(
            evaluation, prompts=tuple(own or there or [Prompt(name="Prompt 1", system=system)])
        )
    elif not evaluation.prompts and all(case.messages for case in evaluation.cases):
        evaluation = replace(evaluation, prompts=(Prompt(name="Prompt 1"),))
    made = tuple(map(check_of, checks))
    repeats = evaluation.repeats if repeat is None else repeat
    return replace(evaluation, checks=(*evaluation.checks, *made), repeats=repeats)


def check_of(text: str) -> Check:
    """A check as the command line has it: `kind=value`, `kind={"argument": …}` or `kind`.

    A value is the kind's first argument. Raises SetupError.
    """
    name, equals, value = text.partition("=")
    check = Check(name=name.strip())
    try:
        fields = kind_of(check).fields
    except RequestError as error:
        raise SetupError(f"--check {text}: {error}") from error
    if not equals:
        return check
    try:
        arguments = read_json(value)
    except ValueError as error:
        if value.lstrip().startswith('{"'):
            example = f'{check.name}={{"{fields[0].name}": "…"}}' if fields else check.name
            raise SetupError(
                f"--check {text}: what follows = begins as JSON and is none ({error}); "
                f"write --check '{example}'"
            ) from error
        arguments = None
    if isinstance(arguments, dict):
        known = [field.name for field in fields]
        if unknown := [name for name in arguments if name not in known]:
            raise SetupError(
                f"--check {text}: {check.name} has no {unknown[0]!r}; it has {', '.join(known) or 'nothing'}"
            )
        return replace(check, arguments=arguments)
    if not fields:
        raise SetupError(f"--check {text}: {check.name} takes nothing; write --check {check.name}")
    given = arguments if isinstance(arguments, list) and fields[0].kind == "list" else value
    return replace(check, arguments={fields[0].name: given})


def check_kinds() -> str:
    """The kinds of checks, for the help."""
    return ", ".join(CHECKS)


def named_models(evaluation: Evaluation, names: Sequence[str]) -> list[tuple[str, Mapping[str, Any]]]:
    """Who is asked, by name, with the parameters that the file gives: these, or else the file's models.

    Raises SetupError where nobody is named, or the file names whom nobody here can ask.
    """
    by_name = {_name(model): model for model in evaluation.models}
    if names:
        own = {name: by_name[name].parameters if name in by_name else {} for name in names}
        return [(name, {**evaluation.parameters, **own[name]}) for name in names]
    if not evaluation.models:
        raise SetupError("no model is named; add --model provider/id, several times for several models")
    if unknown := [model.name for model in evaluation.models if not (model.provider and model.model)]:
        raise SetupError(
            f"the file names {', '.join(unknown)}, which cannot be told to be a model that can be asked; "
            "name the models with --model provider/id"
        )
    return [(_name(model), {**evaluation.parameters, **model.parameters}) for model in evaluation.models]


def _name(model: NamedModel) -> str:
    there = f"{model.provider}@{model.choice}" if model.choice else model.provider
    return f"{there}/{model.model}"


def chat_with(parameters: Mapping[str, Any], options: Mapping[str, Any]) -> Chat:
    """A chat with the file's parameters and those of the command line before them; its message is no cell's.

    Raises RequestError.
    """
    given = {name: value for name, value in options.items() if value is not None}
    chat: dict[str, Any] = {**parameters, **given}
    if isinstance(schema := chat.get("schema"), dict):
        chat["schema"] = {**schema, "name": "answer"}  # as the page sends it
    return chat_from_json({**chat, "messages": [{"role": "user", "parts": [{"type": "text", "text": "–"}]}]})
