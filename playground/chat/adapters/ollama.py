"""Ollama's own chat API: JSON lines.

https://docs.ollama.com/api/chat. The last line says `done: true` and carries the counts; an error may come
after status 200. Tool calls come whole, without ids.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from playground.catalog import Effort
from playground.catalog.endpoints import Wire
from playground.chat.adapters.reading import (
    arguments_in,
    body_failed,
    count_in,
    dict_in,
    failed,
    list_in,
    object_of,
    says_last,
    text_in,
)
from playground.chat.adapters.request import Request, arguments_of, base64_of, effort_parts
from playground.chat.chat import Chat, Echo, Image, Message, Role, Text, ToolCall, ToolResult
from playground.chat.events import (
    Echoed,
    Event,
    Failed,
    Finished,
    Reason,
    ReasoningDelta,
    TextDelta,
    ToolCallDelta,
)
from playground.chat.framing import Frame, LineFraming
from playground.chat.target import Target
from playground.pricing.usage import Usage

framing = LineFraming
takes = frozenset(
    {
        "images",
        "tools",
        "schema",
        "effort",
        "max_tokens",
        "temperature",
        "top_p",
        "top_k",
        "seed",
        "stop",
        "frequency_penalty",
        "presence_penalty",
    }
)
OPTIONS = {
    "max_tokens": "num_predict",
    **{n: n for n in ("temperature", "top_p", "top_k", "seed", "frequency_penalty", "presence_penalty")},
}
REASONS = {"stop": Reason.STOP, "length": Reason.LENGTH}


def build_request(chat: Chat, target: Target) -> Request:
    """`POST …/api/chat`. Raises RequestError; see endpoints.fill."""
    messages = [m for message in chat.sent_to(target.giver).messages for m in _messages(message)]
    if chat.system:
        messages.insert(0, {"role": "system", "content": chat.system})
    body: dict[str, Any] = {"model": target.model, "messages": messages, "stream": True}
    options: dict[str, Any] = {
        there: value for here, there in OPTIONS.items() if (value := getattr(chat, here)) is not None
    }
    if chat.stop:
        options["stop"] = list(chat.stop)
    if options:
        body["options"] = options
    if chat.schema:
        body["format"] = chat.schema.schema
    if chat.effort is not None:
        named = {"think": False if chat.effort == Effort.NONE else str(chat.effort)}
        body |= effort_parts(chat.effort, target, named)
    if chat.tools:
        body["tools"] = [
            {
                "type": "function",
                "function": {
                    "name": tool.name,
                    **({"description": tool.description} if tool.description else {}),
                    "parameters": tool.parameters,
                },
            }
            for tool in chat.tools
        ]
    return Request(url=f"{target.url}/api/chat", body=body, headers=target.endpoint.headers, key=target.key)


def _messages(message: Message) -> Iterator[dict[str, Any]]:
    for part in message.parts:
        if isinstance(part, ToolResult):
            yield {"role": "tool", "content": part.text, "tool_name": part.name}
    if all(isinstance(part, ToolResult) for part in message.parts):
        return
    out: dict[str, Any] = {"role": str(message.role)}
    if message.role == Role.USER or any(isinstance(part, Text) for part in message.parts):
        out["content"] = message.text
    if images := [base64_of(part) for part in message.parts if isinstance(part, Image)]:
        out["images"] = images
    for part in message.parts:
        if isinstance(part, Echo) and part.wire == Wire.OLLAMA:
            out |= part.value
    if calls := [part for part in message.parts if isinstance(part, ToolCall)]:
        out["tool_calls"] = [{"function": {"name": c.name, "arguments": arguments_of(c)}} for c in calls]
    yield out


def is_last(frame: Frame) -> bool:
    """Whether nothing follows this line."""
    return says_last(frame, "done", last=(True,))


def parse(frame: Frame) -> Iterator[Event]:
    """The events of one line. Raises FrameError for what is not JSON."""
    payload = object_of(frame)
    # Gateways before it answer in forms of their own.
    error = payload.get("error") or text_in(payload, "message") or text_in(payload, "detail")
    if error:
        yield failed(None, error if isinstance(error, dict) else {"message": str(error)})
        return
    message = dict_in(payload, "message")
    # Servers that imitate this one call them as others do; what is sent back has Ollama's own name.
    if text := text_in(message, "thinking") or text_in(message, "reasoning_content"):
        yield ReasoningDelta(text=text)
        yield Echoed(value={"thinking": text})
    if text := text_in(message, "content"):
        yield TextDelta(text=text)
    for call in list_in(message, "tool_calls"):
        function = dict_in(call, "function")
        yield ToolCallDelta(
            index=None,
            id=text_in(call, "id"),
            name=text_in(function, "name"),
            arguments=arguments_in(function, "arguments") or "{}",
        )
    if payload.get("done") is True:
        read, made = count_in(payload, "prompt_eval_count"), count_in(payload, "eval_count")
        if read is not None or made is not None:
            yield Usage(input=read, output=made)
        reason = text_in(payload, "done_reason")
        yield Finished(reason=REASONS.get(reason or "stop", Reason.OTHER), said=reason)


def failure(status: int, body: bytes) -> Failed:
    """An HTTP error as an event."""
    return body_failed(status, body)
