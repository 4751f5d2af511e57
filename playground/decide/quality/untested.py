"""The models of an answer that no public evidence places: which to try first, and what came before them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from playground.ability import Abilities, predecessor
from playground.decide.answer import Answer, Candidates
from playground.decide.quality.evidence import ability_text, proof_text
from playground.lifecycle.lines import newest_of_lines
from playground.need.machine import parameters_of
from playground.need.need import Need
from playground.pricing.money import bill_text


def untested_first(answer: Answer) -> Candidates:
    """Each such model at its cheapest place, in the order in which trying them is likely to be worth it.

    That is no order of how able they are: what claims its lab makes, and how able the tested model before it
    is, say where a trial may pay; among equals the cheapest is tried first, on a machine of one's own, where
    none has a price, the largest that fits. One that a newer model of its line stands beside, tested or not,
    comes last.
    """
    judgement = answer.judgement
    abilities, models = judgement.merits.abilities, judgement.columns.column("model")
    last = len(abilities.models) + 1

    rows = answer.untested.of_each_model().rows
    current = newest_of_lines({models[row] for row in (*answer.leaders.rows, *rows)})

    sizes = judgement.columns.column("model.parameters") if answer.need.on_own_machine else ()

    def hope(row: int) -> tuple[bool, int, Decimal]:
        own = abilities.tier_of.get(models[row])
        before = predecessor(models[row], abilities)
        size = parameters_of(sizes[row], models[row]) if sizes else None
        return models[row] not in current, own or abilities.tier_of.get(before, last), -(size or Decimal(0))

    return Candidates(sorted(rows, key=hope), judgement)


def then_by(need: Need) -> str:
    """What orders those of them that are equally worth a trial."""
    return "the largest first, as none has a price" if need.on_own_machine else "by cost"


def untested_to_json(answer: Answer, most: int | None) -> list[dict[str, Any]]:
    """The first of them, each with why nothing places it and the tested model before it with its tier.

    `unknown` are the constraints of which nobody says whether it meets them.
    """
    abilities = answer.judgement.merits.abilities
    return [
        {
            "offering": one.offering.key,
            "cost": bill_text(one.bill),
            "why": proof_text(one.ability),
            "unknown": [verdict.constraint for verdict in one.lacks],
            **_before(one.offering.model, abilities),
        }
        for one in untested_first(answer)[:most]
    ]


def _before(model: str, abilities: Abilities) -> dict[str, Any]:
    before = predecessor(model, abilities)
    if not before:
        return {}
    return {
        "before": {
            "model": before,
            "tier": abilities.tier_of[before],
            "tiers": max(abilities.tier_of.values()),
            "ability": ability_text(abilities.of(before).general),
        }
    }
