"""How much a dispute matters: whose it is, how far the sources are apart, at how many places."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable
from decimal import Decimal

from generator.curated.fields import NUMBERS
from playground.catalog import Fact, Model, Offering

type Of = tuple[Offering | Model, str, Fact]

#: Limits less apart than by a tenth are rather two ways to count than a fault.
SLIGHT = Decimal("1.1")
#: Fields whose values are texts, of which most are two spellings of one.
SPELLED = frozenset({"name", "family", "licence"})


def ratio(fact: Fact) -> Decimal:
    """The largest number said over the smallest, by the claims that count; 0 where something else is said."""
    sound = [c for c in fact.claims if not c.suspect]
    numbers = [Decimal(c.value) for c in sound or fact.claims if isinstance(c.value, Decimal | int)]
    return max(numbers) / min(numbers) if len(numbers) > 1 and min(numbers) > 0 else Decimal(0)


def by_weight(facts: Iterable[Of], front: Collection[str]) -> list[Of]:
    """Disputed facts, those that matter most first.

    Prices of front models come first; slight differences of limits, and of texts, last. Within each the
    difference counts, in doublings (another word, day or yes is one), times the places that share it.
    """
    listed = list(facts)
    places = Counter(_dispute(of, name) for of, name, _ in listed)

    def rank(one: Of) -> tuple[int, float, str, str, str]:
        of, name, fact = one
        model = model_of(of)
        apart = ratio(fact)
        if name.startswith("price.") and model in front:
            group = 0
        else:
            group = 2 if name in SPELLED or (name in NUMBERS and 0 < apart < SLIGHT) else 1
        doublings = math.log2(apart) if apart > 0 else 1.0
        key = of.key if isinstance(of, Offering) else ""
        return group, -doublings * places[_dispute(of, name)], model, name, key

    return sorted(listed, key=rank)


def model_of(of: Offering | Model) -> str:
    """The model that a fact is about, or that is offered where it is."""
    return of.model if isinstance(of, Offering) else of.id


def _dispute(of: Offering | Model, name: str) -> tuple[str, str]:
    return model_of(of), name
