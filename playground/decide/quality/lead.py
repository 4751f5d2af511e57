"""By how much one candidate leads another, with the doubt in it: what is weighed has an interval."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

from playground.ability import Interval
from playground.decide.candidate import Candidate
from playground.decide.judgement import Judgement
from playground.decide.quality.merits import WORTH


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """A lead of `ahead`, give or take `deviation` (one standard deviation), in powers of WORTH.

    `price_power` is how many of these a price WORTH times as high takes away, 0 where cost does not weigh;
    `ability_power` how many one unit more ability of the second takes away; `second` is where that lies.
    """

    ahead: float
    deviation: float
    price_power: float
    ability_power: float
    second: Interval

    @property
    def odds(self) -> float:
        """The probability that the first is worth more."""
        return NormalDist().cdf(self.ahead / self.deviation)

    @property
    def price_factor(self) -> float | None:
        """How many times as much the first would have to cost for both to be worth the same."""
        if not self.price_power:
            return None
        power = self.ahead / self.price_power
        return WORTH**power if power < 9 else None

    @property
    def ability_needed(self) -> float | None:
        """How able the second would have to be for both to be worth the same."""
        return self.second.middle + self.ahead / self.ability_power if self.ability_power else None


def lead_of(one: Candidate, other: Candidate, judgement: Judgement) -> Lead | None:
    """By how much the one leads the other; None where quality does not weigh, or is not known of both."""
    need, merits = judgement.need, judgement.merits
    if one.interval is None or other.interval is None or not (need.quality or need.accepted):
        return None
    # What nobody has a price for, such as a machine of one's own, is ordered by ability alone.
    priced = judgement.bills.comparable and (one.bill is not None or other.bill is not None)
    dearer = 1.0
    if priced:
        costs = [c.bill.usd for c in (one, other) if c.bill]
        if len(costs) < 2 or not all(costs):
            return None
        dearer = float(costs[0] / costs[1])  # type: ignore[operator]
    apart = merits.worth_apart(one.offering.model, other.offering.model)
    if apart is None:
        return None
    power = merits.cost_power if priced else 0.0
    return Lead(
        ahead=apart[0] - power * math.log(dearer, WORTH),
        deviation=apart[1],
        price_power=power,
        ability_power=merits.success_slope(other.interval) if need.accepted else 1.0,
        second=other.interval,
    )
