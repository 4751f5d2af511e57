"""A verdict in sentences, for pages, the terminal and programs."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from playground.versus.side import Side
from playground.versus.verdict.verdict import Sureness, Verdict

#: What holds of neither by what the two are, not by what is unknown of them.
NEITHER = frozenset({"another name", "other work", "one model"})


def head_text(verdict: Verdict, a: Side, b: Side) -> str:
    """`For most: Claude Opus 5.5`, or that nobody can tell; from which day, where today's is another."""
    begins = f", from {verdict.begins} on" if verdict.begins else ""
    if verdict.most:
        one = a if verdict.most == "a" else b
        place = f" at {one.place}" if a.model.id == b.model.id else ""
        return f"For most: {one.name}{place}{begins}"
    if verdict.rule in NEITHER:
        return "Neither is for most"
    return f"What is published does not tell which is for most{begins}"


def sure_text(verdict: Verdict) -> str:
    """How sure the choice is; empty where there is none."""
    return "" if verdict.sure is Sureness.UNKNOWN else str(verdict.sure)


def when_text(reasons: Sequence[str]) -> str:
    """`your input is long, you need images, or you may have to run it yourself`, after "choose it if"."""
    *first, last = reasons
    return f"{', '.join(first)}, or {last}" if first else last


def as_sentence(text: str, names: Collection[str]) -> str:
    """A text with a capital at its start, unless a model's name stands there, and a full stop."""
    named = any(text.startswith(name) for name in names)
    return (text if named else text[:1].upper() + text[1:]) + "."
