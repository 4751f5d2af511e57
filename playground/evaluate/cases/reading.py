"""What readers of files share: the list of what is left out, chat parameters, and messages of many forms."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Collection, Mapping
from typing import Any

from playground.catalog import Effort
from playground.chat.chat import IMAGES, Image, Role
from playground.errors import RequestError
from playground.evaluate.checks.check import quoted
from playground.evaluate.evaluation import LeftOut, Prompt, Turn
from playground.json_text import write_json

#: What begins a reference to a program or a file, in promptfoo's words; none of it is ever opened or run.
_RUNS = re.compile(
    r"(?i)\s*(exec|python|javascript|golang|ruby|package|file|webhook|https?|wss?|huggingface(?=://)):"
)
_WHY = {
    "file": "it is in a file beside this one, which a page cannot open; put its text here",
    "https": "it is at another address, which this page does not ask; put its text here",
    "huggingface": "it is a data set at another address; save it as CSV or JSONL and open that",
}
CODE = "it runs a program, and nothing of a file is run here"


_NO_KEY = "this key is not known here"


class Unread:
    """What of a file is left out, gathered while it is read."""

    def __init__(self) -> None:
        self.parts: list[LeftOut] = []

    def rest(self, row: Mapping[str, Any], where: str, read: Collection[str], why: str = _NO_KEY) -> None:
        """Note each key of a row that is not read, but for those that hold nothing."""
        for name, value in row.items():
            if name not in read and value not in (None, "", [], {}):
                self.add(f"{where}.{name}" if where else name, value, why)

    def add(self, where: str, what: Any, why: str) -> None:
        """Note a part; it is quoted, but for what may be a secret in it."""
        text = what if isinstance(what, str) else write_json(_without_secrets(what))
        text = _KEY.sub("…", text)
        self.parts.append(LeftOut(where=where, what=quoted(text, 120), why=why))


def _without_secrets(value: Any) -> Any:
    match value:
        case Mapping():
            return {n: "…" if _SECRET.search(str(n)) else _without_secrets(v) for n, v in value.items()}
        case list():
            return [_without_secrets(entry) for entry in value]
        case _:
            return value


def reference(text: Any) -> str:
    """Why a text that refers to a program or a file is not followed; empty where it is a text of its own."""
    match = _RUNS.match(text) if isinstance(text, str) else None
    if not match:
        return ""
    scheme = match[1].lower()
    if scheme == "file" and re.search(r"\.(?:py|js|mjs|cjs|ts|rb|go|sh)\b", text):
        return CODE
    return _WHY.get("https" if scheme in ("http", "wss", "ws", "webhook") else scheme, CODE)


#: How files name the parameters of a chat.
_NAMES = {
    "temperature": "temperature",
    "max_tokens": "max_tokens",
    "maxTokens": "max_tokens",
    "max_completion_tokens": "max_tokens",
    "max_completions_tokens": "max_tokens",
    "maxCompletionTokens": "max_tokens",
    "max_output_tokens": "max_tokens",
    "maxOutputTokens": "max_tokens",
    "num_predict": "max_tokens",
    "top_p": "top_p",
    "topP": "top_p",
    "top_k": "top_k",
    "topK": "top_k",
    "seed": "seed",
    "frequency_penalty": "frequency_penalty",
    "presence_penalty": "presence_penalty",
    "stop": "stop",
    "stopSequences": "stop",
    "stop_sequences": "stop",
    "reasoning_effort": "effort",
}
_SECRET = re.compile(r"(?i)key$|token$|secret|password|credential|authorization|cookie|headers")
#: How keys begin that are told by it.
_KEY = re.compile(r"\b(?:sk-|hf_|gh[pousr]_|github_pat_|xai-|gsk_|AIza|AKIA|Bearer )[\w-]{8,}")
_ADDRESS = re.compile(r"(?i)url|host|endpoint|region|project|deployment|organization")


def parameters(config: Mapping[str, Any], where: str, unread: Unread) -> dict[str, Any]:
    """The chat parameters in a model's configuration; the rest is noted, a secret by its name alone."""
    out: dict[str, Any] = {}
    for name, value in config.items():
        place = f"{where}.{name}"
        if name in _NAMES:
            _parameter(out, _NAMES[name], value, place, unread)
        elif name == "reasoning" and isinstance(value, dict) and set(value) == {"effort"}:
            _parameter(out, "effort", value["effort"], place, unread)
        elif name == "response_format":
            _format(out, value, place, unread)
        elif name == "tools" and isinstance(value, list) and all(_is_function(tool) for tool in value):
            out["tools"] = value
        elif _SECRET.search(name):
            unread.add(place, name, "keys are not taken from files; type yours in the model’s own field")
        elif _ADDRESS.search(name):
            unread.add(place, value, "choose the model’s row and fill in its address there")
        else:
            unread.add(place, value, "this setting is not known here and not sent")
    return out


def _parameter(out: dict[str, Any], name: str, value: Any, where: str, unread: Unread) -> None:
    if name == "stop":
        out[name] = [str(text) for text in (value if isinstance(value, list) else [value])]
    elif name == "effort":
        if value in tuple(Effort):
            out[name] = value
        else:
            unread.add(where, value, f"the effort is none of {', '.join(Effort)}")
    elif isinstance(value, int | float) and not isinstance(value, bool):
        out[name] = value
    else:
        unread.add(where, value, "it is no number")


def _format(out: dict[str, Any], value: Any, where: str, unread: Unread) -> None:
    kind = value.get("type") if isinstance(value, dict) else None
    held = value.get("json_schema", value) if kind == "json_schema" else {}
    schema = held.get("schema") if isinstance(held, dict) else None
    if isinstance(held, dict) and isinstance(schema, dict):
        out["schema"] = {"name": str(held.get("name") or "answer"), "schema": schema}
    elif kind != "text":
        unread.add(where, value, "only a JSON Schema can be asked for; say in the prompt that JSON is wanted")


def _is_function(tool: Any) -> bool:
    return (
        isinstance(tool, dict) and (tool.get("type", "function") == "function") and not reference(str(tool))
    )


#: What a message is, with what providers give beside it that asks nothing.
_MESSAGE = {"role", "content", "type", "id", "status", "phase", "refusal", "annotations"}


def prompt_of(name: str, messages: list[Any], where: str, unread: Unread) -> Prompt | None:
    """A prompt from messages as APIs have them; None, and noted, where one cannot be asked."""
    system: list[str] = []
    turns: list[Turn] = []
    for place, message in enumerate(messages):
        at = f"{where}[{place}]"
        row = message if isinstance(message, dict) else {}
        role, content = str(row.get("role", "")), row.get("content")
        parts = _parts(content, at, unread)
        if parts is None:
            return None
        text, images = parts
        unread.rest(row, at, _MESSAGE)
        if role in ("system", "developer"):
            system.append(text)
        elif role in tuple(Role):
            turns.append(Turn(role=Role(role), text=text, images=images))
        else:
            unread.add(at, role or message, "a message has the role system, user or assistant and a content")
            return None
    return Prompt(name=name, system="\n\n".join(system), messages=tuple(turns))


def _parts(content: Any, where: str, unread: Unread) -> tuple[str, tuple[Image, ...]] | None:
    if isinstance(content, str):
        return content, ()
    texts: list[str] = []
    images: list[Image] = []
    for part in content if isinstance(content, list) else [content]:
        row = part if isinstance(part, dict) else {}
        url = _address(row)
        if isinstance(row.get("text"), str):
            texts.append(row["text"])
        elif isinstance(url, str) and (image := _image(url)):
            images.append(image)
        else:
            unread.add(where, part, "only text and images within the file (data:image/…) can be asked")
            return None
    return "\n".join(texts), tuple(images)


def _address(part: dict[str, Any]) -> Any:
    """Where an image is, as OpenAI writes it, or as Anthropic does."""
    source = part.get("source")
    if isinstance(source, dict) and source.get("type") == "base64":
        return f"data:{source.get('media_type')};base64,{source.get('data')}"
    url = part.get("image_url")
    return url.get("url") if isinstance(url, dict) else url


def _image(url: str) -> Image | None:
    head, _, data = url.partition(";base64,")
    media_type = head.removeprefix("data:")
    if media_type not in IMAGES or not head.startswith("data:"):
        return None
    try:
        return Image(media_type=media_type, data=base64.b64decode(data, validate=True))
    except binascii.Error:
        return None


def object_in(value: Any, what: str) -> dict[str, Any]:
    """The value, if it is a mapping. Raises RequestError."""
    if isinstance(value, dict):
        return value
    raise RequestError(f"{what} is {quoted(str(value), 60)}; it is a mapping of names to values")


def list_in(value: Any, what: str) -> list[Any]:
    """The value, if it is a list; none at all is an empty one. Raises RequestError."""
    if value is None:
        return []
    if isinstance(value, list):
        return value
    raise RequestError(f"{what} is {quoted(str(value), 60)}; it is a list")
