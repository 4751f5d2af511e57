"""Why a row stands behind one that it beats in all that a reader sees of both."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from playground.ability import Proof
from playground.catalog.model import score_goodness
from playground.decide.answer import Answer
from playground.decide.candidate import Candidate, Named
from playground.decide.quality.evidence import counts_ability
from playground.decide.quality.merits import UNCONFIRMED
from playground.labels.odds import percent
from playground.need.need import Need
from playground.pricing.money import bill_text

#: Among how many rows above it one is looked for that a row beats.
NEAR = 15


@dataclass(frozen=True, slots=True)
class Shown:
    """What a reader sees of a row: its cost in words and from what to what it is, its ability and score."""

    cost: str
    least: Decimal
    most: Decimal
    able: float
    score: Decimal

    def beats(self, other: Shown) -> bool:
        """Whether it is surely no worse in all, and better in something."""
        alike = self.cost == other.cost
        if not (alike or self.most <= other.least):
            return False
        if self.able < other.able or self.score < other.score:
            return False
        return not alike or self.able > other.able or self.score > other.score


def shown_of(row: Candidate, need: Need) -> Shown:
    """A row as a reader sees it, as it is rounded."""
    bill, interval = row.bill, row.interval if counts_ability(need) else None
    least, most = (bill.least, bill.high) if bill else (Decimal(0), None)
    able = round(interval.middle, 1) if interval else -math.inf
    most = Decimal("Infinity") if most is None else most
    return Shown(bill_text(bill), least, most, able, score_goodness(row.score))


def behind(rows: Sequence[Candidate], answer: Answer, named: Named) -> Iterator[str]:
    """Of each of these rows, in their order, why it stands behind one above; empty where it beats none."""
    shown = [shown_of(row, answer.need) for row in rows]
    for place, row in enumerate(rows):
        above = range(place - 1, max(place - 1 - NEAR, -1), -1)
        beaten = next((rows[n] for n in above if shown[place].beats(shown[n])), None)
        yield f"stands behind {named(beaten.offering)}: {_why(beaten, row, answer)}" if beaten else ""


def _why(above: Candidate, row: Candidate, answer: Answer) -> str:
    """What put the one above, in the order in which these count."""
    judgement = answer.judgement
    if len(row.lacks) > len(above.lacks):
        return "less is known of it"
    if row.perhaps > above.perhaps and row.enough is not None:
        return f"it is only {percent(row.enough)} likely to be able enough"
    if row.late > above.late:
        return "its lab has a newer model that is left, too"
    mine, its = (judgement.ranking.worth(judgement.columns.row[c.offering.key]) for c in (row, above))
    if mine < its:
        return "both are about level, and more providers serve that one"
    if mine == its:
        return "by what is asked both are worth the same"
    if answer.need.speed:
        return "by the speeds that you measured"
    if mine[1] > its[1]:
        return "its cost is not known as one sum"
    if answer.need.accepted:
        merits = judgement.merits
        here, there = (f"{100 * (merits.success(c.interval) or 0):.1f} %" for c in (row, above))
        likely = f"at {merits.benchmark_name} {here} are likely to be here, {there} there"
        return f"what counts is the cost of each right answer, and {likely}"
    if row.interval and above.interval:
        low = f"{_surely(row)} here, {_surely(above)} there"
        return f"what counts is the ability that is 90 % sure, the low end: {low}"
    return "what they cost orders nothing here"


def _surely(candidate: Candidate) -> str:
    """The ability that the order goes by: what only its lab claims counts for less."""
    if candidate.interval is None:
        return "unknown"
    claimed = candidate.ability is not None and candidate.ability.proof is Proof.CLAIMED
    low = candidate.interval.low
    return (
        f"{low - UNCONFIRMED:.2f} (less {UNCONFIRMED}, as only its lab says so)" if claimed else f"{low:.2f}"
    )
