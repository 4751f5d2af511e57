"""An offering judged: a verdict for each constraint of a need, and what the work would cost there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from playground.ability import Ability, Interval
from playground.catalog import Offering, Score, Support
from playground.catalog.prices import Price
from playground.need.constraints import ENDINGS
from playground.pricing.coming import ComingBill
from playground.pricing.cost import Bill

#: What an offering is called in a sentence.
type Named = Callable[[Offering], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether a constraint holds, why, and the fact that decides it; `field` is empty where no fact does."""

    constraint: str
    holds: Support
    reason: str
    field: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An offering judged: a verdict for each constraint of the need, and what the work would cost there.

    `region` is the one that the cost is for, where prices differ by region and the need names a place;
    `coming` is what it will cost from days on that are announced. `ability` is what public scores say of the
    model, `interval` how able it is at the need's task, and `merit` what that is worth in cost, by ratios.
    `late` is what a newer one of its line that is left too stands before, where nobody tested any. `enough`
    is the probability that it is as able as the need asks, None where that does not ask; `perhaps` is 0
    where that is sure, 1 where it rather is than not, else 2.
    """

    offering: Offering
    price: Price
    verdicts: tuple[Verdict, ...]
    bill: Bill | None
    wished: int
    score: Score | None = None
    ability: Ability | None = None
    interval: Interval | None = None
    merit: Decimal | None = None
    late: bool = False
    enough: float | None = None
    perhaps: int = 0
    region: str = ""
    coming: tuple[ComingBill, ...] = ()

    @property
    def failed(self) -> tuple[Verdict, ...]:
        """The constraints that it fails."""
        return tuple(v for v in self.verdicts if v.holds == Support.NO)

    @property
    def lacks(self) -> tuple[Verdict, ...]:
        """What nobody says and what counts in the order: that no end is announced does not."""
        return tuple(v for v in self.unknown if v.constraint not in ENDINGS)

    @property
    def unknown(self) -> tuple[Verdict, ...]:
        """The constraints of which nobody says whether it meets them."""
        return tuple(v for v in self.verdicts if v.holds == Support.UNKNOWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A share of the requests, from 0 to 1, and who answers them."""

    share: Decimal
    candidate: Candidate
