"""What a provider calls an answer, wherever its wire has it: the first frames say it, or none does.

`id` (Chat Completions, and whole answers), `response.id` (Responses), `message.id` (Messages), `responseId`
(Gemini). Ollama and Converse name none in the stream; their headers may.
"""

from __future__ import annotations

from collections.abc import Iterable

from playground.chat.adapters.reading import dict_in, text_in
from playground.chat.events import Named
from playground.chat.framing import Frame
from playground.json_text import read_json

#: Headers by which providers name a request, the one to quote to their support.
HEADERS = ("x-request-id", "request-id", "x-amzn-requestid", "apim-request-id")


def name_in(frame: Frame) -> Named | None:
    """The answer's id and model as the frame says them; None where it says neither."""
    try:
        payload = read_json(frame.data)
    except ValueError:
        return None
    holders = (dict_in(payload, "response"), dict_in(payload, "message"), payload)
    id_ = _first(text_in(holder, "id") for holder in holders) or text_in(payload, "responseId")
    model = _first(text_in(holder, "model") for holder in holders) or text_in(payload, "modelVersion")
    return Named(id=id_, model=model) if id_ or model else None


def _first(texts: Iterable[str]) -> str:
    return next((text for text in texts if text), "")
