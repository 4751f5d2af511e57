"""Whether a pattern fits, by going all ways through the text at once: as slow as both are long, no more."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from playground.evaluate.checks.patterns.tree import Tree, inner_flags

#: Places of a pattern, once its counted repeats are written out.
_PLACES = 20_000
#: Places looked at for one text: a few seconds on a slow machine.
_STEPS = 1_000_000


class UndecidedError(Exception):
    """Whether it fits cannot be found out in a bounded number of steps; says why."""


@dataclass(slots=True)
class _Place:
    """One place of a pattern, and the places after it."""

    #: letter takes one that fits, edge none; fork goes on at each next; look asks another start; end fits.
    kind: str
    next: list[int] = field(default_factory=list)
    leaf: re.Pattern[str] | None = None
    #: For a look: where it starts, whether it looks ahead (else `width` back), and whether it must fail.
    start: int = 0
    width: int | None = None
    negated: bool = False
    fits: dict[str, bool] = field(default_factory=dict)


class Simulated:
    """A pattern that is simulated. Raises UndecidedError where it cannot be."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._places: list[_Place] = []
        self._start = self._all(tree.parsed, self._add(_Place("end")), tree.flags)
        self._left = 0

    def fits(self, text: str, *, whole: bool) -> bool:
        """Whether it fits somewhere in the text, or the whole of it."""
        self._left = _STEPS
        return self._run(self._start, text, 0, anywhere=not whole, stop=len(text) if whole else None)

    def _add(self, place: _Place) -> int:
        if len(self._places) >= _PLACES:
            raise UndecidedError(f"its repeats stand for more than {_PLACES:,} places")
        self._places.append(place)
        return len(self._places) - 1

    def _all(self, items: Any, after: int, flags: int) -> int:
        """The start of a sequence that goes on at `after`; made from its end."""
        for operation, argument in reversed(list(items)):
            after = self._one(str(operation), operation, argument, after, flags)
        return after

    def _one(self, name: str, operation: Any, argument: Any, after: int, flags: int) -> int:
        match name:
            case "LITERAL" | "NOT_LITERAL" | "ANY" | "IN" | "AT":
                leaf = self._tree.leaf((operation, argument), flags)
                return self._add(_Place("edge" if name == "AT" else "letter", [after], leaf))
            case "BRANCH":
                return self._add(_Place("fork", [self._all(b, after, flags) for b in argument[1]]))
            case "SUBPATTERN":
                _, add, remove, items = argument
                return self._all(items, after, inner_flags(flags, add, remove))
            case "MAX_REPEAT" | "MIN_REPEAT":
                return self._repeat(argument, after, flags)
            case "ASSERT" | "ASSERT_NOT":
                direction, items = argument
                start = self._all(items, self._add(_Place("end")), flags)
                width = None if direction > 0 else int(items.getwidth()[0])
                negated = name == "ASSERT_NOT"
                return self._add(_Place("look", [after], start=start, width=width, negated=negated))
            case "FAILURE":
                return self._add(_Place("fork"))
        what = "refers back to a group" if "GROUPREF" in name else "has an atomic group"
        raise UndecidedError(f"it {what}, for which there may be too many ways to try; write it without")

    def _repeat(self, argument: Any, after: int, flags: int) -> int:
        least, most, items = argument
        unbounded = str(most) == "MAXREPEAT"
        if unbounded:
            fork = self._add(_Place("fork", [after]))
            self._places[fork].next.insert(0, self._all(items, fork, flags))
            after = fork
        for _ in range(0 if unbounded else int(most) - int(least)):
            after = self._add(_Place("fork", [self._all(items, after, flags), after]))
        for _ in range(int(least)):
            after = self._all(items, after, flags)
        return after

    def _run(self, start: int, text: str, at: int, *, anywhere: bool, stop: int | None) -> bool:
        """Whether it fits from `at` (or later, if `anywhere`), and ends at `stop` if that is given."""
        current = {start}
        for place in range(at, len(text) + 1):
            reached = self._closed(current, text, place)
            if stop in (None, place) and any(self._places[p].kind == "end" for p in reached):
                return True
            if place == len(text) or (stop is not None and place >= stop):
                return False
            current = {n for p in reached for n in self._taken(self._places[p], text[place])}
            if anywhere:
                current.add(start)
            if not current:
                return False
        return False

    def _taken(self, place: _Place, letter: str) -> list[int]:
        """The places after one that takes the letter."""
        if place.kind != "letter" or place.leaf is None:
            return []
        fits = place.fits.get(letter)
        if fits is None:
            fits = place.fits[letter] = place.leaf.match(letter) is not None
        return place.next if fits else []

    def _closed(self, current: set[int], text: str, at: int) -> set[int]:
        """The places that are reached without a letter more."""
        reached: set[int] = set()
        waiting = list(current)
        while waiting:
            number = waiting.pop()
            if number in reached:
                continue
            reached.add(number)
            self._left -= 1
            if self._left < 0:
                raise UndecidedError(f"it needs more than {_STEPS:,} steps on this answer")
            place = self._places[number]
            if place.kind == "fork" or self._passes(place, text, at):
                waiting += place.next
        return reached

    def _passes(self, place: _Place, text: str, at: int) -> bool:
        if place.kind == "edge" and place.leaf is not None:
            return place.leaf.match(text, at) is not None
        if place.kind != "look":
            return False
        begin = at - (place.width or 0)
        stop = None if place.width is None else at
        there = begin >= 0 and self._run(place.start, text, begin, anywhere=False, stop=stop)
        return there != place.negated
