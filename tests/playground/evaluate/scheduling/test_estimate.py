"""What a question may cost, before it is sent."""

from __future__ import annotations

from typing import Any

import pytest

from playground.errors import RequestError
from playground.evaluate.scheduling.estimate import ANSWER, estimate_to_json

PRICES = {"price.input": "2", "price.output": "10"}


def pane(text: str = "Hi", prices: dict[str, str] | None = None, **chat: Any) -> dict[str, Any]:
    """A request of the page."""
    return {
        "endpoint": {"wire": "openai-chat", "url": "https://a.example/v1", "auth": ["bearer"]},
        "model": "m",
        "prices": PRICES if prices is None else prices,
        "chat": {"messages": [{"role": "user", "parts": [{"type": "text", "text": text}]}], **chat},
    }


def test_an_answer_is_reckoned_at_its_limit_or_at_half_a_page() -> None:
    # 10 dollars per million tokens: 500 tokens are half a cent, 20 a fiftieth of one.
    assert estimate_to_json([pane()]).startswith(
        "Cost: about $0.00501 to $0.0051, if an answer has 500 tokens"
    )
    assert ANSWER == 500
    assert "uses its 20 tokens" in estimate_to_json([pane(max_tokens=20)])
    assert "its limit, or 500 tokens without one" in estimate_to_json([pane(max_tokens=20), pane()])


def test_several_models_add_up_and_one_without_a_price_is_named() -> None:
    assert "$0.0100 to $0.0102" in estimate_to_json([pane(), pane()])
    assert estimate_to_json([pane(), pane(prices={})]).endswith("No price is known of 1 more.")
    assert estimate_to_json([pane(prices={})]) == ""


def test_a_longer_question_costs_more() -> None:
    # 70,000 letters are 10,000 to 35,000 tokens.
    assert "$0.0250 to $0.0751" in estimate_to_json([pane("a" * 70_000)])


def test_what_cannot_be_sent_has_no_estimate() -> None:
    with pytest.raises(RequestError):
        estimate_to_json([pane() | {"model": ""}])
