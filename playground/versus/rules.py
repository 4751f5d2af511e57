"""The rules: what speaks for one model against another, and what is the same on both sides."""

from __future__ import annotations

from collections.abc import Iterator

from playground.catalog import Support
from playground.labels.labels import label, money
from playground.versus.ability_rules import (
    ABLE,
    ability_ahead,
    capabilities,
    input_size,
    media,
    output_size,
)
from playground.versus.place_rules import (
    life,
    providers,
    residency,
    succession,
    weights,
)
from playground.versus.price_rules import batch, cached, cheaper, crossover, steps
from playground.versus.scores import benchmarks
from playground.versus.sentence import Rule, Sentence, input_limit_field, known_on_both
from playground.versus.side import Side

#: Those that hold prices of today against each other.
PRICES: frozenset[Rule] = frozenset((cheaper, crossover, steps, cached, batch))
#: What they say is shown by its weight; of the same weight in this order.
RULES: tuple[Rule, ...] = (
    succession,
    cheaper,
    crossover,
    ability_ahead,
    steps,
    input_size,
    output_size,
    capabilities,
    media,
    cached,
    batch,
    residency,
    life,
    providers,
    weights,
    benchmarks,
)


# What is the same on both sides, in short.


def same_values(x: Side, y: Side) -> Iterator[Sentence]:
    """Fields that are known and equal."""
    for field in ("context_tokens", "max_input_tokens", "max_output_tokens", "price.input", "price.output"):
        if any(field == "max_input_tokens" != input_limit_field(s) for s in (x, y)):
            continue  # the window is smaller, so that much is never taken
        if known_on_both(x, y, field) and x.known(field) == y.known(field):
            value = x.known(field)
            shown = money(value) if field.startswith("price.") else f"{value:,}"
            text = f"{label(field)}: {shown}{_until(x, y, field)}"
            yield Sentence(rule="same", text=text, facts=(x.cited(field), y.cited(field)))


def _until(x: Side, y: Side, field: str) -> str:
    """That the same price is so only today, and what it becomes."""
    coming = [(s.name, then) for s in (x, y) if (then := s.coming(field))]
    return " today; " + ", ".join(f"{name} {then}" for name, then in coming) if coming else ""


def same_abilities(x: Side, y: Side) -> Iterator[Sentence]:
    """What both can."""
    for capability, able in ABLE.items():
        field = f"can.{capability}"
        if x.known(field) == y.known(field) == Support.YES:
            yield Sentence(rule="same", text=f"both can {able}", facts=(x.cited(field), y.cited(field)))


SAME: tuple[Rule, ...] = (same_values, same_abilities)
