"""A chat as JSON, and back; what comes back may come from a file, so it is checked."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from playground.catalog import Effort
from playground.chat.chat import (
    IMAGES,
    NUMBERS,
    Chat,
    Echo,
    Image,
    Message,
    Part,
    Role,
    Schema,
    Text,
    Tool,
    ToolCall,
    ToolResult,
)
from playground.errors import RequestError
from playground.json_text import sound_text

#: Whole numbers up to here are exact everywhere.
LARGEST = 2**53 - 1
_PARTS = frozenset(part.name for part in fields(Chat))


def part_to_json(part: Part) -> dict[str, Any]:
    """A part with its type's name; an image's bytes as base64."""
    match part:
        case Text():
            return {"type": "text", "text": part.text}
        case Image():
            data = base64.b64encode(part.data).decode("ascii")
            return {"type": "image", "media_type": part.media_type, "data": data}
        case ToolCall():
            return {"type": "tool_call", "id": part.id, "name": part.name, "arguments": part.arguments}
        case ToolResult():
            return {"type": "tool_result", "call_id": part.call_id, "name": part.name, "text": part.text}
        case Echo():
            return {"type": "echo", "wire": part.wire, "giver": part.giver, "value": dict(part.value)}


def message_to_json(message: Message) -> dict[str, Any]:
    """A turn with its parts."""
    return {"role": str(message.role), "parts": [part_to_json(part) for part in message.parts]}


def chat_to_json(chat: Chat) -> dict[str, Any]:
    """The chat without what is not set."""
    out: dict[str, Any] = {"messages": [message_to_json(m) for m in chat.messages]}
    if chat.system:
        out["system"] = chat.system
    if chat.tools:
        out["tools"] = [{f.name: getattr(tool, f.name) for f in fields(Tool)} for tool in chat.tools]
    if chat.schema:
        out["schema"] = {"name": chat.schema.name, "schema": chat.schema.schema}
    if chat.effort is not None:
        out["effort"] = str(chat.effort)
    if chat.stop:
        out["stop"] = list(chat.stop)
    return out | {n: v for n in NUMBERS if (v := getattr(chat, n)) is not None}


def chat_from_json(chat: Any) -> Chat:
    """The inverse of chat_to_json. Raises RequestError naming what is wrong: it may come from a file."""
    row = _object(chat, "the chat")
    if unknown := sorted(row.keys() - _PARTS):
        raise RequestError(
            f"the chat has an unknown part {unknown[0]!r}; known are {', '.join(sorted(_PARTS))}"
        )
    if not isinstance(row.get("messages"), list) or not row["messages"]:
        raise RequestError("the chat has no messages; write a prompt")
    try:
        effort = Effort(row["effort"]) if row.get("effort") else None
    except ValueError:
        raise RequestError(f"the effort is {row['effort']!r}; write one of {', '.join(Effort)}") from None
    schema = row.get("schema")
    numbers = {n: _number(row[n], n, kind) for n, kind in NUMBERS.items() if row.get(n) is not None}
    return Chat(
        messages=tuple(message_from_json(m) for m in row["messages"]),
        system=_text(row, "system"),
        tools=tuple(tool_from_json(t) for t in _list(row, "tools")),
        schema=Schema(name=_text(schema, "name") or "answer", schema=_object(schema.get("schema"), "schema"))
        if isinstance(schema, dict)
        else None,
        effort=effort,
        stop=tuple(str(s) for s in _list(row, "stop")),
        **numbers,
    )


def tool_from_json(tool: Any) -> Tool:
    """A tool as a reader writes it: plain, or in the form of OpenAI's or Anthropic's documentation."""
    row = _object(tool, "a tool")
    row = _object(row["function"], "a tool's function") if "function" in row else row
    name = _text(row, "name")
    if not name:
        raise RequestError("a tool has no name; write it as {name, description, parameters}")
    parameters = row.get("parameters", row.get("input_schema", {"type": "object", "properties": {}}))
    return Tool(
        name=name,
        description=_text(row, "description"),
        parameters=_object(parameters, f"the parameters of the tool {name!r}"),
    )


def message_from_json(message: Any) -> Message:
    """The inverse of message_to_json. Raises RequestError."""
    row = _object(message, "a message")
    try:
        role = Role(_text(row, "role"))
    except ValueError:
        raise RequestError(f"a message's role is {row.get('role')!r}; write user or assistant") from None
    parts = row.get("parts")
    if not isinstance(parts, list):
        raise RequestError("a message has no list of parts")
    return Message(role=role, parts=tuple(_part(p) for p in parts))


def images_from_json(parts: Any) -> tuple[Image, ...]:
    """The images in a list of parts. Raises RequestError."""
    there = [_part(part) for part in (parts if isinstance(parts, list) else [])]
    return tuple(part for part in there if isinstance(part, Image))


def _part(part: Any) -> Part:
    row = _object(part, "a part of a message")
    match row.get("type"):
        case "text":
            return Text(text=_text(row, "text"))
        case "image":
            media_type = _text(row, "media_type")
            if media_type not in IMAGES:
                raise RequestError(f"an image is {media_type!r}; models take {', '.join(IMAGES)}")
            try:
                data = base64.b64decode(_text(row, "data"), validate=True)
            except binascii.Error:
                raise RequestError("an image's data is not base64") from None
            return Image(media_type=media_type, data=data)
        case "tool_call":
            arguments = _text(row, "arguments") or "{}"
            return ToolCall(id=_text(row, "id"), name=_text(row, "name"), arguments=arguments)
        case "tool_result":
            return ToolResult(call_id=_text(row, "call_id"), name=_text(row, "name"), text=_text(row, "text"))
        case "echo":
            value = _object(row.get("value"), "an echo")
            return Echo(wire=_text(row, "wire"), giver=_text(row, "giver"), value=value)
        case other:
            raise RequestError(f"a part of a message is of the type {other!r}, which is unknown")


def _object(value: Any, what: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise RequestError(f"{what} is no JSON object")
    return value


def _list(row: Mapping[str, Any], name: str) -> list[Any]:
    value = row.get(name, [])
    if not isinstance(value, list):
        raise RequestError(f"{name} is no list")
    return value


def _text(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    return sound_text(value) if isinstance(value, str) else ""


def _number(value: Any, name: str, kind: type[int] | type[float]) -> Any:
    """A number that every wire can carry: a whole one is exact in JavaScript too."""
    plain = isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= LARGEST
    if not plain or (kind is int and value != int(value)):
        what = "whole number" if kind is int else "number"
        raise RequestError(f"{name} is {str(value)[:40]}; write a {what} of at most 15 digits")
    return kind(value)
