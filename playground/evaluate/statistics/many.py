"""Every pair of several models, with the correction for looking at many pairs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from playground.evaluate.statistics.outcomes import OutcomeError, Outcomes
from playground.evaluate.statistics.paired import Difference, difference

#: A winner is named where the corrected p is at most this. Not 0.05: then one in twenty evaluations of equal
#: models would name one on average, and many a thousand of them more than fifty.
WINNER_LEVEL = 0.035


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two models compared: their difference, its p corrected for all pairs, and who wins, if any."""

    difference: Difference
    corrected_p: float

    @property
    def winner(self) -> str | None:
        """The model that passes more often, None where the cases can't tell."""
        if self.corrected_p > WINNER_LEVEL:
            return None
        return self.difference.a if self.difference.low > 0 else self.difference.b

    @property
    def loser(self) -> str | None:
        """The model that passes less often, None where the cases can't tell."""
        pair = (self.difference.a, self.difference.b)
        return None if self.winner is None else pair[self.winner == pair[0]]


def all_pairs(models: Sequence[Outcomes]) -> Sequence[Pair]:
    """Each model compared with each other, in their order. Raises OutcomeError where two have one name."""
    names = [one.model for one in models]
    if again := {name for name in names if names.count(name) > 1}:
        raise OutcomeError(f"two sets of outcomes are called {min(again)}; give each its own name")
    differences = [difference(a, b) for a, b in combinations(models, 2)]
    corrected = holm([one.p for one in differences])
    return [Pair(difference=d, corrected_p=p) for d, p in zip(differences, corrected, strict=True)]


def holm(values: Sequence[float]) -> Sequence[float]:
    """Holm's correction: p-values such that a false one below a level is as rare as the level, of all of
    them.
    """
    corrected = [0.0] * len(values)
    highest = 0.0
    for rank, index in enumerate(sorted(range(len(values)), key=values.__getitem__)):
        highest = max(highest, min(1.0, (len(values) - rank) * values[index]))
        corrected[index] = highest
    return corrected
