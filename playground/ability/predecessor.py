"""The model before an untested one: its ability may stand beside "untested", but is no number of it."""

from __future__ import annotations

from playground.ability.abilities import Abilities
from playground.labels.naming import NameParts, name_parts
from playground.lifecycle.lines import line_of


def predecessor(model: str, abilities: Abilities) -> str:
    """The newest tested model of the same lab, line and size before this one; empty if there is none.

    What came before is told by the numbers and months of names, as for replacements.
    """
    if model not in abilities.before:
        abilities.before[model] = _before(model, abilities)
    return abilities.before[model]


def _before(model: str, abilities: Abilities) -> str:
    own = name_parts(model)
    line = abilities.by_line.get((model.partition("/")[0], line_of(model)), ())
    earlier = [other for other in line if _comes_before(name_parts(other), own)]
    return max(earlier, key=lambda other: (_age(name_parts(other)), other), default="")


def _comes_before(other: NameParts, own: NameParts) -> bool:
    """Whether it is an earlier model of one size that thinks where the later one does."""
    alike = other.parameters == own.parameters and ("non" in other.terms) == ("non" in own.terms)
    return alike and ((), (0, 0)) < _age(other) < _age(own)


def _age(parts: NameParts) -> tuple[tuple[int, ...], tuple[int, int]]:
    return parts.version, parts.month or (0, 0)
