"""One need put to the columns of a catalog on one day: what it costs at each offering, and how they rank."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property, partial
from types import MappingProxyType
from typing import Any

from playground.catalog import Score, Support, best_founded_score, newest_score
from playground.catalog.model import score_goodness
from playground.decide.bills import Bills
from playground.decide.candidate import Candidate, Verdict
from playground.decide.columns import CODE, Columns, Mask, mask_of
from playground.decide.order.flips import Flip
from playground.decide.order.neighbours import neighbour_flips
from playground.decide.order.pareto import Goods, Point, pareto
from playground.decide.order.ranking import Ranking
from playground.decide.quality.merits import Merits
from playground.labels.deployments import SAME
from playground.need.constraints import ENDINGS, Constraint, constraints, floor
from playground.need.judges import Judged, scored
from playground.need.need import Need

INFINITY = Decimal("Infinity")
#: The constraint that a model is able enough.
ABLE = "able enough"


class Judgement:
    """One need, asked of a catalog's columns on a day."""

    def __init__(
        self,
        columns: Columns,
        need: Need,
        today: date,
        merits: Merits,
        observed: Mapping[str, Decimal | None] = MappingProxyType({}),
    ) -> None:
        """`observed` are models that the reader has run on cases of their own, with their output tokens."""
        self.columns = columns
        rows = columns.rows_of_models(observed)
        models = columns.column("model")
        #: The rows of these models, a bit each.
        self.observed = columns.bits(rows)
        self.merits = merits
        self.need = need
        self.today = today
        self.constraints = list(constraints(need, today))
        self.floor = list(floor(need, today))
        #: What providers would have to be asked: unknown, it is not met.
        asked = {c.name for c in self.constraints if c.ask}
        outputs = {row: tokens for row in rows if (tokens := observed[models[row]]) is not None}
        self.bills = Bills(columns, need, outputs)
        self.ranking = Ranking(self.bills, self.merits)
        # Nor is what nobody has a price for within a budget.
        self.asks = frozenset(asked | self.bills.budgets.keys())
        #: The constraints that are not met where nobody says, though the need lets the unknown in.
        self.unmet = self.asks
        #: Each constraint's verdicts, once they are judged, in the order in which they eliminate.
        self.masks: list[tuple[str, Mask]] = []
        #: The rows, a bit each, that meet all but how able a model must be.
        self.below = 0
        #: What was asked that the kind of model cannot have: the need is without it.
        self.idle: tuple[str, ...] = ()
        self._judged: dict[int, Candidate] = {}

    # Quality and speed.

    @cached_property
    def scores(self) -> list[Score | None]:
        """Each row's score in the need's series: that of its snapshot, or of the model as such.

        Where the need names a test instead, however it was run, that is each model's best founded score.
        """
        named = self.need.benchmark
        if not named:
            return [None] * len(self.columns.keys)
        by_model = {
            model.id: scores
            for model in self.columns.catalog.models.values()
            if (scores := [s for s in model.scores if named in (s.series, s.test)])
        }
        if not by_model:
            return [None] * len(self.columns.keys)
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

    @cached_property
    def doubts(self) -> Sequence[int]:
        """How many constraints that count in the order nobody says of each row."""
        unknown = [mask.unknown for name, mask in self.masks if name not in ENDINGS]
        return self.ranking.doubts(unknown)

    def candidate(self, row: int) -> Candidate:
        """The offering judged in full, once: an answer looks at its first ones again and again."""
        if row not in self._judged:
            self._judged[row] = self._candidate(row)
        return self._judged[row]

    def judged(self, row: int) -> Iterator[Verdict]:
        """The verdicts on an offering, in the order of the constraints."""
        spared = {ABLE} if self.observed >> row & 1 else ()
        return (self.verdict(name, row) for name in self._judges if name not in spared)

    def verdict(self, name: str, row: int) -> Verdict:
        """The verdict of one constraint on an offering."""
        judged = self._judges[name](row)
        return Verdict(constraint=name, holds=judged.holds, reason=judged.reason, field=judged.field)

    @cached_property
    def _judges(self) -> Mapping[str, Callable[[int], Judged]]:
        """What judges a row by each constraint, in their order."""
        need, scores, merits, models = self.need, self.scores, self.merits, self.columns.column("model")
        judges = {c.name: self._by_columns(c) for c in self.constraints}
        if need.min_score is not None:
            judges["benchmark"] = lambda row: scored(need, scores[row])
        if need.able:
            judges[ABLE] = lambda row: merits.judged(models[row])
        judges |= {name: partial(self.bills.within_budget, name) for name in self.bills.budgets}
        return judges | {c.name: self._by_columns(c) for c in self.floor}

    def _by_columns(self, constraint: Constraint) -> Callable[[int], Judged]:
        columns = [self.columns.column(name) for name in constraint.columns]
        offerings = self.columns.offerings

        def judge(row: int) -> Judged:
            judged = constraint.judge(*[values[row] for values in columns])
            if judged.field not in SAME or judged.holds == Support.UNKNOWN:
                return judged
            elsewhere = "" if judged.field in offerings[row].facts else ", as at its other deployments"
            return judged._replace(reason=f"{judged.reason}{elsewhere}")

        return judge

    def _candidate(self, row: int) -> Candidate:
        bills, merits, model = self.bills, self.merits, self.columns.offerings[row].model
        interval = merits.intervals[row]
        bill, region = bills.billed_at(row, self.need.work, lines=True)
        return Candidate(
            offering=self.columns.offerings[row],
            price=bills.tariffs[bills.tariff[row]].price_within(self.need.zone),
            verdicts=tuple(self.judged(row)),
            bill=bill,
            wished=self.columns.wished(self.need.should)[row],
            score=self.scores[row],
            ability=merits.abilities.of(model),
            interval=interval,
            merit=merits.merits[row],
            late=row in self.ranking.late,
            enough=merits.at_least(model, interval) if self.need.able and interval else None,
            perhaps=merits.perhaps.get(model, 0),
            region=region,
            coming=bills.coming(row, region),
        )

    # What nobody beats, and what would change the order.

    def front(self, rows: Sequence[int]) -> Iterator[int]:
        """Those that no other beats in cost, wishes met, and the ability, score and speed that are asked."""
        tariff = self.bills.tariff
        places = [(row, (tariff[row], goods)) for row, goods in zip(rows, self._goods(rows), strict=True)]
        points: dict[tuple[int, Goods], Point] = {}
        cheapest: dict[Goods, Decimal] = {}
        for row, at in places:
            if at in points or (bill := self.bills.bill(at[0])) is None:
                continue
            points[at] = (bill.low, row, bill.high, at[1])
            if bill.high is not None and bill.high < cheapest.get(at[1], INFINITY):
                cheapest[at[1]] = bill.high
        # Among those that are alike but for the cost only the cheapest can stand: few are left to compare.
        chosen = set(pareto([p for p in points.values() if p[0] <= cheapest.get(p[3], INFINITY)]))
        front = {at for at, point in points.items() if point[1] in chosen}
        return (row for row, at in places if at in front)

    def _goods(self, rows: Sequence[int]) -> Iterator[Goods]:
        """Of each of these rows what more is better of."""
        wished = self.columns.wished(self.need.should)
        goods: list[Iterator[Any]] = [(wished[row] for row in rows)]
        if self.need.quality or self.need.accepted or self.need.able:
            # As it is shown: a reader sees by the figures beside the rows whom nobody beats.
            middles = (self.merits.intervals[row] for row in rows)
            goods.append(round(at.middle, 1) if at else -INFINITY for at in middles)
        if self.need.benchmark:
            goods.append(score_goodness(self.scores[row]) for row in rows)
        if self.need.speeds:
            goods.append(self.ranking.speeds[row] or Decimal(0) for row in rows)
        return zip(*goods, strict=True)

    def flips(self, first: Sequence[Candidate]) -> Iterator[Flip]:
        """Where one input or one weight, moved alone, makes two neighbours change places."""
        if not self.bills.comparable:
            return iter(())
        return neighbour_flips(first, self.need, self.bills.work, self.merits)
