"""From which size of input on a model's tokens cost more."""

from __future__ import annotations

from generator.views.verdicts.market import Market
from generator.views.verdicts.verdict import Sentence, sentence
from playground.catalog import Offering


def step_sentence(market: Market, offering: Offering | None) -> Sentence | None:
    """From which size of input on its tokens cost more; none where they never do."""
    if offering is None or not (steps := offering.price.steps):
        return None
    if offering.sound_price(f"price.input>{steps[0]}") is None:
        return None
    return sentence(
        "step",
        "above {tokens} tokens of input a million tokens of it cost {price} at {name}.",
        tokens=f"{steps[0]:,}",
        price=market.price(offering, f"price.input>{steps[0]}"),
        name=market.name(offering),
    )
