"""An evaluation as promptfoo's configuration in JSON, which `promptfoo eval -c FILE` reads."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from playground.errors import RequestError
from playground.evaluate.checks.judging import texts_of
from playground.evaluate.evaluation import Case, Evaluation, Needed, Prompt, Turn
from playground.evaluate.exporting.promptfoo.assertions import Assertion, assertions, threshold_of
from playground.evaluate.exporting.promptfoo.providers import harmless, providers
from playground.evaluate.exporting.promptfoo.variables import Variables, why_unsafe
from playground.evaluate.exporting.saved import Differences, Exported, File, Saved
from playground.json_text import sound

_SCHEMA = "https://promptfoo.dev/config-schema.json"
_LAST_BREAK = "promptfoo drops the line break at its end"
_NO_NULL = "promptfoo has no null; it is the text null there"
_UNCHECKED = "promptfoo counts an answer without checks as passed"
_MESSAGES = "it has messages or a system prompt of its own, and promptfoo asks every case the same prompts"


def as_promptfoo_config(saved: Saved) -> Exported:
    """One file, and what promptfoo would do otherwise. Raises RequestError where nothing can be written."""
    differences = Differences()
    config = config_of(saved.head.evaluation, saved.head.models, differences)
    text = json.dumps(sound(config), ensure_ascii=False, indent=1)
    return Exported(
        files=(File(ending=".promptfooconfig.json", text=(text, "\n")),), left_out=differences.parts
    )


def config_of(evaluation: Evaluation, names: Sequence[str], differences: Differences) -> dict[str, Any]:
    """The configuration; `names` are those of the models in results."""
    cases = tuple(_writable(evaluation.cases, differences))
    prompts = tuple(prompt for prompt in evaluation.prompts if any(map(_says_something, prompt.messages)))
    if not cases or not prompts:
        reasons = "; ".join(f"{part.where}: {part.why}" for part in differences.parts)
        raise RequestError(f"nothing of it can be asked by promptfoo ({reasons or 'its prompts are empty'})")
    variables = Variables(cases, _templates(prompts, evaluation, cases))
    config: dict[str, Any] = {"$schema": _SCHEMA, "description": harmless(evaluation.name)}
    config["prompts"] = [_prompt(prompt, variables) for prompt in prompts]
    config["providers"] = list(providers(evaluation.models, evaluation.parameters, names, differences))
    # What is needed stands with each case.
    needs = {case.needed or evaluation.needed for case in cases}
    needed: Needed = "all" if needs == {"all"} else "any"
    shared = assertions(evaluation.checks, needed, variables.template, "the evaluation", differences)
    if shared:
        config["defaultTest"] = {"assert": shared}
    if evaluation.repeats > 1:
        config["evaluateOptions"] = {"repeat": evaluation.repeats}
    config["tests"] = [_test(case, evaluation, shared, variables, differences) for case in cases]
    return config


def _writable(cases: Sequence[Case], differences: Differences) -> Iterator[Case]:
    for case in cases:
        where = f"case {case.name}"
        own = case.system or case.messages
        if why := _MESSAGES if own else why_unsafe(case):
            differences.add(where, case.name, f"it is not written: {why}")
        else:
            yield case


def _says_something(turn: Turn) -> bool:
    return bool(turn.text.strip() or turn.images)


def _templates(prompts: Sequence[Prompt], evaluation: Evaluation, cases: Sequence[Case]) -> Iterator[str]:
    for prompt in prompts:
        yield prompt.system
        yield from (turn.text for turn in prompt.messages)
    for checks in (evaluation.checks, *(case.checks for case in cases)):
        for check in checks:
            yield from texts_of(check)


def _prompt(prompt: Prompt, variables: Variables) -> dict[str, str]:
    messages: list[dict[str, Any]] = []
    if prompt.system:
        messages.append({"role": "system", "content": variables.template(prompt.system)})
    messages += [_message(turn, variables) for turn in prompt.messages if _says_something(turn)]
    # In several lines: promptfoo takes a text of one line for a file's name where it could be one.
    return {"raw": json.dumps(sound(messages), ensure_ascii=False, indent=1), "label": harmless(prompt.name)}


def _message(turn: Turn, variables: Variables) -> dict[str, Any]:
    text = variables.template(turn.text)
    if not turn.images:
        return {"role": str(turn.role), "content": text}
    content: list[dict[str, Any]] = [
        {"type": "image_url", "image_url": {"url": _address(image.media_type, image.data)}}
        for image in turn.images
    ]
    return {"role": str(turn.role), "content": [*content, {"type": "text", "text": text}]}


def _address(media_type: str, data: bytes) -> str:
    return f"data:{media_type};base64,{base64.b64encode(data).decode('ascii')}"


def _test(
    case: Case,
    evaluation: Evaluation,
    shared: Sequence[Assertion],
    variables: Variables,
    differences: Differences,
) -> dict[str, Any]:
    where = f"case {case.name}"
    values = variables.of(case)
    _note_values(case.variables, where, differences)
    row: dict[str, Any] = {"description": harmless(case.name), "vars": values}
    needed = case.needed or evaluation.needed
    own = assertions(case.checks, needed, variables.template, where, differences)
    if own:
        row["assert"] = own
    if not shared and not own:
        differences.add(where, case.name, _UNCHECKED)
    if threshold := threshold_of((*shared, *own), needed):
        row["threshold"] = threshold
    if any(isinstance(value, list) for value in values.values()):
        row["options"] = {"disableVarExpansion": True}
    return row


def _note_values(values: Mapping[str, Any], where: str, differences: Differences) -> None:
    for name, value in values.items():
        if value is None:
            differences.add(f"{name} of {where}", "null", _NO_NULL)
        elif isinstance(value, str) and value.endswith("\n"):
            differences.add(f"{name} of {where}", value, _LAST_BREAK)
