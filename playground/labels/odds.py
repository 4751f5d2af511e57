"""Probabilities as a reader sees them."""

from __future__ import annotations


def percent(odds: float) -> str:
    """A probability in words: never none and never all, as no evidence gives these.

    Of three decimals, as an answer's JSON has it, so that both round alike.
    """
    return f"{min(max(round(100 * round(odds, 3)), 1), 99)} %"
