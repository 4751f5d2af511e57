"""What an evaluation's results come to, as JSON for the page: rates, costs, pairs, and a sentence for each.

The page sends, for each model (or model and prompt), what became of every case and repeat: 1 passed, 0
failed, null without an answer; and what each cost in US dollars, null where that is not known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from playground.errors import RequestError
from playground.evaluate.statistics import (
    Comparison,
    CostPerAccepted,
    Outcomes,
    cost_per_accepted,
    pass_all,
    pass_at,
    pass_rate,
    spread,
    verdict,
)
from playground.evaluate.statistics.sentence import dollars


def summary_to_json(models: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The summary of `[{name, scores, costs}]`, both lists by case, then by repeat. Raises RequestError."""
    if not models:
        raise RequestError("there are no results to sum up; run the evaluation first")
    outcomes = [outcomes_from_json(row) for row in models]
    if len(outcomes) == 1:
        return {"headline": "", "models": [_model(outcomes[0])], "pairs": []}
    compared = verdict(outcomes)
    return {
        "headline": compared.headline,
        "models": [_model(one) for one in outcomes],
        "pairs": [_pair(one) for one in compared.comparisons],
    }


def outcomes_from_json(row: Mapping[str, Any]) -> Outcomes:
    """What became of a model's answers, and what each cost, as the page sends it."""
    scores = {str(place): tuple(repeats) for place, repeats in enumerate(row["scores"])}
    costs = {
        str(place): tuple(None if cost is None else Decimal(repr(cost)) for cost in repeats)
        for place, repeats in enumerate(row["costs"])
    }
    return Outcomes(model=str(row["name"]), scores=scores, costs=costs)


def _model(one: Outcomes) -> dict[str, Any]:
    repeats = min(len(row) for row in one.scores.values())
    differ = spread(one)
    return {
        "name": one.model,
        "rate": asdict(pass_rate(one)),
        "cost": _cost(cost_per_accepted(one)),
        "repeats": repeats,
        "any": asdict(pass_at(one, repeats)) if repeats > 1 else None,
        "all": asdict(pass_all(one, repeats)) if repeats > 1 else None,
        "mixed": differ.mixed if differ else None,
    }


def _cost(cost: CostPerAccepted) -> dict[str, Any]:
    """Dollars for each accepted answer as texts, and what was paid in all; null where it is not known."""
    return {
        "estimate": _dollars(cost.estimate),
        "low": _dollars(cost.low),
        "high": _dollars(cost.high),
        "paid": _dollars(cost.paid),
        "accepted": cost.accepted,
        "unknown": cost.unknown,
    }


def _dollars(amount: Decimal | None) -> str | None:
    return None if amount is None else dollars(amount)


def _pair(one: Comparison) -> dict[str, Any]:
    difference = one.pair.difference
    return {
        "a": difference.a,
        "b": difference.b,
        "winner": one.pair.winner,
        "estimate": difference.estimate,
        "low": difference.low,
        "high": difference.high,
        "p": one.pair.corrected_p,
        "sentence": one.sentence,
    }
