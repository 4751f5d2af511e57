"""What would help: which constraints to give up where nobody is left, which missing fact decides else.

Where nobody is left: which constraints conflict, the fewest to give up and how little of each would do. Where
somebody is: which one missing fact keeps others from the first place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Context, Decimal
from functools import reduce
from operator import or_
from typing import Any

from playground.catalog import Support
from playground.decide.candidate import Candidate
from playground.decide.columns import Mask, rows_of
from playground.decide.judgement import Judgement
from playground.need.constraints import constraints, floor
from playground.need.judges import last_day, room
from playground.need.need import Need
from playground.pricing.bill_json import piece_name

#: How many digits of an amount come through a binary float and back.
DIGITS = 15
#: The constraints that are numbers, and the part of the need that says each.
LIMITS = {
    "budget": "budget",
    "request budget": "request_budget",
    "still lives": "min_days",
    "providers to switch to": "min_providers",
    "benchmark": "min_score",
    "input fits": "input_tokens",
    "output fits": "output_tokens",
}


#: The constraints that name whom a reader asks for, and the part of the need with the names.
NAMES = {"lab": "labs", "provider": "providers", "channel": "channels", "model": "models"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """A candidate that would come first if the one thing that nobody says of it were as is asked.

    `doubt` is the constraint that is unknown, or `price of …` and the meter whose price is.
    """

    candidate: Candidate
    doubt: str


def failing(judgement: Judgement, name: str, mask: Mask) -> int:
    """The rows that a constraint puts out, a bit each."""
    keeps = judgement.need.keep_unknown and name not in judgement.unmet
    return mask.no if keeps else mask.no | mask.unknown


def conflict(judgement: Judgement) -> tuple[str, ...]:
    """Constraints that nobody meets together; without any one of them somebody would."""
    fails = {name: failing(judgement, name, mask) for name, mask in judgement.masks}
    bare = Need(work=judgement.need.work)
    usual = {c.name for ask in (constraints, floor) for c in ask(bare, judgement.today)}
    order = list(fails)
    # What is asked of everything by itself goes first, then what was asked last.
    for name in sorted(order, key=lambda n: (n not in usual, -order.index(n))):
        rest = {other: mask for other, mask in fails.items() if other != name}
        if not judgement.columns.everyone & ~reduce(or_, rest.values(), 0):
            fails = rest
    return tuple(fails)


def fewest(judgement: Judgement) -> dict[tuple[str, ...], list[int]]:
    """The fewest constraints that must go together, and the rows that would then be left."""
    by_row: dict[int, list[str]] = {}
    for name, mask in judgement.masks:
        for row in rows_of(failing(judgement, name, mask)):
            by_row.setdefault(row, []).append(name)
    ways: dict[tuple[str, ...], list[int]] = {}
    for row, names in sorted(by_row.items()):
        ways.setdefault(tuple(names), []).append(row)
    least = min(map(len, ways), default=0)
    best = {names: rows for names, rows in ways.items() if len(names) == least}
    return dict(sorted(best.items(), key=lambda w: (-len(w[1]), w[0])))


def enough(judgement: Judgement, names: tuple[str, ...], rows: Sequence[int]) -> Mapping[str, Decimal]:
    """How far each of the constraints that are numbers must give way for one of the rows to be left.

    Of several rows the one that asks least of the first of them, then of the next.
    """
    limits = [name for name in names if name in LIMITS]
    asks = []
    for row in rows:
        values = [value for name in limits if (value := _limit(judgement, name, row)) is not None]
        if len(values) == len(limits):
            pairs = zip(limits, values, strict=True)
            asks.append(([v if _upwards(judgement, name) else -v for name, v in pairs], values))
    if not limits or not asks:
        return {}
    return dict(zip((LIMITS[name] for name in limits), min(asks)[1], strict=True))


def _upwards(judgement: Judgement, name: str) -> bool:
    """Whether a part gives way by growing."""
    if name == "benchmark":
        return any(score.lower_is_better for score in judgement.scores if score)
    return name in judgement.bills.budgets


def _limit(judgement: Judgement, name: str, row: int) -> Decimal | None:
    """The value of a part of the need at which the row would just do; None where no known one would."""
    column, bills = judgement.columns.column, judgement.bills
    match name:
        case "budget" | "request budget":
            bill, _ = bills.billed_at(row, bills.budgets[name][1])
            spent = (bill.least if judgement.need.keep_unknown else bill.high) if bill else None
            return None if spent is None else _at_least(spent)
        case "still lives":
            retires, status = column("retires")[row], column("status")[row]
            day = last_day(retires) if isinstance(retires, str) and status != "retired" else None
            left = (day - judgement.today).days - 1 if day else -1
            return Decimal(left) if left >= 0 else None
        case "providers to switch to":
            return Decimal(max(column("served")[row], 1))  # one is what is asked of everything
        case "benchmark":
            return score.score if (score := judgement.scores[row]) else None
        case "input fits":
            window, limit = column("context_tokens")[row], column("max_input_tokens")[row]
            most = room(window, limit, judgement.need.work.output_tokens)
            return most if most is not None and most >= 0 else None
        case _:
            return room(None, column("max_output_tokens")[row], Decimal(0))


def _at_least(amount: Decimal) -> Decimal:
    """An amount in as many digits as JSON's numbers carry, and no less than it."""
    return Context(prec=DIGITS, rounding=ROUND_CEILING).plus(amount)


def nearest(judgement: Judgement, most: int) -> list[Candidate]:
    """Where nobody is left of whom a need names, the models among them that fail least, the cheap first."""
    named = {name: mask for name, mask in judgement.masks if name in NAMES}
    rows = judgement.columns.everyone & ~reduce(or_, (mask.no for mask in named.values()), 0)
    if not named or rows == judgement.columns.everyone:
        return []
    fails = [failing(judgement, name, mask) for name, mask in judgement.masks]
    of_each: dict[str, tuple[int, Any, int]] = {}
    models, bills = judgement.columns.column("model"), judgement.bills
    for row in rows_of(rows):
        bill = bills.bill(bills.tariff[row])
        cost = (bill is None, bill.low if bill else 0)
        at = (sum(mask >> row & 1 for mask in fails), cost, row)
        of_each[models[row]] = min(of_each.get(models[row], at), at)
    return [judgement.candidate(row) for *_, row in sorted(of_each.values())[:most]]


def pending(judgement: Judgement, ranked: Sequence[int], most: int) -> Iterator[Pending]:
    """Who would come before the first of whom all is known, were one more thing known, one of each model."""
    sure = next((row for row in ranked if _doubts(judgement, row) == []), None)
    bills, worth_of = judgement.bills, judgement.ranking.worth
    best = worth_of(sure) if sure is not None else None
    judged = [mask for name, mask in judgement.masks if name not in bills.budgets]
    out = reduce(or_, (mask.no for mask in judged), 0)
    models, perhaps = judgement.columns.column("model"), judgement.merits.perhaps
    if sure is not None and models[sure] in perhaps:
        perhaps = {}
    once = twice = 0
    for mask in judged:
        twice |= once & mask.unknown
        once |= mask.unknown
    doubtful = []
    first = models[ranked[0]] if ranked and sure is None else ""
    # Whom nothing public places is not first, whatever else was known of it.
    near = judgement.weighing(judgement.columns.bits(ranked) | judgement.columns.everyone & ~out & ~twice)
    for row in rows_of(near & ~out & ~twice):
        if models[row] in perhaps or models[row] == first:
            continue  # whoever is surely able enough stays before it
        lacking, _, worth = worth_of(row)
        if bills.bill(bills.tariff[row]) is None or (best and (lacking, worth) >= (best[0], best[2])):
            continue
        doubts = _doubts(judgement, row)
        if doubts is not None and len(doubts) == 1:
            doubtful.append((lacking, worth, row, doubts[0]))
    met: set[str] = set()
    for *_, row, doubt in sorted(doubtful):
        if models[row] not in met and len(met) < most:
            met.add(models[row])
            yield Pending(candidate=judgement.candidate(row), doubt=doubt)


def _doubts(judgement: Judgement, row: int) -> list[str] | None:
    """What nobody says of a row: constraints, and meters without a price where cost counts.

    None where it fails a budget.
    """
    bills = judgement.bills
    doubts = [n for n, mask in judgement.masks if n not in bills.budgets and mask.unknown >> row & 1]
    bill, _ = bills.billed_at(row, judgement.need.work, lines=True)
    lines = bill.lines if bill and (judgement.need.cost or bills.budgets) else ()
    unpriced = dict.fromkeys(piece_name(line) or line.meter for line in lines if line.usd is None)
    missing = [f"price of {name.replace('_', ' ')}" for name in unpriced]
    for name in bills.budgets:
        judged = bills.within_budget(name, row)
        if judged.holds == Support.NO:
            return None
        if judged.holds == Support.UNKNOWN and not missing:
            doubts.append(name)
    return doubts + missing
