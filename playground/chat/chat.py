"""What a reader asks, in no provider's words: messages, tools, a schema, and how to sample.

Everything optional is left out of the request unless it is set: a provider's own default holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from typing import Any

from playground.catalog import Effort


class Role(StrEnum):
    """Who speaks. Tool results are the user's, as the wires that have only two roles see it."""

    USER = "user"
    ASSISTANT = "assistant"


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Plain text."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """An image by its bytes; `media_type` is a MIME type such as `image/png`."""

    media_type: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolCall:
    """What the model asks to be run; `arguments` is JSON text as the model wrote it."""

    id: str
    name: str
    arguments: str


def own_id(place: int) -> str:
    """The id that we give a call whose provider gave none, by its place in the answer."""
    return f"call_{place}"


def is_own_id(id_: str) -> bool:
    """Whether a call's id is one of ours, or none."""
    return not id_ or (id_.startswith("call_") and id_[5:].isdecimal())


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolResult:
    """What running a tool gave, for the call of that id."""

    call_id: str
    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Echo:
    """What a provider wants back unchanged on the next turn (a signature, encrypted reasoning).

    `wire` is the wire that gave it, `giver` the address or the model there (target.giver); nobody else is
    sent it: a field that one provider asks for is refused by another on the same wire.
    """

    wire: str
    giver: str = ""
    value: Mapping[str, Any] = field(repr=False)


type Part = Text | Image | ToolCall | ToolResult | Echo


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One turn of the conversation."""

    role: Role
    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        """All plain text of this turn."""
        return "".join(p.text for p in self.parts if isinstance(p, Text))


def user(text: str, *images: Image) -> Message:
    """A reader's turn: images first, as every vendor recommends, then the text."""
    return Message(role=Role.USER, parts=(*images, Text(text=text)))


def assistant(text: str) -> Message:
    """A model's turn of plain text."""
    return Message(role=Role.ASSISTANT, parts=(Text(text=text),))


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """A function the model may ask for; `parameters` is a JSON Schema of an object."""

    name: str
    description: str = ""
    parameters: Mapping[str, Any] = field(default_factory=lambda: {"type": "object", "properties": {}})


@dataclass(frozen=True, slots=True, kw_only=True)
class Schema:
    """The JSON Schema that the answer must satisfy."""

    name: str
    schema: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """One request. Tokens are counts; `temperature` and `top_p` are in the provider's own range."""

    messages: tuple[Message, ...]
    system: str = ""
    tools: tuple[Tool, ...] = ()
    schema: Schema | None = None
    effort: Effort | None = None
    max_tokens: int | None = None
    temperature: float | None = None
    top_p: float | None = None
    top_k: int | None = None
    seed: int | None = None
    stop: tuple[str, ...] = ()
    frequency_penalty: float | None = None
    presence_penalty: float | None = None

    def sent_to(self, giver: str) -> Chat:
        """The chat as it is sent to one giver: without what others gave to be sent back."""
        if not any(isinstance(p, Echo) and p.giver != giver for m in self.messages for p in m.parts):
            return self
        messages = (
            replace(m, parts=tuple(p for p in m.parts if not isinstance(p, Echo) or p.giver == giver))
            for m in self.messages
        )
        return replace(self, messages=tuple(messages))


#: The fields of Chat that say how to answer: all but the messages and the system prompt.
PARAMETERS = tuple(f.name for f in fields(Chat) if f.name not in ("messages", "system"))
#: The fields of Chat that are plain numbers, by their type.
NUMBERS: Mapping[str, type[int] | type[float]] = {
    "max_tokens": int,
    "temperature": float,
    "top_p": float,
    "top_k": int,
    "seed": int,
    "frequency_penalty": float,
    "presence_penalty": float,
}


#: What every vision model of the seven wires takes.
IMAGES = ("image/png", "image/jpeg", "image/gif", "image/webp")
