"""Models that run in the page: the browser's own `LanguageModel`, and a small one by llama.cpp.

https://developer.chrome.com/docs/ai/prompt-api. There is no HTTP: the page runs the request's body and
answers in JSON lines (generator/web/playground/keyless/local.js):

    {"begun": true}                        what went before was a download or a queue
    {"text": "…"}                          more of the answer
    {"usage": {"input": 9, "output": 4}}   where the runner counts tokens; LanguageModel does not
    {"done": "stop"}                       or "length"
    {"error": "…", "kind": "…"}            the DOMException's message and name
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from playground.chat.adapters.reading import count_in, dict_in, object_of, text_in
from playground.chat.adapters.request import Request, data_url
from playground.chat.chat import Chat, Image, Text
from playground.chat.events import Begun, Cause, Event, Failed, Finished, Reason, TextDelta
from playground.chat.framing import Frame, LineFraming
from playground.chat.target import Target
from playground.pricing.usage import Usage

framing = LineFraming
takes = frozenset({"images", "schema", "temperature", "top_k", "max_tokens"})
#: https://webidl.spec.whatwg.org/#idl-DOMException-error-names, as the Prompt API raises them.
CAUSES = {
    "QuotaExceededError": Cause.CONTEXT,
    "NotSupportedError": Cause.MODEL,
    "NotAllowedError": Cause.PERMISSION,
    "NetworkError": Cause.UNREACHABLE,
    "AbortError": Cause.STOPPED,
    "NotReadableError": Cause.FILTERED,
}
REASONS = {"stop": Reason.STOP, "length": Reason.LENGTH}


def build_request(chat: Chat, target: Target) -> Request:
    """What the page is to run; the URL names the runner, such as `page:language-model`."""
    messages = [
        {"role": str(m.role), "content": [c for p in m.parts for c in _content(p)]} for m in chat.messages
    ]
    if chat.system:
        content = [{"type": "text", "value": chat.system}]
        messages.insert(0, {"role": "system", "content": content})
    *initial, last = messages
    body: dict[str, Any] = {"initialPrompts": initial, "prompt": [last]}
    for here, there in (("temperature", "temperature"), ("top_k", "topK"), ("max_tokens", "maxTokens")):
        if (value := getattr(chat, here)) is not None:
            body[there] = value
    if chat.schema:
        body["responseConstraint"] = chat.schema.schema
    return Request(url=target.url, body=body)


def _content(part: Any) -> Iterator[dict[str, Any]]:
    if isinstance(part, Text):
        yield {"type": "text", "value": part.text}
    elif isinstance(part, Image):
        yield {"type": "image", "value": data_url(part)}


def is_last(frame: Frame) -> bool:
    """The page closes its stream after the end."""
    return False


def parse(frame: Frame) -> Iterator[Event]:
    """The events of one line. Raises FrameError for what is not JSON."""
    payload = object_of(frame)
    if "error" in payload:
        cause = CAUSES.get(text_in(payload, "kind"), Cause.STREAM)
        yield Failed(cause=cause, message=text_in(payload, "error") or "the model in the page failed")
        return
    if payload.get("begun") is True:
        yield Begun()
    if text := text_in(payload, "text"):
        yield TextDelta(text=text)
    if usage := dict_in(payload, "usage"):
        yield Usage(input=count_in(usage, "input"), output=count_in(usage, "output"))
    if done := text_in(payload, "done"):
        yield Finished(reason=REASONS.get(done, Reason.OTHER), said=done)


def failure(status: int, body: bytes) -> Failed:
    """This wire has no HTTP status; here for the adapters' common form."""
    return Failed(cause=Cause.SERVER, message=body.decode("utf-8", "replace")[:500], status=status)
