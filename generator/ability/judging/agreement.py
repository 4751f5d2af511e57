"""How far two orders of models agree, and how many models stand in an order for sure."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import combinations

from generator.ability.inputs import Inputs
from playground.ability import Abilities
from playground.ability.ability import TENTH

#: `models`, `rho` and `interval`, the two ends of it; `task` where it is about the ability at one.
type Agreement = Mapping[str, int | float | str | list[float] | None]

#: How many of the best models are looked at apart.
TOP = 15


def agreement(pairs: Sequence[tuple[float, float]]) -> Agreement:
    """Spearman's rho of figures in pairs, of how many, and where it lies with 80 % probability.

    By Fisher's transformation, with the variance of Bonett and Wright (2000); no interval of three or fewer.
    """
    rho, n = spearman(pairs), len(pairs)
    ends: list[float] = []
    if n > 3 and abs(rho) < 1:
        reach = TENTH * math.sqrt((1 + rho**2 / 2) / (n - 3))
        ends = [round(math.tanh(math.atanh(rho) + side * reach), 2) for side in (-1, 1)]
    return {"models": n, "rho": round(rho, 2), "interval": ends or None}


def decided(inputs: Inputs, abilities: Abilities, since: float) -> Mapping[str, float | int]:
    """How many of the models since a year can be told apart: shares of pairs, of all and of the top."""
    middle = {
        name: one.general.middle
        for name, one in abilities.models.items()
        if one.general and name in inputs.since(since)
    }
    new = sorted(middle, key=lambda name: (-middle[name], name))
    return {
        "models": len(new),
        "measured": sum(abilities.models[name].measured > 0 for name in new),
        "pairs": _decided_share(new, abilities),
        f"pairs of the first {TOP}": _decided_share(new[:TOP], abilities),
    }


def _decided_share(models: Sequence[str], abilities: Abilities) -> float:
    pairs = list(combinations(models, 2))
    sure = sum(abilities.surely_better(a, b) or abilities.surely_better(b, a) for a, b in pairs)
    return round(sure / len(pairs), 2) if pairs else 0.0


def spearman(values: Sequence[tuple[float, float]]) -> float:
    """The correlation of the ranks of pairs of figures; equal figures share their mean rank."""
    first, second = (_ranks([pair[side] for pair in values]) for side in (0, 1))
    middle = (len(values) - 1) / 2
    together = sum((a - middle) * (b - middle) for a, b in zip(first, second, strict=True))
    apart = [sum((rank - middle) ** 2 for rank in each) for each in (first, second)]
    return float(together / (apart[0] * apart[1]) ** 0.5) if all(apart) else 0.0


def _ranks(values: Sequence[float]) -> Sequence[float]:
    order = sorted(values)
    first = {value: i for i, value in reversed(list(enumerate(order)))}
    return [first[value] + (order.count(value) - 1) / 2 for value in values]
