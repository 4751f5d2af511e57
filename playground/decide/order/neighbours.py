"""Where neighbours of an answer change places: by one input of the work, or by one weight."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from math import log

from playground.ability.ability import TENTH
from playground.decide.candidate import Candidate
from playground.decide.order.flips import INPUTS, WEIGHTS, Factor, Flip, Known, flips_between, weight_flips
from playground.decide.quality.merits import WORTH, Merits
from playground.need.need import Need
from playground.pricing.workload import Workload


def neighbour_flips(first: Sequence[Candidate], need: Need, work: Workload, merits: Merits) -> Iterator[Flip]:
    """Where one input or one weight, moved alone, makes two neighbours change places.

    `work` is the need's as its kind of model does it: a share that the kind decides is not moved.
    """
    known: Known = {}  # neighbours have a candidate in common
    moved = [name for name in INPUTS if getattr(work, name) == getattr(need.work, name)]
    weights = {name: int(getattr(need, name)) for name in WEIGHTS}
    for one, other in pairwise(first):
        if _grade(one) != _grade(other):
            continue  # the one stands before the other whatever they cost
        factor = _factor(one, other, need, merits) if need.cost or need.accepted else None
        if factor is not None and _by_tie(one, other, factor):
            continue  # the one stands first as more providers serve it, whatever both are worth
        if factor is not None:
            yield from flips_between(one, other, work, factor, known, moved)
        if need.accepted:
            continue
        mine, theirs = ((c.offering.key, _goods(c, need)) for c in (one, other))
        yield from weight_flips(mine, theirs, weights, _doubt(one, other, merits) * log(WORTH))


def _grade(candidate: Candidate) -> tuple[int, int, bool]:
    """What counts before any cost."""
    return len(candidate.lacks), candidate.perhaps, candidate.late


def _by_tie(one: Candidate, other: Candidate, factor: Factor) -> bool:
    """Whether the one stands before the other though it is worth less."""
    costs = [c.bill.usd for c in (one, other) if c.bill]
    a, b = costs if len(costs) == 2 else (None, None)
    return a is not None and b is not None and a > factor.rule * b


def _goods(candidate: Candidate, need: Need) -> dict[str, float | None]:
    """What weighs of a candidate, more of it being better; None where it is not known for sure."""
    usd = candidate.bill.usd if candidate.bill else None
    merit, speed = candidate.merit, need.speeds.get(candidate.offering.key)
    return {
        "cost": 1 / float(usd) if usd else None,
        "quality": float(merit) if merit else None,
        "speed": float(speed) if speed else None,
    }


def _doubt(one: Candidate, other: Candidate, merits: Merits) -> float:
    """How far what their abilities are worth may be from each other's, in powers of WORTH, with 80 %."""
    apart = merits.worth_apart(one.offering.model, other.offering.model)
    return TENTH * apart[1] if apart else 0.0


def _factor(one: Candidate, other: Candidate, need: Need, merits: Merits) -> Factor | None:
    """How much dearer than the other the one may be, for what it is better at; None where not known.

    Two of which the same is not known are weighed against each other by the rest, as `worth` does.
    """
    if need.accepted:
        odds, others = (merits.success(c.interval) for c in (one, other))
        if not odds or not others:
            return None
        return _with_doubt(odds / others, _doubt(one, other, merits))
    factor, power = Decimal(1), Decimal(need.quality) / need.cost
    for weight, (a, b) in (
        (need.quality, (one.merit, other.merit)),
        (need.speed, tuple(need.speeds.get(c.offering.key) for c in (one, other))),
    ):
        if weight and (a is None) != (b is None):
            return None
        if weight and a and b:
            factor *= (a / b) ** (Decimal(weight) / need.cost)
    if not (need.quality and one.merit and other.merit):
        return Factor(factor)
    return _with_doubt(factor, _doubt(one, other, merits) * float(power))


def _with_doubt(rule: Decimal, doubt: float) -> Factor:
    """A factor that may be off by so many powers of WORTH either way."""
    times = Decimal(repr(WORTH**doubt))
    return Factor(rule, rule / times, rule * times)
