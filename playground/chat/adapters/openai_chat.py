"""OpenAI Chat Completions, and everyone who speaks it.

https://platform.openai.com/docs/api-reference/chat. Fields beyond it, as others stream them:
`reasoning_content` (DeepSeek, Kimi), `reasoning` (vLLM, OpenRouter, Groq), `reasoning_details` (OpenRouter),
`x_groq.usage`, usage within a choice (Kimi), `prompt_cache_hit_tokens` (DeepSeek), typed blocks as `content`
(Mistral). A stream may end without `[DONE]`, and `finish_reason` may be `stop` beside tool calls.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from playground.catalog.endpoints import Endpoint, Wire
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
from playground.chat.framing import DOCUMENT, Frame, SseFraming
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

#: Places of what is given back, beside those of `reasoning_details`, which the provider numbers.
_CONTENT, _SEALED = -1, -2
REASONS = {
    "stop": Reason.STOP,
    # Of servers of others: Text Generation Inference, Together, Cohere, gateways to Anthropic and Gemini.
    **dict.fromkeys(("eos", "eos_token", "stop_sequence", "end_turn", "COMPLETE", "STOP"), Reason.STOP),
    "length": Reason.LENGTH,
    **dict.fromkeys(("max_tokens", "MAX_TOKENS"), Reason.LENGTH),
    "tool_calls": Reason.TOOL_CALLS,
    "tool_use": Reason.TOOL_CALLS,
    "function_call": Reason.TOOL_CALLS,
    "content_filter": Reason.FILTERED,
}


def build_request(chat: Chat, target: Target) -> Request:
    """`POST …/chat/completions`. Raises RequestError where a part of the address is missing."""
    row = target.endpoint
    chat = chat.sent_to(target.giver)
    body: dict[str, Any] = {"model": target.model, "messages": list(_messages(chat, row)), "stream": True}
    if row.usage_option:
        body["stream_options"] = {"include_usage": True}
    if row.store_option:
        body["store"] = False
    if chat.max_tokens is not None:
        body[row.max_tokens_field] = chat.max_tokens
    if chat.seed is not None:
        body[row.seed_field] = chat.seed
    for name in ("temperature", "top_p", "top_k", "frequency_penalty", "presence_penalty"):
        if (value := getattr(chat, name)) is not None:
            body[name] = value
    if chat.stop:
        body["stop"] = list(chat.stop)
    if chat.effort is not None:
        nested = row.effort_field == "reasoning.effort"
        named = (
            {"reasoning": {"effort": str(chat.effort)}} if nested else {row.effort_field: str(chat.effort)}
        )
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
    if chat.schema:
        body["response_format"] = {
            "type": "json_schema",
            "json_schema": {"name": chat.schema.name, "schema": chat.schema.schema, "strict": True},
        }
    return Request(url=f"{target.url}/chat/completions", body=body, headers=row.headers, key=target.key)


def _messages(chat: Chat, row: Endpoint) -> Iterator[dict[str, Any]]:
    if chat.system:
        yield {"role": row.system_role, "content": chat.system}
    for message in chat.messages:
        if message.role == Role.ASSISTANT:
            yield _assistant(message)
            continue
        for part in message.parts:
            if isinstance(part, ToolResult):
                yield {"role": "tool", "tool_call_id": part.call_id, "content": part.text}
        content = [_content(p) for p in message.parts if isinstance(p, Text | Image)]
        if content:
            plain = len(content) == 1 and content[0]["type"] == "text"
            yield {"role": "user", "content": content[0]["text"] if plain else content}


def _assistant(message: Message) -> dict[str, Any]:
    out: dict[str, Any] = {"role": "assistant"}
    if message.text:
        out["content"] = message.text
    calls = [p for p in message.parts if isinstance(p, ToolCall)]
    if calls:
        out["tool_calls"] = [
            {"id": c.id, "type": "function", "function": {"name": c.name, "arguments": c.arguments}}
            for c in calls
        ]
    for part in message.parts:
        if isinstance(part, Echo) and part.wire == Wire.OPENAI_CHAT:
            _give_back(out, part.value)
    return out


def _give_back(turn: dict[str, Any], sealed: Mapping[str, Any]) -> None:
    """What a provider asks to see again. DeepSeek and Kimi want it in rounds of tools, and only there."""
    if text_in(sealed, "type").startswith("reasoning."):
        turn.setdefault("reasoning_details", []).append(dict(sealed))
    elif "reasoning_content" not in sealed or "tool_calls" in turn:
        turn.update(sealed)


def _content(part: Text | Image) -> dict[str, Any]:
    if isinstance(part, Text):
        return {"type": "text", "text": part.text}
    return {"type": "image_url", "image_url": {"url": data_url(part)}}


def is_last(frame: Frame) -> bool:
    """Whether nothing follows this frame."""
    return frame.data.strip() == "[DONE]"


def parse(frame: Frame) -> Iterator[Event]:
    """The events of one chunk. Raises FrameError for what is not JSON."""
    if is_last(frame):
        return
    chunk = object_of(frame)
    # llama.cpp sends the error itself, in a field of its own (framing.py).
    error = chunk.get("error") or (chunk if frame.event == "error" else None)
    if error:
        yield failed(None, error if isinstance(error, dict) else {"message": str(error)})
        return
    for choice in list_in(chunk, "choices"):
        delta = dict_in(choice, "delta") or dict_in(choice, "message")
        yield from _reasoning(delta)
        if text := text_in(delta, "content") or text_in(delta, "refusal"):
            yield TextDelta(text=text)
        for block in list_in(delta, "content"):
            yield from _block(block)
        for place, call in enumerate(list_in(delta, "tool_calls")):
            function = dict_in(call, "function")
            index = count_in(call, "index")
            yield ToolCallDelta(
                index=place if index is None else index,
                id=text_in(call, "id"),
                name=text_in(function, "name"),
                arguments=arguments_in(function, "arguments"),
            )
        finish_reason = text_in(choice, "finish_reason") or ("stop" if frame.event == DOCUMENT else "")
        if finish_reason:
            yield Finished(reason=REASONS.get(finish_reason, Reason.OTHER), said=finish_reason)
        if usage := dict_in(choice, "usage"):
            yield _usage(usage)
    if usage := dict_in(chunk, "usage") or dict_in(chunk, "x_groq", "usage"):
        yield _usage(usage)


def _reasoning(delta: dict[str, Any]) -> Iterator[Event]:
    details = list_in(delta, "reasoning_details")
    seen = text_in(delta, "reasoning_content") or text_in(delta, "reasoning")
    if not seen:
        seen = "".join(text_in(detail, "text") or text_in(detail, "summary") for detail in details)
    if seen:
        yield ReasoningDelta(text=seen)
    if text := text_in(delta, "reasoning_content"):
        yield Echoed(index=_CONTENT, value={"reasoning_content": text})
    if sealed := text_in(dict_in(delta, "reasoning"), "encrypted_content"):
        yield Echoed(index=_SEALED, value={"reasoning": {"encrypted_content": sealed}})
    for place, detail in enumerate(details):
        if text_in(detail, "type"):
            index = count_in(detail, "index")
            yield Echoed(index=place if index is None else index, value=detail)


def _block(block: Any) -> Iterator[Event]:
    """One of the typed blocks that Mistral's reasoning models stream in place of a text."""
    for thought in list_in(block, "thinking"):
        if text := text_in(thought, "text"):
            yield ReasoningDelta(text=text)
    if text := text_in(block, "text"):
        yield TextDelta(text=text)


def _usage(usage: dict[str, Any]) -> Usage:
    given = dict_in(usage, "prompt_tokens_details")
    made = dict_in(usage, "completion_tokens_details")
    cached = count_in(given, "cached_tokens")
    prompt, written = count_in(usage, "prompt_tokens"), count_in(usage, "completion_tokens")
    thought, total = count_in(made, "reasoning_tokens"), count_in(usage, "total_tokens")
    if thought and prompt is not None and written is not None and total == prompt + written + thought:
        # xAI counts reasoning beside the completion and bills both.
        written += thought
    return Usage(
        input=prompt,
        cache_read=count_in(usage, "prompt_cache_hit_tokens") if cached is None else cached,
        cache_write=count_in(given, "cache_write_tokens"),
        output=written,
        reasoning=thought,
        usd=str(usage["cost"]) if isinstance(usage.get("cost"), int | float) else None,
    )


def failure(status: int, body: bytes) -> Failed:
    """An HTTP error as an event."""
    return body_failed(status, body)
