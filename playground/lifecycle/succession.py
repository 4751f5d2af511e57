"""What a vendor's page names for what it ends, and where that has ended too, what is named for that one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from playground.catalog import Offering
from playground.lifecycle.ended import End, EndsByName
from playground.lifecycle.outlook import Outlook, Stage, outlook_of
from playground.lifecycle.replacement import Outlooks

#: Replacements of replacements are followed so far.
LONGEST_CHAIN = 5


class Succession:
    """The ends that vendors' pages give on a day, and a catalog's offerings by what they are called."""

    def __init__(
        self, ends: EndsByName, called: Callable[[str], list[Offering]], outlooks: Outlooks, today: date
    ) -> None:
        self._ends = ends
        self._called = called
        self._outlooks = outlooks
        self._today = today

    def sentence(self, end: End, names: Mapping[str, str]) -> str:
        """What its vendor names in the end's place, in words; empty where it names nothing."""
        steps, goes_on = self._steps(end)
        if not steps:
            return ""
        if not goes_on:
            return f"its vendor named {steps[0]}, which has ended itself"
        return f"its vendor names {', then '.join(names.get(step, step) for step in steps)} instead"

    def _steps(self, end: End) -> tuple[list[str], bool]:
        """The names that lead on, one after the other, and whether the last of them is served."""
        steps: list[str] = []
        named = end.instead
        while named and len(steps) < LONGEST_CHAIN:
            if served := [name for name in named if not self._has_ended(end.provider, name)]:
                return [*steps, ", ".join(served)], True
            steps.append(named[0])
            there = self._there(end.provider, named[0])
            after = self._ends.end(end.provider, [named[0]])
            if replacement := next(filter(None, (self._outlooks.replacement(o) for o in there)), None):
                return [*steps, replacement.offering.model], True
            named = tuple(name for name in after.instead if name not in steps) if after else ()
        return steps, False

    def _has_ended(self, provider: str, name: str) -> bool:
        end = self._ends.end(provider, [name])
        there = self._there(provider, name)
        by_page = bool(end and end.last_day and end.last_day < self._today)
        return by_page or bool(there and all(outlook.stage == Stage.RETIRED for outlook in there))

    def _there(self, provider: str, name: str) -> list[Outlook]:
        offerings = self._called(name.lower())
        return [outlook_of(o, self._today) for o in offerings if o.provider == provider]
