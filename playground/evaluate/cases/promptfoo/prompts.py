"""promptfoo's prompts: a text, or messages as JSON or YAML within one; a file is noted and not opened."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from playground.chat.chat import Role
from playground.errors import RequestError
from playground.evaluate.cases.promptfoo.literal import unread_logic, without_raw
from playground.evaluate.cases.reading import Unread, prompt_of, reference
from playground.evaluate.cases.yaml_text import read_yaml
from playground.evaluate.evaluation import Prompt, Turn
from playground.json_text import read_json

#: A text on one line that ends as a file's name does, which promptfoo opens.
_FILE = re.compile(r"\S+\.(?:txt|md|j2|json|jsonl|ya?ml|csv|py|js|mjs|cjs|ts)(?::\w+)?")
_CHAT = re.compile(r"\s*(?:\[\s*\{|-\s+role:)")


def prompts(listed: Any, unread: Unread) -> tuple[Prompt, ...]:
    """The prompts that can be asked; the others are noted."""
    if isinstance(listed, dict):
        listed = [{"id": name, "label": label} for name, label in listed.items()]
    rows = listed if isinstance(listed, list) else [listed]
    made = (_prompt(row, place, unread) for place, row in enumerate(rows) if row is not None)
    return tuple(prompt for prompt in made if prompt)


def _prompt(row: Any, place: int, unread: Unread) -> Prompt | None:
    where = f"prompts[{place}]"
    given = row if isinstance(row, dict) else {"raw": row}
    text = given.get("raw", given.get("template", given.get("id")))
    name = str(given.get("label") or given.get("id") or f"Prompt {place + 1}")
    if not isinstance(text, str):
        unread.add(where, row, "a prompt is a text, or has one as raw")
        return None
    if why := reference(text) or (_FILE.fullmatch(text.strip()) and reference(f"file:{text.strip()}")):
        unread.add(where, text, why)
        return None
    if "raw" not in given and "template" not in given:
        unread.add(where, row, "a prompt is a text, or has one as raw")
        return None
    unread.rest(given, where, {"raw", "template", "id", "label", "display"})
    if logic := unread_logic(text):
        unread.add(where, logic, "only {{name}} is filled in; write the prompt without template logic")
        return None
    if isinstance(messages := _messages(text), list):
        made = prompt_of(name, messages, where, unread)
        return made and _without_raw(made)
    return Prompt(name=name, messages=(Turn(role=Role.USER, text=without_raw(text)),))


def _without_raw(prompt: Prompt) -> Prompt:
    turns = tuple(replace(turn, text=without_raw(turn.text)) for turn in prompt.messages)
    return replace(prompt, system=without_raw(prompt.system), messages=turns)


def _messages(text: str) -> Any:
    """The messages of a text that is a chat as JSON or YAML; else the text."""
    if not _CHAT.match(text):
        return text
    try:
        return read_json(text) if text.lstrip().startswith("[") else read_yaml(text)
    except (ValueError, RequestError):
        return text
