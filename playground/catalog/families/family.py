"""What a family of models takes at an address: which efforts, in which form, and which parameters it refuses.

The rows are data (docs/catalog/families.yml), each with the vendor's page and the day it was read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from fnmatch import translate
from functools import cache
from typing import Any

from playground.catalog.vocabulary import Effort

#: When a family refuses a parameter, beside the name of one effort.
ALWAYS, THINKING, UNLESS_NONE = "always", "thinking", "unless_none"
CONDITIONS = (ALWAYS, THINKING, UNLESS_NONE, *Effort)


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Models that take the same, by `page`, of which a copy was read on the day `read` (ISO 8601).

    `models` are patterns of the ids that a request names; small letters match large ones. `efforts` has every
    effort that is taken with what a request carries for it, as parts of its body; empty where the wire's own
    field takes the effort by its name. It is None where the page says nothing of efforts. `own_numbers` says
    that the numbers of tokens in it are ours, since the vendor names none for an effort. `refuses` are fields
    of chat.Chat by when they are refused: `always`, `thinking` (with an effort other than none),
    `unless_none` (with any effort but none, and without one), or with one effort, by its name; each with why,
    empty where the page says just that. An effort that refuses `effort` itself is not taken there.
    """

    name: str
    models: tuple[str, ...]
    page: str
    read: str
    efforts: Mapping[Effort, Mapping[str, Any]] | None = None
    own_numbers: bool = False
    refuses: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def holds(self, model: str) -> bool:
        """Whether a model is of this family, by the id that a request names."""
        return _any_of(self.models).match(model.lower()) is not None

    def refused(self, effort: Effort | None) -> Mapping[str, str]:
        """Field of chat.Chat → why it is refused with this effort; None is where none is asked for."""
        when = {ALWAYS, str(effort)}
        if effort is not None and effort != Effort.NONE:
            when |= {THINKING, UNLESS_NONE}
        elif effort is None:
            when.add(UNLESS_NONE)
        return {
            name: why for part, names in self.refuses.items() if part in when for name, why in names.items()
        }


@cache
def _any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """One pattern for all of them: thousands of ids are tried at each family."""
    return re.compile("|".join(map(translate, patterns)) or r"(?!)")


def family_to_json(family: Family) -> dict[str, Any]:
    """The family without what is empty."""
    out: dict[str, Any] = {"name": family.name, "models": list(family.models)}
    if family.efforts is not None:
        out["efforts"] = {str(effort): dict(parts) for effort, parts in family.efforts.items()}
    if family.own_numbers:
        out["own_numbers"] = True
    if family.refuses:
        out["refuses"] = {
            when: dict(names) if any(names.values()) else list(names)
            for when, names in family.refuses.items()
        }
    return out | {"page": family.page, "read": family.read}


def family_from_json(row: Any) -> Family:
    """A family as YAML or JSON has it; a list of efforts has them by name. Raises ValueError."""
    if not isinstance(row, dict):
        raise ValueError(f"a family is a mapping, not {row!r:.60}")
    known = [part.name for part in fields(Family)]
    if unknown := sorted(str(key) for key in row if key not in known):
        raise ValueError(f"unknown key {unknown[0]!r}; known are {', '.join(known)}")
    if missing := [name for name in ("name", "models", "page", "read") if not row.get(name)]:
        raise ValueError(f"{missing[0]} is missing")
    models = _names(row["models"], "models")
    if large := next((name for name in models if name != name.lower()), ""):
        raise ValueError(f"the pattern {large!r} has large letters; write {large.lower()!r}")
    refuses = row.get("refuses", {})
    if not isinstance(refuses, dict):
        raise ValueError(f"refuses is {refuses!r:.60}; write `always: [temperature]`")
    if odd := next((str(when) for when in refuses if when not in CONDITIONS), ""):
        raise ValueError(f"refuses has {odd!r}; write one of {', '.join(CONDITIONS)}")
    own_numbers = row.get("own_numbers", False)
    if not isinstance(own_numbers, bool):
        raise ValueError(f"own_numbers is {own_numbers!r:.60}; write true, or leave it out")
    return Family(
        name=str(row["name"]),
        models=models,
        page=str(row["page"]),
        read=str(row["read"]),
        efforts=_efforts(row["efforts"]) if "efforts" in row else None,
        own_numbers=own_numbers,
        refuses={str(when): _reasons(names, f"refuses: {when}") for when, names in refuses.items()},
    )


def _efforts(given: Any) -> Mapping[Effort, Mapping[str, Any]]:
    parts = {name: {} for name in _names(given, "efforts")} if isinstance(given, list) else given
    if not isinstance(parts, dict):
        raise ValueError(f"efforts is {given!r:.60}; write [low, high] or `low: {{field: value}}`")
    if odd := next((str(effort) for effort in parts if effort not in set(Effort)), ""):
        raise ValueError(f"efforts has {odd!r}; write one of {', '.join(Effort)}")
    if bad := next((effort for effort, part in parts.items() if not isinstance(part, dict)), None):
        raise ValueError(
            f"efforts: {bad} is {parts[bad]!r:.60}; write what the request carries, {{}} for its name"
        )
    return {effort: dict(parts[effort]) for effort in Effort if effort in parts}


def _reasons(given: Any, what: str) -> Mapping[str, str]:
    if not isinstance(given, dict):
        return dict.fromkeys(_names(given, what), "")
    if not all(isinstance(part, str) for pair in given.items() for part in pair):
        raise ValueError(f"{what} is {given!r:.60}; write `tools: why`, or a list of names")
    return dict(given)


def _names(given: Any, what: str) -> tuple[str, ...]:
    if not isinstance(given, list | tuple) or not all(isinstance(name, str) for name in given):
        raise ValueError(f"{what} is {given!r:.60}; write a list of names")
    return tuple(given)


def family_of(families: Iterable[Family], model: str) -> Family | None:
    """The first family that a model is of."""
    return next((family for family in families if family.holds(model)), None)
