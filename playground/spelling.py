"""What somebody most likely meant by a name that is none, and ids made of names."""

from __future__ import annotations

import re
from collections.abc import Iterable

_BETWEEN = re.compile(r"[^a-z0-9.]+")


def slug(text: str) -> str:
    """Lower case, with dashes for all that is neither letter, digit nor point."""
    return _BETWEEN.sub("-", text.lower()).strip("-")


#: Names less alike than this are not meant.
_LEAST = 0.35


def nearest(name: str, known: Iterable[str], most: int = 3) -> list[str]:
    """The names most like one that is none, by the pairs of letters they share; the nearest first.

    A name without a slash may be the end of a longer one: gpt5 is as near to openai/gpt-5 as to gpt-5. The
    scripts of the site do the same (generator/web/explorer/nearest.mjs).
    """
    wanted = pairs(name)
    scored = []
    for option in known:
        score = alike(wanted, pairs(option))
        if "/" in option and "/" not in name:
            score = max(score, alike(wanted, pairs(option.rpartition("/")[2])))
        if score > _LEAST:
            scored.append((-score, option))
    return [option for _, option in sorted(scored)[:most]]


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """`; did you mean azure, amazon?` of the names most like it, empty where none is."""
    near = nearest(name, known)
    return f"; did you mean {', '.join(near)}?" if near else ""


def pairs(text: str) -> set[str]:
    """The pairs of letters in a text, with where it begins and ends."""
    plain = f" {text.lower()} "
    return {plain[i : i + 2] for i in range(len(plain) - 1)}


def alike(one: set[str], other: set[str]) -> float:
    """How alike two texts are by their pairs, from 0 to 1."""
    return 2 * len(one & other) / (len(one) + len(other))
