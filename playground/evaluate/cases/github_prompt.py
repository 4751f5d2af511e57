"""GitHub's `.prompt.yml`: one prompt with its model, test data and evaluators.

Format: https://docs.github.com/en/github-models/use-github-models/storing-prompts-in-github-repositories and
what `gh models eval` reads (read 2026-11-28). GitHub Models itself is retired; the files go on.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from playground.errors import RequestError
from playground.evaluate.cases.reading import Unread, list_in, object_in, parameters, prompt_of
from playground.evaluate.evaluation import Case, Check, Evaluation, NamedModel
from playground.evaluate.template import logic_in

_READ = {"name", "description", "model", "modelParameters", "messages", "testData", "evaluators"}
_READ |= {"responseFormat", "jsonSchema"}
#: The publisher in a model's name there → the provider in docs/catalog/providers.yml.
PROVIDERS = {
    "openai": "openai",
    "anthropic": "anthropic",
    "deepseek": "deepseek",
    "xai": "xai",
    "cohere": "cohere",
}
PROVIDERS |= {"mistral-ai": "mistral"}
#: A string evaluator → the kind of check and its arguments; what `gh models eval` does (read 2026-11-28).
_KINDS: Mapping[str, tuple[str, dict[str, Any]]] = {
    "equals": ("equals", {}),
    "contains": ("contains", {"ignore_case": True}),
    "startsWith": ("begins", {"ignore_case": True}),
    "endsWith": ("ends", {"ignore_case": True}),
}


def is_prompt(value: Mapping[str, Any]) -> bool:
    """Whether these are the keys of a `.prompt.yml`."""
    return "messages" in value and bool({"model", "testData", "evaluators", "modelParameters"} & value.keys())


def evaluation_of(value: Mapping[str, Any], name: str) -> Evaluation:
    """The prompt as an evaluation. Raises RequestError where a part is not of the form."""
    unread = Unread()
    unread.rest(value, "", _READ, "this key is no part of a prompt file")
    title = str(value.get("name") or name)
    prompt = prompt_of(title, list_in(value.get("messages"), "messages"), "messages", unread)
    if prompt is None:
        part = unread.parts[-1]
        raise RequestError(f"{part.where} is {part.what}: {part.why}")
    for text in (prompt.system, *(turn.text for turn in prompt.messages)):
        if logic := logic_in(text):
            unread.add("messages", logic, "only {{name}} is filled in; it is sent as it stands")
    config = object_in(value.get("modelParameters") or {}, "modelParameters")
    taken = parameters(config, "modelParameters", unread) | _format(value, unread)
    cases = [
        Case(name=str(place + 1), variables=object_in(row, f"testData[{place}]"))
        for place, row in enumerate(list_in(value.get("testData"), "testData"))
    ]
    return Evaluation(
        name=title,
        prompts=(prompt,),
        cases=tuple(cases),
        checks=_checks(value.get("evaluators"), unread),
        parameters=taken,
        models=_models(value.get("model"), unread),
        left_out=tuple(unread.parts),
    )


def _format(value: Mapping[str, Any], unread: Unread) -> dict[str, Any]:
    held = value.get("jsonSchema")
    if isinstance(held, dict):
        if "schema" in held:
            unread.rest(held, "jsonSchema", {"name", "schema", "strict"})
        return {"schema": {"name": str(held.get("name") or "answer"), "schema": held.get("schema", held)}}
    if held is not None:
        unread.add("jsonSchema", held, "it is no mapping; write the schema as YAML")
    if value.get("responseFormat") not in (None, "text"):
        why = "only a JSON Schema can be asked for; say in the prompt that JSON is wanted"
        unread.add("responseFormat", value["responseFormat"], why)
    return {}


def _models(name: Any, unread: Unread) -> tuple[NamedModel, ...]:
    if not isinstance(name, str) or not name:
        unread.rest({"model": name}, "", (), "it is no name of a model")
        return ()
    publisher, _, model = name.partition("/")
    provider = PROVIDERS.get(publisher, "") if model else ""
    return (NamedModel(name=name, provider=provider, model=model if provider else ""),)


def _checks(listed: Any, unread: Unread) -> tuple[Check, ...]:
    made: list[Check] = []
    for place, row in enumerate(list_in(listed, "evaluators")):
        where = f"evaluators[{place}]"
        row = object_in(row, where)
        title = str(row.get("name") or where)
        strings = row.get("string")
        if not isinstance(strings, dict):
            kind = row.get("uses") or ("llm" if "llm" in row else "no kind")
            unread.add(where, f"{title}: {kind}", "no model judges answers here yet")
            continue
        unread.rest(row, where, {"name", "description", "string"})
        for operation, text in strings.items():
            if kind := _KINDS.get(operation):
                made.append(Check(name=kind[0], arguments={"value": str(text), **kind[1]}))
            else:
                unread.add(
                    f"{where}.string.{operation}",
                    f"{title}: {text}",
                    "answers cannot be checked for this here",
                )
    return tuple(made)
