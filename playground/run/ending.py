"""How an answer ended, in words, and which of its figures tell something then."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from playground.chat.events import Cause, Reason
from playground.chat.metrics import SHOWN

#: Why an answer ended, in words; the provider's own for it stands behind them.
REASON_TEXTS: Mapping[str, str] = {
    Reason.STOP: "the answer is complete",
    Reason.LENGTH: "cut off at its limit of tokens",
    Reason.TOOL_CALLS: "the model calls a tool",
    Reason.FILTERED: "cut off by the provider’s content filter",
    Reason.REFUSED: "the model refused to answer",
    Reason.OTHER: "for a reason that only the provider knows",
}
#: What is said in place of "the answer is complete" where nothing can be read, and why that was.
EMPTY = "the model answered with no text"
REASONED = "its limit of tokens went into reasoning"
#: As a record of version 1 says that an answer is whole.
_REASONS = frozenset(Reason)


def end_text(end: Mapping[str, Any]) -> str:
    """The end of a recorded turn in one line; a failure with its cause, status and message."""
    message = str(end.get("message") or "")
    match end.get("type"):
        case "Finished":
            reason = str(end.get("reason") or "")
            return f"Finished: {REASON_TEXTS.get(reason, reason)} ({end.get('said') or reason})"
        case "Failed" if end.get("cause") == Cause.STOPPED:
            return "Stopped"
        case "Failed":
            status = f", {end['status']}" if end.get("status") else ""
            return f"Failed ({end.get('cause', '')}{status}): {message}"
        case "Refused":
            return f"Not sent: {message}"
        case "Running":
            return "Not ended yet"
        case _:
            return message


def turn_end_text(turn: Mapping[str, Any]) -> str:
    """The end of a recorded turn, which may have come to its end without an answer that can be read."""
    end, parts = turn["end"], turn["reply"]["parts"]
    is_there = any(p["type"] == "tool_call" or (p["type"] == "text" and p["text"].strip()) for p in parts)
    if end.get("type") != "Finished" or is_there:
        return end_text(end)
    used = turn["metrics"].get("reasoning") or {}
    return empty_text(end, reasoned=bool(turn["reasoning"] or used.get("value")))


def empty_text(end: Mapping[str, Any], *, reasoned: bool) -> str:
    """The end of an answer that came to it without a text or a call; whether there was reasoning."""
    reason = str(end.get("reason") or "")
    why = REASONED if reasoned and reason == Reason.LENGTH else REASON_TEXTS.get(reason, reason)
    ended = EMPTY if reason == Reason.STOP else f"{EMPTY}: {why}"
    return f"Finished: {ended} ({end.get('said') or reason})"


def is_whole(end: Mapping[str, Any]) -> bool:
    """Whether the answer came to its end."""
    finished = end.get("type") == "Finished"
    return finished or (end.get("type") == "Restored" and end.get("message") in _REASONS)


def shown_figures(metrics: Mapping[str, dict[str, Any]], *, whole: bool) -> dict[str, dict[str, Any]]:
    """The figures to show, in their order: of an answer that did not come to its end those with a value."""
    figures = {name: metrics[name] for name in SHOWN if name in metrics}
    return {n: f for n, f in figures.items() if whole or f.get("value") is not None}
