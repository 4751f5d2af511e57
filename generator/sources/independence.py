"""Which sources are witnesses of their own: one that merges others says nothing new beside them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache

from generator.sources import SOURCES

#: Source → the sources whose rows it takes over.
MERGES: Mapping[str, tuple[str, ...]] = {source.id: source.merges for source in SOURCES if source.merges}


@cache
def roots(origin: str) -> frozenset[str]:
    """The source itself and those that it merges: two with a root in common are no two witnesses."""
    return frozenset((origin, *MERGES.get(origin, ())))


def are_independent(one: str, other: str) -> bool:
    """Whether what the one source says bears out the other."""
    return not roots(one) & roots(other)


def supersedes(newer: str, older: str) -> bool:
    """Whether the newer source takes over the older one's rows, so that it says what became of them."""
    return older in MERGES.get(newer, ())


def witnesses(origins: Collection[str]) -> int:
    """How many of the sources are independent of each other; those that merge others come last."""
    return _witnesses(frozenset(origins))


@cache  # the same few sets of sources come a hundred thousand times
def _witnesses(origins: frozenset[str]) -> int:
    counted: set[str] = set()
    number = 0
    for own in sorted(map(roots, origins), key=lambda own: (len(own), sorted(own))):
        if not own & counted:
            number += 1
            counted |= own
    return number
