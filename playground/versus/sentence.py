"""What a rule says, with the facts that it rests on."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from playground.versus.side import CitedFact, Side

#: A limit or a price counts as more from this on: what is nearly alike decides nothing.
FAR = Decimal("1.25")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """What follows "choose it when": the rule that says so, in words, with its facts.

    `weight` is how much it matters for the two, in powers of ten of cost: half the price is 0.3. `until` is
    the day on which an announced price, or the model's own end, ends it.
    """

    rule: str
    text: str
    facts: tuple[CitedFact, ...]
    weight: float = 0.0
    until: date | None = None


# The rules: what speaks for `x` against `y`.

type Rule = Callable[[Side, Side], Iterator[Sentence]]


def powers(more: Decimal | int, less: Decimal | int) -> float:
    """How many powers of ten one figure is of another; 2 at most, so that one line drowns no other."""
    return min(math.log10(more / less), 2.0) if more > less > 0 else 2.0 if more > less else 0.0


def known_on_both(x: Side, y: Side, *fields: str) -> bool:
    """Whether both sides state each of the fields at their homes."""
    return all(s.known(f) is not None for s in (x, y) for f in fields)


def input_limit_field(x: Side) -> str:
    """The field that says how much input a side takes, the smaller where two do; empty where none does."""
    known = (f for f in ("max_input_tokens", "context_tokens") if x.known(f) is not None)
    return min(known, key=x.known, default="")
