"""Anthropic Messages, also at Microsoft Foundry, Bedrock mantle and DeepSeek.

https://platform.claude.com/docs/en/api/messages-streaming. Input tokens come in three counts that exclude
each other; the output count is cumulative. The stream ends with `message_stop`, without `[DONE]`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from playground.catalog import Effort
from playground.catalog.endpoints import Wire
from playground.chat.adapters.reading import (
    body_failed,
    count_in,
    dict_in,
    failed,
    list_in,
    object_of,
    says_last,
    text_in,
)
from playground.chat.adapters.request import (
    Request,
    arguments_of,
    base64_of,
    budget_of,
    effort_parts,
    merged,
    refuse_budget,
    without_blanks,
)
from playground.chat.chat import Chat, Echo, Image, Message, Part, Role, Text, ToolCall, ToolResult
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
from playground.chat.framing import Frame, SseFraming
from playground.chat.target import Target
from playground.json_text import write_json
from playground.pricing.usage import Usage

framing = SseFraming
takes = frozenset(
    {"images", "tools", "schema", "effort", "max_tokens", "temperature", "top_p", "top_k", "stop"}
)
#: This wire needs a limit; the reader's own goes before it.
MAX_TOKENS = 4096
REASONS = {
    "end_turn": Reason.STOP,
    "stop_sequence": Reason.STOP,
    "max_tokens": Reason.LENGTH,
    "model_context_window_exceeded": Reason.LENGTH,
    "tool_use": Reason.TOOL_CALLS,
    "refusal": Reason.REFUSED,
}


def build_request(chat: Chat, target: Target) -> Request:
    """`POST …/v1/messages`. Raises RequestError for an address or a tool call's arguments that are none."""
    chat = chat.sent_to(target.giver)
    body: dict[str, Any] = {
        "model": target.model,
        "max_tokens": MAX_TOKENS if chat.max_tokens is None else chat.max_tokens,
        "messages": [{"role": str(message.role), "content": _content(message)} for message in chat.messages],
        "stream": True,
    }
    if chat.system:
        body["system"] = chat.system
    for name in ("temperature", "top_p", "top_k"):
        if (value := getattr(chat, name)) is not None:
            body[name] = value
    if chat.stop:
        body["stop_sequences"] = list(chat.stop)
    if chat.tools:
        body["tools"] = [
            {
                "name": tool.name,
                **({"description": tool.description} if tool.description else {}),
                "input_schema": tool.parameters,
            }
            for tool in chat.tools
        ]
    if chat.schema:
        body["output_config"] = {"format": {"type": "json_schema", "schema": chat.schema.schema}}
    if chat.effort is not None:
        off = chat.effort == Effort.NONE
        named = {"thinking": {"type": "disabled"}} if off else {"output_config": {"effort": str(chat.effort)}}
        body = merged(body, effort_parts(chat.effort, target, named))
        # The budget is part of this wire's limit; without a limit of the reader's own the answer keeps ours.
        if chat.max_tokens is None:
            body["max_tokens"] += budget_of(body.get("thinking"))
        refuse_budget(body.get("thinking"), body["max_tokens"], chat.effort)
    headers = target.endpoint.headers
    return Request(url=f"{target.url}/v1/messages", body=body, headers=headers, key=target.key)


def _content(message: Message) -> str | list[dict[str, Any]]:
    if len(message.parts) == 1 and isinstance(message.parts[0], Text):
        return message.parts[0].text
    return [block for part in without_blanks(message.parts) for block in _block(part, message.role)]


def _block(part: Part, role: Role) -> Iterator[dict[str, Any]]:
    match part:
        case Text():
            yield {"type": "text", "text": part.text}
        case Image():
            source = {"type": "base64", "media_type": part.media_type, "data": base64_of(part)}
            yield {"type": "image", "source": source}
        case ToolCall():
            yield {"type": "tool_use", "id": part.id, "name": part.name, "input": arguments_of(part)}
        case ToolResult():
            yield {"type": "tool_result", "tool_use_id": part.call_id, "content": part.text}
        case Echo():
            if part.wire == Wire.ANTHROPIC_MESSAGES and role == Role.ASSISTANT:
                yield dict(part.value)


def is_last(frame: Frame) -> bool:
    """Whether nothing follows this frame."""
    return (
        frame.event == "message_stop"
        or frame.data.strip() == "[DONE]"
        or says_last(frame, "type", last=("message_stop",))
    )


def parse(frame: Frame) -> Iterator[Event]:
    """The events of one server-sent event. Raises FrameError for what is not JSON."""
    if frame.data.strip() == "[DONE]":
        return
    payload = object_of(frame)
    index = count_in(payload, "index") or 0
    match text_in(payload, "type") or frame.event:
        case "message_start":
            yield from _usage(dict_in(payload, "message", "usage"))
        case "content_block_start":
            yield from _started(dict_in(payload, "content_block"), index)
        case "content_block_delta":
            yield from _delta(dict_in(payload, "delta"), index)
        case "message_delta":
            yield from _usage(dict_in(payload, "usage"))
            if reason := text_in(dict_in(payload, "delta"), "stop_reason"):
                yield Finished(reason=REASONS.get(reason, Reason.OTHER), said=reason)
        case "message":
            yield from _whole(payload)
        case "error":
            yield failed(None, dict_in(payload, "error") or payload)
        case _ if dict_in(payload, "error"):
            yield failed(None, dict_in(payload, "error"))
        case _:
            pass


def _whole(message: dict[str, Any]) -> Iterator[Event]:
    """The answer of a server that does not stream."""
    for index, block in enumerate(list_in(message, "content")):
        yield from _started(block, index)
    yield from _usage(dict_in(message, "usage"))
    reason = text_in(message, "stop_reason") or "end_turn"
    yield Finished(reason=REASONS.get(reason, Reason.OTHER), said=reason)


def _started(block: dict[str, Any], index: int) -> Iterator[Event]:
    match text_in(block, "type"):
        case "text":
            if text := text_in(block, "text"):
                yield TextDelta(text=text)
        case "tool_use":
            given = dict_in(block, "input")
            yield ToolCallDelta(
                index=index,
                id=text_in(block, "id"),
                name=text_in(block, "name"),
                arguments=write_json(given) if given else "",
            )
        case "thinking" | "redacted_thinking":
            yield Echoed(index=index, value=block)
            if text := text_in(block, "thinking"):
                yield ReasoningDelta(text=text)
        case _:
            pass


def _delta(delta: dict[str, Any], index: int) -> Iterator[Event]:
    match text_in(delta, "type"):
        case "text_delta":
            if text := text_in(delta, "text"):
                yield TextDelta(text=text)
        case "thinking_delta":
            if text := text_in(delta, "thinking"):
                yield ReasoningDelta(text=text)
                yield Echoed(index=index, value={"thinking": text})
        case "signature_delta":
            yield Echoed(index=index, value={"signature": text_in(delta, "signature")})
        case "input_json_delta":
            yield ToolCallDelta(index=index, arguments=text_in(delta, "partial_json"))
        case _:
            pass


def _usage(usage: dict[str, Any]) -> Iterator[Usage]:
    if not usage:
        return
    read = count_in(usage, "cache_read_input_tokens")
    written = count_in(usage, "cache_creation_input_tokens")
    plain = count_in(usage, "input_tokens")
    yield Usage(
        input=None if plain is None else plain + (read or 0) + (written or 0),
        cache_read=read,
        cache_write=written,
        cache_write_1h=count_in(dict_in(usage, "cache_creation"), "ephemeral_1h_input_tokens"),
        output=count_in(usage, "output_tokens"),
        reasoning=count_in(dict_in(usage, "output_tokens_details"), "thinking_tokens"),
    )


def failure(status: int, body: bytes) -> Failed:
    """An HTTP error as an event."""
    return body_failed(status, body)
