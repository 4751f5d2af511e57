"""A request as data: what goes over the network, and the key apart from it so that it never prints."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from playground.catalog import Effort
from playground.chat.chat import Image, Part, Text, ToolCall
from playground.chat.target import ApiKey, Target
from playground.errors import RequestError
from playground.json_text import read_json


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One POST of JSON. `key` is added as a header when it is sent (auth.py), and only there."""

    url: str
    body: Mapping[str, Any]
    headers: Mapping[str, str] = field(default_factory=dict)
    key: ApiKey | None = None


def effort_parts(effort: Effort, target: Target, by_name: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a body carries for an effort: as the model's family has it, else `by_name`, in its field."""
    family = target.endpoint.family(target.model)
    known = family.efforts if family else None
    return (known or {}).get(effort) or by_name


def merged(body: Mapping[str, Any], parts: Mapping[str, Any]) -> dict[str, Any]:
    """The body with the parts, mapping by mapping."""
    out = dict(body)
    for name, value in parts.items():
        old = out.get(name)
        out[name] = merged(old, value) if isinstance(old, dict) and isinstance(value, Mapping) else value
    return out


def budget_of(thinking: Any) -> int:
    """The tokens that a request in Anthropic's form lets a model think for; 0 where it names no number."""
    budget = thinking.get("budget_tokens") if isinstance(thinking, dict) else None
    return budget if isinstance(budget, int) else 0


def refuse_budget(thinking: Any, limit: int, effort: Effort) -> None:
    """Refuse a budget of thinking tokens that the longest answer has no room for. Raises RequestError."""
    budget = budget_of(thinking)
    if budget >= limit:
        raise RequestError(
            f"{effort} asks this model for {budget:,} tokens of thinking, which must be less than Max tokens "
            f"({limit:,}); set Max tokens above {budget:,} or choose less effort"
        )


def without_blanks(parts: Iterable[Part]) -> Iterator[Part]:
    """The parts without texts of nothing but white space, which some wires refuse."""
    return (part for part in parts if not isinstance(part, Text) or part.text.strip())


def base64_of(image: Image) -> str:
    """The image's bytes as base64 text."""
    return base64.b64encode(image.data).decode("ascii")


def data_url(image: Image) -> str:
    """The image as a `data:` URL."""
    return f"data:{image.media_type};base64,{base64_of(image)}"


def arguments_of(call: ToolCall) -> dict[str, Any]:
    """A call's arguments as an object. Raises RequestError where the model wrote no JSON object."""
    try:
        value = read_json(call.arguments or "{}")
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise RequestError(
            f"the call of {call.name!r} has arguments that are no JSON object ({call.arguments[:60]!r}), "
            "so this model cannot be sent it; run the first prompt again"
        )
    return value
