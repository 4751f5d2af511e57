"""The table of wires, one adapter each. A wire is an API's format; an adapter translates and keeps no state.

An adapter is a module with

    framing         makes the decoder of its streams
    build_request   Chat and Target → Request
    parse           a frame → events; the same frame gives the same events
    failure         status and body of an answer that is no stream → Failed
    takes           the fields of Chat that the wire has a place for, beyond messages and system
    is_last         whether a frame's data says that nothing follows
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Protocol

from playground.catalog.endpoints import Wire
from playground.chat.adapters import (
    anthropic_messages,
    bedrock_converse,
    gemini,
    language_model,
    ollama,
    openai_chat,
    openai_responses,
)
from playground.chat.adapters.request import Request
from playground.chat.chat import Chat
from playground.chat.events import Event, Failed
from playground.chat.framing import Frame, NewFraming
from playground.chat.target import Target


class Adapter(Protocol):
    """What a wire's module offers."""

    @property
    def framing(self) -> NewFraming: ...

    @property
    def takes(self) -> frozenset[str]: ...

    def build_request(self, chat: Chat, target: Target) -> Request: ...

    def parse(self, frame: Frame) -> Iterator[Event]: ...

    def failure(self, status: int, body: bytes) -> Failed: ...

    def is_last(self, frame: Frame) -> bool: ...


ADAPTERS: Mapping[Wire, Adapter] = MappingProxyType(
    {
        Wire.OPENAI_RESPONSES: openai_responses,
        Wire.OPENAI_CHAT: openai_chat,
        Wire.ANTHROPIC_MESSAGES: anthropic_messages,
        Wire.GEMINI: gemini,
        Wire.BEDROCK_CONVERSE: bedrock_converse,
        Wire.OLLAMA: ollama,
        Wire.LANGUAGE_MODEL: language_model,
    }
)
