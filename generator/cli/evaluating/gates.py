"""What a run's exit status says: decided by intervals, never by a point that chance may have moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Any

from playground.evaluate.results.earlier import Change


class Exit(IntEnum):
    """The exit status of `almanac evaluate`; 130 where it was stopped."""

    WELL = 0
    #: Surely under the share that is asked for, or surely worse than the baseline.
    UNDER = 1
    #: It could not run: a file, an option, a key, the network of this machine.
    UNABLE = 2
    #: The cases can't tell whether it is under.
    UNDECIDED = 3
    #: Answers are missing, and nothing else decides.
    INCOMPLETE = 4


class Standing(StrEnum):
    """Where a pass rate's interval lies beside the share that is asked for."""

    UNDER = "under"
    NOT_UNDER = "not under"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """A contestant beside the share that is asked for, from 0 to 1."""

    name: str
    share: float
    low: float
    high: float

    @property
    def standing(self) -> Standing:
        """Under where all of the interval is below the share, not under where none of it is."""
        if self.high < self.share:
            return Standing.UNDER
        return Standing.NOT_UNDER if self.low >= self.share else Standing.UNDECIDED

    @property
    def sentence(self) -> str:
        """In words, with the interval."""
        share, low, high = (percent(value, self.share) for value in (self.share, self.low, self.high))
        interval = f"95 % interval {low} to {high}"
        match self.standing:
            case Standing.UNDER:
                return f"{self.name} passes surely less often than {share}: {interval}."
            case Standing.NOT_UNDER:
                return f"{self.name} surely does not pass less often than {share}: {interval}."
            case Standing.UNDECIDED:
                return (
                    f"Your cases can't tell whether {self.name} passes less often than {share}: {interval}. "
                    "Add cases, or repeats."
                )


def gates(summary: dict[str, Any], share: float | None) -> list[Gate]:
    """Each contestant of the summary beside the share."""
    if share is None:
        return []
    return [
        Gate(name=row["name"], share=share, low=row["rate"]["low"], high=row["rate"]["high"])
        for row in summary["models"]
    ]


def exit_of(made: Sequence[Gate], changes: Sequence[Change], missing: int) -> Exit:
    """The worst that is sure, then what cannot be told, then what is missing."""
    standings = {gate.standing for gate in made}
    if Standing.UNDER in standings or any(change.worse for change in changes):
        return Exit.UNDER
    if Standing.UNDECIDED in standings:
        return Exit.UNDECIDED
    return Exit.INCOMPLETE if missing and not made else Exit.WELL


def percent(share: float, *others: float) -> str:
    """`12 %`, with as many digits (at most 4) as tell it from 0, from 100 % and from other shares."""
    for decimals in range(5):
        text = f"{share * 100:.{decimals}f}"
        alike = [one for one in (0.0, 1.0, *others) if f"{one * 100:.{decimals}f}" == text]
        if all(one == share for one in alike):
            break
    return f"{text} %"
