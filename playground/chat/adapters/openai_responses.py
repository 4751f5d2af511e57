"""OpenAI Responses, also at Azure, Bedrock, Vertex, xAI.

https://platform.openai.com/docs/api-reference/responses. Servers of others leave out the `event:` lines and
`sequence_number`, so a frame is read by the `type` in its JSON alone.
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
from playground.chat.adapters.request import Request, data_url, effort_parts
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
from playground.chat.framing import Frame, SseFraming
from playground.chat.target import Target
from playground.pricing.usage import Usage

framing = SseFraming
takes = frozenset({"images", "tools", "schema", "effort", "max_tokens", "temperature", "top_p"})
LAST = ("response.completed", "response.incomplete", "response.failed", "error")


def build_request(chat: Chat, target: Target) -> Request:
    """`POST …/responses`. Raises RequestError where a part of the address is missing."""
    row = target.endpoint
    chat = chat.sent_to(target.giver)
    body: dict[str, Any] = {"model": target.model, "input": list(_items(chat)), "stream": True}
    if row.store_option:
        body["store"] = False
    if chat.system:
        body["instructions"] = chat.system
    if chat.max_tokens is not None:
        body["max_output_tokens"] = chat.max_tokens
    for name in ("temperature", "top_p"):
        if (value := getattr(chat, name)) is not None:
            body[name] = value
    if chat.effort is not None:
        body |= effort_parts(chat.effort, target, {"reasoning": {"effort": str(chat.effort)}})
        if row.store_option and chat.effort != Effort.NONE:
            # Nothing is stored at the provider, so the reasoning comes sealed, to be sent back in tool loops.
            body["include"] = ["reasoning.encrypted_content"]
    if chat.tools:
        # Strict is this wire's default and would refuse most people's schemas.
        body["tools"] = [
            {
                "type": "function",
                "name": tool.name,
                **({"description": tool.description} if tool.description else {}),
                "parameters": tool.parameters,
                "strict": False,
            }
            for tool in chat.tools
        ]
    if chat.schema:
        body["text"] = {
            "format": {
                "type": "json_schema",
                "name": chat.schema.name,
                "schema": chat.schema.schema,
                "strict": True,
            }
        }
    return Request(url=f"{target.url}/responses", body=body, headers=row.headers, key=target.key)


def _items(chat: Chat) -> Iterator[dict[str, Any]]:
    for message in chat.messages:
        yield from _turn(message)


def _turn(message: Message) -> Iterator[dict[str, Any]]:
    content: list[dict[str, Any]] = []
    for part in message.parts:
        match part:
            case Text() if message.role == Role.ASSISTANT:
                yield {"role": "assistant", "content": part.text}
            case Text():
                content.append({"type": "input_text", "text": part.text})
            case Image():
                content.append({"type": "input_image", "image_url": data_url(part), "detail": "auto"})
            case ToolCall():
                yield {
                    "type": "function_call",
                    "call_id": part.id,
                    "name": part.name,
                    "arguments": part.arguments,
                }
            case ToolResult():
                yield {"type": "function_call_output", "call_id": part.call_id, "output": part.text}
            case Echo() if part.wire == Wire.OPENAI_RESPONSES:
                yield dict(part.value)
            case Echo():
                pass
    if content:
        plain = len(content) == 1 and content[0]["type"] == "input_text"
        yield {"role": "user", "content": content[0]["text"] if plain else content}


def is_last(frame: Frame) -> bool:
    """Whether nothing follows this frame; `[DONE]` is sent by gateways only."""
    return frame.event in LAST or frame.data.strip() == "[DONE]" or says_last(frame, "type", last=LAST)


def parse(frame: Frame) -> Iterator[Event]:
    """The events of one server-sent event. Raises FrameError for what is not JSON."""
    if frame.data.strip() == "[DONE]":
        return
    payload = object_of(frame)
    index = count_in(payload, "output_index") or 0
    item = dict_in(payload, "item")
    match text_in(payload, "type") or frame.event:
        case "response.output_text.delta" | "response.refusal.delta":
            if text := text_in(payload, "delta"):
                yield TextDelta(text=text)
        case "response.reasoning_text.delta" | "response.reasoning_summary_text.delta":
            if text := text_in(payload, "delta"):
                yield ReasoningDelta(text=text)
        case "response.output_item.added" if text_in(item, "type") == "function_call":
            yield ToolCallDelta(
                index=index,
                id=text_in(item, "call_id"),
                name=text_in(item, "name"),
                arguments=arguments_in(item, "arguments"),
                whole=True,
            )
        case "response.function_call_arguments.delta":
            yield ToolCallDelta(index=index, arguments=text_in(payload, "delta"))
        case "response.function_call_arguments.done":
            yield ToolCallDelta(index=index, arguments=arguments_in(payload, "arguments"), whole=True)
        case "response.output_item.done":
            yield from _item(item, index)
        case "response.completed" | "response.incomplete" | "response.failed":
            yield from _ended(dict_in(payload, "response"))
        case "error":
            yield failed(None, dict_in(payload, "error") or payload)
        case _ if isinstance(payload.get("error"), dict) and "type" not in payload:
            yield failed(None, dict_in(payload, "error"))
        case _ if text_in(payload, "object") == "response":
            yield from _whole(payload)
        case _:
            pass


def _item(item: dict[str, Any], index: int) -> Iterator[Event]:
    """What a finished item says that may not have come in pieces."""
    match text_in(item, "type"):
        case "reasoning" if text_in(item, "encrypted_content"):
            yield Echoed(index=index, value=item)
        case "function_call":
            yield ToolCallDelta(
                index=index,
                id=text_in(item, "call_id"),
                name=text_in(item, "name"),
                arguments=arguments_in(item, "arguments"),
                whole=True,
            )
        case _:
            pass


def _whole(response: dict[str, Any]) -> Iterator[Event]:
    """The answer of a server that does not stream."""
    for index, item in enumerate(list_in(response, "output")):
        made = ReasoningDelta if text_in(item, "type") == "reasoning" else TextDelta
        for block in [*list_in(item, "summary"), *list_in(item, "content")]:
            if text := text_in(block, "text") or text_in(block, "refusal"):
                yield made(text=text)
        yield from _item(item, index)
    yield from _ended(response)


def _ended(response: dict[str, Any]) -> Iterator[Event]:
    if usage := dict_in(response, "usage"):
        given = dict_in(usage, "input_tokens_details")
        yield Usage(
            input=count_in(usage, "input_tokens"),
            cache_read=count_in(given, "cached_tokens"),
            cache_write=count_in(given, "cache_write_tokens"),
            output=count_in(usage, "output_tokens"),
            reasoning=count_in(dict_in(usage, "output_tokens_details"), "reasoning_tokens"),
        )
    if text_in(response, "status") == "failed" or dict_in(response, "error"):
        yield failed(None, dict_in(response, "error"), "the provider says that the response failed")
        return
    reason = text_in(dict_in(response, "incomplete_details"), "reason")
    reasons = {"": Reason.STOP, "max_output_tokens": Reason.LENGTH, "content_filter": Reason.FILTERED}
    yield Finished(reason=reasons.get(reason, Reason.OTHER), said=reason or text_in(response, "status"))


def failure(status: int, body: bytes) -> Failed:
    """An HTTP error as an event."""
    return body_failed(status, body)
