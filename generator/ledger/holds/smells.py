"""What is suspicious about a change from one value to another."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from enum import StrEnum

from generator.sources.records import day
from playground.catalog import Value

#: A price that moves this many times is no price change.
TENFOLD = Decimal(10)
#: A ratio this close to a power of a thousand is a slipped unit, whatever else it might be.
NEAR = Decimal("0.03")
SLIPS = (Decimal(1000), Decimal(1024), Decimal(10) ** 6)
LIMITS = {"context_tokens", "max_input_tokens", "max_output_tokens"}


class Suspicion(StrEnum):
    """What is suspicious about a change, as a person reads it."""

    SLIP = "a slipped unit"
    TENFOLD = "a price moves tenfold or more"
    ZERO = "a price crosses zero"
    SHRINKS = "a limit shrinks by half or more"
    REGION = "a region breaks from its siblings"
    ANOTHER = "a model takes the prices of another whose name begins alike"
    PAST = "a retirement moves into the past"
    RISEN = "what was retired comes to life again"
    TOGETHER = "two names run together"
    TIER = "the price for long contexts vanishes, so that the short one seems to hold for all"
    BATCH = "a batch price appears for a profile across regions"
    MANY = "many values change at once"
    GONE = "many offerings vanish at once"
    MODELS = "many models are new at once"
    PROVIDERS = "many providers are new at once"
    CHEAP = "a new provider asks less than a fifth of what others ask for the same model"


def suspicion(name: str, was: Value, now: Value, today: date) -> Suspicion | None:
    """Why a field's change from one value to another is not to be believed at once; None where it is."""
    if name.startswith(("price.", "uplift.")):
        return _price(Decimal(str(was)), Decimal(str(now)))
    if name in LIMITS and isinstance(was, int) and isinstance(now, int) and was > 0:
        if slips(Decimal(now) / was):
            return Suspicion.SLIP
        return Suspicion.SHRINKS if now <= was / 2 else None
    if name == "retires":
        old, new = day(str(was)), day(str(now))
        return Suspicion.PAST if new and new < today and (old is None or old >= today) else None
    if name == "status" and was == "retired":
        return Suspicion.RISEN
    return Suspicion.TOGETHER if name == "replaced_by" and _run_together(str(now)) else None


def _price(was: Decimal, now: Decimal) -> Suspicion | None:
    if not was or not now:
        return None if was == now else Suspicion.ZERO
    ratio = now / was
    if slips(ratio):
        return Suspicion.SLIP
    return None if 1 / TENFOLD < ratio < TENFOLD else Suspicion.TENFOLD


def _run_together(names: str) -> bool:
    """Whether a name holds its own beginning twice: gpt-5gpt-5-mini."""
    for name in names.split(", "):
        start = re.match(r"[a-z]{3,}", name.lower())
        if start and name.lower().count(start[0]) > 1:
            return True
    return False


def slips(ratio: Decimal) -> bool:
    """Whether a ratio is so near a power of a thousand that it must be a slipped unit."""
    return any(abs(ratio / unit - 1) <= NEAR or abs(ratio * unit - 1) <= NEAR for unit in SLIPS)
