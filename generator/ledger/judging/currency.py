"""Prices of a provider whose own list is not in dollars, and which sources give as dollars all the same.

What a dollar costs in its currency on which day no source says, so nobody can right them here. Two sources
that copy one list agree, and both are wrong by the same share: agreement clears nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from generator.ledger.judging.doubts import Facts
from playground.catalog import Provider, Standing


def doubt_foreign_prices(facts: Facts, providers: Mapping[str, Provider]) -> None:
    """Mark, in place, every price of a provider that lists them in another currency."""
    for key, own in facts.items():
        provider = providers.get(key.provider)
        if provider is None or provider.currency is None:
            continue
        reason = f"{provider.name} lists it in {provider.currency.value}; sources give the figure as dollars"
        for name, fact in own.items():
            if name.startswith("price.") and fact.value:
                own[name] = replace(fact, standing=Standing.DOUBTFUL, reason=reason)
