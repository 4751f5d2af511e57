"""Whether models stand in the same order by tests as by what people vote for, which no fit has seen."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import combinations

from generator.ability.inputs import Inputs
from playground.ability import Abilities, Task
from playground.ability.ability import TENTH

#: `models`, `rho` and `interval`, the two ends of it; `task` where it is about the ability at one.
type Agreement = Mapping[str, int | float | str | list[float] | None]

#: What people vote about that is one task, by its category; of all others the general ability is compared.
TASKS: Mapping[str, Task] = {
    "Building websites and apps": Task.CODE,
    "Coding": Task.CODE,
    "Software and IT": Task.CODE,
    "Math": Task.REASONING,
    "Understanding images": Task.VISION,
    "Understanding documents": Task.VISION,
}

#: A model takes part where it has so many scores of its own, an order where it has so many models.
SCORES_WANTED, MODELS_WANTED = 2, 8
#: How many of the best models are looked at apart.
TOP = 15


def rank_agreement(inputs: Inputs, abilities: Abilities, since: float) -> Mapping[str, Agreement]:
    """By category of votes, how the models that came out since a year agree in order."""
    new = inputs.since(since)
    ranks: dict[str, list[tuple[float, float]]] = {}
    for name, one in abilities.models.items():
        if one.general and one.scores >= SCORES_WANTED and name in new:
            for category, votes in one.votes.items():
                able = one.at(TASKS.get(category)) or one.general
                ranks.setdefault(category, []).append((able.middle, votes.interval.middle))
    return {
        category: {**agreement(each), **({"task": str(TASKS[category])} if category in TASKS else {})}
        for category, each in sorted(ranks.items())
        if len(each) >= MODELS_WANTED
    }


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
