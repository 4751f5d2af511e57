"""One need put to the columns of a catalog on one day: what it costs at each offering, and how they rank."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from typing import Any

from playground.ability import Abilities
from playground.catalog import Score, Seller, Support, best_founded_score, newest_score
from playground.catalog.model import score_goodness
from playground.catalog.prices import Mode
from playground.decide.candidate import Candidate, Verdict
from playground.decide.columns import CODE, Columns, Mask, bit_counts, mask_of, rows_of
from playground.decide.flips import WEIGHTS, Flip, flips_between, weight_flips
from playground.decide.pareto import Goods, Point, pareto
from playground.decide.quality.merits import COUNTED_OTHERWISE, Merits
from playground.labels.naming import name_shape
from playground.lifecycle.lines import newest_of_lines
from playground.need.constraints import constraints, floor
from playground.need.judges import Judged, affordable, scored
from playground.need.machine import parameters_of
from playground.need.need import Need
from playground.pricing.coming import ComingBill, coming_bills
from playground.pricing.cost import Bill, monthly
from playground.pricing.price_changes import changes_of
from playground.pricing.workload import Workload


class Judgement:
    """One need, asked of a catalog's columns on a day."""

    def __init__(self, columns: Columns, need: Need, today: date, abilities: Abilities) -> None:
        self.columns = columns
        self.merits = Merits(columns, need, abilities)
        self.need = need
        self.today = today
        self.constraints = list(constraints(need, today))
        self.floor = list(floor(need, today))
        #: What providers would have to be asked: unknown, it is not met.
        asked = {c.name for c in self.constraints if c.ask}
        self.tariff, self.tariffs = columns.tariffs
        self._bills: dict[int, Bill | None] = {}
        self.late: frozenset[int] = frozenset()
        one = replace(need.work, requests=Decimal(1))
        self.budgets: dict[str, tuple[Decimal, Workload, str]] = {}
        if need.budget is not None:
            self.budgets["budget"] = (need.budget, need.work, "month")
        if need.request_budget is not None:
            self.budgets["request budget"] = (need.request_budget, one, "request")
        # Nor is what nobody has a price for within a budget.
        self.asks = frozenset(asked | self.budgets.keys())
        #: Each constraint's verdicts, once they are judged, in the order in which they eliminate.
        self.masks: list[tuple[str, Mask]] = []

    # Cost.

    def bill(self, place: int) -> Bill | None:
        """What the work costs at a price list, without lines."""
        if place not in self._bills:
            self._bills[place] = self.billed(place, self.need.work, lines=False)[0]
        return self._bills[place]

    def billed(self, place: int, work: Workload, *, lines: bool) -> tuple[Bill | None, str]:
        """The cheapest bill at a price list in a region that the need allows; none on one's own machines.

        Whoever may call any region calls the cheapest: so a need that allows fewer never costs less.
        """
        tariff = self.tariffs[place]
        if tariff.own:
            return None, ""
        if tariff.free and self.gives:
            return GIVEN, ""
        need, price = self.need, tariff.price_within(self.need.zone)
        if need.region or not tariff.regions:
            return monthly(work, price, region=need.region, lines=lines), need.region
        regions = self.columns.choices(place, need.zone)
        bills = [(monthly(work, price, region=region, lines=lines), region) for region in regions]
        return min(bills, key=lambda f: (f[0] is None, f[0].low if f[0] else 0, f[1]))

    @property
    def gives(self) -> bool:
        """Whether what is given away counts as such; what may not be trained on has to be paid for."""
        return self.need.free and not self.need.no_training

    def costs(self, name: str, rows: int) -> Mask:
        """Which of the rows are within a budget: each price list judged once."""
        budget, work, period = self.budgets[name]
        codes: dict[int, str] = {}
        row_codes = [CODE[Support.YES]] * len(self.tariff)
        for row in rows_of(rows):
            place = self.tariff[row]
            if place not in codes:
                bill = self.bill(place)
                if work is not self.need.work:
                    bill = self.billed(place, work, lines=False)[0]
                codes[place] = CODE[self.affordable(bill, budget, period).holds]
            row_codes[row] = codes[place]
        return mask_of(row_codes)

    @staticmethod
    def affordable(bill: Bill | None, budget: Decimal, period: str) -> Judged:
        """Whether a bill is within a budget; unknown where there is no bill."""
        return affordable(budget, bill.least if bill else None, bill.high if bill else None, period)

    # Quality and speed.

    @cached_property
    def scores(self) -> list[Score | None]:
        """Each row's score in the need's series: that of its snapshot, or of the model as such.

        Where the need names a test instead, however it was run, that is each model's best founded score.
        """
        named = self.need.benchmark
        if not named:
            return [None] * len(self.tariff)
        by_model = {
            model.id: scores
            for model in self.columns.catalog.models.values()
            if (scores := [s for s in model.scores if named in (s.series, s.test)])
        }
        if not by_model:
            return [None] * len(self.tariff)
        versions: dict[tuple[str, str], Score | None] = {}
        rows = []
        for offering in self.columns.offerings:
            at = (offering.model, offering.version)
            if at not in versions:
                scores = by_model.get(offering.model, [])
                of_series = all(s.series == named for s in scores)
                choose = newest_score if of_series else best_founded_score
                versions[at] = choose(scores, offering.version)
            rows.append(versions[at])
        return rows

    def good_enough(self) -> Mask:
        """Who has a score as good as the need asks for."""
        return mask_of([CODE[scored(self.need, score).holds] for score in self.scores])

    def weighing(self, rows: int) -> int:
        """Of these rows (a bit each) those to be ranked: where ability counts, the tested ones if there are.

        Of what nobody tested no order is known: it is no worse for that, and no better. Nor is one of what
        only its lab speaks for and only one provider serves.
        """
        need = self.need
        if not (need.quality or need.accepted or need.able) or len(need.models) == 1:
            return rows
        tested = rows & self.merits.tested
        return tested & ~self.merits.alone or tested or rows

    # The order.

    def ranked(self, rows: Sequence[int], unknown: Sequence[int]) -> list[int]:
        """The rows, the best first.

        Those of which less is unknown come first; where quality or speed weighs, what it says nothing of
        comes last. A known cost before a range before none; then the better worth, the more wishes met; of
        what is alike in all of it the lab's own, and in the end the offering's key.
        """
        at: Sequence[Any] = self.tariff
        if self.need.quality or self.need.speed or self.need.accepted:
            at = list(zip(self.tariff, map(id, self.merits.intervals), self._speeds, strict=True))
        worths: dict[Any, tuple[Any, ...]] = {}
        for row in rows:
            if at[row] not in worths:
                worths[at[row]] = self.worth(row)
        if not self.merits.of_text or not any(self.merits.merits[row] for row in rows):
            current = self._newest({self.columns.offerings[row].model for row in rows})
            self.late |= frozenset(row for row in rows if self.columns.offerings[row].model not in current)
            late = [row in self.late for row in range(len(at))]
            at = list(zip(at, late, strict=True))
            worths = {at[row]: (late[row], *self.worth(row)) for row in rows}
        rank = {worth: n for n, worth in enumerate(sorted(set(worths.values())))}
        places = {key: rank[worth] << 6 for key, worth in worths.items()}
        wished = self.columns.wished(self.need.should)
        doubts = bit_counts(unknown, len(self.tariff))
        # One number for each row, as comparing tuples would take most of the time.
        others = self._others
        codes = [
            (doubts[row] << 60) | (places[at[row]] | 63 - wished[row]) << 21 | others[row] << 20 | row
            for row in rows
        ]
        return self._settled([code & 0xFFFFF for code in sorted(codes)], doubts)

    def _settled(self, order: list[int], doubts: Sequence[int]) -> list[int]:
        """The order; of those that cannot be told from the first, the one that most providers serve comes first.

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
        costs = [bill.usd for row in (one, other) if (bill := self.bill(self.tariff[row])) and bill.usd]
        if a == b or len(costs) < 2 or self.merits.alone >> other & 1:
            return a == b
        odds = self.merits.first(a, b, float(costs[0]) / float(costs[1]) if self.merits.costed else 1.0)
        return odds is not None and abs(odds - 0.5) < TIE and self.merits.as_proven(b, a)

    def _newest(self, models: set[str]) -> frozenset[str]:
        """The newest of each line; of other kinds than text its names have their numbers in one place."""
        shapes: dict[str, list[str]] = {}
        for model in models:
            shapes.setdefault("" if self.merits.of_text else name_shape(model), []).append(model)
        return frozenset().union(*map(newest_of_lines, shapes.values()))

    @cached_property
    def _others(self) -> list[bool]:
        """Whether another than the lab itself sells it."""
        return [seller is not Seller.LAB for seller in self.columns.column("seller")]

    @cached_property
    def _speeds(self) -> list[Decimal | None]:
        return [self.need.speeds.get(key) for key in self.columns.keys]

    def worth(self, row: int) -> tuple[bool, int, Decimal]:
        """Whether a speed that weighs is unknown, how unsure the cost is, and the worth: low is good."""
        need = self.need
        bill = self.bill(self.tariff[row])
        merit = self.merits.merits[row] if need.quality else None
        odds = self.merits.success(self.merits.intervals[row]) if need.accepted else None
        # Where nothing else tells two apart, the cost does.
        weight = need.cost if merit and not need.accepted else max(need.cost, 1)
        unsure = 0 if not weight else 2 if bill is None else 0 if bill.usd is not None else 1
        worth = max(bill.low, LEAST) ** weight if bill and weight else Decimal(1)
        if not self.merits.costed:
            each = self._each(self.tariff[row])
            unsure, worth = (0, Decimal(1)) if merit else (0 if each else 1, each or Decimal(1))
        if self.tariffs[self.tariff[row]].own and not merit:
            worth = self._smallness(row)
        if odds:
            worth /= odds**weight
        elif merit and not need.accepted:
            worth /= merit**need.quality
        lacking = False
        if need.speed:
            speed = self._speeds[row]
            lacking = speed is None
            worth = worth / speed**need.speed if speed else worth
        return lacking, unsure, worth

    def _each(self, place: int) -> Decimal | None:
        """The least that a page, image, second or character costs there; None where it is paid otherwise."""
        unit = COUNTED_OTHERWISE[self.need.kind] if self.need.kind else None
        rates = self.tariffs[place].price.rates
        usual = [
            r.usd for r in rates if r.unit == unit and r.mode == Mode.STANDARD and r.usd and not r.region
        ]
        return min(usual, default=None)

    def _smallness(self, row: int) -> Decimal:
        """What orders untested models on a machine of one's own, where none costs a thing: size."""
        known, model = (self.columns.column(name)[row] for name in ("model.parameters", "model"))
        return 1 / (parameters_of(known, model) or Decimal("0.001"))

    def candidate(self, row: int) -> Candidate:
        """The offering judged in full."""
        place = self.tariff[row]
        bill, region = self.billed(place, self.need.work, lines=True)
        judged = [
            (c.name, c.judge(*(self.columns.column(name)[row] for name in c.columns)))
            for c in self.constraints
        ]
        if self.need.min_score is not None:
            judged.append(("benchmark", scored(self.need, self.scores[row])))
        if self.need.able:
            judged.append((ABLE, self.merits.judged(self.merits.intervals[row])))
        for name, (budget, work, period) in self.budgets.items():
            spent = bill if work is self.need.work else self.billed(place, work, lines=False)[0]
            judged.append((name, self.affordable(spent, budget, period)))
        judged += [
            (c.name, c.judge(*(self.columns.column(name)[row] for name in c.columns))) for c in self.floor
        ]
        return Candidate(
            offering=self.columns.offerings[row],
            price=self.tariffs[place].price_within(self.need.zone),
            verdicts=tuple(
                Verdict(constraint=name, holds=j.holds, reason=j.reason, field=j.field) for name, j in judged
            ),
            bill=bill,
            wished=self.columns.wished(self.need.should)[row],
            score=self.scores[row],
            ability=self.merits.abilities.of(self.columns.offerings[row].model),
            interval=self.merits.intervals[row],
            merit=self.merits.merits[row],
            late=row in self.late,
            region=region,
            coming=self._coming(row, region),
        )

    def _coming(self, row: int, region: str) -> tuple[ComingBill, ...]:
        """What the work will cost there; on one's own machines no list says."""
        if self.tariffs[self.tariff[row]].own:
            return ()
        offering = self.columns.offerings[row]
        changes = changes_of(offering, self.columns.catalog.day, self.columns.labs_changes)
        return tuple(coming_bills(self.need.work, offering, changes, region)) if changes else ()

    # What nobody beats, and what would change the order.

    def front(self, rows: Sequence[int]) -> Iterator[int]:
        """Those that no other beats in cost, wishes met, input that fits, and the score where one counts."""
        wished, reach = self.columns.wished(self.need.should), self.columns.column("reach")
        goods: Sequence[Goods] = list(zip(wished, reach, strict=True))
        if self.need.quality:
            merits = self.merits.merits
            goods = [(*g, merit or Decimal(0)) for g, merit in zip(goods, merits, strict=True)]
        if self.need.benchmark:
            goods = [(*g, score_goodness(score)) for g, score in zip(goods, self.scores, strict=True)]
        if self.need.speeds:
            goods = [(*g, speed or Decimal(0)) for g, speed in zip(goods, self._speeds, strict=True)]
        points: dict[tuple[int, Goods], Point] = {}
        cheapest: dict[Goods, Decimal] = {}
        for row in rows:
            at = (self.tariff[row], goods[row])
            if at in points or (bill := self.bill(at[0])) is None:
                continue
            points[at] = (bill.low, row, bill.high, at[1])
            if bill.high is not None and bill.high < cheapest.get(at[1], INFINITY):
                cheapest[at[1]] = bill.high
        # Among those that are alike but for the cost only the cheapest can stand: few are left to compare.
        chosen = set(pareto([p for p in points.values() if p[0] <= cheapest.get(p[3], INFINITY)]))
        front = {at for at, point in points.items() if point[1] in chosen}
        return (row for row in rows if (self.tariff[row], goods[row]) in front)

    def flips(self, first: Sequence[Candidate]) -> Iterator[Flip]:
        """Where one input or one weight, moved alone, makes two neighbours change places."""
        need = self.need
        weights = {name: int(getattr(need, name)) for name in WEIGHTS}
        for one, other in pairwise(first):
            if len(one.lacks) != len(other.lacks) or one.late != other.late:
                continue  # the one stands before the other whatever they cost
            if not self.merits.costed:
                continue
            factor = self._factor(one, other) if need.cost or need.accepted else None
            if factor is not None:
                yield from flips_between(one, other, need.work, factor)
            if need.accepted:
                continue
            mine, theirs = ((c.offering.key, self._good(c)) for c in (one, other))
            yield from weight_flips(mine, theirs, weights)

    def _good(self, candidate: Candidate) -> dict[str, float | None]:
        """What weighs of a candidate, more of it being better; None where it is not known for sure."""
        usd = candidate.bill.usd if candidate.bill else None
        merit, speed = candidate.merit, self.need.speeds.get(candidate.offering.key)
        return {
            "cost": 1 / float(usd) if usd else None,
            "quality": float(merit) if merit else None,
            "speed": float(speed) if speed else None,
        }

    def _factor(self, one: Candidate, other: Candidate) -> Decimal | None:
        """How much dearer than the other the one may be, for what it is better at; None where not known.

        Two of which the same is not known are weighed against each other by the rest, as `worth` does.
        """
        need = self.need
        if need.accepted:
            odds, others = (self.merits.success(c.interval) for c in (one, other))
            return odds / others if odds and others else None
        factor = Decimal(1)
        for weight, (a, b) in (
            (need.quality, (one.merit, other.merit)),
            (need.speed, tuple(need.speeds.get(c.offering.key) for c in (one, other))),
        ):
            if weight and (a is None) != (b is None):
                return None
            if weight and a and b:
                factor *= (a / b) ** (Decimal(weight) / need.cost)
        return factor


#: No farther from one half, a probability of being worth more is as good as chance.
TIE = 0.05
#: Among how many of the best places such a one is looked for.
NEAR = 60
#: The bill of what is given away.
GIVEN = Bill(low=Decimal(0), high=Decimal(0))
#: What costs nothing counts as this in dollars, so that quality can still tell two such apart.
LEAST = Decimal("0.000001")
INFINITY = Decimal("Infinity")
#: The constraint that a model is able enough.
ABLE = "able enough"
