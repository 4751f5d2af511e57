"""What one question to several models may cost, before it is sent."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from playground.chat.metrics import figure_text
from playground.evaluate.scheduling.tokens import size_of
from playground.pricing.cost import bill
from playground.pricing.usage import Usage
from playground.run.run import Run, run_from_json

#: Tokens of an answer, where nothing limits it: most of a page of text.
ANSWER = 500


def estimate_to_json(panes: list[Mapping[str, Any]]) -> str:
    """The cost of asking these panes, as a sentence; empty where no price is known.

    Raises RequestError for what can't be sent.
    """
    runs = [run_from_json(pane) for pane in panes]
    limits = {run.chat.max_tokens for run in runs}
    ranges = [ends for run in runs if (ends := _range(run)) is not None]
    if not ranges:
        return ""
    low, high = (sum((ends[at] for ends in ranges), Decimal(0)) for at in (0, 1))
    one, other = figure_text("cost", low), figure_text("cost", high)
    cost = one if one == other else f"{one} to {other}"
    (limit,) = limits if len(limits) == 1 else (None,)
    if limit is not None:
        answers = f"if the answer uses its {limit:,} tokens"
    elif limits == {None}:
        answers = f"if an answer has {ANSWER} tokens"
    else:
        answers = f"if an answer uses its limit, or {ANSWER} tokens without one"
    unknown = len(runs) - len(ranges)
    others = f" No price is known of {unknown} more." if unknown else ""
    return f"Cost: about {cost}, {answers}; thinking costs more.{others}"


def _range(run: Run) -> tuple[Decimal, Decimal] | None:
    """From the fewest to the most tokens that the question may have; None where a price is not known."""
    size = size_of(run.chat)
    output = run.chat.max_tokens if run.chat.max_tokens is not None else ANSWER
    bills = [bill(Usage(input=tokens, output=output), run.price) for tokens in (size.low, size.high)]
    costs = [one.usd for one in bills if one is not None]
    low, high = costs if len(costs) == 2 else (None, None)
    return None if low is None or high is None else (low, high)
