"""What became of one model's answers to the cases, repeat by repeat."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from playground.errors import PlaygroundError


class OutcomeError(PlaygroundError):
    """Outcomes that nothing can be computed from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcomes:
    """What one model's answers to each case came to.

    `scores`: case → one value for each repeat: 1 passed, 0 failed, between them a score; None where the model
    was asked and no answer could be judged (a 429, a broken connection), or is still to be asked. `costs`:
    the same shape, US dollars, None where unknown; empty where no cost is known. Cases need not have equally
    many repeats; each case weighs the same. Raises OutcomeError.
    """

    model: str
    scores: Mapping[str, Sequence[float | None]]
    costs: Mapping[str, Sequence[Decimal | None]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.scores:
            raise OutcomeError(f"{self.model}: no case was given; give at least one")
        for case, row in self.scores.items():
            if not row:
                raise OutcomeError(
                    f"{self.model}, case {case}: no repeat; give None for an answer that is missing"
                )
            for score in row:
                if score is not None and not (math.isfinite(score) and 0 <= score <= 1):
                    raise OutcomeError(
                        f"{self.model}, case {case}: a score is {score}; it must be from 0 to 1"
                    )
        for case, paid in self.costs.items():
            row = self.scores.get(case, ())
            if len(paid) != len(row):
                raise OutcomeError(f"{self.model}, case {case}: {len(paid)} costs for {len(row)} scores")
            for cost in paid:
                if cost is not None and not (cost.is_finite() and cost >= 0):
                    raise OutcomeError(f"{self.model}, case {case}: a cost is {cost}; it must be 0 or more")

    @property
    def asked(self) -> int:
        """How many answers there should be."""
        return sum(map(len, self.scores.values()))

    @property
    def missing(self) -> int:
        """How many of them there are not."""
        return sum(row.count(None) for row in self.scores.values())

    @property
    def one_of_repeats(self) -> float:
        """What one answer is of its case, over the cases: 1 with one repeat, 0.2 with five."""
        return mean([1 / len(row) for row in self.scores.values()])

    @property
    def pass_or_fail(self) -> bool:
        """Whether each answer that was judged passed or failed, none in part."""
        return all(s in (0, 1, None) for row in self.scores.values() for s in row)


def filled(row: Sequence[float | None], score: float) -> float:
    """The mean of a case's repeats, with a score for each that is missing."""
    return math.fsum(score if s is None else s for s in row) / len(row)


def judged(row: Sequence[float | None]) -> float | None:
    """The mean of those of a case's repeats that were judged; None where none was."""
    scores = [s for s in row if s is not None]
    return math.fsum(scores) / len(scores) if scores else None


def mean(values: Sequence[float]) -> float:
    """Their mean, rounded once."""
    return math.fsum(values) / len(values)


def squares(values: Sequence[float]) -> float:
    """The sum of the squared distances from their mean."""
    middle = mean(values)
    return math.fsum((v - middle) ** 2 for v in values)
