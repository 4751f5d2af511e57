"""What a question may cost, before it is sent."""

from __future__ import annotations

from typing import Any

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


def of_the_run(*panes: dict[str, Any]) -> str:
    return str(estimate_to_json(list(panes))["all"])


def of_each(*panes: dict[str, Any]) -> list[str]:
    return list(estimate_to_json(list(panes))["panes"])


def test_each_model_has_its_question_and_its_answer_by_the_thousand_tokens_or_at_its_limit() -> None:
    # 2 and 10 dollars per million tokens: of the answer 1,000 tokens are a cent, 20 a fiftieth of one.
    begin = "Estimate: input $0.000006 to $0.000098 (3 to 49 tokens), output"
    assert of_each(pane(), pane(max_tokens=20)) == [
        f"{begin} $0.0100 per 1,000 tokens.",
        f"{begin} $0.0002 for at most 20 tokens.",
    ]


def test_an_unknown_price_is_unknown_and_what_runs_in_the_page_is_free() -> None:
    here = pane(prices={}) | {"endpoint": {"wire": "language-model", "url": "page:smollm2", "auth": ["none"]}}
    half = pane(prices={"price.input": "2"})
    assert [text.partition("; ")[2] for text in of_each(pane(prices={}), half, here)] == [
        "price unknown.",
        "price unknown.",
        "free, since it runs in this page.",
    ]
    assert of_the_run(pane(prices={})) == "Estimate for the run: price unknown."
    assert of_the_run(here) == "Estimate for the run: free, since it runs in this page."
    assert of_the_run() == ""


def test_a_run_is_reckoned_with_each_answer_at_its_limit_or_a_thousand_tokens() -> None:
    text = "about $0.0100 to $0.0101, if each answer has 1,000 tokens; thinking costs more."
    assert of_the_run(pane()) == f"Estimate for the run: {text}"
    assert ANSWER == 1000
    assert "uses its 20 tokens" in of_the_run(pane(max_tokens=20))
    assert "its limit, or 1,000 tokens without one" in of_the_run(pane(max_tokens=20), pane())


def test_several_models_add_up_and_one_without_a_price_is_named() -> None:
    assert "$0.0200 to $0.0202" in of_the_run(pane(), pane())
    assert of_the_run(pane(), pane(prices={})).endswith("The price of 1 more is unknown.")


def test_a_longer_question_costs_more() -> None:
    # 70,000 letters are 10,000 to 35,000 tokens.
    assert "$0.0300 to $0.0801" in of_the_run(pane("a" * 70_000))


def test_what_only_a_request_needs_may_be_missing() -> None:
    bare = pane() | {"endpoint": {}, "base_url": ""}
    assert of_each(bare) == of_each(pane())
