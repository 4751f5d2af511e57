"""What is known of the models that people ask about most: the newest of the main labs."""

from __future__ import annotations

from functools import cache
from itertools import combinations

from playground.catalog import Evidence, Score
from tests.catalogs import committed

#: Sixty of November 2026, by the release days of models.dev and the labs' announcements.
FRONT = (
    "openai/gpt-6.1-sol",
    "openai/gpt-6.1-terra",
    "openai/gpt-6-sol",
    "openai/gpt-6-luna",
    "openai/gpt-6-astra",
    "openai/gpt-5.6-sol",
    "openai/gpt-5.6-terra",
    "openai/gpt-5.6-luna",
    "openai/gpt-5.5",
    "anthropic/claude-haiku-5-5",
    "anthropic/claude-sonnet-5-5",
    "anthropic/claude-opus-5-5",
    "anthropic/claude-fable-5-1",
    "anthropic/claude-opus-5",
    "anthropic/claude-sonnet-5",
    "anthropic/claude-fable-5",
    "anthropic/claude-opus-4-8",
    "google/gemini-4-argon",
    "google/gemini-3.8-flash",
    "google/gemini-3.7-flash",
    "google/gemini-3.6-flash",
    "google/gemini-3.5-flash-lite",
    "google/gemini-3.5-flash",
    "xai/grok-4.7",
    "xai/grok-4.6",
    "xai/grok-4.5",
    "meta/muse-spark-1.3",
    "meta/muse-spark-1.2",
    "meta/muse-spark-1.1",
    "meta/muse-glimmer-30b",
    "meta/muse-spark-open",
    "mistral/mistral-large-4.0",
    "mistral/mistral-medium-2604",
    "deepseek/deepseek-v4.1-flash",
    "deepseek/deepseek-v4-pro",
    "deepseek/deepseek-v4-flash",
    "alibaba/qwen3.8-max",
    "alibaba/qwen3.8-flash-next",
    "alibaba/qwen3.8-27b",
    "alibaba/qwen3.7-plus",
    "alibaba/qwen3.7-max",
    "alibaba/qwen3.7-flash",
    "moonshotai/kimi-k3.1-pro",
    "moonshotai/kimi-k3",
    "moonshotai/kimi-k2.7-code",
    "zai/glm-5.3",
    "zai/glm-5.3-flash",
    "zai/glm-5.2",
    "microsoft/mai-thinking-1",
    "microsoft/mai-code-1.1-flash",
    "minimax/minimax-m3.1-flash",
    "minimax/minimax-m3",
    "xiaomi/mimo-v2.6-pro",
    "xiaomi/mimo-v2.6-flash",
    "nvidia/nemotron-3.5-lightning",
    "nvidia/nemotron-3-ultra-550b-a55b",
    "tencent/hy4-preview",
    "stepfun/step-5-preview",
    "amazon/nova-2-pro-preview",
    "amazon/nova-2-lite",
)


@cache
def scores_of_each() -> dict[str, tuple[Score, ...]]:
    """The scores of each front model in the committed catalog."""
    return {name: committed().models[name].scores for name in FRONT}


def having(*evidence: Evidence) -> int:
    """How many of the front models have a score of one of these kinds."""
    return sum(any(s.evidence in evidence for s in scores) for scores in scores_of_each().values())


def test_most_front_models_have_a_test_score_and_half_of_them_one_that_somebody_else_measured() -> None:
    assert len(scores_of_each()) == 60
    assert having(Evidence.CLAIMED, Evidence.MEASURED) >= 50
    assert having(Evidence.MEASURED) >= 30
    assert having(Evidence.VOTED) >= 50


def test_front_models_meet_in_tests_more_often_widely_than_strictly() -> None:
    tests = {n: [s for s in of if s.evidence != Evidence.VOTED] for n, of in scores_of_each().items()}
    pairs = list(combinations(FRONT, 2))
    strict = sum(bool({s.series for s in tests[a]} & {s.series for s in tests[b]}) for a, b in pairs)
    wide = sum(bool({s.test for s in tests[a]} & {s.test for s in tests[b]}) for a, b in pairs)
    assert strict >= 390
    assert wide >= 830
