"""The rule by which results of the reader's own cases are ordered: the floor first, then what they cost.

A model meets a pass rate surely where the whole 95 % interval of its own is at or above it, perhaps where the
interval reaches from below it to it or beyond, and surely not where all of it is below. Those that surely
meet it stand before those that perhaps do, each the cheaper accepted answer first; those that surely do not
stand apart and are never first. Nothing else counts: no price list, and no public score.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from playground.observed.observed import Observation, PassRate


class Meets(StrEnum):
    """Whether a pass rate meets a floor."""

    SURELY = "surely"
    PERHAPS = "perhaps"
    NOT = "surely not"


def meets(rate: PassRate, floor: float) -> Meets:
    """Whether the rate meets the floor, a share from 0 to 1; without answers it perhaps does."""
    if rate.low >= floor:
        return Meets.SURELY
    return Meets.PERHAPS if rate.high >= floor else Meets.NOT


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordered:
    """Results in their order: those that surely or perhaps meet the floor, and those that surely do not."""

    eligible: tuple[Observation, ...]
    under: tuple[Observation, ...]


def ordered(observations: Sequence[Observation], floor: float) -> Ordered:
    """The results in the order of the rule; `floor` 0 asks for nothing."""
    by_cost = sorted(observations, key=_by_cost)
    eligible = [one for one in by_cost if meets(one.rate, floor) is not Meets.NOT]
    return Ordered(
        # Sorting is stable: within each of the two the order by cost stays.
        eligible=tuple(sorted(eligible, key=lambda one: meets(one.rate, floor) is Meets.PERHAPS)),
        under=tuple(one for one in by_cost if meets(one.rate, floor) is Meets.NOT),
    )


def _by_cost(one: Observation) -> tuple[bool, Decimal, float, str, str]:
    """A known cost for each accepted answer before none; of those alike, what passes more often first."""
    cost = one.cost.estimate
    return cost is None, cost or Decimal(0), -(one.rate.estimate or 0.0), one.name, one.prompt


def apart(one: Observation, other: Observation) -> bool:
    """Whether the intervals of what an accepted answer costs do not overlap: that order is sure."""
    cheap, dear = sorted((one, other), key=_by_cost)
    high, low = cheap.cost.high, dear.cost.low
    return high is not None and low is not None and high < low
