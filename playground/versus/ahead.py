"""Which of two models scores put ahead, how sure that is, and who stands behind it."""

from __future__ import annotations

from decimal import Decimal
from statistics import NormalDist

from playground.ability import TIER_ODDS, Interval, Proof
from playground.decide.quality.merits import UNCONFIRMED, WORTH
from playground.versus.side import CitedFact, Side

#: Fewer scores than this leave it open how able a model is, whatever the interval.
FEW = 3
#: By so much models known by claims alone stood too high at most, held against people's votes.
TOO_HIGH = 0.6
#: A model known to be at least this able does most work: 0 is the mean of the models that are known well.
MEAN = 0.0


def ability(x: Side) -> Interval | None:
    """How able it is by tests; None where none has it."""
    return x.ability.general


def odds(x: Side, y: Side) -> float | None:
    """The probability that `x` is abler than `y`; None where one of them has no test."""
    return x.abilities.better(x.model.id, y.model.id)


def is_ahead(x: Side, y: Side) -> bool:
    """Whether scores put `x` ahead with more than TIER_ODDS.

    What its maker alone claims must hold against what others measured, less what claims stand too high.
    """
    likely = odds(x, y)
    apart = x.abilities.apart(x.model.id, y.model.id)
    if likely is None or apart is None or likely <= TIER_ODDS:
        return False
    if claimed_alone(x) and not claimed_alone(y):
        return _is_left_ahead(apart, UNCONFIRMED)
    return True


def _is_left_ahead(apart: tuple[float, float], less: float) -> bool:
    """Whether a lead, with its standard deviation, is sure once so much is taken off it."""
    return NormalDist().cdf((apart[0] - less) / apart[1]) > TIER_ODDS


def is_clear(x: Side, y: Side) -> bool:
    """Whether `x` is ahead and their intervals do not touch: only then is it called abler."""
    mine, theirs = ability(x), ability(y)
    return mine is not None and theirs is not None and is_ahead(x, y) and mine.low > theirs.high


def is_beyond_doubt(x: Side, y: Side) -> bool:
    """Whether `x` is clearly ahead by several scores, of which others measured more than one.

    Where hardly any are measured, and most are its maker's claims, the lead must outlast what claims stand
    too high.
    """
    known = x.ability
    apart = x.abilities.apart(x.model.id, y.model.id)
    if apart is None or not is_clear(x, y) or known.measured < 2 or known.scores < FEW:
        return False
    mostly_claimed = known.measured < FEW and 2 * known.measured < known.scores
    return not mostly_claimed or _is_left_ahead(apart, UNCONFIRMED)


def claimed_alone(x: Side) -> bool:
    """Whether all that is known of how able it is comes from its maker."""
    return x.ability.proof is Proof.CLAIMED


def is_by_few_claims(x: Side, y: Side) -> bool:
    """Whether `x` is ahead by few claims of its maker alone, and no further than such claims may be off."""
    apart = x.abilities.apart(x.model.id, y.model.id)
    if apart is None or not claimed_alone(x) or x.ability.scores >= FEW:
        return False
    return not _is_left_ahead(apart, TOO_HIGH)


def is_untested(x: Side) -> bool:
    """Whether no test has it."""
    return ability(x) is None


def worth(x: Side, y: Side) -> Decimal:
    """How many times as much the work of `x` is worth as that of `y`, by the middles of both.

    A standard deviation of ability is worth ten times the cost, as in the chooser's order.
    """
    mine, theirs = ability(x), ability(y)
    if mine is None or theirs is None:
        return Decimal(1)
    ahead = mine.middle - theirs.middle
    if claimed_alone(x) and not claimed_alone(y):
        ahead -= UNCONFIRMED
    return Decimal(repr(round(WORTH**ahead, 6)))


def ability_text(x: Side) -> str:
    """`1.53 (likely 1.29 to 1.75)`."""
    interval = ability(x)
    return interval_text(interval) if interval else "untested"


def interval_text(interval: Interval) -> str:
    """A middle with where it lies with 80 % probability."""
    return f"{interval.middle:.2f} (likely {interval.low:.2f} to {interval.high:.2f})"


def percent(likely: float) -> str:
    """`91 %`, from 1 to 99."""
    return f"{min(max(round(100 * likely), 1), 99)} %"


def ability_facts(*sides: Side) -> tuple[CitedFact, ...]:
    """The abilities that a sentence rests on, each its interval as it is shown; untested ones have none."""
    return tuple(
        CitedFact(of=s.model.id, field="ability", value=ability_text(s)) for s in sides if not is_untested(s)
    )


def before_facts(x: Side) -> tuple[CitedFact, ...]:
    """The ability of the tested model before an untested one."""
    interval = x.abilities.of(x.before).general
    if interval is None:
        return ()
    return (CitedFact(of=x.before, field="ability", value=interval_text(interval)),)
