"""What one question to several models may cost, before it is sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from playground.chat.adapters.reading import dict_in, text_in
from playground.chat.chat_json import chat_from_json
from playground.chat.metrics import figure_text
from playground.evaluate.scheduling.tokens import Size, size_of
from playground.pricing.cost import bill
from playground.pricing.usage import Usage
from playground.run.run import price_from_json

#: Tokens of an answer that is reckoned with where nothing limits it: two pages of text.
ANSWER = 1000

type Range = tuple[Decimal, Decimal]


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """Of one model: the size of the question, the limit of the answer, if it has one, and dollars of both.

    A cost is from the fewest to the most tokens that the question may have; None where a price is not known.
    `here`: the model runs in the page.
    """

    size: Size
    limit: int | None
    question: Range | None
    whole: Range | None
    here: bool

    @property
    def text(self) -> str:
        """It in a sentence."""
        sizes = f"{self.size.low:,} to {self.size.high:,}"
        if self.here:
            return f"Estimate: {sizes} tokens of input; free, since it runs in this page."
        if self.question is None or self.whole is None:
            return f"Estimate: {sizes} tokens of input; price unknown."
        low, high = (self.whole[at] - self.question[at] for at in (0, 1))
        tokens = f"per {ANSWER:,} tokens" if self.limit is None else f"for at most {self.limit:,} tokens"
        question = f"input {_usd(self.question)} ({sizes} tokens)"
        return f"Estimate: {question}, output {_usd((low, high))} {tokens}."


def estimate_to_json(panes: list[Mapping[str, Any]]) -> dict[str, Any]:
    """The cost of asking these panes: `panes` has a sentence for each, `all` one for the run.

    What only a request needs, an address or a key, may be missing. Raises RequestError for a chat or a price
    that is none.
    """
    estimates = [_estimate(pane) for pane in panes]
    return {"panes": [one.text for one in estimates], "all": _sum_text(estimates)}


def _estimate(pane: Mapping[str, Any]) -> Estimate:
    chat = chat_from_json(pane.get("chat"))
    price = price_from_json(pane.get("prices") or {})
    size = size_of(chat)

    def costs(output: int) -> Range | None:
        bills = [bill(Usage(input=tokens, output=output), price) for tokens in (size.low, size.high)]
        low, high = (one.usd if one else None for one in bills)
        return None if low is None or high is None else (low, high)

    return Estimate(
        size=size,
        limit=chat.max_tokens,
        question=costs(0),
        whole=costs(ANSWER if chat.max_tokens is None else chat.max_tokens),
        here=text_in(dict_in(pane, "endpoint"), "url").startswith("page:"),
    )


def _sum_text(estimates: list[Estimate]) -> str:
    """The whole run in a sentence; empty where no model is asked."""
    paid = [one for one in estimates if not one.here]
    if not paid:
        return "Estimate for the run: free, since it runs in this page." if estimates else ""
    ranges = [one.whole for one in paid if one.whole is not None]
    if not ranges:
        return "Estimate for the run: price unknown."
    low, high = (sum((ends[at] for ends in ranges), Decimal(0)) for at in (0, 1))
    limits = {one.limit for one in paid}
    (limit,) = limits if len(limits) == 1 else (None,)
    if limit is not None:
        answers = f"if each answer uses its {limit:,} tokens"
    elif limits == {None}:
        answers = f"if each answer has {ANSWER:,} tokens"
    else:
        answers = f"if each answer uses its limit, or {ANSWER:,} tokens without one"
    unknown = len(paid) - len(ranges)
    others = f" The price of {unknown} more is unknown." if unknown else ""
    return f"Estimate for the run: about {_usd((low, high))}, {answers}; thinking costs more.{others}"


def _usd(ends: Range) -> str:
    one, other = (figure_text("cost", each) for each in ends)
    return one if one == other else f"{one} to {other}"
