"""From a need to an explained shortlist: who is out and why, who is left, in which order, and what would flip
it.

Pure and deterministic: the same need over the same catalog gives the same answer. Unknown never passes or
fails in silence: each verdict says yes, no or unknown with the fact behind it, and the need says what to do
with the unknown.

The order: what it costs, raised to its weight, against quality and speed raised to theirs, so that with equal
weights twice the score is worth twice the cost, and no candidate moves because another comes or goes. With
cost alone weighed it is the cost. Made to be asked again at each move of a control: offerings are judged once
for each different value, the sets are bits of one number, a price list is billed once however many share it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from typing import Any

from playground.catalog import Catalog, Offering, Score, Support
from playground.constraints import Judged, affordable, constraints, scored
from playground.flips import WEIGHTS, Flip, flips_between, weight_flips
from playground.need import Need
from playground.pareto import Goods, Point, pareto
from playground.prices import Price
from playground.pricing import Bill, Workload, monthly
from playground.remedies import Pending, conflict, enough, fewest, pending
from playground.shelf import CODE, Mask, Shelf, bit_counts, mask_of, rows_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether a constraint holds, and the fact that decides it; `field` is empty where no fact does."""

    constraint: str
    holds: Support
    said: str
    field: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An offering judged: a verdict for each constraint of the need, and what the work would cost there.

    `region` is the one that the cost is for, where prices differ by region and the need names a place.
    """

    offering: Offering
    price: Price
    verdicts: tuple[Verdict, ...]
    bill: Bill | None
    wished: int
    score: Score | None = None
    region: str = ""

    @property
    def failed(self) -> tuple[Verdict, ...]:
        return tuple(v for v in self.verdicts if v.holds == Support.NO)

    @property
    def unknown(self) -> tuple[Verdict, ...]:
        return tuple(v for v in self.verdicts if v.holds == Support.UNKNOWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A share of the requests, from 0 to 1, and who answers them."""

    share: Decimal
    candidate: Candidate


class Candidates(Sequence[Candidate]):
    """Candidates in an order, judged in full only when looked at; `keys` are those of their offerings.

    Made of rows, or of a bit for each row where the order is the keys'.
    """

    def __init__(self, rows: Sequence[int] | int, asked: Asked) -> None:
        self._given = rows
        self._asked = asked

    @cached_property
    def rows(self) -> Sequence[int]:
        """Their rows on the shelf, in their order."""
        return rows_of(self._given) if isinstance(self._given, int) else self._given

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(self._asked.shelf.keys[row] for row in self.rows)

    def __len__(self) -> int:
        return self._given.bit_count() if isinstance(self._given, int) else len(self._given)

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            return Candidates(self.rows[place], self._asked)
        return self._asked.candidate(self.rows[place])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Candidates) and self.keys == other.keys

    def __hash__(self) -> int:
        return hash(self.keys)

    def find(self, key: str) -> Candidate | None:
        """The candidate with that key, where it is one of these."""
        row = self._asked.shelf.row.get(key)
        return None if row is None or row not in self.rows else self._asked.candidate(row)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The shortlist, the best first; the eliminated by the first constraint they fail.

    `leaders` is the best place of each model that is left; the flips are those between neighbours there.
    `unscored` is how many of the ranked have no score in the need's benchmark; they come last where quality
    weighs. `spread` is how the requests are shared out so that no lab answers more than is allowed; empty
    where it allows all, or where too few labs are left. `unknown` is how many of the ranked leave each
    constraint unknown.

    Where nobody is left, `conflict` are constraints that no offering meets together though some meets all but
    any one of them; `relaxations` the fewest constraints that must go for anybody to be left, and how many
    that leaves; `enough` how little of each of those that are numbers would do, by the part of the need.
    """

    need: Need
    ranked: Candidates
    leaders: Candidates
    eliminated: Mapping[str, Candidates]
    front: frozenset[str]
    flips: tuple[Flip, ...]
    unscored: int
    spread: tuple[Part, ...]
    conflict: tuple[str, ...]
    relaxations: Mapping[tuple[str, ...], int]
    enough: Mapping[tuple[str, ...], Mapping[str, Decimal]]
    unknown: Mapping[str, int]
    asked: Asked = field(repr=False, compare=False)

    def pending(self, most: int = 5) -> tuple[Pending, ...]:
        """The models that one missing fact keeps from the first place: what would be worth finding out."""
        return tuple(pending(self.asked, self.ranked.rows, most))


def choose(need: Need, catalog: Catalog, today: date, *, flips: int = 20) -> Answer:
    """Judge every offering of the catalog against the need.

    `today` decides what has been retired; `flips` is how far down the models flip points are looked for.
    """
    return Chooser(catalog, today).answer(need, flips=flips)


class Chooser:
    """A catalog to be asked, again and again, on one day."""

    def __init__(self, catalog: Catalog, today: date) -> None:
        self.shelf = Shelf(catalog)
        self.today = today

    def answer(self, need: Need, *, flips: int = 20) -> Answer:
        """The shortlist for a need; flip points between the first `flips` models of it."""
        asked = Asked(self.shelf, need, self.today)
        left = self.shelf.everyone
        eliminated: dict[str, int] = {}
        masks = [(c.name, self.shelf.mask(c)) for c in asked.constraints]
        if need.min_score is not None:
            masks.append(("benchmark", asked.good_enough()))
        for name, mask in masks:
            left = _sift(left, name, mask, need, eliminated)
        # What is out already needs no bill, unless nobody is left and it is asked what would help.
        judged = len(masks)
        for name in asked.budgets:
            masks.append((name, asked.costs(name, left)))
            left = _sift(left, *masks[-1], need, eliminated)
        if not left:
            masks[judged:] = [(name, asked.costs(name, self.shelf.everyone)) for name in asked.budgets]
        asked.masks = masks
        ways = {} if left else fewest(asked)
        rows = rows_of(left)
        order = asked.ranked(rows, [m.unknown for _, m in masks])
        ranked = Candidates(order, asked)
        leaders = Candidates(_first_of_each(order, self.shelf.column("model")), asked)
        return Answer(
            need=need,
            ranked=ranked,
            leaders=leaders,
            eliminated={name: Candidates(out, asked) for name, out in sorted(eliminated.items())},
            front=frozenset(self.shelf.keys[row] for row in asked.front(rows)),
            flips=tuple(asked.flips(leaders[:flips])),
            unscored=sum(asked.scores[row] is None for row in rows) if need.benchmark else 0,
            spread=tuple(_spread(ranked, need.max_share)),
            conflict=() if left else conflict(asked),
            relaxations={names: len(rows) for names, rows in ways.items()},
            enough={names: enough(asked, names, rows) for names, rows in ways.items()},
            unknown=_counted({name: (mask.unknown & left).bit_count() for name, mask in masks}),
            asked=asked,
        )


def _sift(left: int, name: str, mask: Mask, need: Need, eliminated: dict[str, int]) -> int:
    out = left & (mask.no if need.keep_unknown else mask.no | mask.unknown)
    if out:
        eliminated[name] = out
    return left & ~out


def _first_of_each(rows: Sequence[int], models: Sequence[str]) -> list[int]:
    first: dict[str, int] = {}
    for row in rows:
        first.setdefault(models[row], row)
    return list(first.values())


class Asked:
    """One need, asked of a shelf on a day."""

    def __init__(self, shelf: Shelf, need: Need, today: date) -> None:
        self.shelf = shelf
        self.need = need
        self.today = today
        self.constraints = list(constraints(need, today))
        self.tariff, self.tariffs = shelf.tariffs
        self._bills: dict[int, Bill | None] = {}
        one = replace(need.work, requests=Decimal(1))
        self.budgets: dict[str, tuple[Decimal, Workload, str]] = {}
        if need.budget is not None:
            self.budgets["budget"] = (need.budget, need.work, "month")
        if need.request_budget is not None:
            self.budgets["request budget"] = (need.request_budget, one, "request")
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
        need = self.need
        if need.region or not tariff.regions:
            return monthly(work, tariff.price, region=need.region, lines=lines), need.region
        regions = self.shelf.choices(place, need.zone)
        found = [(monthly(work, tariff.price, region=region, lines=lines), region) for region in regions]
        return min(found, key=lambda f: (f[0] is None, f[0].low if f[0] else 0, f[1]))

    def costs(self, name: str, rows: int) -> Mask:
        """Which of the rows are within a budget: each price list judged once."""
        budget, work, period = self.budgets[name]
        codes: dict[int, str] = {}
        found = [CODE[Support.YES]] * len(self.tariff)
        for row in rows_of(rows):
            place = self.tariff[row]
            if place not in codes:
                bill = self.bill(place)
                if work is not self.need.work:
                    bill = self.billed(place, work, lines=False)[0]
                codes[place] = CODE[self.affordable(bill, budget, period).holds]
            found[row] = codes[place]
        return mask_of(found)

    @staticmethod
    def affordable(bill: Bill | None, budget: Decimal, period: str) -> Judged:
        return affordable(budget, bill.low if bill else None, bill.high if bill else None, period)

    # Quality and speed.

    @cached_property
    def scores(self) -> list[Score | None]:
        """Each row's score in the need's series: that of its snapshot, or of the model as such."""
        by_model = {
            model.id: found
            for model in self.shelf.catalog.models.values()
            if (found := [s for s in model.scores if s.series == self.need.benchmark])
        }
        if not by_model:
            return [None] * len(self.tariff)
        versions: dict[tuple[str, str], Score | None] = {}
        rows = []
        for offering in self.shelf.offerings:
            at = (offering.model, offering.version)
            if at not in versions:
                versions[at] = newest(by_model.get(offering.model, ()), offering.version)
            rows.append(versions[at])
        return rows

    def good_enough(self) -> Mask:
        """Who has a score as good as the need asks for."""
        return mask_of([CODE[scored(self.need, score).holds] for score in self.scores])

    # The order.

    def ranked(self, rows: Sequence[int], unknown: Sequence[int]) -> list[int]:
        """The rows, the best first.

        Those of which all that is asked is known come before those with a doubt; where quality or speed
        weighs, what it says nothing of comes last. A known cost before a range before none; then the better
        worth, the more wishes met, the fewer doubts; in the end the offering's key.
        """
        at: Sequence[Any] = self.tariff
        if self.need.quality or self.need.speed:
            at = list(zip(self.tariff, map(id, self.scores), self._speeds, strict=True))
        worths: dict[Any, tuple[bool, int, Decimal]] = {}
        for row in rows:
            if at[row] not in worths:
                worths[at[row]] = self.worth(row)
        rank = {worth: n for n, worth in enumerate(sorted(set(worths.values())))}
        places = {key: rank[worth] << 6 for key, worth in worths.items()}
        wished = self.shelf.wished(self.need.should)
        doubts = bit_counts(unknown, len(self.tariff))
        # One number for each row, as comparing tuples would take most of the time.
        codes = [
            ((doubts[row] > 0) << 60) | (places[at[row]] | 63 - wished[row]) << 26 | doubts[row] << 20 | row
            for row in rows
        ]
        return [code & 0xFFFFF for code in sorted(codes)]

    @cached_property
    def _speeds(self) -> list[Decimal | None]:
        return [self.need.speeds.get(key) for key in self.shelf.keys]

    def worth(self, row: int) -> tuple[bool, int, Decimal]:
        """Whether quality or speed is unknown, how unsure the cost is, and the worth: low is good."""
        need = self.need
        bill = self.bill(self.tariff[row])
        unsure = 0 if not need.cost else 2 if bill is None else 0 if bill.usd is not None else 1
        worth = bill.low**need.cost if bill and need.cost else Decimal(1)
        lacking = False
        if need.quality:
            merit = _merit(self.scores[row])
            lacking = merit is None
            worth = worth / merit**need.quality if merit else worth
        if need.speed:
            speed = self._speeds[row]
            lacking = lacking or speed is None
            worth = worth / speed**need.speed if speed else worth
        return lacking, unsure, worth

    def candidate(self, row: int) -> Candidate:
        """The offering judged in full."""
        place = self.tariff[row]
        bill, region = self.billed(place, self.need.work, lines=True)
        judged = [
            (c.name, c.judge(*(self.shelf.column(name)[row] for name in c.columns))) for c in self.constraints
        ]
        if self.need.min_score is not None:
            judged.append(("benchmark", scored(self.need, self.scores[row])))
        for name, (budget, work, period) in self.budgets.items():
            spent = bill if work is self.need.work else self.billed(place, work, lines=False)[0]
            judged.append((name, self.affordable(spent, budget, period)))
        return Candidate(
            offering=self.shelf.offerings[row],
            price=self.tariffs[place].price,
            verdicts=tuple(
                Verdict(constraint=name, holds=j.holds, said=j.said, field=j.field) for name, j in judged
            ),
            bill=bill,
            wished=self.shelf.wished(self.need.should)[row],
            score=self.scores[row],
            region=region,
        )

    # What nobody beats, and what would change the order.

    def front(self, rows: Sequence[int]) -> Iterator[int]:
        """Those that no other beats in cost, wishes met, input that fits, and the score where one counts."""
        wished, reach = self.shelf.wished(self.need.should), self.shelf.column("reach")
        goods: Sequence[Goods] = list(zip(wished, reach, strict=True))
        if self.need.benchmark:
            goods = [(*g, _goodness(score)) for g, score in zip(goods, self.scores, strict=True)]
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

    def flips(self, first: Candidates) -> Iterator[Flip]:
        """Where one input or one weight, moved alone, makes two neighbours change places."""
        need = self.need
        weights = {name: int(getattr(need, name)) for name in WEIGHTS}
        for one, other in pairwise(first):
            if bool(one.unknown) != bool(other.unknown):
                continue  # the one stands before the other whatever they cost
            factor = self._factor(one, other) if need.cost else None
            if factor is not None:
                yield from flips_between(one, other, need.work, factor)
            mine, theirs = ((c.offering.key, self._good(c)) for c in (one, other))
            yield from weight_flips(mine, theirs, weights)

    def _good(self, candidate: Candidate) -> dict[str, float | None]:
        """What weighs of a candidate, more of it being better; None where it is not known for sure."""
        usd = candidate.bill.usd if candidate.bill else None
        merit, speed = _merit(candidate.score), self.need.speeds.get(candidate.offering.key)
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
        factor = Decimal(1)
        for weight, (a, b) in (
            (need.quality, (_merit(one.score), _merit(other.score))),
            (need.speed, tuple(need.speeds.get(c.offering.key) for c in (one, other))),
        ):
            if weight and (a is None) != (b is None):
                return None
            if weight and a and b:
                factor *= (a / b) ** (Decimal(weight) / need.cost)
        return factor


INFINITY = Decimal("Infinity")


def _merit(score: Score | None) -> Decimal | None:
    """A score as more of it is better, by ratios; None where there is none that has any."""
    if score is None or score.score <= 0:
        return None
    return 1 / score.score if score.lower_is_better else score.score


def _goodness(score: Score | None) -> Decimal:
    if score is None:
        return Decimal("-Infinity")
    return -score.score if score.lower_is_better else score.score


def newest(scores: Sequence[Score], version: str) -> Score | None:
    """The latest of a model's scores in one series that hold for this version of it.

    A score of a dated snapshot says nothing of another snapshot. Of two of the same day the worse counts.
    """
    held = [s for s in scores if s.snapshot in ("", version)]

    def rank(score: Score) -> tuple[bool, str, Decimal]:
        return score.snapshot == version, score.as_of, -_goodness(score)

    return max(held, key=rank, default=None)


def _spread(ranked: Candidates, most: Decimal) -> Iterator[Part]:
    """The requests shared out, the best first, so that no lab answers more than its share."""
    if most >= 1:
        return
    parts: list[Part] = []
    labs: set[str] = set()
    left = Decimal(1)
    for place, key in enumerate(ranked.keys):
        lab = key.split("/")[2]
        if lab in labs:
            continue
        labs.add(lab)
        share = min(most, left)
        parts.append(Part(share=share, candidate=ranked[place]))
        left -= share
        if not left:
            yield from parts
            return


def _counted(counts: Mapping[str, int]) -> Mapping[str, int]:
    return dict(sorted(((k, n) for k, n in counts.items() if n), key=lambda c: (-c[1], c[0])))
