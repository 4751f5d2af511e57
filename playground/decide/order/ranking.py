"""The order of the places that meet a need: the best first, by what cost, quality and speed weigh in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from itertools import groupby
from typing import Any

from playground.decide.bills import Bills
from playground.decide.columns import bit_counts
from playground.decide.quality.merits import Merits
from playground.labels.naming import name_shape
from playground.lifecycle.lines import newest_of_lines
from playground.need.machine import parameters_of
from playground.pricing.cost import Bill

#: No farther from one half, a probability of being worth more is as good as chance.
TIE = 0.05
#: Among how many of the best places such a one is looked for.
NEAR = 60
#: What costs nothing counts as this in dollars, so that quality can still tell two such apart.
LEAST = Decimal("0.000001")


class Ranking:
    """The rows of a catalog's columns in the order in which they meet one need."""

    def __init__(self, bills: Bills, merits: Merits) -> None:
        self.bills = bills
        self.merits = merits
        self.columns = bills.columns
        self.need = bills.need
        #: The rows of models that a newer one of their line, which is left too, stands before.
        self.late: frozenset[int] = frozenset()
        self._counted: tuple[Sequence[int], Sequence[int]] | None = None

    def bill(self, row: int) -> Bill | None:
        """What the work costs at a row."""
        return self.bills.bill(self.bills.tariff[row])

    def ranked(self, rows: Sequence[int], unknown: Sequence[int]) -> list[int]:
        """The rows, given in the order of their keys, the best first.

        Those of which less is unknown come first, then those that are surely able enough before those
        that perhaps are, and of these those that rather are than not; where quality or speed weighs, what
        it says nothing of comes last. A known cost before a range before none; then the better worth, the
        more wishes met; of what is alike in all of it the lab's own, and in the end the offering's key.
        """
        at = self._alike(rows)
        models = self.columns.column("model")
        if not self.merits.of_text or not any(self.merits.merits[row] for row in rows):
            current = self._newest({models[row] for row in rows})
            self.late |= frozenset(row for row in rows if models[row] not in current)
            at = {row: (key, row in self.late) for row, key in at.items()}
            of_each = {key: row for row, key in at.items()}
        else:
            # Which row stands for those that are alike tells on a machine of one's own alone, by size.
            of_each = {key: row for row, key in reversed(at.items())}
        worths = {key: (row in self.late, *self.worth(row)) for key, row in of_each.items()}
        equals = groupby(sorted(worths, key=worths.__getitem__), worths.__getitem__)
        places = {key: place for place, (_, keys) in enumerate(equals) for key in keys}
        wished = self.columns.wished(self.need.should)
        doubts: Mapping[int, int] | Sequence[int] = self.doubts(unknown)
        if perhaps := self.merits.perhaps:
            doubts = {row: 3 * doubts[row] + perhaps.get(models[row], 0) for row in rows}
        # One small number for each row, as comparing tuples would take most of the time.
        resold, many = self.columns.resold, len(places)
        codes = {
            row: (doubts[row] * many + places[key] << 6 | 63 - wished[row]) << 1 | resold[row]
            for row, key in at.items()
        }
        # What costs do not order between models they do between the places of one, which are paid alike.
        cheap = sorted(codes, key=self._asked) if not self.bills.comparable else codes
        return self._settled(sorted(cheap, key=codes.__getitem__), doubts)

    def _asked(self, row: int) -> tuple[Decimal, Decimal]:
        """What a row asks for one page, image or minute, and for the work's tokens; endless where unknown."""
        bill, each = self.bill(row), self.bills.each(self.bills.tariff[row])
        return each or Decimal("Infinity"), bill.low if bill else Decimal("Infinity")

    def _alike(self, rows: Sequence[int]) -> dict[int, Any]:
        """Of each row what is the same for rows that are worth the same."""
        tariff, intervals, speeds = self.bills.tariff, self.merits.intervals, self.speeds
        if not (self.need.quality or self.need.speed or self.need.accepted):
            return {row: tariff[row] for row in rows}
        if not self.need.speeds:
            return {row: (tariff[row], id(intervals[row])) for row in rows}
        return {row: (tariff[row], id(intervals[row]), speeds[row]) for row in rows}

    def doubts(self, unknown: Sequence[int]) -> Sequence[int]:
        """In how many of the masks each row's bit is set; the same masks are asked about in turn."""
        if self._counted is None or self._counted[0] != unknown:
            self._counted = (unknown, bit_counts(unknown, len(self.columns.keys)))
        return self._counted[1]

    def _settled(self, order: list[int], doubts: Mapping[int, int] | Sequence[int]) -> list[int]:
        """The order; of those that cannot be told from the first, the most widely served comes first.

        Which of two is worth more is as good as chance there; who is served at more places can be left. None
        passes one that is known by better evidence, or a newer one of its line.
        """
        if not order or self.need.accepted or self.need.speed or not self.merits.merits[order[0]]:
            return order
        columns, first = self.columns, order[0]
        leaders: dict[str, int] = {}
        for row in order[:NEAR]:
            leaders.setdefault(columns.offerings[row].model, row)
        alike = [row for row in leaders.values() if doubts[row] == doubts[first] and self._a_tie(first, row)]
        current = newest_of_lines({columns.offerings[row].model for row in alike})
        alike = [row for row in alike if columns.offerings[row].model in current]
        best = max(alike, key=lambda row: (columns.column("served")[row], row == first), default=first)
        return order if best == first else [best, *(row for row in order if row != best)]

    def _a_tie(self, one: int, other: int) -> bool:
        """Whether which of two rows is worth more is as good as chance."""
        a, b = (self.columns.offerings[row].model for row in (one, other))
        bills = [self.bill(row) for row in (one, other)]
        costs = [bill.usd for bill in bills if bill and bill.usd]
        if a == b or len(costs) < 2 or self.merits.alone >> other & 1:
            return a == b
        odds = self.merits.first(a, b, float(costs[0]) / float(costs[1]) if self.bills.comparable else 1.0)
        return odds is not None and abs(odds - 0.5) < TIE and self.merits.as_proven(b, a)

    def _newest(self, models: set[str]) -> frozenset[str]:
        """The newest of each line; of other kinds than text its names have their numbers in one place."""
        shapes: dict[str, list[str]] = {}
        for model in models:
            shapes.setdefault("" if self.merits.of_text else name_shape(model), []).append(model)
        return frozenset().union(*map(newest_of_lines, shapes.values()))

    @cached_property
    def speeds(self) -> list[Decimal | None]:
        if not self.need.speeds:
            return [None] * len(self.columns.keys)
        return [self.need.speeds.get(key) for key in self.columns.keys]

    def worth(self, row: int) -> tuple[bool, int, Decimal]:
        """Whether a speed that weighs is unknown, how unsure the cost is, and the worth: low is good."""
        need = self.need
        bill = self.bill(row)
        merit = self.merits.merits[row] if need.quality else None
        odds = self.merits.success(self.merits.intervals[row]) if need.accepted else None
        # Where nothing else tells two apart, the cost does.
        weight = need.cost if merit and not need.accepted else max(need.cost, 1)
        unsure = 0 if not weight else 2 if bill is None else 0 if bill.usd is not None else 1
        worth = max(bill.low, LEAST) ** weight if bill and weight else Decimal(1)
        if not self.bills.comparable:
            each = self.bills.each(self.bills.tariff[row])
            unsure, worth = (0, Decimal(1)) if merit else (0 if each else 1, each or Decimal(1))
        if self.bills.tariffs[self.bills.tariff[row]].own and not merit:
            worth = self._smallness(row)
        if odds:
            worth /= odds**weight
        elif merit and not need.accepted:
            worth /= merit**need.quality
        lacking = False
        if need.speed:
            speed = self.speeds[row]
            lacking = speed is None
            worth = worth / speed**need.speed if speed else worth
        return lacking, unsure, worth

    def _smallness(self, row: int) -> Decimal:
        """What orders untested models on a machine of one's own, where none costs a thing: size."""
        known, model = (self.columns.column(name)[row] for name in ("model.parameters", "model"))
        return 1 / (parameters_of(known, model) or Decimal("0.001"))
