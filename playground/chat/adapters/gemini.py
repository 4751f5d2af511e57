"""Google's generateContent, at the Gemini API and at Vertex AI.

https://ai.google.dev/api/generate-content. Usage may come in every chunk and each replaces the one before;
thoughts are counted beside the answer's tokens, not within them. Calls carry no index: the ids are ours.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

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
    text_in,
)
from playground.chat.adapters.request import Request, arguments_of, base64_of, effort_parts, merged
from playground.chat.chat import Chat, Echo, Image, Message, Role, Text, ToolCall, ToolResult, is_own_id
from playground.chat.events import (
    Cause,
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
    "max_tokens": "maxOutputTokens",
    "temperature": "temperature",
    "top_p": "topP",
    "top_k": "topK",
    "seed": "seed",
    "frequency_penalty": "frequencyPenalty",
    "presence_penalty": "presencePenalty",
}
FILTERED = (
    "SAFETY",
    "RECITATION",
    "BLOCKLIST",
    "PROHIBITED_CONTENT",
    "SPII",
    "IMAGE_SAFETY",
    "IMAGE_PROHIBITED_CONTENT",
    "IMAGE_RECITATION",
    "LANGUAGE",
    "MODEL_ARMOR",
)
REASONS = {
    "STOP": Reason.STOP,
    "MAX_TOKENS": Reason.LENGTH,
    "FUNCTION_CALL": Reason.TOOL_CALLS,
    **dict.fromkeys(FILTERED, Reason.FILTERED),
}


def build_request(chat: Chat, target: Target) -> Request:
    """`POST …/models/M:streamGenerateContent?alt=sse`. Raises RequestError; see endpoints.fill."""
    row = target.endpoint
    chat = chat.sent_to(target.giver)
    body: dict[str, Any] = {"contents": [_content(message) for message in chat.messages]}
    if chat.system:
        body["systemInstruction"] = {"parts": [{"text": chat.system}]}
    config: dict[str, Any] = {
        there: value for here, there in OPTIONS.items() if (value := getattr(chat, here)) is not None
    }
    if chat.stop:
        config["stopSequences"] = list(chat.stop)
    if chat.schema:
        config |= {"responseMimeType": "application/json", "responseJsonSchema": chat.schema.schema}
    if config:
        body["generationConfig"] = config
    if chat.effort is not None:
        body = merged(body, effort_parts(chat.effort, target, _thinking(chat.effort)))
    if chat.tools:
        functions = [
            {
                "name": tool.name,
                **({"description": tool.description} if tool.description else {}),
                "parametersJsonSchema": tool.parameters,
            }
            for tool in chat.tools
        ]
        body["tools"] = [{"functionDeclarations": functions}]
    url = f"{target.url}/models/{quote(target.model, safe='')}:streamGenerateContent?alt=sse"
    return Request(url=url, body=body, headers=row.headers, key=target.key)


def _thinking(effort: Effort) -> dict[str, Any]:
    """An effort as a level; this wire has no level for none, and no thoughts come unless asked for."""
    if effort == Effort.NONE:
        thinking: dict[str, Any] = {"thinkingBudget": 0}
    else:
        thinking = {"thinkingLevel": effort.upper(), "includeThoughts": True}
    return {"generationConfig": {"thinkingConfig": thinking}}


def _content(message: Message) -> dict[str, Any]:
    parts: list[dict[str, Any]] = []
    for part in message.parts:
        match part:
            case Text():
                parts.append({"text": part.text})
            case Image():
                parts.append({"inlineData": {"mimeType": part.media_type, "data": base64_of(part)}})
            case ToolCall():
                call = {"name": part.name, "args": arguments_of(part), **_id(part.id)}
                parts.append({"functionCall": call})
            case ToolResult():
                result = {"name": part.name, "response": {"result": part.text}, **_id(part.call_id)}
                parts.append({"functionResponse": result})
            case Echo() if part.wire != Wire.GEMINI:
                pass
            case Echo() if "text" in part.value:
                parts.append(dict(part.value))
            case Echo() if parts:
                # A signature belongs to the part it came with, which is the one before it.
                parts[-1] |= part.value
            case Echo():
                pass
    return {"role": "model" if message.role == Role.ASSISTANT else "user", "parts": parts}


def _id(given: str) -> dict[str, str]:
    """Gemini 3 numbers its calls and wants the number back; older models know none, and get none of ours."""
    return {} if is_own_id(given) else {"id": given}


def is_last(frame: Frame) -> bool:
    """Nothing marks the last frame of this wire; the connection closes."""
    return False


def parse(frame: Frame) -> Iterator[Event]:
    """The events of one chunk. Raises FrameError for what is not JSON."""
    payload = object_of(frame)
    if error := dict_in(payload, "error"):
        code = count_in(error, "code")
        yield failed(code, error)
        return
    if usage := dict_in(payload, "usageMetadata"):
        yield _usage(usage)
    if blocked := text_in(dict_in(payload, "promptFeedback"), "blockReason"):
        yield Failed(cause=Cause.FILTERED, message=f"the prompt was blocked: {blocked}")
        return
    for candidate in list_in(payload, "candidates")[:1]:
        for part in list_in(dict_in(candidate, "content"), "parts"):
            yield from _part(part)
        if reason := text_in(candidate, "finishReason"):
            yield Finished(reason=REASONS.get(reason, Reason.OTHER), said=reason)


def _part(part: Any) -> Iterator[Event]:
    text = text_in(part, "text")
    if text and isinstance(part, dict) and part.get("thought") is True:
        yield ReasoningDelta(text=text)
    elif text:
        yield TextDelta(text=text)
    if call := dict_in(part, "functionCall"):
        # Whole, never in pieces: each is the next call.
        yield ToolCallDelta(
            index=None,
            id=text_in(call, "id"),
            name=text_in(call, "name"),
            arguments=arguments_in(call, "args") or "{}",
        )
    if signature := text_in(part, "thoughtSignature"):
        # One that comes with an empty text is a part of its own, not of the call before it.
        alone = not text and not call
        value = {"text": "", "thoughtSignature": signature} if alone else {"thoughtSignature": signature}
        yield Echoed(apart=True, value=value)


def _usage(usage: dict[str, Any]) -> Usage:
    written = count_in(usage, "candidatesTokenCount")
    thoughts = count_in(usage, "thoughtsTokenCount")
    tools = count_in(usage, "toolUsePromptTokenCount")
    prompt, total = count_in(usage, "promptTokenCount"), count_in(usage, "totalTokenCount")
    given = None if prompt is None else prompt + (tools or 0)
    # Where all is thoughts there is no count of the answer, and older models count no thoughts apart.
    output = None if written is None and thoughts is None else (written or 0) + (thoughts or 0)
    if output is None and given is not None and total is not None and total > given:
        output = total - given
    return Usage(
        input=given,
        cache_read=count_in(usage, "cachedContentTokenCount"),
        output=output,
        reasoning=thoughts,
    )


def failure(status: int, body: bytes) -> Failed:
    """An HTTP error as an event."""
    return body_failed(status, body)
