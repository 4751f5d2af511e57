"""What an evaluation's results come to, as JSON for the page: rates, costs, pairs, and a sentence for each.

The page sends, for each model (or model and prompt), what became of every case and repeat: 1 passed, 0
failed, null without an answer; and what each cost in US dollars, null where that is not known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from decimal import Decimal
from typing import Any

from playground.errors import RequestError
from playground.evaluate.statistics import (
    Compared,
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


def summary_to_json(models: Sequence[Mapping[str, Any]], *, recorded: bool = False) -> dict[str, Any]:
    """The summary of `[{name, model, prompt, scores, costs}]`, both lists by case, then by repeat.

    `prompt` is empty where all have one. `recorded`: the cases are of a recorded run, and not the reader's.
    Raises RequestError.
    """
    if not models:
        raise RequestError("there are no results to sum up; run the evaluation first")
    outcomes = [outcomes_from_json(row) for row in models]
    if len(outcomes) == 1:
        return {"headline": "", "models": [_model(outcomes[0])], "pairs": []}
    called = _called(models)
    named = [replace(one, model=called[one.model]) for one in outcomes]
    full = {short: name for name, short in called.items()}
    model = "" if list(full) == list(called) else str(models[0]["model"])
    compared = verdict(named, Compared(model=model, recorded=recorded))
    return {
        "headline": compared.headline,
        "models": [_model(one) for one in outcomes],
        "pairs": [_pair(one, full) for one in compared.comparisons],
    }


def _called(models: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """By name, what a sentence calls it: where all are prompts of one model, by the prompt alone."""
    alike = len({row.get("model") for row in models}) == 1 and all(row.get("prompt") for row in models)
    return {str(row["name"]): f"“{row['prompt']}”" if alike else str(row["name"]) for row in models}


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


def _pair(one: Comparison, full: Mapping[str, str]) -> dict[str, Any]:
    difference, winner = one.pair.difference, one.pair.winner
    return {
        "a": full[difference.a],
        "b": full[difference.b],
        "winner": winner and full[winner],
        "estimate": difference.estimate,
        "low": difference.low,
        "high": difference.high,
        "p": one.pair.corrected_p,
        "sentence": one.sentence,
    }
