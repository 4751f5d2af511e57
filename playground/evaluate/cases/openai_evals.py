"""OpenAI's hosted Evals, as its API gave them: an eval, its runs, and the items of a run.

Forms: https://developers.openai.com/api/reference/resources/evals (read 2026-11-28; the service ends on
2026-11-30). What its dashboard exported as runnable is a configuration of promptfoo.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from playground.evaluate.cases.reading import Unread, parameters, prompt_of
from playground.evaluate.evaluation import Case, Check, Evaluation, NamedModel, Prompt

_OBJECTS = {"eval", "eval.run", "eval.run.output_item"}
_SOURCE = {"type", "source", "input_messages", "model", "sampling_params"}
_STRING_CHECK = {"type", "name", "id", "input", "operation", "reference"}
_ITEM = re.compile(r"\{\{\s*item\.([\w.-]+)\s*\}\}")
_OUTPUT = re.compile(r"\{\{\s*sample\.output_text\s*\}\}")
#: An operation of string_check → the kind of check, its arguments, and whether it is negated.
_OPERATIONS: Mapping[str, tuple[str, dict[str, Any], bool]] = {
    "eq": ("equals", {"exact": True}, False),
    "ne": ("equals", {"exact": True}, True),
    "like": ("contains", {}, False),
    "ilike": ("contains", {"ignore_case": True}, False),
}


def is_eval(value: Any) -> bool:
    """Whether this is an object of the API, a list of them, or a line of a data set."""
    rows = value if isinstance(value, list) else [value]
    return bool(rows) and all(isinstance(row, dict) and _known(row) for row in rows)


def _known(row: Mapping[str, Any]) -> bool:
    if row.get("object") == "list":
        return is_eval(row.get("data"))
    return row.get("object") in _OBJECTS or "testing_criteria" in row or isinstance(row.get("item"), dict)


class _Gathered:
    def __init__(self) -> None:
        self.name = ""
        self.criteria: list[Any] = []
        self.source: dict[str, Any] = {}
        self.items: list[dict[str, Any]] = []

    def take(self, row: Mapping[str, Any]) -> None:
        self.name = self.name or str(row.get("name") or "")
        self.criteria += row.get("testing_criteria") or []
        source = row.get("data_source")
        if isinstance(source, dict) and not self.source:
            self.source = source
            content = (source.get("source") or {}).get("content") or []
            self.items += [line["item"] for line in content if isinstance(line, dict) and "item" in line]
        for name in ("item", "datasource_item"):
            if isinstance(row.get(name), dict):
                self.items.append(row[name])
        for name in ("data", "runs", "run", "items", "output_items"):
            held = row.get(name)
            for one in held if isinstance(held, list) else [held]:
                if isinstance(one, dict):
                    self.take(one)


def evaluation_of(value: Any, name: str) -> Evaluation:
    """The objects as one evaluation: the items are its cases, each once."""
    unread, gathered = Unread(), _Gathered()
    for row in value if isinstance(value, list) else [value]:
        gathered.take(row)
    source = gathered.source
    unread.rest(source, "data_source", _SOURCE)
    if isinstance(held := source.get("source"), dict) and "content" not in held and not gathered.items:
        unread.add("data_source.source", held, "its items are elsewhere; save them in this file")
    items = list({repr(item): item for item in gathered.items}.values())
    prompts, path = _prompts(source.get("input_messages"), unread)
    cases = [_case(item, path, place, unread) for place, item in enumerate(items)]
    model = source.get("model")
    sampling = source.get("sampling_params")
    taken = parameters(sampling, "sampling_params", unread) if isinstance(sampling, dict) else {}
    return Evaluation(
        name=gathered.name or name,
        prompts=prompts,
        cases=tuple(case for case in cases if case),
        checks=tuple(_checks(gathered.criteria, unread)),
        parameters=taken,
        models=(NamedModel(name=model, provider="openai", model=model),) if isinstance(model, str) else (),
        left_out=tuple(unread.parts),
    )


def _prompts(messages: Any, unread: Unread) -> tuple[tuple[Prompt, ...], str]:
    """The prompt of a template; else where in an item its messages are."""
    if not isinstance(messages, dict):
        return (), ""
    if messages.get("type") == "item_reference":
        return (), str(messages.get("item_reference") or "").removeprefix("item.")
    listed = messages.get("template")
    where = "input_messages.template"
    prompt = prompt_of("prompt", listed, where, unread) if isinstance(listed, list) else None
    if not prompt:
        return (), ""
    turns = tuple(_without_item(turn) for turn in prompt.messages)
    return (Prompt(name=prompt.name, system=_ITEM.sub(r"{{\1}}", prompt.system), messages=turns),), ""


def _without_item(turn: Any) -> Any:
    return type(turn)(role=turn.role, text=_ITEM.sub(r"{{\1}}", turn.text), images=turn.images)


def _case(item: Mapping[str, Any], path: str, place: int, unread: Unread) -> Case | None:
    name = str(place + 1)
    messages = item.get(path) if path else None
    if not isinstance(messages, list):
        return Case(name=name, variables=item)
    prompt = prompt_of(name, messages, f"items[{place}].{path}", unread)
    if not prompt:
        return None
    rest = {key: value for key, value in item.items() if key != path}
    return Case(name=name, variables=rest, messages=prompt.messages, system=prompt.system)


def _checks(criteria: Iterable[Any], unread: Unread) -> Iterable[Check]:
    for place, row in enumerate(criteria):
        where = f"testing_criteria[{place}]"
        kind = row.get("type") if isinstance(row, dict) else None
        operation = _OPERATIONS.get(row.get("operation", "")) if kind == "string_check" else None
        if operation is None:
            unread.add(where, f"{kind or row}", "answers cannot be checked for this here")
        elif not _OUTPUT.fullmatch(str(row.get("input", "")).strip()):
            unread.add(
                where, row.get("input"), "only the whole answer, {{sample.output_text}}, can be checked"
            )
        else:
            unread.rest(row, where, _STRING_CHECK)
            name, arguments, negated = operation
            value = _ITEM.sub(r"{{\1}}", str(row.get("reference", "")))
            yield Check(name=name, arguments={"value": value} | arguments, negated=negated)
