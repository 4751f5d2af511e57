"""Whether a regular expression fits the answer, or the whole of it; it cannot hang (patterns/)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from playground.evaluate.checks.arguments import text_of
from playground.evaluate.checks.check import Answer, Verdict, failed, passed, quoted, unchecked
from playground.evaluate.checks.patterns.simulated import Simulated, UndecidedError
from playground.evaluate.checks.patterns.tree import Tree, tree_of
from playground.evaluate.checks.patterns.ways import MOST, ways


def pattern(answer: Answer, arguments: Mapping[str, Any]) -> Verdict:
    """Whether the pattern fits somewhere in the answer, or all of it."""
    text = text_of(arguments, "pattern")
    whole = bool(arguments.get("whole"))
    tree = tree_of(
        text,
        ignore_case=bool(arguments.get("ignore_case")),
        javascript=bool(arguments.get("javascript")),
    )
    try:
        there = fitting(tree, answer.text, whole=whole)
    except UndecidedError as error:
        return unchecked(f"the pattern {quoted(text)} may take for ever: {error}")
    if there is None:
        does = "is not as a whole" if whole else "has nothing like"
        return failed(f"{does} {quoted(text)}: {quoted(answer.text)}")
    shown = f": {quoted(there)}" if there else ""
    return passed(f"{'is as a whole' if whole else 'has something like'} {quoted(text)}{shown}")


def fits(text: str, pattern: str, *, javascript: bool = False) -> bool:
    """Whether the pattern fits somewhere in the text. Raises ArgumentError and UndecidedError."""
    tree = tree_of(pattern, ignore_case=False, javascript=javascript)
    return fitting(tree, text, whole=False) is not None


def fitting(tree: Tree, text: str, *, whole: bool) -> str | None:
    """What fits, empty where only that it does is known; None where nothing does. Raises UndecidedError."""
    if ways(tree.parsed, len(text)) <= MOST:
        match = tree.compiled.fullmatch(text) if whole else tree.compiled.search(text)
        return match[0] if match else None
    return "" if _simulated(tree).fits(text, whole=whole) else None


@lru_cache(maxsize=64)
def _simulated(tree: Tree) -> Simulated:
    return Simulated(tree)
