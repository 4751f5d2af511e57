"""Folds a stream's events into one answer with its metrics; the one place that does.

Times are seconds since the request was sent. A figure says how it is known: reported (the provider said
it), computed (from what it said and our clock), estimated, or not reported. Chunks are never counted as
tokens, and a stopped or cut-off answer has no usage unless the provider sent it before.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import assert_never

from playground.chat import Echo, Message, Part, Role, Text, ToolCall
from playground.endpoints import Wire
from playground.events import (
    Cause,
    Echoed,
    Event,
    Failed,
    Finished,
    Reason,
    ReasoningDelta,
    TextDelta,
    ToolCallDelta,
    Usage,
)


class Known(StrEnum):
    """How a figure is known."""

    REPORTED = "reported"
    COMPUTED = "computed"
    ESTIMATED = "estimated"
    MISSING = "not reported"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with how it is known; `note` says what it leaves open."""

    value: float | int | Decimal | None
    known: Known
    note: str = ""


MISSING = Figure(None, Known.MISSING)


@dataclass(slots=True)
class _Call:
    id: str = ""
    name: str = ""
    arguments: list[str] = field(default_factory=list)


class Transcript:
    """One answer in the making. `clock` gives seconds, monotonic; the request counts as sent now."""

    def __init__(self, wire: Wire, clock: Callable[[], float]) -> None:
        self.wire = wire
        self._clock = clock
        self._sent = clock()
        self._text: list[str] = []
        self._reasoning: list[str] = []
        self._calls: dict[int, _Call] = {}
        self._echoes: list[Echo] = []
        self._first_reasoning: float | None = None
        self._first_answer: float | None = None
        self._last_answer: float | None = None
        self.usage: Usage | None = None
        self.end: Finished | Failed | None = None
        self.seconds: float | None = None

    def add(self, event: Event) -> None:
        """Fold one event; events after the end are dropped."""
        if self.end is not None:
            return
        now = self._clock() - self._sent
        match event:
            case TextDelta():
                self._text.append(event.text)
                self._answered(now)
            case ReasoningDelta():
                self._reasoning.append(event.text)
                if self._first_reasoning is None:
                    self._first_reasoning = now
            case ToolCallDelta():
                call = self._calls.setdefault(event.index, _Call())
                call.id = call.id or event.id
                call.name = call.name or event.name
                call.arguments.append(event.arguments)
                self._answered(now)
            case Echoed():
                self._echoes.append(Echo(wire=self.wire, value=event.value))
            case Usage():
                self.usage = event if self.usage is None else self.usage.merged(event)
            case Finished():
                # Some providers say `stop` beside tool calls (Foundry MAI, llama.cpp, Gemini).
                called = self._calls and event.reason == Reason.STOP
                self.end = Finished(reason=Reason.TOOL_CALLS, said=event.said) if called else event
                self.seconds = now
            case Failed():
                self.end = event
                self.seconds = now
            case _:
                assert_never(event)

    def restart(self) -> None:
        """The request is sent again: times count from here."""
        self._sent = self._clock()

    def stop(self) -> None:
        """The reader stopped it."""
        self.add(Failed(cause=Cause.STOPPED, message="stopped"))

    def _answered(self, now: float) -> None:
        if self._first_answer is None:
            self._first_answer = now
        self._last_answer = now

    @property
    def text(self) -> str:
        return "".join(self._text)

    @property
    def reasoning(self) -> str:
        return "".join(self._reasoning)

    @property
    def calls(self) -> tuple[ToolCall, ...]:
        """The tool calls in their order; a call without an id gets one that names its place."""
        return tuple(
            ToolCall(id=c.id or f"call_{i}", name=c.name, arguments="".join(c.arguments) or "{}")
            for i, c in sorted(self._calls.items())
        )

    @property
    def message(self) -> Message:
        """The answer as the next request's turn."""
        parts: list[Part] = list(self._echoes)
        if self._text:
            parts.append(Text(text=self.text))
        parts.extend(self.calls)
        return Message(role=Role.ASSISTANT, parts=tuple(parts))

    def metrics(self) -> Metrics:
        """What can be said of it now."""
        usage = self.usage
        whole = isinstance(self.end, Finished)
        gap = "" if whole or self.end is None else "the stream did not finish, so this may be too low"
        return Metrics(
            first_reasoning=_timed(self._first_reasoning),
            first_answer=_timed(self._first_answer),
            seconds=_timed(self.seconds),
            input=_reported(usage.input if usage else None),
            cache_read=_reported(usage.cache_read if usage else None),
            cache_write=_reported(usage.cache_write if usage else None),
            output=_reported(usage.output if usage else None, gap),
            reasoning=_reported(usage.reasoning if usage else None, gap),
            answer_rate=self._rate(),
        )

    def _rate(self) -> Figure:
        """Answer tokens a second over the time they streamed in: reported usage, never chunks."""
        usage, first, last = self.usage, self._first_answer, self._last_answer
        if usage is None or usage.output is None or not isinstance(self.end, Finished):
            return MISSING
        if first is None or last is None or last - first < 0.001:
            return Figure(None, Known.MISSING, "the answer came in one piece")
        if usage.reasoning is None and self._reasoning:
            return Figure(None, Known.MISSING, "reasoning tokens are not reported apart")
        tokens = usage.output - (usage.reasoning or 0)
        if tokens <= 1:
            return Figure(None, Known.MISSING, "too few tokens")
        # The first token's arrival starts the clock, so it is not among those timed.
        return Figure((tokens - 1) / (last - first), Known.COMPUTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Metrics:
    """Seconds, tokens and tokens a second of one answer, each with how it is known."""

    first_reasoning: Figure
    first_answer: Figure
    seconds: Figure
    input: Figure
    cache_read: Figure
    cache_write: Figure
    output: Figure
    reasoning: Figure
    answer_rate: Figure


def _timed(seconds: float | None) -> Figure:
    return MISSING if seconds is None else Figure(seconds, Known.COMPUTED)


def _reported(count: int | None, note: str = "") -> Figure:
    return MISSING if count is None else Figure(count, Known.REPORTED, note)
