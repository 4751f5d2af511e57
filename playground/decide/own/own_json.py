"""The part of an answer that rests on the reader's own cases, as plain values for the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from playground.decide.candidate import Candidate
from playground.decide.own.evidence import Own, OwnAnswer, Standing
from playground.decide.own.sentences import (
    cost_text,
    estimate_text,
    floor_sentence,
    heading,
    limits_text,
    observation_name,
    order_sentences,
    output_text,
    parameters_text,
    rate_text,
    source_sentence,
    speed_text,
)
from playground.observed.observed import Observation


def own_to_json(
    answer: OwnAnswer, named: Mapping[str, str], row: Callable[[Candidate], dict[str, Any]]
) -> dict[str, Any]:
    """The results in their order, each at its place as `row` writes it; `named` calls models."""
    observed, outputs = answer.own.observed, answer.own.outputs

    def standing(one: Standing) -> dict[str, Any]:
        output = outputs[one.candidate.offering.model]
        return {
            **row(one.candidate),
            "measured": None if output is None else int(output),
            "meets": str(one.meets),
            "ran_here": one.ran_here,
            "own": figures(one.observation, named),
        }

    return {
        "heading": heading(observed),
        "author": observed.author,
        "source": source_sentence(observed),
        "floor": answer.own.floor,
        "floor_text": f"{floor_sentence(answer.own)}.",
        "head": [f"{one}." for one in order_sentences(answer, named)],
        "dataset": observed.dataset,
        "prompts": observed.prompts,
        "catalog": observed.catalog,
        "left": answer.left,
        "left_models": len({one.candidate.offering.model for one in (*answer.standings, *answer.under)}),
        "models": [standing(one) for one in answer.standings],
        "under": [standing(one) for one in answer.under],
        "out": [
            {"constraint": one.constraint, "reason": one.reason, "own": figures(one.observation, named)}
            for one in answer.out
        ],
        "elsewhere": [figures(one, named) for one in answer.elsewhere],
    }


def pair_to_json(own: Own, a: str, b: str, named: Mapping[str, str]) -> dict[str, Any]:
    """The results of two models, by their ids, for a page that compares them."""

    def of(model: str) -> list[dict[str, Any]]:
        return [figures(one, named) for one in own.observed.observations if one.model == model]

    observed = own.observed
    return {"source": source_sentence(observed), "author": observed.author, "a": of(a), "b": of(b)}


def figures(one: Observation, named: Mapping[str, str]) -> dict[str, Any]:
    """One result as a reader sees it, and its interval in shares for a bar."""
    return {
        "name": observation_name(one, named),
        "where": one.where,
        "rate": rate_text(one.rate),
        "low": one.rate.low,
        "high": one.rate.high,
        "estimate": one.rate.estimate,
        "cost": cost_text(one.cost),
        "each": estimate_text(one.cost),
        "limits": limits_text(one.cost),
        "speed": speed_text(one),
        "output": output_text(one.output),
        "parameters": parameters_text(one),
    }
