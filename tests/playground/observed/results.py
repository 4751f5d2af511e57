"""Observed results as the tests of several rooms make them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from playground.observed.observed import AcceptedCost, Observation, Observed, OutputTokens, PassRate


def result(
    name: str,
    *,
    low: float = 0.7,
    high: float = 0.97,
    cost: str | None = "0.002",
    spread: str = "0.001",
    **more: Any,
) -> Observation:
    """A result whose pass rate lies midway, of 20 answers."""
    middle = (low + high) / 2
    usd = None if cost is None else Decimal(cost)
    return Observation(
        name=name,
        rate=PassRate(estimate=middle, low=low, high=high, passed=round(20 * middle), asked=20, missing=0),
        cost=AcceptedCost(
            estimate=usd,
            low=None if usd is None else max(Decimal(0), usd - Decimal(spread)),
            high=None if usd is None else usd + Decimal(spread),
        ),
        **{
            "called": name,
            "first_token": 0.4,
            "speed": 50.0,
            "output": OutputTokens(mean=400.0, low=350.0, high=450.0, answers=20),
            **more,
        },
    )


def results(*observations: Observation, **more: Any) -> Observed:
    """An evaluation of a day with these results."""
    parts: dict[str, Any] = {
        "name": "cases.csv",
        "day": date(2026, 11, 28),
        "dataset": "a" * 64,
        "prompts": "b" * 64,
        "cases": 20,
        "repeats": 1,
        **more,
    }
    return Observed(**parts, observations=observations)
