"""Why this one replaces what ends, or why none does, in words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from playground.catalog import Catalog, Offering
from playground.lifecycle.fit import costs
from playground.lifecycle.lines import line_of
from playground.lifecycle.named import Step

#: Words of a name that say which edition it is, and not which line.
EDITIONS = frozenset({*("preview", "latest", "beta", "exp", "experimental", "instruct", "chat", "it")})


class Reasons:
    """The words for a catalog's replacements; `names` is what each model is called."""

    def __init__(self, catalog: Catalog, names: Mapping[str, str]) -> None:
        self._catalog = catalog
        self._names = names

    def named(self, old: Offering, new: Offering, steps: Sequence[Step]) -> str:
        """`OpenAI names it`, or by way of what it names it is reached."""
        who = self._place(old)
        if steps[-1].instead == new.model and len(steps) == 1:
            return f"{who} names it"
        way = f"{who} names {', then '.join(self._called(step.instead) for step in steps)}"
        if steps[-1].instead == new.model:
            return way
        return f"{way}, which has ended or soon will; this one comes after it there"

    def by_lab(self, old: Offering, new: Offering, elsewhere: Sequence[str]) -> str:
        """`Anthropic names it on its own API, 40 % cheaper, same abilities`."""
        return f"{self._catalog.labs[old.lab].name} names it on its own API, {_compared(old, new, elsewhere)}"

    def newest(
        self, line: Offering, old: Offering, new: Offering, elsewhere: Sequence[str], *, first: bool
    ) -> str:
        """`newest of the same line at Microsoft Foundry (Azure), 40 % cheaper, same abilities`.

        `line` is whose line the new one continues, `first` whether it is the newest of all.
        """
        newest = "newest" if first else "newest that fits"
        compared = _compared(old, new, elsewhere)
        if line_of(line.model) == line_of(new.model):
            return f"{newest} of the same line at {self._place(old)}, {compared}"
        lab = self._catalog.labs[line.lab].name
        return (
            f"{newest} {self._line(new.model)} at {self._place(old)}, the line that {lab} names "
            f"for {self._line(line.model)}, {compared}"
        )

    def useless(self, old: Offering, steps: Sequence[Step]) -> str:
        """What the provider names, though it is of no use there."""
        named = " and ".join(self._called(step.instead) for step in steps)
        return f"{self._place(old)} names {named}, not served here or ended as well"

    def unfit(self, newer: Offering, reason: str) -> str:
        """`GPT-5.4 Mini is newer, but costs more`."""
        return f"{self._called(newer.model)} is newer, but {reason}"

    def none_newer(self, old: Offering) -> str:
        """`no newer Claude Haiku at Anthropic yet`."""
        return f"no newer {self._line(old.model)} at {self._place(old)} yet"

    def _place(self, offering: Offering) -> str:
        return self._catalog.providers[offering.provider].name

    def _line(self, model: str) -> str:
        """What a model is called without its numbers: `Claude Haiku`."""
        name = re.split(r"[\s-]+", self._called(model))
        plain = [word for word in name if not re.search(r"\d|^\(", word) and word.lower() not in EDITIONS]
        return " ".join(plain) or "model of its line"

    def _called(self, model: str) -> str:
        return self._names.get(model, model)


def _compared(old: Offering, new: Offering, elsewhere: Sequence[str]) -> str:
    """What both cost, where that is known and in no doubt, and that the new one can all the old one can."""
    assumed = f", {' and '.join(elsewhere)} by what is known of it elsewhere" if elsewhere else ""
    prices = costs(old, new)
    return f"{_cheaper(*prices) if prices else 'prices not compared'}, same abilities{assumed}"


def _cheaper(was: Decimal, now: Decimal) -> str:
    less = round((1 - now / was) * 100) if was else 0
    return f"{less} % cheaper" if less else "same price"
