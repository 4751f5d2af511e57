"""Amazon Bedrock's ConverseStream: JSON in binary messages with checksums (eventstream.py).

https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStream.html. Usage follows the
stop reason; cached tokens are counted beside the input, not within it; errors may come inside the stream.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from playground.catalog.endpoints import Wire
from playground.chat.adapters.reading import (
    arguments_in,
    body_failed,
    count_in,
    dict_in,
    failed,
    list_in,
    object_of,
    text_in,
)
from playground.chat.adapters.request import (
    Request,
    arguments_of,
    base64_of,
    effort_parts,
    merged,
    refuse_budget,
    without_blanks,
)
from playground.chat.chat import Chat, Echo, Image, Part, Text, ToolCall, ToolResult
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
from playground.chat.eventstream import EventStreamFraming
from playground.chat.framing import DOCUMENT, Frame
from playground.chat.target import Target
from playground.errors import FrameError
from playground.pricing.usage import Usage

framing = EventStreamFraming
takes = frozenset({"images", "tools", "schema", "effort", "max_tokens", "temperature", "top_p", "stop"})
#: For a turn with nothing to say: it may neither be left out nor be blank.
EMPTY = {"text": "(nothing)"}
OPTIONS = {"max_tokens": "maxTokens", "temperature": "temperature", "top_p": "topP"}
REASONS = {
    "end_turn": Reason.STOP,
    "stop_sequence": Reason.STOP,
    "max_tokens": Reason.LENGTH,
    "model_context_window_exceeded": Reason.LENGTH,
    "tool_use": Reason.TOOL_CALLS,
    "guardrail_intervened": Reason.FILTERED,
    "content_filtered": Reason.FILTERED,
}


def build_request(chat: Chat, target: Target) -> Request:
    """`POST …/model/M/converse-stream`. Raises RequestError; see endpoints.fill."""
    row = target.endpoint
    chat = chat.sent_to(target.giver)
    body: dict[str, Any] = {
        "messages": [
            {
                "role": str(m.role),
                "content": [b for p in without_blanks(m.parts) for b in _block(p)] or [EMPTY],
            }
            for m in chat.messages
        ]
    }
    if chat.system:
        body["system"] = [{"text": chat.system}]
    config: dict[str, Any] = {
        there: value for here, there in OPTIONS.items() if (value := getattr(chat, here)) is not None
    }
    if chat.stop:
        config["stopSequences"] = list(chat.stop)
    if config:
        body["inferenceConfig"] = config
    if chat.tools:
        tools = [
            {
                "toolSpec": {
                    "name": tool.name,
                    **({"description": tool.description} if tool.description else {}),
                    "inputSchema": {"json": tool.parameters},
                }
            }
            for tool in chat.tools
        ]
        body["toolConfig"] = {"tools": tools}
    if chat.schema:
        schema = {"schema": json.dumps(chat.schema.schema), "name": chat.schema.name}
        text = {"type": "json_schema", "structure": {"jsonSchema": schema}}
        body["outputConfig"] = {"textFormat": text}
    if chat.effort is not None:
        named = {"outputConfig": {"effort": str(chat.effort)}}
        body = merged(body, effort_parts(chat.effort, target, named))
        if chat.max_tokens is not None:
            thinking = body.get("additionalModelRequestFields", {}).get("thinking")
            refuse_budget(thinking, chat.max_tokens, chat.effort)
    url = f"{target.url}/model/{quote(target.model, safe='')}/converse-stream"
    return Request(url=url, body=body, headers=row.headers, key=target.key)


def _block(part: Part) -> Iterator[dict[str, Any]]:
    match part:
        case Text():
            yield {"text": part.text}
        case Image():
            kind = part.media_type.removeprefix("image/")
            yield {"image": {"format": kind, "source": {"bytes": base64_of(part)}}}
        case ToolCall():
            yield {"toolUse": {"toolUseId": part.id, "name": part.name, "input": arguments_of(part)}}
        case ToolResult():
            content = {"text": part.text} if part.text.strip() else {"json": {"result": part.text}}
            yield {"toolResult": {"toolUseId": part.call_id, "content": [content]}}
        case Echo():
            if part.wire == Wire.BEDROCK_CONVERSE and "signature" in part.value:
                yield {"reasoningContent": {"reasoningText": dict(part.value)}}
            elif part.wire == Wire.BEDROCK_CONVERSE and "redactedContent" in part.value:
                yield {"reasoningContent": dict(part.value)}


def is_last(frame: Frame) -> bool:
    """Usage is what comes last."""
    return frame.event == "metadata"


def parse(frame: Frame) -> Iterator[Event]:
    """The events of one message. Raises FrameError for what is not JSON."""
    if frame.event.startswith("!"):
        try:
            payload = object_of(frame)
        except FrameError:
            payload = {"message": frame.data}
        yield failed(None, {"message": payload.get("message"), "type": frame.event[1:]}, frame.event[1:])
        return
    payload = object_of(frame)
    index = count_in(payload, "contentBlockIndex") or 0
    match frame.event:
        case "contentBlockStart":
            if tool := dict_in(payload, "start", "toolUse"):
                yield ToolCallDelta(index=index, id=text_in(tool, "toolUseId"), name=text_in(tool, "name"))
        case "contentBlockDelta":
            yield from _delta(dict_in(payload, "delta"), index)
        case "messageStop":
            reason = text_in(payload, "stopReason")
            yield Finished(reason=REASONS.get(reason, Reason.OTHER), said=reason)
        case "metadata":
            if usage := dict_in(payload, "usage"):
                yield _usage(usage)
        case _ if frame.event == DOCUMENT:
            yield from _whole(payload)
        case _:
            pass


def _whole(answer: dict[str, Any]) -> Iterator[Event]:
    """The answer of a server that does not stream: Converse's own."""
    if error := dict_in(answer, "error"):
        yield failed(None, error)
        return
    for index, block in enumerate(list_in(dict_in(answer, "output", "message"), "content")):
        if tool := dict_in(block, "toolUse"):
            yield ToolCallDelta(
                index=index,
                id=text_in(tool, "toolUseId"),
                name=text_in(tool, "name"),
                arguments=arguments_in(tool, "input"),
            )
        reasoning = dict_in(block, "reasoningContent")
        yield from _delta(
            {
                "text": text_in(block, "text"),
                "reasoningContent": dict_in(reasoning, "reasoningText") or reasoning,
            },
            index,
        )
    if usage := dict_in(answer, "usage"):
        yield _usage(usage)
    if reason := text_in(answer, "stopReason"):
        yield Finished(reason=REASONS.get(reason, Reason.OTHER), said=reason)


def _delta(delta: dict[str, Any], index: int) -> Iterator[Event]:
    if text := text_in(delta, "text"):
        yield TextDelta(text=text)
    if tool := dict_in(delta, "toolUse"):
        yield ToolCallDelta(index=index, arguments=arguments_in(tool, "input"))
    reasoning = dict_in(delta, "reasoningContent")
    if text := text_in(reasoning, "text"):
        yield ReasoningDelta(text=text)
    sealed = {n: v for n in ("text", "signature", "redactedContent") if (v := text_in(reasoning, n))}
    if sealed:
        yield Echoed(index=index, value=sealed)


def _usage(usage: dict[str, Any]) -> Usage:
    plain = count_in(usage, "inputTokens")
    read = count_in(usage, "cacheReadInputTokens")
    written = count_in(usage, "cacheWriteInputTokens")
    return Usage(
        input=None if plain is None else plain + (read or 0) + (written or 0),
        cache_read=read,
        cache_write=written,
        output=count_in(usage, "outputTokens"),
    )


def failure(status: int, body: bytes) -> Failed:
    """An HTTP error as an event."""
    return body_failed(status, body)
